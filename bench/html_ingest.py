"""What it takes to take in saved pages, beside trafilatura that only extracts them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from bench.tables import print_table
from bench.worker_process import CHECKOUT, WorkerError

_SAMPLE_S = 0.1


def measure_html(
    sources: Sequence[Path], folder: Path, *, processes: int, rounds: int, limit: int
) -> dict[str, Any]:
    """Take in pages and extract them, in turns; print and return all.

    Args:
        sources: Folders with pages, or tar files of such.
        folder: Where pages and archives are put, and removed.
        processes: How many read pages.
        rounds: How often each; the fastest counts.
        limit: Pages of a source at the most; 0 is all.
    """
    pages = folder / "pages"
    for number, source in enumerate(sources):
        _gather(source, pages / str(number), limit)
    runs: dict[str, list[dict[str, Any]]] = {"pinakes": [], "trafilatura": []}
    for _ in range(rounds):
        for name, told in runs.items():
            with tempfile.TemporaryDirectory(dir=folder) as place:
                copied = shutil.copytree(pages, Path(place) / "pages")
                told.append(_run(name, copied, processes))
    best = {name: min(told, key=lambda each: each["seconds"]) for name, told in runs.items()}
    profile = _run("profile", pages, processes)
    _print_times(best, processes)
    _print_profile(best["pinakes"], profile)
    return {"processes": processes, "runs": runs, "profile": profile}


def _gather(source: Path, target: Path, limit: int) -> None:
    """Copy the pages of a folder or a tar file to a folder."""
    with tempfile.TemporaryDirectory() as place:
        if source.is_file():
            with tarfile.open(source) as tar:
                tar.extractall(place, filter="data")
            source = Path(place)
        target.mkdir(parents=True)
        for path in sorted(source.rglob("*.html"))[: limit or None]:
            shutil.copy(path, target)


def _run(name: str, pages: Path, processes: int) -> dict[str, Any]:
    """Run a worker, and watch how much memory it and its processes hold together."""
    command = [sys.executable, "-m", "bench.html_worker", name, str(pages), str(processes)]
    peak_bytes = 0
    with (
        tempfile.TemporaryFile() as output,
        subprocess.Popen(command, stdout=output, cwd=CHECKOUT) as process,
    ):
        while process.poll() is None:
            peak_bytes = max(peak_bytes, _held_bytes(process.pid))
            time.sleep(_SAMPLE_S)
        if process.returncode:
            raise WorkerError(f"{name} ended with status {process.returncode}")
        output.seek(0)
        told: dict[str, Any] = json.loads(output.read())
    return {**told, "peak_mb": peak_bytes / 1e6}


def _held_bytes(pid: int) -> int:
    """Return what a process and those below it hold; what they share is counted once, on Linux."""
    total = 0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            held = process.memory_full_info() if psutil.LINUX else process.memory_info()
            total += getattr(held, "pss", held.rss)
    except psutil.Error:
        # One has ended in the meantime.
        return total
    return total


def _print_times(best: dict[str, dict[str, Any]], processes: int) -> None:
    rows = []
    for name, told in best.items():
        ratio = told["seconds"] / best["trafilatura"]["seconds"]
        numbers = (told["seconds"], told["cpu_seconds"], ratio, told["peak_mb"])
        rows.append((name, f"{told['kept']:,}", f"{told['failed']:,}", *map(float, numbers)))
    print_table(
        f"{best['pinakes']['pages']:,} pages with {processes} processes: an archive that answers, "
        "beside texts that are thrown away",
        ("program", "kept", "failed", "s", "CPU s", "÷ trafilatura", "peak MB, all"),
        rows,
    )


def _print_profile(ingested: dict[str, Any], profile: dict[str, Any]) -> None:
    stages = sorted(ingested["stages"].items(), key=lambda stage: -stage[1])
    print_table(
        "what the run itself was busy with, while others read",
        ("stage", "s", "of the time"),
        [(name, float(s), f"{s / ingested['seconds']:.0%}") for name, s in stages],
    )
    title = f"what reading a page is: {profile['ms_a_page']:.1f} ms, mean of {profile['pages']}"
    print_table(
        f"{title}; own time by module",
        ("module", "of the time"),
        [(name, f"{share:.1%}") for name, share in profile["own"].items()],
    )
    print_table(
        "with all that they call",
        ("function", "of the time"),
        [(name, f"{share:.1%}") for name, share in profile["whole"].items()],
    )
