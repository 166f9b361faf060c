"""Starts this interpreter once more, to do some of the work: requests on its input, replies out."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

if TYPE_CHECKING:
    import subprocess

_GROUPS = Path("/sys/fs/cgroup")
_OWN_GROUPS = Path("/proc/self/cgroup")
_INTERRUPTS = (signal.SIGINT, signal.SIGTERM)
_OWN_THREADS = Path("/proc/self/task")
_OWN_FILES = Path("/proc/self/fd")


def start_python(code: str) -> subprocess.Popen[bytes]:
    """Start a process that runs `code`, with the same places to import from.

    Raises:
        OSError: None can be started.
    """
    if not sys.executable or getattr(sys, "frozen", False):
        raise OSError("it is part of another program")
    # Not at the top: who asks how many cores there are starts none.
    import subprocess

    # Threads of numpy's would only get in one another's way.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    whole = f"import json, sys; sys.path[:] = json.loads(sys.argv[1]); {code}"
    return subprocess.Popen(  # noqa: S603 - this very interpreter.
        [sys.executable, "-c", whole, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        **_apart(),
    )


def _apart() -> dict[str, Any]:
    """Return what keeps a process out of the group that Ctrl-C goes to."""
    if sys.platform == "win32":
        import subprocess

        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def streams_of(process: subprocess.Popen[bytes] | ForkedProcess) -> tuple[BinaryIO, BinaryIO]:
    """Return where requests of a process go, and its replies come from."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("it has no pipes")
    return process.stdin, process.stdout  # type: ignore[return-value]  # They are buffered.


def take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return, in such a process, where requests come from and replies go.

    What it prints from now on goes nowhere, and interrupting it is the business of whoever started
    it.
    """
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return requests, replies


class ForkedProcess:
    """A copy of this process, which answers requests and ends; used as a `Popen` is.

    Attributes:
        stdin: Where its requests go.
        stdout: Where its replies come from.
    """

    def __init__(self, process_id: int, stdin: BinaryIO, stdout: BinaryIO) -> None:
        """Take over what was forked."""
        self._id = process_id
        self._is_over = False
        # Once somebody knows that it has ended, its number may be that of another process.
        self._turn = threading.Lock()
        self.stdin = stdin
        self.stdout = stdout

    def poll(self) -> int | None:
        """Return 0 if it has ended, else None."""
        with self._turn:
            return 0 if self._has_ended() else None

    def kill(self) -> None:
        """End it."""
        with self._turn:
            if not self._has_ended():
                # Where an application lets the system forget those that end, it may be gone.
                with suppress(ProcessLookupError):
                    os.kill(self._id, signal.SIGKILL)

    def communicate(self) -> None:
        """Wait until it has ended."""
        for stream in (self.stdin, self.stdout):
            # What is left to be sent goes nowhere.
            with suppress(OSError):
                stream.close()
        if self.poll() is None:
            with suppress(ChildProcessError):
                os.waitid(os.P_PID, self._id, os.WEXITED | os.WNOWAIT)
            self.poll()

    def _has_ended(self) -> bool:
        if not self._is_over:
            try:
                self._is_over = os.waitpid(self._id, os.WNOHANG)[0] == self._id
            except ChildProcessError:
                # As where an application lets the system forget those that end.
                self._is_over = True
        return self._is_over


def fork_python(serve: Callable[[BinaryIO, BinaryIO], None]) -> ForkedProcess | None:
    """Start a process that knows all that this one knows: `serve` gets its requests and replies.

    It takes a hundredth of a second, where another interpreter takes a third of one. What this
    process has open, such as a database, it must not use. None where copies of processes are not
    to be relied on: outside Linux, and where this process has other threads, which a copy has not.

    Raises:
        OSError: The system has no room for another process.
    """
    if not can_fork():
        return None
    # What interrupts the copy before it is one must not end what this process is about to do, and
    # what interrupts this process must not leave the copy to nobody.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    forked: ForkedProcess | None = None
    try:
        try:
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            forked = _fork(serve)
        finally:
            # Whatever has come meanwhile is handled here, and may raise.
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    except BaseException:
        if forked is not None:
            forked.kill()
            forked.communicate()
        raise
    return forked


def _fork(serve: Callable[[BinaryIO, BinaryIO], None]) -> ForkedProcess:
    ends: list[int] = []
    try:
        ends += os.pipe()
        ends += os.pipe()
        requests, sends, receives, replies = ends
        process_id = os.fork()
        if process_id == 0:
            _serve_forked(serve, requests, replies)
    except BaseException:
        for descriptor in ends:
            os.close(descriptor)
        raise
    os.close(requests)
    os.close(replies)
    return ForkedProcess(process_id, os.fdopen(sends, "wb"), os.fdopen(receives, "rb"))


def can_fork() -> bool:
    """Return whether `fork_python` can start a process.

    Threads are counted that Python knows nothing of, too.
    """
    try:
        return sys.platform == "linux" and len(list(_OWN_THREADS.iterdir())) == 1
    except OSError:
        return False


def _serve_forked(
    serve: Callable[[BinaryIO, BinaryIO], None], requests: int, replies: int
) -> NoReturn:
    """Answer in a copy of a process, and end without a trace of what that was about to do."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTS)
        os.setsid()
        moved = _close_all_but(requests, replies)
        # What is there is the other's, and stays to the end.
        gc.freeze()
        serve(os.fdopen(moved[0], "rb"), os.fdopen(moved[1], "wb"))
        status = 0
    finally:
        os._exit(status)


