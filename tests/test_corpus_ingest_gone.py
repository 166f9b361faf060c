"""What an ingest makes of paths that are gone, and of folders that are empty."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from pinakes.corpus import Change, Status
from tests.desk import Desk


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "archive")
    yield desk
    desk.store.close()


def test_a_given_path_that_is_gone_is_an_error_and_nothing_is_forgotten_without_prune(desk):
    desk.write("in/a.txt", "One")
    desk.write("in/b.txt", "Two")
    desk.write("c.txt", "Three")
    desk.ingest()
    desk.remove("in/b.txt")
    before = desk.articles, desk.statuses
    shutil.rmtree(desk.root / "in")
    (desk.root / "c.txt").unlink()
    report = desk.ingest("in", "c.txt", "d.txt")
    assert (report.errors, report.by_change) == (3, {})
    assert {outcome.path: outcome.detail for outcome in report.outcomes} == {
        "in": "no such file or folder, but the archive knows 2 of its files;"
        " if they are gone for good, add --prune",
        "c.txt": "no such file or folder, but the archive knows 1 of its files;"
        " if they are gone for good, add --prune",
        "d.txt": "no such file or folder",
    }
    assert (desk.articles, desk.statuses) == before
    report = desk.ingest("in", "c.txt", "d.txt", prune=True)
    assert (report.errors, report.by_change) == (1, {Change.REMOVED: 3})
    assert desk.statuses == {}


def test_what_an_empty_folder_held_is_forgotten_only_with_prune_unless_it_moved(desk):
    for name in ("in/a.txt", "in/b.txt", "in/c.txt", "out/d.txt"):
        desk.write(name, f"Text of {name}")
    desk.write("out/c.txt", "Text of in/c.txt")
    desk.ingest()
    before = desk.article("in/b.txt").id
    (desk.root / "in/a.txt").rename(desk.root / "out/a.txt")
    (desk.root / "in/b.txt").unlink()
    (desk.root / "in/c.txt").unlink()
    report = desk.ingest()
    assert (report.errors, report.renamed, report.removed) == (1, 1, 1)
    (outcome,) = [outcome for outcome in report.outcomes if outcome.status is Status.ERROR]
    assert (outcome.path, outcome.detail) == (
        "in/",
        "the folder is empty, but the archive knows 1 of its files;"
        " if they are gone for good, add --prune",
    )
    assert desk.article("in/b.txt").id == before
    assert desk.ingest(prune=True).removed == 1
    assert sorted(desk.statuses) == ["out/a.txt", "out/c.txt", "out/d.txt"]


def test_an_archive_whose_files_are_all_gone_keeps_them_without_prune(desk):
    desk.write("a.txt", "One")
    desk.ingest()
    (desk.root / "a.txt").unlink()
    report = desk.ingest()
    assert (report.outcomes[0].path, report.errors) == ("./", 1)
    assert len(desk.articles) == 1
    desk.ingest(prune=True)
    assert desk.articles == []


def test_a_file_taken_out_by_hand_is_told_from_one_that_has_not_changed(desk):
    for name in ("a.txt", "b.txt"):
        desk.write(name, f"Text of {name}")
    desk.ingest()
    desk.remove("a.txt")
    report = desk.ingest()
    assert report.by_status == {Status.REMOVED: 1, Status.UNCHANGED: 1}
    assert (report.kept_out, report.removed, report.by_change) == (1, 0, {})


def test_copies_that_are_gone_together_are_kept_together(desk):
    for name in ("in/a.txt", "in/b.txt", "c.txt"):
        desk.write(name, "One text" if name != "c.txt" else "Another")
    desk.ingest()
    before = desk.articles, desk.statuses
    shutil.rmtree(desk.root / "in")
    desk.ingest("in")
    (desk.root / "in").mkdir()
    desk.ingest()
    assert (desk.articles, desk.statuses) == before
