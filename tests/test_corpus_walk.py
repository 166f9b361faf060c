"""Which files a walk finds, under which names."""

from __future__ import annotations

import os
import sys

import pytest

from pinakes.corpus import ArchiveFolder, Status
from pinakes.corpus.ingestion.walk import find_files, is_gone

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
not_as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)


@pytest.fixture
def folder(tmp_path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path / "archive")


def put(folder: ArchiveFolder, *names: str) -> None:
    for name in names:
        path = folder.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def names(folder: ArchiveFolder, *paths) -> list[str]:
    return list(find_files(folder, paths or [folder.root]).files)


def test_files_come_by_name_and_folders_where_their_name_stands(folder):
    put(folder, "b.txt", "a/z.txt", "a/c/y.txt", "a.txt", "c.txt")
    assert names(folder) == ["a/c/y.txt", "a/z.txt", "a.txt", "b.txt", "c.txt"]


def test_hidden_files_are_left_out_unless_they_are_named(folder):
    put(folder, ".hidden.txt", ".git/x.txt", "a/.b/c.txt", "a.txt")
    assert names(folder) == ["a.txt"]
    assert names(folder, folder.root / ".hidden.txt") == [".hidden.txt"]
    assert names(folder, folder.root / ".git") == [".git/x.txt"]


def test_the_archives_own_folder_is_never_a_source(folder):
    put(folder, "sub/.pinakes/config.toml", "sub/x.txt")
    assert names(folder) == ["sub/x.txt"]
    for path in (folder.state_dir, folder.config_path, folder.root / "sub" / ".pinakes"):
        found = find_files(folder, [path])
        assert found.files == {}
        assert list(found.refused.values()) == ["belongs to an archive, and is no source"]


def test_size_and_time_are_those_of_the_file(folder):
    put(folder, "a.txt")
    os.utime(folder.root / "a.txt", ns=(5, 7_000_000_123))
    (file,) = find_files(folder, [folder.root]).files.values()
    assert (file.size, file.mtime_ns, file.is_named, file.failure) == (
        5,
        7_000_000_123,
        False,
        None,
    )


def test_a_file_that_is_given_twice_is_found_once_and_counts_as_named(folder):
    put(folder, "a/b.txt")
    for paths in (["a", "a/b.txt"], ["a/b.txt", "a"], ["a/b.txt", "a/b.txt"]):
        (file,) = find_files(folder, [folder.root / path for path in paths]).files.values()
        assert file.is_named


def test_a_path_where_nothing_is_has_a_reason(folder):
    put(folder, "a.txt")
    found = find_files(folder, [folder.root / "b.txt", folder.root / "a.txt" / "c"])
    assert found.refused == {"b.txt": "no such file or folder", "a.txt/c": "no such file or folder"}
    assert "no file has this name" in find_files(folder, [folder.root / "a\0b"]).refused.values()


def test_files_outside_the_archive_are_found_under_relative_names(folder, tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "x.txt").write_text("x")
    put(folder, "a.txt")
    assert names(folder, tmp_path / "shared") == ["../shared/x.txt"]
    assert names(folder, tmp_path) == ["a.txt", "../shared/x.txt"]


@posix_only
def test_a_loop_of_links_ends_and_real_names_win(folder, tmp_path):
    put(folder, "real/a.txt", "real/deep/b.txt")
    (folder.root / "alias").symlink_to("real")
    (folder.root / "real" / "up").symlink_to("..")
    (folder.root / "real" / "deep" / "self").symlink_to("self")
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "c.txt").write_text("c")
    (tmp_path / "disk" / "back").symlink_to(folder.root)
    (folder.root / "disk").symlink_to(tmp_path / "disk")
    found = find_files(folder, [folder.root])
    assert list(found.files) == ["real/a.txt", "real/deep/b.txt", "real/deep/self", "disk/c.txt"]
    assert found.files["real/deep/self"].failure is Status.ERROR


@posix_only
def test_a_link_to_a_file_is_a_file_and_a_link_to_nothing_an_error(folder, tmp_path):
    (tmp_path / "x.txt").write_text("x")
    (folder.root / "link.txt").symlink_to(tmp_path / "x.txt")
    (folder.root / "lost.txt").symlink_to("nowhere")
    files = find_files(folder, [folder.root]).files
    assert files["link.txt"].failure is None
    assert (files["lost.txt"].failure, files["lost.txt"].reason) == (
        Status.ERROR,
        "a link to nothing",
    )
    assert find_files(folder, [folder.root / "lost.txt"]).files["lost.txt"].is_named


@posix_only
def test_a_pipe_is_not_opened(folder):
    os.mkfifo(folder.root / "pipe.txt")
    (file,) = find_files(folder, [folder.root]).files.values()
    assert (file.failure, file.reason) == (
        Status.UNSUPPORTED,
        "a named pipe; only files are read",
    )