def _close_all_but(*kept: int) -> list[int]:
    """Close all that is open, ends of pipes and locks among it, which others would wait for.

    Returns the new numbers of what is kept: such as nothing had before. For a log may still write
    to what it had open; what is printed goes nowhere.
    """
    from fcntl import F_DUPFD_CLOEXEC, fcntl

    free = max(2, *(int(each.name) for each in _OWN_FILES.iterdir())) + 1
    moved = [fcntl(descriptor, F_DUPFD_CLOEXEC, free) for descriptor in kept]
    nowhere = os.open(os.devnull, os.O_RDWR)
    for place in range(3):
        os.dup2(nowhere, place)
    os.closerange(3, free)
    return moved


def core_count() -> int:
    """Return how many cores this process may use, whole ones of what its group is granted."""
    if hasattr(os, "process_cpu_count"):
        count = os.process_cpu_count() or 1
    elif hasattr(os, "sched_getaffinity"):
        count = len(os.sched_getaffinity(0))
    else:
        count = os.cpu_count() or 1
    return max(1, int(min(count, _granted_cores())))


def _granted_cores() -> float:
    """Return how many cores the control groups of this process let it use; none may be far more."""
    if sys.platform != "linux":
        return inf
    try:
        group = _OWN_GROUPS.read_text(encoding="utf-8").rpartition("0::/")[2].strip()
    except OSError:
        return inf
    folders = [_GROUPS / group, *(_GROUPS / group).parents]
    return min(
        (_granted_in(folder) for folder in folders if folder.is_relative_to(_GROUPS)), default=inf
    )


def _granted_in(folder: Path) -> float:
    """Return what a control group grants: `max 100000`, or `150000 100000` for one and a half."""
    try:
        quota_us, period_us = (folder / "cpu.max").read_text(encoding="utf-8").split()
        return inf if quota_us == "max" else int(quota_us) / int(period_us)
    except (OSError, ValueError, ArithmeticError):
        # The root has no such file, nor has any group of the first version.
        return inf


def has_idle_core() -> bool:
    """Return whether there is a core that nobody has needed in the last minute, as far as is known.

    Where all are busy, another process takes from this one what it does for it.
    """
    try:
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    except OSError:
        # As where there is no /proc.
        load = 0.0
    return core_count() - load > 0.5 and core_count() > 1
