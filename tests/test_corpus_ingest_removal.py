"""What is taken out by hand stays out."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from pinakes.corpus import (
    Status,
    UnknownArticleError,
    remove,
)
from tests.desk import Desk


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "archive")
    yield desk
    desk.store.close()


def test_what_was_removed_stays_out_until_it_changes(desk):
    path = desk.write("a.txt", "One")
    desk.write("b.txt", "Two")
    desk.ingest()
    id_ = desk.article("a.txt").id
    assert desk.remove("a.txt") == [id_]
    assert desk.statuses == {"a.txt": "removed", "b.txt": "indexed"}
    assert path.exists()
    os.utime(path, ns=(0, 7))
    for force in (False, True):
        desk.ingest(force=force)
        assert desk.texts == {("b.txt",): "Two"}
    counts = desk.store.counts(desk.generation)
    assert (counts.files, counts.unsearchable, counts.by_status[Status.REMOVED]) == (1, 0, 1)
    desk.write("a.txt", "One, changed")
    desk.ingest()
    assert desk.article("a.txt").text == "One, changed"


def test_what_was_removed_comes_back_when_it_is_named(desk):
    desk.write("a.txt", "One")
    desk.ingest()
    id_ = desk.article("a.txt").id
    desk.remove(id_)
    assert desk.ingest("a.txt").articles == 1
    assert desk.article("a.txt").id == id_


def test_what_was_removed_stays_out_under_another_name(desk):
    desk.write("a.txt", "One")
    desk.ingest()
    desk.remove("a.txt")
    (desk.root / "a.txt").rename(desk.root / "b.txt")
    desk.ingest()
    assert desk.statuses == {"b.txt": "removed"}
    (desk.root / "b.txt").rename(desk.root / "c.txt")
    desk.ingest("c.txt")
    assert desk.article("c.txt").text == "One"


def test_removing_one_of_two_copies_leaves_the_article_with_the_other(desk):
    desk.write("a.txt", "One")
    desk.write("b.txt", "One")
    desk.ingest()
    assert desk.remove("a.txt") == []
    assert desk.texts == {("b.txt",): "One"}
    assert desk.statuses == {"a.txt": "removed", "b.txt": "indexed"}
    desk.ingest()
    assert desk.statuses == {"a.txt": "removed", "b.txt": "indexed"}


def test_removing_an_article_by_its_id_empties_all_its_files(desk):
    desk.write("a.txt", "One")
    desk.write("b.txt", "One")
    desk.ingest()
    id_ = desk.article("a.txt").id
    report = remove(desk.store, desk.folder, [id_[:5]])
    assert (report.articles, report.files) == ((id_,), ("a.txt", "b.txt"))
    desk.ingest()
    assert desk.statuses == {"a.txt": "removed", "b.txt": "removed"}


def test_removing_a_folder_takes_out_what_is_below_it(desk):
    desk.write("in/a.txt", "One")
    desk.write("in/sub/b.txt", "Two")
    desk.write("c.txt", "Three")
    desk.ingest()
    assert len(desk.remove("in/")) == 2
    assert desk.texts == {("c.txt",): "Three"}


def test_a_record_removed_by_its_id_stays_out_when_its_file_changes(desk):
    desk.write_records("a.jsonl", x="One", y="Two")
    desk.ingest()
    desk.remove(desk.article("a.jsonl", "x").id)
    assert desk.row("a.jsonl").articles == 1
    desk.write_records("a.jsonl", x="One", y="Two", z="Three")
    desk.ingest()
    assert [a.record for a in desk.articles] == ["y", "z"]
    (desk.root / "a.jsonl").rename(desk.root / "b.jsonl")
    desk.ingest()
    desk.write_records("b.jsonl", x="One", y="Two")
    desk.ingest()
    assert [a.record for a in desk.articles] == ["y"]
    desk.ingest("b.jsonl")
    assert [a.record for a in desk.articles] == ["y", "x"]


def test_a_file_whose_records_were_all_removed_is_removed(desk):
    desk.write_records("a.jsonl", x="One", y="Two")
    desk.ingest()
    desk.remove(*(a.id for a in desk.articles))
    desk.ingest()
    assert desk.statuses == {"a.jsonl": "removed"}


def test_nothing_is_removed_if_one_target_is_unknown(desk):
    desk.write("a.txt", "One")
    desk.ingest()
    for unknown in ("ffffffff", "b.txt", ""):
        with pytest.raises(UnknownArticleError):
            remove(desk.store, desk.folder, ["a.txt", unknown])
    assert len(desk.articles) == 1


@pytest.mark.parametrize(
    "target", ["", " ", ".", "./", "..", "/", "in/..", "ROOT", "ROOT/..", "x" * 5000, "a\0b"]
)
def test_what_names_the_whole_archive_or_nothing_removes_nothing(desk, monkeypatch, target):
    desk.write("in/a.txt", "One")
    desk.ingest()
    monkeypatch.chdir(desk.root)
    with pytest.raises(UnknownArticleError):
        remove(desk.store, desk.folder, [target.replace("ROOT", str(desk.root))])
    monkeypatch.chdir(desk.root / "in")
    for whole in ("..", "../..", "", " "):
        with pytest.raises(UnknownArticleError):
            remove(desk.store, desk.folder, [whole])
    assert len(desk.articles) == 1
    remove(desk.store, desk.folder, ["."])
    assert desk.articles == []


def test_what_is_ignored_from_now_on_is_taken_out_and_comes_back(desk):
    for name in ("a.txt", "drafts/b.txt", "drafts/c.txt", "d.txt"):
        desk.write(name, f"Text of {name}")
    desk.ingest()
    desk.remove("drafts/c.txt")
    before = desk.article("drafts/b.txt").id
    desk.write(".pinakesignore", "drafts/\nd.txt\n")
    for ignored in (3, 2):
        report = desk.ingest()
        assert (report.errors, report.files, report.by_status[Status.IGNORED]) == (0, 1, ignored)
        assert desk.statuses == {
            "a.txt": "indexed",
            "d.txt": "ignored",
            "drafts/": "ignored",
            "drafts/c.txt": "removed",
        }
        assert sorted(desk.texts) == [("a.txt",)]
        assert desk.store.counts(desk.generation).files == 1
    desk.write(".pinakesignore", "")
    desk.ingest()
    assert desk.article("drafts/b.txt").id == before
    assert desk.row("drafts/c.txt").status is Status.REMOVED
    assert "drafts/" not in desk.statuses
