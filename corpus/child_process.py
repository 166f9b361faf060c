"""Starts this interpreter once more, to do some of the work: requests on its input, replies out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import Any, BinaryIO


def start_python(code: str) -> subprocess.Popen[bytes]:
    """Start a process that runs `code`, with the same places to import from.

    Raises:
        OSError: None can be started.
    """
    if not sys.executable or getattr(sys, "frozen", False):
        raise OSError("it is part of another program")
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
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def streams_of(process: subprocess.Popen[bytes]) -> tuple[BinaryIO, BinaryIO]:
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


def core_count() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
