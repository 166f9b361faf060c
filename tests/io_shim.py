"""Processes whose calls on the files below one folder are counted, failed, or recorded.

`io_shim.c` stands between them and the system's library; it is compiled when it is first needed,
which takes Linux and a C compiler. `python -m tests.X` starts itself again with it preloaded.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

_SOURCE = Path(__file__).with_name("io_shim.c")
_LOADED = "PINAKES_IO_SHIM"
_MEMORY = Path("/dev/shm")  # noqa: S108  # files there take no time


class Ended(NamedTuple):
    """How a forked process ended.

    Attributes:
        status: Of its exit; negative is the number of the signal that killed it.
        told: What it wrote to standard output and standard error.
    """

    status: int
    told: str


def is_possible() -> bool:
    """Return whether there are the system and the compiler that it takes."""
    return sys.platform == "linux" and shutil.which("gcc") is not None


def is_loaded() -> bool:
    """Return whether it stands between this process and its files."""
    return _LOADED in os.environ


def run_with_shim(module: str, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a module in a process with the shim preloaded."""
    with tempfile.TemporaryDirectory(prefix="shim-", dir=memory_folder()) as place:
        library = Path(place) / "io_shim.so"
        temporary = Path(place) / "temporary"
        temporary.mkdir()
        compiler = ["gcc", "-O1", "-shared", "-fPIC", "-o", str(library), str(_SOURCE), "-ldl"]
        subprocess.run(compiler, check=True)
        environment = {**os.environ, "LD_PRELOAD": str(library), _LOADED: str(library)}
        # SQLite asks for its own when it is loaded, and never again.
        environment |= dict.fromkeys(("TMPDIR", "SQLITE_TMPDIR"), str(temporary))
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=_SOURCE.parent.parent,
            env=environment,
            check=False,
            text=True,
            stdout=subprocess.PIPE if "pytest" in sys.modules else None,
            stderr=subprocess.STDOUT if "pytest" in sys.modules else None,
        )


def place_of_files() -> Path:
    """Return a folder for what is watched; in it is that of all temporary files."""
    return Path(os.environ["SQLITE_TMPDIR"]).parent


class Shim:
    """What tells the shim in this process what to do."""

    def __init__(self) -> None:
        """Take the one that is loaded."""
        self._library = ctypes.CDLL(os.environ[_LOADED])
        self._library.shim_calls.restype = ctypes.c_long
        self._library.shim_failed.restype = ctypes.c_char_p

    def watch(self, folder: Path) -> None:
        """From now on count the calls on what is below a folder, from 0."""
        self._library.shim_watch(os.fsencode(folder))

    def fail(self, call: int, number: int, *, lasts: bool = False) -> None:
        """Fail one call with an error number; if it `lasts`, all that write after it too."""
        self._library.shim_fail(ctypes.c_long(call), number, int(lasts))

    def kill(self, call: int) -> None:
        """Kill the process just before one of its calls."""
        self._library.shim_kill(ctypes.c_long(call))

    def record(self, log: IO[bytes]) -> None:
        """Write what happens to the files into a log."""
        self._library.shim_log(log.fileno())

    def mark(self, text: str) -> None:
        """Note something in the log."""
        self._library.shim_mark(text.encode())

    def calls(self) -> int:
        """Return how many calls there were."""
        return int(self._library.shim_calls())

    def failed(self) -> str:
        """Return which call was failed; nothing if it was never reached."""
        return (self._library.shim_failed() or b"").decode()


def fork(work: Callable[[], int | None], *, own_group: bool = False) -> tuple[int, IO[bytes]]:
    """Do something in a forked process; return its number, and what it writes."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    number = os.fork()
    if number:
        os.close(writing)
        return number, os.fdopen(reading, "rb")
    status = 99
    try:
        if own_group:
            os.setpgid(0, 0)
        os.dup2(writing, 1)
        os.dup2(writing, 2)
        # Those of before believe that they write to something else.
        sys.stdout = os.fdopen(1, "w", closefd=False)
        sys.stderr = os.fdopen(2, "w", closefd=False)
        status = work() or 0
    except BaseException:  # noqa: BLE001  # it is told, and the process ends
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


def run_forked(work: Callable[[], int | None]) -> Ended:
    """Do something in a forked process, and wait for it; what it raises is status 99."""
    number, told = fork(work)
    with told:
        text = told.read().decode(errors="replace")
    return Ended(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]), text)


def memory_folder() -> str | None:
    """Return a folder in memory, if the system has one."""
    return str(_MEMORY) if _MEMORY.is_dir() else None
