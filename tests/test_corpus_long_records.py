"""Files of records that are too long to be held in memory."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import IngestOptions, ReadingLimits, Status, read
from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.ingestion import preparing
from pinakes.corpus.ingestion.prepared import Sink
from pinakes.corpus.ingestion.preparing import prepare
from pinakes.corpus.ingestion.spooled import SpooledArticles
from pinakes.corpus.readers import dispatch, long_jsonl
from pinakes.corpus.readers.sources import HELD_BYTES
from pinakes.corpus.store.packing import PackedArticle
from tests.desk import Desk, packed

_LINES = st.lists(
    st.one_of(
        st.text('abc é山\u2028\x0b{"}\r', max_size=12),
        st.builds(
            lambda text, name: json.dumps({"id": name, "text": text}, ensure_ascii=False),
            st.text("ab é山\U0001f600\n", max_size=40),
            st.sampled_from(["x", "y", "line 2", ""]),
        ),
    ),
    max_size=12,
)


def found_in(content: bytes | io.BytesIO) -> list[Extract | Problem] | str:
    try:
        return list(read(content, name="a.jsonl"))
    except Exception as error:  # noqa: BLE001 - which one is what is compared.
        return type(error).__name__


@given(lines=_LINES, mark=st.sampled_from(["", "\ufeff"]))
@settings(deadline=None)
def test_line_by_line_the_same_is_read_as_from_the_whole(lines, mark):
    content = (mark + "\n".join(lines)).encode()
    whole = found_in(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dispatch, "HELD_BYTES", 0)
        by_line = found_in(io.BytesIO(content))
    if isinstance(whole, str):
        # What is wrong with the whole is found at once, else at the end.
        assert not by_line or by_line == whole
    else:
        assert by_line == whole


def test_a_line_in_another_encoding_is_decoded_by_itself(monkeypatch):
    monkeypatch.setattr(dispatch, "HELD_BYTES", 100)
    plain = json.dumps({"text": "Ein Satz ohne Besonderheiten über das Rathaus."}) + "\n"
    other = '{"text": "Die Brücke über die Elbe ist für Fußgänger gesperrt, heißt es."}\n'
    content = plain.encode() * 400 + other.encode("cp1252") + plain.encode()
    *_, before, found, after = found_in(io.BytesIO(content))
    assert found.text == "Die Brücke über die Elbe ist für Fußgänger gesperrt, heißt es."
    assert ["cp1252" in note for note in found.notes] == [True]
    assert before.notes == after.notes == ()


def test_an_endless_line_is_a_problem_and_the_next_one_is_read(monkeypatch):
    monkeypatch.setattr(dispatch, "HELD_BYTES", 100)
    monkeypatch.setattr(long_jsonl, "_LONGEST_LINE_BYTES", 200)
    monkeypatch.setattr(long_jsonl, "_CHUNK_BYTES", 100)
    lines = [json.dumps({"id": name, "text": f"{name} " * length}) for name, length in
             (("a", 5), ("b", 1000), ("c", 5))]  # fmt: skip
    first, long, last = found_in(io.BytesIO("\n".join(lines).encode()))
    assert (first.record, last.record) == ("a", "c")
    assert long == Problem(where="line 2", reason="longer than 200 bytes")


class _Taking(Sink):
    def __init__(self) -> None:
        self.taken: list[dict[str, PackedArticle]] = []

    def take(self, articles: dict[str, PackedArticle]) -> bool:
        self.taken.append(articles)
        return True


def test_many_articles_are_handed_on_as_they_come(desk, monkeypatch):
    monkeypatch.setattr(preparing, "_OFFERED_BYTES", 4_000)
    texts = {f"r{number}": f"{number} " + "word " * 100 for number in range(20)}
    path = desk.write_records("a.jsonl", **texts)
    sink = _Taking()
    rest = prepare(path, name="a.jsonl", options=IngestOptions(), sink=sink)
    whole = prepare(path, name="a.jsonl", options=IngestOptions())
    assert len(sink.taken) == 2
    handed = {**sink.taken[0], **sink.taken[1], **rest.articles}
    assert (handed, list(handed)) == (whole.articles, list(texts))


def test_a_record_is_known_that_was_handed_on_before(desk, monkeypatch):
    monkeypatch.setattr(preparing, "_OFFERED_BYTES", 4_000)
    texts = {f"r{number}": f"{number} " + "word " * 100 for number in range(12)}
    path = desk.write_records("a.jsonl", **texts)
    again = json.dumps({"id": "r0", "text": "Another"})
    path.write_text(f"{path.read_text()}\n{again}\n")
    found = prepare(path, name="a.jsonl", options=IngestOptions(), sink=_Taking())
    assert "r0" not in found.articles
    assert "r0 (line 13)" in found.articles


def test_spooled_articles_are_those_that_were_put_there():
    articles = {f"r{number}": packed(f"Text {number}") for number in range(5)}
    spooled = SpooledArticles()
    first = dict(list(articles.items())[:3])
    spooled.add(first)
    assert spooled["r1"] == articles["r1"]
    spooled.add(articles)
    assert dict(spooled) == articles
    assert list(spooled) == list(articles)
    assert len(spooled) == 5


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_file_whose_articles_have_no_room_on_the_disk_is_told_why(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "TemporaryFile", partial(Path("/dev/full").open, "w+b"))
    desk = Desk(tmp_path / "archive")
    desk.write("good.txt", "The delegates met in the old hall.")
    line = json.dumps({"text": "The delegates spoke of the river. " * 3000}) + "\n"
    desk.write("long.jsonl", line * (1 + (HELD_BYTES // len(line))))
    desk.ingest(limits=ReadingLimits(processes=1))
    assert desk.statuses == {"good.txt": "indexed", "long.jsonl": "error"}
    assert "no temporary file: No space left on device" in desk.row("long.jsonl").detail
    desk.store.close()


def test_a_long_file_is_taken_in_over_processes_as_it_is_without(tmp_path):
    desks = [Desk(tmp_path / name) for name in ("with", "without")]
    texts = {f"r{number}": f"{number} " + "word " * 100_000 for number in range(11)}
    for desk, limits in zip(desks, (ReadingLimits(processes=1), None), strict=True):
        desk.write_records("a.jsonl", **texts)
        report = desk.ingest(limits=limits)
        assert (report.articles, report.passages) == (11, desk.store.counts(1).passages)
        desk.write_records("a.jsonl", **texts | {"r3": "Another"})
        assert desk.ingest(limits=limits).articles == 1
        desk.remove(desk.article("a.jsonl", "r5").id)
        desk.write_records("a.jsonl", **texts | {"r4": "Yet another"})
        assert desk.ingest(limits=limits).articles == 2
    found = [[(a.id, a.record, a.text) for a in desk.articles] for desk in desks]
    assert found[0] == found[1]
    assert [desk.row("a.jsonl").status for desk in desks] == [Status.INDEXED] * 2
    assert [desk.row("a.jsonl").articles for desk in desks] == [10, 10]
    for desk in desks:
        desk.store.close()


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "archive")
    yield desk
    desk.store.close()
