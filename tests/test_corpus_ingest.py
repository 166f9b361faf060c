"""What an ingest makes of files that are new, changed, moved, copied, broken or gone."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator

import pytest

from pinakes.corpus import (
    Change,
    FileOutcome,
    IngestObserver,
    IngestOptions,
    PassageSize,
    Status,
    ingest,
)
from tests.desk import Desk


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "archive")
    yield desk
    desk.store.close()


def test_every_file_has_one_row_and_every_text_an_article(desk):
    desk.write("a.txt", "The mine collapsed.")
    desk.write("sub/b.html", "<title>B</title><p>Two workers were rescued from it.</p>")
    desk.write("empty.txt", "")
    desk.write("blank.txt", " \n ")
    desk.write("image.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
    report = desk.ingest()
    assert desk.statuses == {
        "a.txt": "indexed",
        "blank.txt": "empty",
        "empty.txt": "empty",
        "image.png": "unsupported",
        "sub/b.html": "indexed",
    }
    assert sorted(desk.texts) == [("a.txt",), ("sub/b.html",)]
    assert "PNG" in desk.row("image.png").detail
    assert (report.files, report.articles, report.errors) == (5, 2, 0)
    assert [outcome.path for outcome in report.outcomes] == [
        "blank.txt",
        "empty.txt",
        "image.png",
    ]
    counts = desk.store.counts(desk.generation)
    assert (counts.articles, counts.files, counts.unsearchable) == (2, 5, 3)
    assert counts.passages == report.passages == sum(len(a.passages) for a in desk.articles)


def test_a_second_run_changes_nothing(desk):
    for number in range(20):
        desk.write(f"{number}.txt", f"Text {number}")
    desk.write("empty.txt", "")
    desk.ingest()
    before = desk.articles, list(desk.store.ledger()), desk.generation
    report = desk.ingest()
    assert report.by_status == {Status.UNCHANGED: 21}
    assert (report.by_change, report.outcomes, report.articles) == ({}, (), 0)
    assert [a.key for a in desk.articles] == [a.key for a in before[0]]
    assert desk.generation == before[2]


def test_a_file_of_known_size_and_time_is_not_even_opened(desk, monkeypatch):
    path = desk.write("a.txt", "Text")
    os.utime(path, ns=(0, time.time_ns() - 10_000_000_001))
    desk.ingest()
    monkeypatch.setattr(os, "open", None)
    assert desk.ingest().by_status == {Status.UNCHANGED: 1}


def test_a_change_that_keeps_size_and_time_is_seen_if_it_came_at_once(desk):
    path = desk.write("a.txt", "Text one")
    stat = path.stat()
    desk.ingest()
    path.write_text("Text two")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    desk.ingest()
    assert desk.article("a.txt").text == "Text two"


def test_force_reads_again_and_keeps_what_is_as_it_was(desk):
    desk.write("a.txt", "First sentence here. " * 20)
    desk.write("b.txt", "First sentence here. " * 20)
    desk.ingest()
    before = desk.article("a.txt")
    assert desk.ingest(force=True).articles == 0
    assert desk.article("a.txt") == before
    report = desk.ingest(force=True, size=PassageSize(min_chars=10, max_chars=60))
    after = desk.article("a.txt")
    assert report.articles == 1
    assert (after.id, after.paths) == (before.id, ("a.txt", "b.txt"))
    assert len(after.passages) > len(before.passages)


def test_a_touched_file_is_unchanged_and_not_read_a_third_time(desk, monkeypatch):
    path = desk.write("a.txt", "Text")
    desk.ingest()
    generation = desk.generation
    os.utime(path, ns=(0, time.time_ns() - 10_000_000_001))
    assert desk.ingest().by_status == {Status.UNCHANGED: 1}
    monkeypatch.setattr(os, "open", None)
    assert desk.ingest().by_status == {Status.UNCHANGED: 1}
    assert desk.generation == generation


def test_a_changed_file_keeps_its_id(desk):
    desk.write("a.txt", "Before")
    desk.ingest()
    before = desk.article("a.txt")
    desk.write("a.txt", "After it all")
    report = desk.ingest()
    after = desk.article("a.txt")
    assert (after.id, after.text) == (before.id, "After it all")
    assert after.key != before.key
    assert after.sha256 != before.sha256
    assert report.changed == 1


def test_a_renamed_file_keeps_its_id(desk):
    desk.write("a.txt", "Text")
    desk.ingest()
    before = desk.article("a.txt")
    (desk.root / "a.txt").rename(desk.root / "b.txt")
    report = desk.ingest()
    assert desk.article("b.txt").id == before.id
    assert desk.statuses == {"b.txt": "indexed"}
    assert (report.renamed, report.removed, report.articles) == (1, 0, 0)
    assert report.outcomes[0].old_path == "a.txt"


def test_a_file_moved_out_of_sight_is_known_again_when_only_its_new_place_is_given(desk, tmp_path):
    desk.write("in/a.txt", "Text")
    desk.ingest()
    before = desk.article("in/a.txt")
    (tmp_path / "out").mkdir()
    (desk.root / "in/a.txt").rename(tmp_path / "out" / "b.txt")
    desk.ingest("../out")
    assert desk.article("../out/b.txt").id == before.id
    assert desk.statuses == {"../out/b.txt": "indexed"}


def test_a_renamed_folder_keeps_every_id(desk):
    for number in range(5):
        desk.write(f"old/{number}.txt", f"Text {number % 4}")
    desk.ingest()
    before = {a.text: a.id for a in desk.articles}
    (desk.root / "old").rename(desk.root / "new")
    report = desk.ingest()
    assert {a.text: a.id for a in desk.articles} == before
    assert (report.renamed, report.removed) == (5, 0)
    assert desk.article("new/0.txt").paths == ("new/0.txt", "new/4.txt")


def test_of_several_files_gone_the_one_of_the_same_name_is_the_one_that_moved(desk):
    desk.write("x/one.txt", "Same")
    desk.write("y/two.txt", "Same")
    desk.ingest()
    (desk.root / "x/one.txt").unlink()
    (desk.root / "z").mkdir()
    (desk.root / "y/two.txt").rename(desk.root / "z/two.txt")
    desk.ingest()
    assert desk.statuses == {"z/two.txt": "indexed"}
    assert desk.article("z/two.txt").paths == ("z/two.txt",)


def test_a_file_renamed_to_another_format_is_read_as_that(desk):
    desk.write("a.txt", "<p>Text</p> of it\n\nMore")
    desk.ingest()
    before = desk.article("a.txt")
    (desk.root / "a.txt").rename(desk.root / "a.html")
    desk.ingest()
    after = desk.article("a.html")
    assert after.id == before.id
    assert "<p>" in before.text
    assert "<p>" not in after.text


def test_a_file_that_is_gone_takes_its_article_along(desk):
    desk.write("in/a.txt", "One")
    desk.write("b.txt", "Two")
    desk.ingest()
    (desk.root / "in/a.txt").unlink()
    assert desk.ingest("b.txt").by_status == {Status.UNCHANGED: 1}
    assert len(desk.articles) == 2
    desk.write("in/c.txt", "Three")
    report = desk.ingest("in")
    assert desk.statuses == {"b.txt": "indexed", "in/c.txt": "indexed"}
    assert (report.removed, report.files, report.errors) == (1, 1, 0)


def test_files_outside_the_given_folder_are_left_alone(desk, tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "x.txt").write_text("Shared")
    desk.write("a.txt", "One")
    desk.ingest(".", "../shared")
    (tmp_path / "shared" / "x.txt").unlink()
    desk.ingest()
    assert sorted(desk.statuses) == ["../shared/x.txt", "a.txt"]
    desk.ingest("..")
    assert sorted(desk.statuses) == ["../shared/x.txt", "a.txt"]
    desk.ingest("..", prune=True)
    assert sorted(desk.statuses) == ["a.txt"]


def test_a_folder_takes_the_place_of_a_file_and_back(desk):
    desk.write("a", "One text")
    desk.ingest()
    (desk.root / "a").unlink()
    desk.write("a/b.txt", "Another text")
    desk.ingest()
    assert desk.texts == {("a/b.txt",): "Another text"}
    shutil.rmtree(desk.root / "a")
    desk.write("a", "A third text")
    desk.ingest("a")
    assert desk.texts == {("a",): "A third text"}


def test_names_that_differ_in_case_only_are_two_files_where_they_can_be(desk):
    desk.write("a.txt", "One")
    desk.write("A.txt", "Two")
    desk.ingest()
    assert len(desk.articles) == len(list(desk.root.glob("[aA].txt")))


def test_two_archives_do_not_know_of_each_other(desk, tmp_path):
    other = Desk(tmp_path / "archive" / "inner")
    desk.write("inner/a.txt", "One")
    desk.ingest()
    other.ingest()
    assert list(desk.statuses) == ["inner/a.txt"]
    assert list(other.statuses) == ["a.txt"]
    assert desk.articles[0].id == other.articles[0].id
    other.store.close()


def test_progress_hears_of_every_file_and_commits_of_every_generation(desk):
    for number in range(10):
        desk.write(f"{number}.txt", f"Text {number}")
    heard: list[FileOutcome] = []
    commits: list[tuple[int, int]] = []

    def run() -> None:
        ingest(
            desk.store,
            desk.folder,
            [desk.root],
            options=IngestOptions(batch_articles=4),
            observer=IngestObserver(
                on_file=heard.append,
                on_commit=lambda generation: commits.append((generation, len(desk.articles))),
            ),
        )

    run()
    assert [outcome.path for outcome in heard] == [f"{n}.txt" for n in range(10)]
    assert commits == [(1, 4), (2, 8), (3, 10)]
    run()
    assert len(heard) == 20
    assert len(commits) == 3


def test_a_known_file_without_articles_is_not_new(desk):
    desk.write("a.txt", "")
    assert desk.ingest().by_change == {Change.NEW: 1}
    assert desk.ingest(force=True).by_change == {}
    desk.write("a.txt", "Text")
    assert desk.ingest().by_change == {Change.CHANGED: 1}
    desk.remove("a.txt")
    assert desk.ingest("a.txt").by_change == {Change.NEW: 1}
