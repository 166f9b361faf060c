"""Files that hang, bomb or kill their reader cost themselves only."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from pinakes.corpus import IngestOptions, PinakesError, ReadingLimits, SourceError, Status
from pinakes.corpus.ingestion import reading_ahead, worker_process
from pinakes.corpus.ingestion.reading_ahead import ReaderAhead
from pinakes.corpus.ingestion.walk import FoundFile, find_files
from pinakes.corpus.ingestion.worker_process import ReadReply, ReadRequest, WorkerProcess
from tests.desk import Desk

_HOSTILE = "tests.hostile_reader:prepare"
_ROOT = str(Path(__file__).parent.parent)


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Iterator[Desk]:
    # A process that reads files finds modules where this one does.
    monkeypatch.syspath_prepend(_ROOT)
    desk = Desk(tmp_path / "archive")
    yield desk
    desk.store.close()


def read_all(desk: Desk, entry: str = _HOSTILE, **limits: float) -> dict[str, str]:
    """Read all files in two processes; return what became of each, with why or its text."""
    reader = ReaderAhead(
        desk.folder,
        IngestOptions(),
        ReadingLimits(**{"processes": 2, "timeout_s": 20, **limits}),
        known={},
        entry=entry,
    )
    try:
        files = list(find_files(desk.folder, [desk.root]).files.values())
        reader.announce(files)
        return {file.path: describe(reader, file) for file in files}
    finally:
        reader.close()


def describe(reader: ReaderAhead, file: FoundFile) -> str:
    try:
        prepared = reader.open(file).prepare()
    except (OSError, SourceError) as error:
        return f"{type(error).__name__}: {error}"
    return prepared.detail or f"{prepared.status} {len(prepared.articles)}"


def write_good_ones(desk: Desk) -> list[str]:
    names = [f"{place}{number}.txt" for place in "az" for number in range(5)]
    for name in names:
        desk.write(name, f"Good text of {name}")
    return names


@pytest.mark.parametrize("content", ["sleep 1000", "backtrack"])
def test_a_file_that_hangs_is_an_error_and_the_others_go_on(desk, content):
    names = write_good_ones(desk)
    desk.write("m1.txt", content)
    desk.write("m2.txt", content)
    began = time.monotonic()
    found = read_all(desk, timeout_s=3)
    assert {found.pop("m1.txt"), found.pop("m2.txt")} == {"took more than 3 s"}
    assert found == dict.fromkeys(names, "indexed 1")
    assert time.monotonic() - began < 60


def test_a_file_that_takes_memory_without_end_is_an_error_and_the_others_go_on(desk):
    names = write_good_ones(desk)
    desk.write("m1.txt", "allocate")
    found = read_all(desk, memory_mb=150)
    assert found.pop("m1.txt") == "needed more than 150 MB"
    assert found == dict.fromkeys(names, "indexed 1")


@pytest.mark.parametrize("content", ["crash", "leave"])
def test_a_file_that_ends_its_reader_is_an_error_and_the_others_go_on(desk, content):
    names = write_good_ones(desk)
    desk.write("m1.txt", content)
    desk.write("m2.txt", content)
    found = read_all(desk)
    for name in ("m1.txt", "m2.txt"):
        assert found.pop(name).startswith("the process that read it ended with ")
    assert found == dict.fromkeys(names, "indexed 1")


def test_what_is_printed_while_a_file_is_read_does_no_harm(desk):
    desk.write("a.txt", "print")
    desk.write("b.txt", "Good text")
    assert read_all(desk) == {"a.txt": "indexed 1", "b.txt": "indexed 1"}


def test_the_limit_of_time_is_for_each_record(desk):
    desk.write("a.jsonl", "records 1.2")
    # It takes longer than the limit, but each of its records does not.
    assert "took more" not in read_all(desk, timeout_s=3)["a.jsonl"]
    desk.write("a.jsonl", "records 4")
    assert read_all(desk, timeout_s=3) == {"a.jsonl": "took more than 3 s"}


def test_neither_the_interpreter_nor_what_it_loads_counts_as_what_a_file_needs(desk):
    page = "<title>A page</title>" + "<p>A paragraph of the page, with a sentence in it.</p>" * 3
    desk.write("a.html", page)
    desk.write("b.txt", "A text of one sentence, which is long enough to tell its language.")
    # The process itself has more than ten times as much.
    assert set(read_all(desk, worker_process.ENTRY, memory_mb=12).values()) == {"indexed 1"}


def test_a_process_that_keeps_the_memory_of_files_before_is_replaced(desk):
    for number in range(8):
        desk.write(f"{number}.txt", "keep 110000000")
    # No file needs much, but all of them together do.
    assert set(read_all(desk, memory_mb=190, processes=1).values()) == {"indexed 1"}


def test_deep_nesting_and_huge_pages_are_told_not_fallen_over(desk):
    deep = "<div>" * 100_000
    desk.write("deep.html", f"<title>Deep</title><body><p>Before it.</p>{deep}<p>Down here.</p>")
    desk.write("wide.html", f"<title>Wide</title>{'<p>Words of it' * 300_000}")
    desk.write("zgood.html", "<title>Good</title><p>One paragraph, and there it ends.</p>")
    found = read_all(desk, worker_process.ENTRY, timeout_s=5, memory_mb=100)
    assert found["wide.html"] in ("needed more than 100 MB", "took more than 5 s")
    assert found["deep.html"]
    assert found["zgood.html"] == "indexed 1"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_file_that_becomes_a_pipe_or_vanishes_before_it_is_read_holds_nobody_up(desk):
    files = [desk.write(name, "Text") for name in ("a.txt", "b.txt", "c.txt")]
    found = list(find_files(desk.folder, [desk.root]).files.values())
    files[0].unlink()
    os.mkfifo(files[0])
    files[1].unlink()
    reader = ReaderAhead(
        desk.folder, IngestOptions(), ReadingLimits(processes=1), known={}, entry=_HOSTILE
    )
    try:
        reader.announce(found)
        said = [describe(reader, file) for file in found]
    finally:
        reader.close()
    assert "not a file any more" in said[0]
    assert said[1].startswith("FileNotFoundError: ")
    assert said[2] == "indexed 1"


def test_bytes_that_are_known_are_read_only_when_asked_for(desk):
    desk.write("a.txt", "process")
    (file,) = find_files(desk.folder, [desk.root]).files.values()
    reader = ReaderAhead(
        desk.folder,
        IngestOptions(),
        ReadingLimits(processes=1),
        known={7: [hashlib.sha256(b"process").hexdigest()]},
        entry=_HOSTILE,
    )
    try:
        reader.announce([file])
        reading = reader.open(file)
        assert not reader._workers.pop().ask(reader._request(file)).prepared
        assert reading.prepare().status is Status.INDEXED
    finally:
        reader.close()


def test_all_processes_end_with_the_reader(desk):
    for number in range(60):
        desk.write(f"{number:02}.txt", "sleep 1000" if number > 1 else "Good")
    files = list(find_files(desk.folder, [desk.root]).files.values())
    reader = ReaderAhead(
        desk.folder, IngestOptions(), ReadingLimits(processes=2), known={}, entry=_HOSTILE
    )
    others = set(psutil.Process().children())
    reader.announce(files)
    reader.open(files[0])
    children = set(psutil.Process().children()) - others
    assert children
    reader.close()
    assert not [child for child in children if child.is_running()]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("reading")]


def test_what_is_ready_and_not_taken_is_bounded(desk, monkeypatch):
    monkeypatch.setattr(reading_ahead, "_MOST_HELD_BYTES", 30_000)
    for number in range(60):
        desk.write(f"{number:02}.txt", "Some words of a text. " * 100)
    files = list(find_files(desk.folder, [desk.root]).files.values())
    reader = ReaderAhead(
        desk.folder, IngestOptions(), ReadingLimits(processes=2), known={}, entry=_HOSTILE
    )
    try:
        reader.announce(files)
        reader.open(files[0])
        time.sleep(1)
        assert reader._held_bytes < 60_000
        assert {describe(reader, file) for file in files[1:]} == {"indexed 1"}
        assert reader._held_bytes == 0
    finally:
        reader.close()


def test_a_process_that_cannot_be_started_is_told(desk, monkeypatch):
    desk.write("a.txt", "Good")
    monkeypatch.setattr(sys, "executable", str(desk.root / "nothing"))
    with pytest.raises(PinakesError, match="cannot be started to read files: No such file"):
        read_all(desk)
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(PinakesError, match="part of another program"):
        read_all(desk)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_processes_end_soon_after_the_one_that_started_them_is_killed(desk):
    """Even one that hangs, holding the interpreter, with nobody left to end it."""
    desk.write("a.txt", "backtrack")
    code = f"""
