"""What it takes to open an archive, and to ask it the first query."""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.tables import print_table
from bench.worker_process import python_worker

_STEPS = {
    "snapshot": "PassageIndex.open().snapshot()",
    "archive": "Archive.open()",
    "first_query": "its first query",
    "second_query": "the same again",
}


def measure_opening(
    root: Path, queries: Sequence[str], *, runs: int, is_cold: bool
) -> dict[str, Any]:
    """Open the archive in `root` and ask it, each time in a new process; print, return all.

    Args:
        root: Folder of the archive.
        queries: Each run asks another.
        runs: How many times.
        is_cold: Whether the system is asked to drop the archive's files from memory before each.
    """
    rows: list[dict[str, Any]] = []
    for number in range(runs):
        if is_cold:
            _drop_from_memory(root)
        with python_worker("pinakes_worker") as worker:
            query = queries[number % len(queries)]
            rows.append(worker.ask("open", folder=str(root.resolve()), query=query))
    typical = {key: statistics.median(row[key] for row in rows) for key in rows[0]}
    print_table(
        f"opening an archive of {typical['passages']:,.0f} passages, "
        f"{'read from the disk' if is_cold else 'in memory'}: medians of {runs} processes",
        ("step", "ms", "CPU ms", "MB, mapped files too", "MB of its own"),
        [
            (text, *(float(typical[f"{step}_{unit}"]) for unit in ("ms", "cpu_ms", "mb", "own_mb")))
            for step, text in _STEPS.items()
        ],
    )
    return {"is_cold": is_cold, "median": typical, "runs": rows}


def _drop_from_memory(root: Path) -> None:
    for path in root.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
