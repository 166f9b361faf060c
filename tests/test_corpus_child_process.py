"""Other processes: copies of this one, and how many cores there are for them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pinakes.corpus import child_process

ECHO = """
import os, signal, sys
from pinakes.corpus.child_process import can_fork, fork_python, streams_of
held = open({path!r}, "w")
print("not yet written", end="")

fork = os.fork

def fork_and_interrupt():
    process_id = fork()
    if process_id == 0:
        os.kill(os.getpid(), signal.SIGINT)
    return process_id

os.fork = fork_and_interrupt

def serve(requests, replies):
    is_open = os.path.exists(f"/proc/self/fd/{held.fileno()}")
    print("printed by a copy", flush=True)
    replies.write(requests.read(5) + str(is_open).encode())
    replies.flush()
    {more}

assert can_fork()
process = fork_python(serve)
requests, replies = streams_of(process)
requests.write(b"hello")
requests.flush()
assert replies.read(10) == b"helloFalse"
{then}
process.communicate()
assert process.poll() == 0
process.kill()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux only")
@pytest.mark.parametrize(
    ("more", "then"),
    [
        ("pass", "assert replies.read() == b''"),
        ("1 / 0", "assert replies.read() == b''"),
        ("requests.read()", "process.kill()"),
        ("requests.read()", "assert process.poll() is None"),
    ],
)
def test_a_copy_answers_is_not_interrupted_holds_nothing_open_and_ends(
    tmp_path: Path, more: str, then: str
) -> None:
    path = repr(os.fspath(tmp_path / "held"))
    code = ECHO.replace("{path!r}", path).replace("{more}", more).replace("{then}", then)
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    # What a process is about to write, its copy does not write.
    assert done.stdout == "not yet written"


INTERRUPTED = """
import os, signal
from pinakes.corpus import child_process

fork = os.fork

def fork_and_interrupt():
    process_id = fork()
    if process_id:
        os.kill(os.getpid(), signal.{signal})
    return process_id

def give_up(*_told):
    raise KeyboardInterrupt

os.fork = fork_and_interrupt
signal.signal(signal.{signal}, give_up)
before = os.listdir("/proc/self/fd")
try:
    child_process.fork_python(lambda requests, replies: requests.read())
except KeyboardInterrupt:
    pass
else:
    raise AssertionError("not interrupted")
assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == set()
try:
    print(os.waitpid(-1, os.WNOHANG))
except ChildProcessError:
    pass
assert len(os.listdir("/proc/self/fd")) == len(before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux only")
@pytest.mark.parametrize("sent", ["SIGINT", "SIGALRM"])
def test_who_is_interrupted_while_a_copy_is_made_leaves_none(sent: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED.replace("{signal}", sent)],
        capture_output=True,
        check=False,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux only")
def test_where_there_is_no_room_for_a_copy_nothing_stays_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[int] = []
    pipe = os.pipe

    def open_one_pipe() -> tuple[int, int]:
        if opened:
            raise OSError("too many open files")
        opened.extend(pipe())
        return opened[0], opened[1]

    monkeypatch.setattr(child_process, "can_fork", lambda: True)
    monkeypatch.setattr(child_process.os, "pipe", open_one_pipe)
    with pytest.raises(OSError, match="too many"):
        child_process.fork_python(lambda _requests, _replies: None)
    for descriptor in opened:
        with pytest.raises(OSError, match="Bad file"):
            os.fstat(descriptor)


@pytest.mark.parametrize(
    ("limits", "cores"),
    [
        ({}, 8),
        ({"": "max 100000"}, 8),
        ({"": "200000 100000"}, 2),
        ({"": "250000 100000"}, 2),
        ({"": "50000 100000"}, 1),
        ({"a": "300000 100000", "a/b": "max 100000"}, 3),
        ({"a": "max 100000", "a/b": "400000 100000"}, 4),
        ({"": "anything"}, 8),
        ({"": "1 0"}, 8),
    ],
)
def test_of_the_cores_those_count_that_are_granted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: dict[str, str], cores: int
) -> None:
    for group, limit in limits.items():
        (tmp_path / group).mkdir(parents=True, exist_ok=True)
        (tmp_path / group / "cpu.max").write_text(f"{limit}\n", encoding="utf-8")
    own = tmp_path / "own"
    own.write_text("1:cpu:/other\n0::/a/b\n", encoding="utf-8")
    monkeypatch.setattr(child_process, "_GROUPS", tmp_path)
    monkeypatch.setattr(child_process, "_OWN_GROUPS", own)
    monkeypatch.setattr(child_process.sys, "platform", "linux")
    monkeypatch.setattr(child_process.os, "process_cpu_count", lambda: 8, raising=False)
    assert child_process.core_count() == cores


def test_all_cores_count_where_nobody_grants_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_process, "_OWN_GROUPS", tmp_path / "none")
    monkeypatch.delattr(child_process.os, "process_cpu_count", raising=False)
    monkeypatch.setattr(
        child_process.os, "sched_getaffinity", lambda _process: {1, 5, 6}, raising=False
    )
    assert child_process.core_count() == 3
