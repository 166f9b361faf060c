"""What an ingest makes of files that cannot be read, and of being stopped."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from pinakes.corpus import (
    Change,
    FileOutcome,
    IngestObserver,
    IngestOptions,
    Status,
    ingest,
)
from tests.desk import Desk

SAVED = 1_700_000_000
"""When a file was saved, in seconds from 1970."""

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
not_as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "archive")
    yield desk
    desk.store.close()


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", Status.EMPTY), (b"\x89PNG\r\n\x1a\n" + bytes(50), Status.UNSUPPORTED)],
)
def test_a_file_that_becomes_empty_or_unsupported_loses_its_article(desk, content, status):
    desk.write("a.txt", "One")
    desk.write("b.txt", "Two")
    desk.write("c.txt", "Two")
    desk.ingest()
    desk.write("a.txt", content)
    desk.write("b.txt", content)
    desk.ingest()
    assert desk.texts == {("c.txt",): "Two"}
    assert (desk.row("a.txt").status, desk.row("a.txt").articles) == (status, 0)
    desk.write("a.txt", "One again")
    desk.ingest()
    assert desk.article("a.txt").text == "One again"


@posix_only
def test_a_file_that_can_only_not_be_read_now_keeps_its_article(desk):
    path = desk.write("a.txt", "One")
    os.utime(path, (SAVED, SAVED))
    desk.ingest()
    before = desk.article("a.txt")
    path.unlink()
    path.symlink_to("a.txt")
    for _ in range(2):
        report = desk.ingest()
        assert (report.errors, report.files) == (1, 1)
        assert desk.articles == [before]
        assert (desk.row("a.txt").status, desk.row("a.txt").articles) == (Status.ERROR, 1)
        assert desk.store.counts(desk.generation).unsearchable == 0
    path.unlink()
    os.utime(desk.write("a.txt", "One"), (SAVED, SAVED))
    desk.ingest()
    assert desk.row("a.txt").status is Status.INDEXED
    assert desk.articles == [before]


@not_as_root
def test_files_and_folders_without_permission_are_errors_and_keep_what_they_had(desk):
    for name in ("a.txt", "in/b.txt", "in/sub/c.txt"):
        desk.write(name, f"Text of {name}")
    desk.ingest()
    before = desk.articles
    (desk.root / "a.txt").chmod(0)
    (desk.root / "in").chmod(0)
    try:
        report = desk.ingest()
    finally:
        (desk.root / "a.txt").chmod(0o600)
        (desk.root / "in").chmod(0o700)
    assert {(o.path, o.status) for o in report.outcomes} == {
        ("in/", Status.ERROR),
        ("a.txt", Status.ERROR),
    }
    assert desk.articles == before
    desk.ingest()
    assert set(desk.statuses.values()) == {"indexed"}
    assert "in/" not in desk.statuses


@posix_only
def test_a_file_that_becomes_a_pipe_is_unsupported_and_never_opened(desk):
    path = desk.write("a.txt", "One")
    desk.ingest()
    path.unlink()
    os.mkfifo(path)
    desk.ingest()
    assert desk.articles == []
    assert desk.row("a.txt").detail == "a named pipe; only files are read"
    generation = desk.generation
    desk.ingest()
    assert desk.generation == generation


def test_a_reader_that_fails_is_an_error_of_that_file_only(desk, monkeypatch):
    desk.write("a.txt", "One")
    desk.write("b.txt", "Two")
    desk.ingest()
    before = desk.article("a.txt")
    desk.write("a.txt", "A poisonous text")
    desk.write("b.txt", "Two and more")

    def split(extract, **kwargs):
        if "poisonous" in extract.text:
            raise RecursionError("too deep")
        return really_split(extract, **kwargs)

    from pinakes.corpus.ingestion import preparing

    really_split = preparing.split
    monkeypatch.setattr(preparing, "split", split)
    report = desk.ingest()
    assert report.errors == 1
    assert desk.row("a.txt").detail == "RecursionError: too deep"
    assert desk.article("a.txt") == before
    assert desk.article("b.txt").text == "Two and more"
    assert desk.ingest().by_status == {Status.UNCHANGED: 2}


def test_a_record_that_cannot_be_taken_in_leaves_the_others(desk, monkeypatch, caplog):
    def split(extract, **kwargs):
        if "poisonous" in extract.text:
            raise RecursionError("too deep")
        return really_split(extract, **kwargs)

    from pinakes.corpus.ingestion import preparing

    really_split = preparing.split
    monkeypatch.setattr(preparing, "split", split)
    desk.write_records("a.jsonl", x="One", y="A poisonous text", z="Three")
    report = desk.ingest()
    assert (report.articles, report.problems) == (2, 1)
    assert [a.record for a in desk.articles] == ["x", "z"]
    (problem,) = desk.row("a.jsonl").problems
    assert (problem.where, problem.reason) == ("y", "RecursionError: too deep")
    assert "'y' cannot be taken in" in caplog.text


def test_an_article_that_is_too_long_for_the_store_leaves_the_others(desk, monkeypatch):
    from pinakes.corpus.ingestion import preparing

    monkeypatch.setattr(preparing, "MAX_PACKED_BYTES", 2000)
    long = " ".join(str(number * number) for number in range(3000))
    desk.write_records("a.jsonl", x="One", y=long)
    desk.write("b.txt", long)
    desk.write("c.txt", "Three")
    desk.ingest()
    assert [a.text for a in desk.articles] == ["One", "Three"]
    assert "too long" in desk.row("a.jsonl").problems[0].reason
    assert desk.row("b.txt").detail.startswith("too long: ")


def test_a_file_that_is_too_large_is_unsupported(desk):
    desk.write("a.txt", "A long text")
    desk.ingest(max_file_bytes=5)
    assert desk.row("a.txt").status is Status.UNSUPPORTED
    assert "11 bytes" in desk.row("a.txt").detail


@posix_only
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS takes only names in UTF-8")
def test_a_name_that_is_not_utf_8_does_no_harm(desk):
    (desk.root / os.fsdecode(b"caf\xe9.txt")).write_text("One")
    (desk.root / os.fsdecode(b"caf\xe9.bin")).write_bytes(b"\x00\x01")
    desk.ingest()
    assert desk.article(r"caf\xE9.txt").text == "One"
    assert desk.ingest().by_status == {Status.UNCHANGED: 2}
    (desk.root / os.fsdecode(b"caf\xe9.txt")).rename(desk.root / "new.txt")
    assert desk.ingest().renamed == 1


def test_text_that_is_not_unicode_does_no_harm(desk):
    desk.write("a.jsonl", r'{"id": "\udc00", "title": "\ud800", "text": "Text \udfff of it"}')
    desk.write("b.txt", "Text\0 with \udcff".encode("utf-8", "surrogatepass"))
    report = desk.ingest()
    assert report.files == 2
    for article in desk.articles:
        article.text.encode()


def test_an_interrupt_keeps_what_is_done_and_the_next_run_goes_on(desk):
    for number in range(10):
        desk.write(f"{number}.txt", f"Text {number}")
    commits: list[int] = []

    def stop(outcome: FileOutcome) -> None:
        if outcome.path == "6.txt":
            raise KeyboardInterrupt

    observer = IngestObserver(on_file=stop, on_commit=commits.append)
    with pytest.raises(KeyboardInterrupt):
        ingest(desk.store, desk.folder, [desk.root], observer=observer)
    assert len(desk.articles) == 7
    assert commits == [1]
    assert desk.ingest().by_change == {Change.NEW: 3}
    assert len(desk.articles) == 10


def test_an_error_of_the_caller_undoes_the_batch_and_no_more(desk):
    for number in range(10):
        desk.write(f"{number}.txt", f"Text {number}")

    def fail(outcome: FileOutcome) -> None:
        if outcome.path == "6.txt":
            raise ZeroDivisionError

    options = IngestOptions(batch_articles=4)
    observer = IngestObserver(on_file=fail)
    with pytest.raises(ZeroDivisionError):
        ingest(desk.store, desk.folder, [desk.root], options=options, observer=observer)
    assert len(desk.articles) == 4
    assert desk.store.counts(desk.generation).articles == 4
    assert desk.ingest().by_change == {Change.NEW: 6}


def test_what_a_reader_notes_of_its_text_is_kept_in_the_ledger(desk, monkeypatch):
    from pinakes.corpus.ingestion import preparing

    def read(data, **kwargs):
        for extract in really_read(data, **kwargs):
            yield replace(extract, notes=("read as koi8-r", f"of {len(extract.text)} characters"))

    really_read = preparing.read
    monkeypatch.setattr(preparing, "read", read)
    desk.write_records("a.jsonl", x="One", y="Two", z="Three")
    outcomes: list[FileOutcome] = []
    ingest(desk.store, desk.folder, [desk.root], observer=IngestObserver(on_file=outcomes.append))
    notes = ("read as koi8-r", "of 3 characters", "of 5 characters")
    assert desk.row("a.jsonl").notes == notes
    assert outcomes[0].notes == notes
    monkeypatch.undo()
    generation = desk.generation
    desk.ingest(force=True)
    assert desk.row("a.jsonl").notes == ()
    assert desk.generation == generation + 1
