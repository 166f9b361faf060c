"""One writer at a time."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from pinakes.corpus import (
    ArchiveError,
    ArchiveFolder,
    ArchiveLockedError,
    ArchiveReadOnlyError,
    WriterLock,
)

not_as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything"
)

HOLD = """
import sys
from pathlib import Path
from pinakes.corpus import ArchiveFolder, WriterLock
with WriterLock(ArchiveFolder.open(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path) -> ArchiveFolder:
    return ArchiveFolder.create(tmp_path)


@pytest.fixture
def holder(folder):
    """Another process that holds the lock until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLD), str(folder.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_who_comes_second_is_told_who_holds_the_lock(folder, holder):
    with pytest.raises(ArchiveLockedError, match=f"process {holder.pid} on .* since 20"):
        WriterLock(folder, wait_s=0).__enter__()


def test_who_waits_gets_the_lock_when_it_is_free(folder, holder):
    threading.Timer(0.3, holder.stdin.close).start()
    with WriterLock(folder, wait_s=20):
        assert holder.wait(timeout=10) == 0


def test_a_writer_that_is_killed_leaves_the_lock_to_the_next(folder, holder):
    holder.kill()
    holder.wait()
    with WriterLock(folder, wait_s=5):
        pass


def test_two_threads_of_one_process_keep_each_other_out(folder):
    with WriterLock(folder):
        outcome: list[str] = []

        def take() -> None:
            try:
                WriterLock(folder, wait_s=0).__enter__()
            except ArchiveLockedError as error:
                outcome.append(error.owner)

        thread = threading.Thread(target=take)
        thread.start()
        thread.join()
        assert f"process {os.getpid()} " in outcome[0]


def test_waiting_takes_no_longer_than_was_asked_for(folder, holder):
    began = time.monotonic()
    with pytest.raises(ArchiveLockedError):
        WriterLock(folder, wait_s=0.3).__enter__()
    assert 0.3 <= time.monotonic() - began < 5


def test_a_lock_left_by_an_exception_is_free(folder):
    with pytest.raises(ZeroDivisionError), WriterLock(folder):
        raise ZeroDivisionError
    with WriterLock(folder, wait_s=0):
        pass


def test_a_note_of_the_owner_that_cannot_be_read_does_no_harm(folder, holder):
    (folder.state_dir / "lock.json").write_text("{")
    with pytest.raises(ArchiveLockedError, match="another process"):
        WriterLock(folder, wait_s=0).__enter__()


@pytest.mark.parametrize("is_reused", [False, True])
def test_the_note_of_a_writer_that_was_killed_is_not_taken_for_that_of_the_next(
    folder, holder, is_reused
):
    note = folder.state_dir / "lock.json"
    owner = json.loads(note.read_text("utf-8"))
    if is_reused:
        # The number of a process that began long after the note.
        owner["started"] = "2001-02-03T04:05:06+00:00"
    else:
        with subprocess.Popen([sys.executable, "-c", ""]) as ended:
            owner["pid"] = ended.pid
    note.write_text(json.dumps(owner), "utf-8")
    with pytest.raises(ArchiveLockedError, match="by another process;"):
        WriterLock(folder, wait_s=0).__enter__()


def test_a_note_that_cannot_be_deleted_is_no_error(folder, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with WriterLock(folder, wait_s=0):
            pass
    with WriterLock(folder, wait_s=0):
        pass


def test_a_program_without_a_name_can_write(folder, monkeypatch):
    monkeypatch.setattr(sys, "argv", [])
    with WriterLock(folder, wait_s=0):
        pass


@pytest.mark.parametrize("error", [KeyboardInterrupt, PermissionError])
def test_what_stops_the_note_of_the_owner_leaves_neither_lock_nor_draft(folder, monkeypatch, error):
    def stop(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stop)
        with pytest.raises(ArchiveReadOnlyError if error is PermissionError else error):
            WriterLock(folder, wait_s=0).__enter__()
    assert {path.name for path in folder.state_dir.glob("lock*")} <= {"lock"}
    with WriterLock(folder, wait_s=0):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="there files are locked in another way")
@pytest.mark.parametrize("code", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_drive_that_cannot_lock_files_is_said_to_be_one(folder, monkeypatch, code):
    import fcntl

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(ArchiveError, match="cannot lock files"):
        WriterLock(folder, wait_s=0).__enter__()


def test_a_negative_time_to_wait_does_not_wait(folder, holder):
    with pytest.raises(ArchiveLockedError):
        WriterLock(folder, wait_s=-1).__enter__()


@not_as_root
def test_an_archive_that_cannot_be_written_is_said_to_be(folder):
    folder.state_dir.chmod(0o500)
    try:
        with pytest.raises(ArchiveReadOnlyError):
            WriterLock(folder, wait_s=0).__enter__()
    finally:
        folder.state_dir.chmod(0o700)
