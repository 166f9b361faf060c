"""Starts workers and talks with them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.inputs import InputError
from bench.memory import own_mb
from bench.peer import PeerMissingError

CHECKOUT = Path(__file__).resolve().parents[1]
# A peer must not get more threads than the measurement says.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


class WorkerError(RuntimeError):
    """A worker ended before it had answered; what it said stands on standard error."""


class WorkerProcess:
    """A worker in a process of its own, bound to some cores; ends with the `with` block."""

    def __init__(self, command: Sequence[str], *, cores: int = 1) -> None:
        """Start it.

        Raises:
            PeerMissingError: Its engine is not installed.
        """

        def bind() -> None:
            if hasattr(os, "sched_setaffinity"):
                os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])

        try:
            # The cores are set before the program starts, so that all its threads have them.
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                cwd=CHECKOUT,
                env={**os.environ, **_ONE_THREAD, "PYTHONWARNINGS": "ignore"},
                preexec_fn=bind,  # noqa: PLW1509
            )
        except OSError as error:
            raise PeerMissingError(f"{command[0]}: {error.strerror}") from error
        try:
            ready = self._read()
        except WorkerError as error:
            self.close()
            raise PeerMissingError(f"does not start: {error}") from error
        if "missing" in ready:
            self.close()
            raise PeerMissingError(ready["missing"])

    def ask(self, do: str, **request: Any) -> dict[str, Any]:
        """Return what the worker answers.

        Raises:
            InputError: A file that it was to read is not what the README says.
            WorkerError: It ended instead.
        """
        return self.send(json.dumps({"do": do, **request}))

    def send(self, line: str) -> dict[str, Any]:
        """Send a request in the form that this worker takes, and return what it answers."""
        pipe = self._process.stdin
        if pipe is None:
            raise WorkerError("has no standard input")
        try:
            pipe.write(line + "\n")
            pipe.flush()
        except BrokenPipeError as error:
            raise WorkerError(f"ended with status {self._process.wait()}") from error
        return self._read()

    def _read(self) -> dict[str, Any]:
        pipe = self._process.stdout
        line = pipe.readline() if pipe is not None else ""
        if not line:
            raise WorkerError(f"ended with status {self._process.wait()}")
        reply: dict[str, Any] = json.loads(line)
        if "refused" in reply:
            raise InputError(reply["refused"])
        return reply

    def own_mb(self) -> float:
        """Return how much memory it holds of its own, mapped files left out, in MB."""
        return own_mb(self._process.pid)

    def close(self) -> None:
        """Let it end."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def python_worker(
    module: str, *arguments: str, cores: int = 1, python: str = sys.executable
) -> WorkerProcess:
    """Start `module` of this package as a worker."""
    return WorkerProcess((python, "-m", f"bench.{module}", *arguments), cores=cores)
