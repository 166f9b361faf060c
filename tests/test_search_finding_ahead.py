"""Another process finds tags ahead: the same ones, whatever becomes of it."""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from pinakes.corpus import (
    AheadPlan,
    ArchiveFolder,
    ReadingLimits,
    RetaggedContent,
    TagDifference,
    TagPattern,
    child_process,
    read_frame,
)
from pinakes.search import Archive, IndexOptions
from pinakes.search.tagging import finding_ahead, rerun
from pinakes.search.tagging.finding_ahead import FindingAhead
from pinakes.search.tagging.retag_frames import write_reply
from pinakes.search.taking_in import take_in

ARTICLES = 130
# Else tests read files in their own process.
WITH_PROCESSES = IndexOptions(limits=ReadingLimits())
RULE = """
version = {version}
type = "topic"
value = "mining"
words = ["mine"]
phrases = ["the valley"]
patterns = ['[0-9]{{4}}']
"""


def add_rule(root: Path, version: int) -> None:
    (root / ".pinakes" / "rules").mkdir(exist_ok=True)
    text = RULE.format(version=version)
    (root / ".pinakes" / "rules" / "mining.toml").write_text(text, encoding="utf-8")


def make_archive(root: Path) -> Path:
    """Make an archive of articles; all in one process of tests are copies of the first."""
    shutil.copytree(_first_archive(), root)
    return root


@cache
def _first_archive() -> Path:
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    root = Path(folder.name) / "archive"
    root.mkdir()
    for number in range(ARTICLES):
        words = (
            "Nobody knows." if number % 3 == 0 else f"In {1900 + number} the mines of the valley"
        )
        path = root / f"{number}.txt"
        path.write_text(f"Of {number} \n\n{words} were closed.\n", encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    with Archive.create(root) as archive:
        archive.index([root])
    return root


def held(root: Path) -> list[tuple[Any, ...]]:
    """What the store has of all articles, packed, and what the index has of their tags."""
    with closing(sqlite3.connect(root / ".pinakes" / "store.sqlite")) as connection:
        rows = connection.execute(
            "SELECT key, id, packed, stamps FROM articles JOIN contents USING (content)"
            " JOIN taggings USING (tagging) WHERE died IS NULL ORDER BY key"
        ).fetchall()
    with Archive.open(root) as archive:
        found = archive.search("topic:mining NEAR/3 valley", limit=ARTICLES)
        return [*rows, (found.passages, [hit.article.id for hit in found.hits])]


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[FindingAhead]]:
    """Those that were started, none of them a copy of this one, however few look-ups there are."""
    monkeypatch.setattr(finding_ahead, "fork_python", lambda _serve: None)
    started: list[FindingAhead] = []

    class Noted(FindingAhead):
        def __init__(self, *told: Any, **more: Any) -> None:
            super().__init__(*told, **more)
            started.append(self)

    monkeypatch.setattr(rerun, "_is_worth_a_process", lambda _look_ups, **_more: True)
    monkeypatch.setattr(finding_ahead, "FindingAhead", Noted)
    yield started
    assert all(each._process is None or each._process.poll() is not None for each in started)


@pytest.fixture(scope="module")
def tagged_alone(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Any, ...]]:
    """What an archive holds that one process has tagged; all are copies of the same one."""
    root = make_archive(tmp_path_factory.mktemp("tagged") / "alone")
    add_rule(root, 1)
    with pytest.MonkeyPatch.context() as patched, Archive.open(root) as archive:
        patched.setattr(rerun, "_is_worth_a_process", lambda _look_ups, **_more: False)
        archive.index([root], options=WITH_PROCESSES)
    return held(root)


def test_two_processes_make_the_same_archive_bit_for_bit(
    tmp_path: Path,
    processes: list[FindingAhead],
    monkeypatch: pytest.MonkeyPatch,
    tagged_alone: list[tuple[Any, ...]],
) -> None:
    root = make_archive(tmp_path / "both")
    add_rule(root, 1)
    there = []
    with monkeypatch.context() as patched, Archive.open(root) as archive:
        # Whoever asks waits, so that the process has its share however slow it begins.
        patched.setattr(FindingAhead, "_next_here", wait_for_process)
        patched.setattr(finding_ahead, "read_reply", lambda *sent: note(there, read(*sent)))
        archive.index([root], options=WITH_PROCESSES)
    assert len(processes) == 1
    assert len(there) == ARTICLES
    assert held(root) == tagged_alone


