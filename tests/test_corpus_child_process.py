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
