"""Where an archive is found, and by which names it knows its files."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus import (
    ArchiveDamagedError,
    ArchiveError,
    ArchiveExistsError,
    ArchiveFolder,
    ArchiveMissingError,
    ArchiveReadOnlyError,
    Store,
)
from pinakes.corpus.folder import escape_name, unescape_name

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other file names")
not_as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything"
)


@pytest.fixture
def folder(tmp_path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path / "archive")


def test_an_archive_is_found_from_any_folder_below_it(folder):
    deep = folder.root / "articles" / "2014"
    deep.mkdir(parents=True)
    assert ArchiveFolder.find(deep) == ArchiveFolder.find(folder.root) == folder
    assert ArchiveFolder.open(folder.root) == folder


def test_a_new_archive_has_an_empty_store_and_settings_that_say_what_holds(folder):
    with Store.open(folder.store_path) as store:
        assert store.state().generation == 0
        assert store.archive_id
    assert folder.read_config().passages.max_chars == 1200
    assert folder.size_bytes() > 0


def test_where_there_is_no_archive_the_error_says_how_to_make_one(tmp_path):
    with pytest.raises(ArchiveMissingError, match="pinakes index"):
        ArchiveFolder.open(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(ArchiveMissingError):
        ArchiveFolder.open(tmp_path / "file" / "below")


def test_an_archive_is_not_made_twice_and_the_first_stays_whole(folder):
    before = folder.store_path.read_bytes()
    with pytest.raises(ArchiveExistsError):
        ArchiveFolder.create(folder.root)
    assert folder.store_path.read_bytes() == before
    assert list(folder.root.iterdir()) == [folder.state_dir]


def test_a_file_in_the_place_of_the_folder_is_damage(tmp_path):
    (tmp_path / ".pinakes").write_text("")
    with pytest.raises(ArchiveDamagedError, match="not a folder"):
        ArchiveFolder.find(tmp_path)


def test_a_pinakes_folder_with_rubbish_is_damage_once_its_store_is_opened(tmp_path):
    (tmp_path / ".pinakes").mkdir()
    with pytest.raises(ArchiveDamagedError, match="missing"):
        Store.open(ArchiveFolder.open(tmp_path).store_path)


@not_as_root
def test_a_folder_that_cannot_be_written_is_said_to_be(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ArchiveReadOnlyError):
            ArchiveFolder.create(tmp_path)
        with pytest.raises(ArchiveReadOnlyError):
            ArchiveFolder.create(tmp_path / "below")
    finally:
        tmp_path.chmod(0o700)


def test_a_failed_creation_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(ArchiveReadOnlyError, match="full"):
        ArchiveFolder.create(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_names_are_relative_so_a_moved_archive_still_finds_its_files(folder, tmp_path):
    article = folder.root / "articles" / "one.txt"
    article.parent.mkdir()
    article.write_text("x")
    name = folder.relative(article)
    assert name == "articles/one.txt"
    moved = shutil.move(folder.root, tmp_path / "elsewhere")
    assert ArchiveFolder.open(Path(moved)).resolve(name).read_text() == "x"


def test_names_of_files_outside_begin_with_two_dots(folder, tmp_path):
    outside = tmp_path / "shared" / "x.txt"
    assert folder.relative(outside) == "../shared/x.txt"
    assert folder.resolve("../shared/x.txt").resolve() == outside.resolve()
    assert folder.relative(folder.root) == "."
    assert folder.relative(tmp_path) == ".."


def test_relative_paths_count_from_the_working_directory(folder, monkeypatch):
    (folder.root / "a").mkdir()
    monkeypatch.chdir(folder.root / "a")
    assert folder.relative(Path("one.txt")) == "a/one.txt"
    assert folder.relative(Path("../two.txt")) == "two.txt"


@posix_only
def test_a_file_has_one_name_by_whichever_link_it_is_reached(folder, tmp_path):
    (folder.root / "real").mkdir()
    (folder.root / "alias").symlink_to("real")
    (tmp_path / "link").symlink_to(folder.root)
    assert folder.relative(tmp_path / "link" / "alias" / "x.txt") == "real/x.txt"
    assert folder.relative(folder.root / "alias") == "real"
    assert folder.relative(tmp_path / "link") == "."


@posix_only
def test_a_link_out_of_the_archive_goes_by_its_own_name(folder, tmp_path):
    (tmp_path / "disk").mkdir()
    (folder.root / "2014").symlink_to(tmp_path / "disk")
    assert folder.relative(folder.root / "2014") == "2014"
    assert folder.relative(folder.root / "2014" / "x.txt") == "2014/x.txt"


@posix_only
def test_a_link_to_itself_has_a_name(folder):
    (folder.root / "loop").symlink_to("loop")
    assert folder.relative(folder.root / "loop" / "x.txt") == "loop/x.txt"


@given(st.binary(min_size=1, max_size=12) | st.text(r"\xuD8E9F5C", max_size=12).map(str.encode))
def test_every_file_name_can_be_stored_and_got_back(raw):
    name = raw.decode("utf-8", "surrogateescape")
    escaped = escape_name(name)
    escaped.encode()
    assert unescape_name(escaped) == name


@given(st.text(max_size=12), st.text(max_size=12))
def test_two_names_are_never_one(left, right):
    assert (escape_name(left) == escape_name(right)) == (left == right)


def test_an_archive_is_not_made_where_there_is_a_file(tmp_path):
    (tmp_path / "a.txt").write_text("One")
    for root in (tmp_path / "a.txt", tmp_path / "a.txt" / "below"):
        with pytest.raises(ArchiveError, match="is not a folder"):
            ArchiveFolder.create(root)
