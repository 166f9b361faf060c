"""What an ingest makes of several files with the same bytes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator

import pytest

from pinakes.corpus import (
    Status,
)
from pinakes.corpus.store import ledger_rows
from tests.desk import Desk


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "archive")
    yield desk
    desk.store.close()


def test_a_copy_is_one_more_file_of_the_article(desk):
    desk.write("a.txt", "Text")
    desk.ingest()
    before = desk.article("a.txt")
    shutil.copy(desk.root / "a.txt", desk.root / "0.txt")
    desk.ingest()
    assert desk.article("0.txt").paths == ("a.txt", "0.txt")
    assert desk.article("0.txt").id == before.id
    assert (desk.row("0.txt").status, desk.row("0.txt").detail) == (
        Status.DUPLICATE_OF,
        before.id,
    )


def test_when_the_first_of_two_copies_goes_the_other_holds_the_article(desk):
    desk.write("a.txt", "Text")
    desk.write("b.txt", "Text")
    desk.ingest()
    before = desk.article("a.txt")
    (desk.root / "a.txt").unlink()
    report = desk.ingest()
    assert desk.article("b.txt").paths == ("b.txt",)
    assert desk.article("b.txt").id == before.id
    assert desk.statuses == {"b.txt": "indexed"}
    assert report.removed == 1


def test_an_heir_of_another_format_is_read_as_that(desk):
    desk.write("a.txt", "<p>Text</p> of it\n\nMore")
    desk.write("b.html", "<p>Text</p> of it\n\nMore")
    desk.ingest()
    assert "<p>" in desk.article("b.html").text
    (desk.root / "a.txt").unlink()
    desk.ingest()
    assert "<p>" not in desk.article("b.html").text


def test_an_article_follows_its_first_file_and_a_copy_left_behind_becomes_its_own(desk):
    desk.write("a.txt", "Text")
    desk.write("b.txt", "Text")
    desk.write("c.txt", "Text")
    desk.ingest()
    before = desk.article("a.txt")
    desk.write("a.txt", "Another text")
    desk.ingest()
    assert desk.texts == {("a.txt",): "Another text", ("b.txt", "c.txt"): "Text"}
    assert desk.article("a.txt").id == before.id
    assert desk.row("b.txt").status is Status.INDEXED
    assert desk.row("c.txt").detail == desk.article("b.txt").id != before.id


def test_a_copy_that_changes_becomes_an_article_of_its_own(desk):
    desk.write("a.txt", "Text")
    desk.write("b.txt", "Text")
    desk.ingest()
    before = desk.article("a.txt")
    desk.write("b.txt", "Another text")
    desk.ingest()
    assert desk.texts == {("a.txt",): "Text", ("b.txt",): "Another text"}
    assert desk.article("a.txt").id == before.id


def test_a_backup_copy_of_an_edited_file_does_not_take_its_id(desk):
    desk.write("b.txt", "Text")
    desk.ingest()
    before = desk.article("b.txt")
    shutil.copy(desk.root / "b.txt", desk.root / "a.txt")
    desk.write("b.txt", "Edited text")
    desk.ingest()
    assert desk.article("b.txt").id == before.id
    assert desk.article("a.txt").text == "Text"


def test_two_files_that_swap_their_contents_keep_their_ids(desk):
    desk.write("a.txt", "One")
    desk.write("b.txt", "Two")
    desk.ingest()
    before = {path: desk.article(path).id for path in ("a.txt", "b.txt")}
    desk.write("a.txt", "Two")
    desk.write("b.txt", "One")
    desk.ingest()
    assert desk.texts == {("a.txt",): "Two", ("b.txt",): "One"}
    assert {path: desk.article(path).id for path in ("a.txt", "b.txt")} == before


def test_a_file_that_becomes_a_copy_joins_the_other(desk):
    desk.write("a.txt", "One")
    desk.write("b.txt", "Two")
    desk.ingest()
    other = desk.article("b.txt").id
    desk.write("a.txt", "Two")
    desk.ingest()
    assert desk.texts == {("b.txt", "a.txt"): "Two"}
    assert desk.article("a.txt").id == other


def test_copies_that_change_alike_stay_together(desk):
    for name in ("a.txt", "b.txt", "c.txt"):
        desk.write(name, "One")
    desk.ingest()
    before = desk.article("a.txt").id
    for name in ("a.txt", "b.txt", "c.txt"):
        desk.write(name, "Another")
    desk.ingest()
    assert desk.texts == {("a.txt", "b.txt", "c.txt"): "Another"}
    assert desk.article("a.txt").id == before


def test_many_copies_of_one_file_are_taken_in_without_delay(desk):
    for number in range(400):
        desk.write(f"{number}.txt", "Not found")
    began = time.perf_counter()
    desk.ingest(batch_articles=10)
    assert time.perf_counter() - began < 10
    assert len(desk.article("0.txt").paths) == 400


def test_a_file_moved_and_then_copied_over_another_is_one_article_with_its_own_id(desk):
    desk.write("a.txt", "One")
    desk.write("b.txt", "Two")
    desk.ingest()
    before = desk.article("a.txt").id
    (desk.root / "a.txt").rename(desk.root / "c.txt")
    shutil.copy(desk.root / "c.txt", desk.root / "b.txt")
    desk.ingest()
    assert desk.texts == {("c.txt", "b.txt"): "One"}
    assert desk.article("c.txt").id == before
    assert desk.row("b.txt").detail == before


def test_of_a_file_moved_over_another_the_other_keeps_its_id(desk):
    desk.write("a.txt", "One")
    desk.write("b.txt", "Two")
    desk.ingest()
    before = desk.article("b.txt").id
    (desk.root / "a.txt").replace(desk.root / "b.txt")
    desk.ingest()
    assert desk.texts == {("b.txt",): "One"}
    assert desk.article("b.txt").id == before


@pytest.mark.parametrize("are_named", [False, True])
@pytest.mark.parametrize("text", ["", "One text"])
def test_the_work_for_copies_grows_with_their_number_not_faster(
    tmp_path, monkeypatch, text, are_named
):
    """Counted in rows of the ledger that are decoded: no clock that may be busy."""
    decoded: list[object] = []
    really_decode = ledger_rows._ledger_row
    monkeypatch.setattr(
        ledger_rows, "_ledger_row", lambda row: decoded.append(1) or really_decode(row)
    )
    work: list[int] = []
    for count in (50, 100):
        desk = Desk(tmp_path / str(count))
        names = [f"{number}.txt" for number in range(count)]
        for name in names:
            desk.write(name, text)
        decoded.clear()
        desk.ingest(*(names if are_named else ()))
        for name in names:
            (desk.root / name).unlink()
        desk.ingest(prune=True)
        assert desk.statuses == {}
        desk.store.close()
        work.append(len(decoded))
    assert work[1] <= 2.5 * work[0]


def test_bytes_that_come_back_after_they_went_to_another_file_join_it_there(desk):
    desk.write("a.txt", "Text one")
    desk.write("b.txt", "Text two")
    desk.ingest()
    (desk.root / "b.txt").replace(desk.root / "a.txt")
    desk.ingest("a.txt")
    shutil.copy(desk.root / "a.txt", desk.root / "b.txt")
    desk.ingest()
    assert set(desk.article("a.txt").paths) == {"a.txt", "b.txt"}
    assert desk.article("b.txt").id == desk.article("a.txt").id
    assert len(list(desk.store.living(desk.store.state().generation))) == 1
