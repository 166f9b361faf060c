"""An ingest that reads files in other processes ends as one that reads them itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from pinakes.corpus import (
    Article,
    IngestObserver,
    IngestOptions,
    MetadataValue,
    ReadingLimits,
    Status,
    ingest,
)
from pinakes.corpus.ingestion.worker_process import ReadReply, ReadRequest, WorkerProcess
from tests.desk import Desk

_TWO = ReadingLimits(processes=2)
_SENTENCE = "The council of the town met on Tuesday and put off the vote on the bridge once more. "


@pytest.fixture
def desks(tmp_path) -> Iterator[tuple[Desk, Desk]]:
    desks = Desk(tmp_path / "one"), Desk(tmp_path / "two")
    yield desks
    for desk in desks:
        desk.store.close()


def whole(desk: Desk) -> tuple[object, ...]:
    """Return all that two archives of the same files must have in common."""
    articles = [
        (a.id, a.text, a.paths, a.record, a.sha256, _timeless(a), tuple(a.passages))
        for a in sorted(desk.articles, key=lambda article: article.id)
    ]
    rows = [
        (r.path, r.status, r.detail, r.size, r.sha256, r.articles, r.problems, r.notes)
        for r in desk.store.ledger()
    ]
    return articles, rows, desk.store.counts(desk.generation)


def _timeless(article: Article) -> tuple[MetadataValue, ...]:
    """What is known of an article, but for when its file was written."""
    return tuple(value for value in article.metadata if value.origin != "file:mtime")


def write_all_kinds(desk: Desk) -> None:
    for number in range(120):
        desk.write(f"pages/{number:03}.html", f"<title>{number}</title><p>{_SENTENCE * 3}</p>")
    for number in range(30):
        desk.write(f"texts/{number % 20}/{number}.txt", f"Text {number % 20}. {_SENTENCE}")
    desk.write_records("records.jsonl", x=_SENTENCE, y="Two", z="")
    desk.write("empty.txt", b"")
    desk.write("image.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
    desk.write("broken.json", b'{"text": ')


def test_the_archive_is_the_same(desks):
    one, two = desks
    for desk, limits in ((one, None), (two, _TWO)):
        write_all_kinds(desk)
        desk.ingest(limits=limits)
        for number in range(0, 120, 3):
            (desk.root / f"pages/{number:03}.html").rename(desk.root / f"texts/{number:03}.html")
        for number in range(1, 120, 3):
            desk.write(f"pages/{number:03}.html", f"<p>{_SENTENCE * 4} Now it is {number}.</p>")
        (desk.root / "texts/3/3.txt").unlink()
        (desk.root / "texts/4/24.txt").rename(desk.root / "texts/4/24.html")
        desk.ingest(limits=limits)
    assert whole(one) == whole(two)


def test_renamed_and_copied_files_are_not_read_for_what_is_in_them(desks, monkeypatch):
    desk, _ = desks
    for number in range(5):
        desk.write(f"a/{number}.txt", f"Text {number}. {_SENTENCE}")
    desk.ingest(limits=_TWO)
    (desk.root / "a").rename(desk.root / "b")
    replies: list[ReadReply] = []
    really_ask = WorkerProcess.ask

    def ask(worker: WorkerProcess, request: ReadRequest) -> ReadReply:
        replies.append(really_ask(worker, request))
        return replies[-1]

    monkeypatch.setattr(WorkerProcess, "ask", ask)
    desk.write("b/copy.txt", f"Text 3. {_SENTENCE}")
    assert desk.ingest(limits=_TWO).by_status == {Status.INDEXED: 5, Status.DUPLICATE_OF: 1}
    assert [reply.prepared for reply in replies] == [None] * 6


def test_nothing_is_started_where_there_is_nothing_to_read(desks, monkeypatch):
    desk, _ = desks
    path = desk.write("a.txt", "Text")
    desk.write("b.txt", "Text that stays")
    desk.ingest()
    path.unlink()
    monkeypatch.setattr(sys, "executable", "")
    assert desk.ingest(limits=_TWO).removed == 1


def test_a_file_over_a_limit_is_an_error_that_is_tried_again_only_when_asked(desks):
    desk, _ = desks
    desk.write("a.txt", _SENTENCE)
    big = desk.write("b.txt", "One two three.\n\n" * 400_000)
    tight = ReadingLimits(memory_mb=30)
    assert desk.ingest(limits=tight).errors == 1
    row = desk.row("b.txt")
    assert (row.status, row.detail, row.articles) == (Status.ERROR, "needed more than 30 MB", 0)
    assert (row.size, len(row.sha256)) == (big.stat().st_size, 64)
    report = desk.ingest(limits=_TWO)
    assert (report.errors, report.failed_before) == (0, 1)
    assert report.by_status == {Status.UNCHANGED: 2}
    big.write_text("One two three.\n\n" * 30_000)
    tight = ReadingLimits(memory_mb=500, timeout_s=0.01)
    assert desk.ingest("b.txt", limits=tight).errors == 1
    assert desk.ingest(retry_failed=True).by_status == {Status.INDEXED: 1, Status.UNCHANGED: 1}
    assert desk.row("b.txt").status is Status.INDEXED


def test_an_article_stays_when_its_file_comes_over_a_limit(desks):
    desk, _ = desks
    path = desk.write("b.txt", "One two three.\n\n" * 4)
    desk.ingest()
    before = desk.article("b.txt")
    path.write_text("One two three.\n\n" * 400_000)
    assert desk.ingest(limits=ReadingLimits(memory_mb=30)).errors == 1
    assert desk.article("b.txt") == before
    assert desk.row("b.txt").articles == 1


def test_a_rehearsal_says_what_would_become_of_every_file_and_changes_nothing(desks):
    one, two = desks
    for desk in desks:
        write_all_kinds(desk)
    before = whole(one)
    said: list[tuple[str, ...]] = []
    for is_rehearsal in (True, False):
        told = []
        desk = one if is_rehearsal else two
        ingest(
            desk.store,
            desk.folder,
            [desk.root],
            options=IngestOptions(is_rehearsal=is_rehearsal, batch_articles=5),
            observer=IngestObserver(on_file=told.append),
        )
        said.append(tuple(told))
    assert said[0] == said[1]
    assert whole(one) == before
    assert one.ingest().articles == len(two.articles)
    assert whole(one) == whole(two)


def test_a_transaction_ends_after_some_time_too(desks, monkeypatch):
    desk, _ = desks
    write_all_kinds(desk)
    commits: list[int] = []
    ingest(
        desk.store,
        desk.folder,
        [desk.root],
        options=IngestOptions(batch_s=0),
        observer=IngestObserver(on_commit=commits.append),
    )
    assert len(commits) > 100


def test_an_interrupt_ends_the_processes_and_keeps_what_is_done(desks):
    desk, _ = desks
    write_all_kinds(desk)
    seen = []

    def on_file(outcome: object) -> None:
        seen.append(outcome)
        if len(seen) == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(
            desk.store,
            desk.folder,
            [desk.root],
            options=IngestOptions(limits=_TWO),
            observer=IngestObserver(on_file=on_file),
        )
    assert len(desk.statuses) == 40
    desk.ingest(limits=_TWO)
    assert desk.ingest().by_status == {Status.UNCHANGED: len(desk.statuses)}