read = finding_ahead.read_reply
next_here = FindingAhead._next_here


def note(there: list[int], made: dict[int, RetaggedContent]) -> dict[int, RetaggedContent]:
    there += made
    return made


def wait_for_process(ahead: FindingAhead, page: int) -> int | None:
    with ahead._turn:
        ahead._turn.wait_for(
            lambda: ahead._is_closed or not (ahead._left[page] or ahead._is_busy_with(page)), 60
        )
    return next_here(ahead, page)


HANGS = (
    "from pinakes.search.tagging import retag_process as p; import time\n"
    "p.ArticleTagger._tag_again = lambda *asked: time.sleep(60); p.serve()"
)
CODES = {
    "ends": "raise SystemExit(1)",
    "says nothing": "import sys; sys.stdin.buffer.read()",
    "ends later": (
        "from pinakes.search.tagging import retag_process as p; done = []\n"
        "tagger = p.ArticleTagger; tag = tagger._tag_again\n"
        "def tag_few(*asked):\n    done.append(1)\n"
        "    return tag(*asked) if len(done) < 9 else exit()\n"
        "tagger._tag_again = tag_few; p.serve()"
    ),
    "says something else": (
        "from pinakes.corpus import take_streams, write_frame\n"
        "_, out = take_streams()\nfor _ in range(9): write_frame(out, {'made': [[1]]})"
    ),
}


def test_a_process_that_hangs_is_not_waited_for_for_long(
    tmp_path: Path,
    processes: list[FindingAhead],
    monkeypatch: pytest.MonkeyPatch,
    tagged_alone: list[tuple[Any, ...]],
) -> None:
    root = make_archive(tmp_path / "both")
    add_rule(root, 1)
    monkeypatch.setattr(finding_ahead, "_CODE", HANGS)
    monkeypatch.setattr(finding_ahead, "_PATIENCE_S", 0.05)
    monkeypatch.setattr(FindingAhead, "_next_here", wait_until_busy)
    with Archive.open(root) as archive:
        archive.index([root], options=WITH_PROCESSES)
    assert held(root) == tagged_alone


def wait_until_busy(ahead: FindingAhead, page: int) -> int | None:
    with ahead._turn:
        while not (ahead._is_closed or ahead._asked):
            ahead._turn.wait(0.01)
    return next_here(ahead, page)


@pytest.mark.parametrize("code", CODES.values(), ids=CODES.keys())
def test_whatever_the_process_does_everything_is_found(
    tmp_path: Path,
    processes: list[FindingAhead],
    monkeypatch: pytest.MonkeyPatch,
    tagged_alone: list[tuple[Any, ...]],
    code: str,
) -> None:
    root = make_archive(tmp_path / "both")
    add_rule(root, 1)
    monkeypatch.setattr(finding_ahead, "_CODE", code)
    with Archive.open(root) as archive:
        assert archive.index([root], options=WITH_PROCESSES).retagged == ARTICLES - -(
            -ARTICLES // 3
        )
    assert len(processes) == 1
    assert held(root) == tagged_alone