@posix_only
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS takes only names in UTF-8")
def test_a_name_that_is_not_utf_8_is_found_and_can_be_opened(folder):
    (folder.root / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"x")
    assert names(folder) == [r"caf\xE9.txt"]
    assert folder.resolve(r"caf\xE9.txt").read_bytes() == b"x"


@not_as_root
def test_a_folder_that_cannot_be_listed_is_an_error_of_its_own(folder):
    put(folder, "a/x.txt", "b.txt")
    (folder.root / "a").chmod(0)
    try:
        files = find_files(folder, [folder.root]).files
    finally:
        (folder.root / "a").chmod(0o700)
    assert list(files) == ["a/", "b.txt"]
    assert "cannot be listed" in files["a/"].reason


def test_a_file_is_gone_when_no_file_has_its_name(folder):
    put(folder, "a.txt", "dir/x.txt")
    assert not is_gone(folder, "a.txt")
    assert is_gone(folder, "b.txt")
    assert is_gone(folder, "dir")
    assert is_gone(folder, "a.txt/x.txt")
    assert is_gone(folder, "A.TXT")


@posix_only
def test_a_link_to_nothing_is_not_gone(folder):
    (folder.root / "lost.txt").symlink_to("nowhere")
    assert not is_gone(folder, "lost.txt")


@not_as_root
def test_what_cannot_be_told_is_not_gone(folder):
    put(folder, "a/x.txt")
    (folder.root / "a").chmod(0)
    try:
        assert not is_gone(folder, "a/x.txt")
    finally:
        (folder.root / "a").chmod(0o700)


@pytest.mark.parametrize("name", ["x" * 5000, "y/" * 4000, "a\0b"])
def test_a_name_that_no_file_can_have_is_refused(folder, name):
    found = find_files(folder, [folder.root / name])
    assert found.files == {}
    assert len(found.refused) == 1


def test_what_a_pinakesignore_names_is_left_out_and_told(folder):
    put(folder, "a.txt", "drafts/b.txt", "drafts/in/c.txt", "x/d.tmp", "x/keep.tmp", "x/e.txt")
    put(folder, "x/drafts.txt", "x/y/only/f.txt", "only/g.txt")
    (folder.root / ".pinakesignore").write_text("# Nobody's business\ndrafts/\n*.tmp\n/only\n")
    (folder.root / "x/.pinakesignore").write_text("!keep.tmp\n")
    found = find_files(folder, [folder.root]).files
    assert {path: file.reason for path, file in found.items() if file.failure} == {
        "drafts/": ".pinakesignore",
        "only/": ".pinakesignore",
        "x/d.tmp": ".pinakesignore",
    }
    assert {file.failure for file in found.values() if file.reason} == {Status.IGNORED}
    assert {path for path, file in found.items() if not file.failure} == {
        "a.txt", "x/drafts.txt", "x/e.txt", "x/keep.tmp", "x/y/only/f.txt",
    }  # fmt: skip


def test_what_is_named_goes_in_whatever_a_pinakesignore_says(folder):
    put(folder, "drafts/b.txt", "drafts/x.tmp", "c.tmp", "in/d.tmp", "in/e.txt")
    (folder.root / ".pinakesignore").write_text("drafts/\n*.tmp\n")
    given = ["drafts", "c.tmp", "in", "."]
    found = find_files(folder, [folder.root / name for name in given]).files
    read = {path for path, file in found.items() if not file.failure}
    assert read == {"drafts/b.txt", "drafts/x.tmp", "c.tmp", "in/e.txt"}


def test_a_pinakesignore_holds_in_its_own_folder_outside_the_archive_too(folder, tmp_path):
    (tmp_path / "shared/in").mkdir(parents=True)
    for name in ("shared/a.txt", "shared/in/a.txt", "shared/in/b.txt"):
        (tmp_path / name).write_text("Text")
    (tmp_path / "shared/.pinakesignore").write_text("/in/a.txt\n")
    (folder.root / ".pinakesignore").write_text("b.txt\n")
    found = find_files(folder, [tmp_path / "shared", folder.root]).files
    assert {path for path, file in found.items() if not file.failure} == {
        "../shared/a.txt",
        "../shared/in/b.txt",
    }


@pytest.mark.parametrize("content", [b"!\n", b"ok\n!\n"])
def test_a_folder_whose_pinakesignore_makes_no_sense_is_not_taken_in(folder, content):
    put(folder, "in/a.txt", "b.txt")
    (folder.root / "in/.pinakesignore").write_bytes(content)
    found = find_files(folder, [folder.root]).files
    assert sorted(found) == ["b.txt", "in/"]
    assert found["in/"].failure is Status.ERROR
    assert ".pinakesignore: " in found["in/"].reason
    assert sorted(find_files(folder, [folder.root / "in"]).files) == ["in/"]