import sys; sys.path.insert(0, {_ROOT!r})
from pathlib import Path
from pinakes.corpus import ArchiveFolder, IngestOptions, ReadingLimits
from pinakes.corpus.ingestion.reading_ahead import ReaderAhead
from pinakes.corpus.ingestion.walk import find_files
folder = ArchiveFolder.open(Path({str(desk.root)!r}))
files = list(find_files(folder, [folder.root]).files.values())
limits = ReadingLimits(processes=1, timeout_s=1)
reader = ReaderAhead(folder, IngestOptions(), limits, known={{}}, entry={_HOSTILE!r})
reader._watch = lambda: None
reader.announce(files)
print("begun", flush=True)
reader.open(files[0])
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"begun\n"
        deadline = time.monotonic() + 30
        while not (children := psutil.Process(parent.pid).children()):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        # Until it can only be matching.
        while children[0].cpu_times().user < 1.5:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        parent.kill()
    gone, _ = psutil.wait_procs(children, timeout=30)
    assert gone == children


def test_time_in_which_nobody_could_have_taken_an_answer_does_not_count(desk):
    path = desk.write("a.txt", "sleep 2")
    limits = ReadingLimits(timeout_s=1)
    worker = WorkerProcess(IngestOptions(), limits, entry=_HOSTILE, first="a.txt")
    replies: list[ReadReply] = []
    thread = threading.Thread(
        target=lambda: replies.append(worker.ask(ReadRequest(path=path, name="a.txt")))
    )
    try:
        thread.start()
        time.sleep(0.3)
        worker.check(missed_s=30)
        time.sleep(1.2)
        worker.check()
        thread.join()
        assert replies[0].prepared
        assert replies[0].prepared.status is Status.INDEXED
    finally:
        worker.kill()


def test_a_process_with_nothing_left_to_read_ends_and_another_reads_what_is_asked_later(
    desk, monkeypatch
):
    monkeypatch.setattr(reading_ahead, "_IDLE_S", 0.2)
    desk.write("a.txt", "Some words.")
    files = list(find_files(desk.folder, [desk.root]).files.values())
    reader = ReaderAhead(desk.folder, IngestOptions(), ReadingLimits(), known={}, entry=_HOSTILE)
    others = set(psutil.Process().children())
    try:
        reader.announce(files)
        assert describe(reader, files[0]) == "indexed 1"
        until = time.monotonic() + 20
        while set(psutil.Process().children()) - others and time.monotonic() < until:
            time.sleep(0.05)
        assert not set(psutil.Process().children()) - others
        assert describe(reader, FoundFile(path="a.txt")) == "indexed 1"
    finally:
        reader.close()
