"""What an ingest makes of files that hold many articles."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import pytest

from pinakes.corpus import (
    RecordFields,
    Status,
)
from tests.desk import Desk


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "archive")
    yield desk
    desk.store.close()


def test_each_record_of_a_file_is_an_article_and_a_bad_one_a_problem(desk):
    desk.write("a.jsonl", '{"id": "x", "text": "One"}\n{bad\n{"text": "Three"}\n')
    report = desk.ingest()
    assert [(a.record, a.text) for a in desk.articles] == [("x", "One"), ("line 3", "Three")]
    assert desk.row("a.jsonl").articles == 2
    assert [problem.where for problem in desk.row("a.jsonl").problems] == ["line 2"]
    assert (report.problems, report.articles, report.files) == (1, 2, 1)
    assert report.outcomes[0].status is Status.INDEXED


def test_a_file_of_bad_records_only_is_an_error(desk):
    desk.write("a.jsonl", "{bad\n{worse\n")
    desk.ingest()
    assert desk.row("a.jsonl").status is Status.ERROR
    assert "none of 2 records can be read; line 1: not JSON" in desk.row("a.jsonl").detail


def test_one_changed_record_of_many_leaves_the_others_their_keys(desk):
    texts = {f"r{number}": f"Text {number}" for number in range(300)}
    desk.write_records("a.jsonl", **texts)
    desk.ingest()
    before = {a.record: a for a in desk.articles}
    desk.write_records("a.jsonl", **texts | {"r7": "Another text", "new": "A new text"})
    report = desk.ingest()
    after = {a.record: a for a in desk.articles}
    changed = {record for record in before if before[record].key != after[record].key}
    assert changed == {"r7"}
    assert after["r7"].id == before["r7"].id
    assert report.articles == 2
    assert len({a.sha256 for a in desk.articles}) == 1
    assert after["r1"].sha256 != before["r1"].sha256


def test_a_record_that_is_gone_takes_its_article_along(desk):
    desk.write_records("a.jsonl", x="One", y="Two")
    desk.ingest()
    desk.write_records("a.jsonl", y="Two")
    desk.ingest()
    assert [a.record for a in desk.articles] == ["y"]
    assert desk.row("a.jsonl").articles == 1


def test_records_without_a_name_are_known_by_their_text_when_a_line_comes_in_above(desk):
    lines = [json.dumps({"text": f"Text {n}"}) for n in range(5)]
    desk.write("a.jsonl", "\n".join(lines))
    desk.ingest()
    before = {a.text: a.id for a in desk.articles}
    desk.write("a.jsonl", "\n".join(['{"text": "On top"}', *lines]))
    desk.ingest()
    after = {a.text: a.id for a in desk.articles}
    assert {text: after[text] for text in before} == before
    assert desk.article("a.jsonl", "line 6").text == "Text 4"


def test_an_edited_record_without_a_name_is_known_by_its_place(desk):
    desk.write("a.jsonl", '{"text": "One"}\n{"text": "Two"}')
    desk.ingest()
    before = desk.article("a.jsonl", "line 2").id
    desk.write("a.jsonl", '{"text": "One"}\n{"text": "Two and more"}')
    desk.ingest()
    assert desk.article("a.jsonl", "line 2").id == before


def test_a_declared_name_says_which_record_it_is_whatever_its_text(desk):
    desk.write_records("a.jsonl", x="One", y="Two")
    desk.ingest()
    before = {a.record: a.id for a in desk.articles}
    desk.write_records("a.jsonl", x="Two", y="One")
    desk.ingest()
    assert {a.record: a.id for a in desk.articles} == before
    assert desk.article("a.jsonl", "x").text == "Two"


def test_copies_and_moves_of_a_file_of_records_take_all_its_articles_along(desk):
    desk.write_records("a.jsonl", x="One", y="Two")
    desk.ingest()
    ids = [a.id for a in desk.articles]
    shutil.copy(desk.root / "a.jsonl", desk.root / "b.jsonl")
    desk.ingest()
    assert {a.paths for a in desk.articles} == {("a.jsonl", "b.jsonl")}
    assert desk.row("b.jsonl").detail == f"{ids[0]} and 1 more"
    (desk.root / "a.jsonl").rename(desk.root / "c.jsonl")
    desk.ingest()
    assert {a.paths for a in desk.articles} == {("c.jsonl", "b.jsonl")}
    desk.write_records("c.jsonl", x="One", y="Changed")
    desk.ingest()
    assert [a.id for a in desk.articles if a.paths == ("c.jsonl",)] == ids
    assert {a.text for a in desk.articles if a.paths == ("b.jsonl",)} == {"One", "Two"}


def test_records_can_be_read_by_other_fields(desk):
    desk.write("a.jsonl", '{"story": "One"}')
    desk.ingest()
    assert desk.row("a.jsonl").status is Status.ERROR
    desk.ingest(force=True, fields=RecordFields(text=("story",)))
    assert desk.article("a.jsonl", "line 1").text == "One"
