"""What a process takes of the machine. Standard library only."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

_OPEN_FILES = Path("/proc/self/fd")


def peak_mb() -> float:
    """Return the most memory this process, or the largest of its ended children, has held, in MB.

    The kernel's high-water mark of this very program where it can be read: `ru_maxrss` of a new
    process begins at that of the one that started it.
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return max(_read_status("VmHWM") or _maxrss_mb(own), _maxrss_mb(children))


def resident_mb(process: int | None = None) -> float:
    """Return how much memory a process holds now, by default this one, in MB.

    0 where the kernel does not tell.
    """
    return _read_status("VmRSS", process)


def own_mb(process: int | None = None) -> float:
    """Return how much of it is its own, mapped files left out, in MB; likewise."""
    return _read_status("RssAnon", process)


def open_file_count() -> int:
    """Return how many files this process has open; 0 where the system does not tell."""
    return len(list(_OPEN_FILES.iterdir())) if _OPEN_FILES.exists() else 0


def cpu_seconds() -> float:
    """Return the processor time of this process, all its threads and its ended children."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _read_status(name: str, process: int | None = None) -> float:
    status = Path(f"/proc/{process or 'self'}/status")
    if not status.exists():
        return 0.0
    for line in status.read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1000
    return 0.0


def _maxrss_mb(maxrss: int) -> float:
    return maxrss / (1_000_000 if sys.platform == "darwin" else 1000)