def test_where_no_process_can_be_started_none_is_needed(
    tmp_path: Path, processes: list[FindingAhead], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_archive(tmp_path / "both")
    add_rule(root, 1)
    monkeypatch.setattr(child_process.sys, "executable", "")
    with Archive.open(root) as archive:
        assert archive.tags.rerun("mining").changed == ARTICLES - -(-ARTICLES // 3)
    assert [each._process for each in processes] == [None]


def test_an_application_that_reads_in_its_own_process_starts_none(
    tmp_path: Path, processes: list[FindingAhead]
) -> None:
    root = make_archive(tmp_path / "both")
    add_rule(root, 1)
    folder = ArchiveFolder.open(root)
    asked = {"options": IndexOptions(), "wait_s": 1.0, "progress": None}
    report = take_in(folder, [root], **asked, is_read_here=True)
    assert report.retagged == ARTICLES - -(-ARTICLES // 3)
    assert not processes


@pytest.mark.parametrize(
    ("cores", "load", "has_any"), [(1, 0.0, False), (2, 1.1, True), (2, 1.6, False), (8, 7.4, True)]
)
def test_a_core_is_idle_that_nobody_needed(
    monkeypatch: pytest.MonkeyPatch, cores: int, load: float, *, has_any: bool
) -> None:
    monkeypatch.setattr(child_process, "core_count", lambda: cores)
    monkeypatch.setattr(child_process.os, "getloadavg", lambda: (load, 9.0, 9.0), raising=False)
    assert child_process.has_idle_core() == has_any


def test_a_core_counts_as_idle_where_the_system_does_not_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> None:
        raise OSError

    monkeypatch.setattr(child_process, "core_count", lambda: 2)
    monkeypatch.setattr(child_process.os, "getloadavg", fail, raising=False)
    assert child_process.has_idle_core()


def test_what_is_stopped_ends_the_process(
    tmp_path: Path, processes: list[FindingAhead], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_archive(tmp_path / "both")
    add_rule(root, 1)

    def stop(*_asked: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, Archive.open(root) as archive:
        patched.setattr("pinakes.corpus.store.writes.StoreWriter.set_retagged", stop)
        with pytest.raises(KeyboardInterrupt):
            archive.index([root], options=WITH_PROCESSES)
    assert len(processes) == 1
    with Archive.open(root) as archive:
        assert archive.index([root], options=WITH_PROCESSES).retagged == ARTICLES - -(
            -ARTICLES // 3
        )


@pytest.mark.parametrize("failing", [OSError("no room"), RuntimeError("can't start new thread")])
def test_where_no_thread_can_be_started_none_is_needed(
    tmp_path: Path,
    processes: list[FindingAhead],
    monkeypatch: pytest.MonkeyPatch,
    failing: Exception,
) -> None:
    def fail(_thread: object) -> None:
        raise failing

    root = make_archive(tmp_path / "both")
    add_rule(root, 1)
    with Archive.open(root) as archive:
        monkeypatch.setattr(finding_ahead.threading.Thread, "start", fail)
        assert archive.tags.rerun("mining").changed == ARTICLES - -(-ARTICLES // 3)
    assert len(processes) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux only")
def test_who_is_interrupted_while_it_begins_leaves_no_copy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stop(_thread: object) -> None:
        raise KeyboardInterrupt

    made: list[child_process.ForkedProcess | None] = []

    def fork_and_note(serve: Any) -> child_process.ForkedProcess | None:
        made.append(child_process.fork_python(serve))
        return made[-1]

    monkeypatch.setattr(child_process, "can_fork", lambda: True)
    monkeypatch.setattr(finding_ahead, "fork_python", fork_and_note)
    monkeypatch.setattr(finding_ahead.threading.Thread, "start", stop)
    plan = AheadPlan(works=(), counts=(), may_find={}, dictionaries=dict)
    with pytest.raises(KeyboardInterrupt):
        FindingAhead({}, plan, {}, may_copy=True)
    (process,) = made
    assert process is not None
    assert process._is_over
    assert process.stdin.closed


def test_what_is_sent_is_what_comes() -> None:
    difference = TagDifference(
        passage_count=7,
        passages=(2, 5),
        text="Ä mine\nof salt".encode(),
        lengths=(6, 7),
        types=(frozenset({"topic", "law"}), None),
        tag_lists=(
            (TagPattern("topic", "x", "r/1", (0, 3)), TagPattern("law", "b", "r/1")),
            (),
        ),
    )
    made = {
        7: RetaggedContent(difference, frame=b"frame", dictionary=3),
        9: RetaggedContent(None, failed={"r": "TooCostlyError: more"}),
        11: RetaggedContent(difference._replace(text=b""), frame=b"other"),
    }
    stream = BytesIO()
    write_reply(stream, made)
    stream.seek(0)
    assert read(*read_frame(stream)) == made
