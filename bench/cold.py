"""What a command takes in a new process, beside what it takes to import what it is made with."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.tables import print_table
from pinakes.search import Archive

PEER = "import numpy, whoosh.index, whoosh.qparser, click"
"""What a search is to take less than: a program on Whoosh would begin so."""

_SAMPLES = Path(__file__).resolve().parents[1] / "tests" / "articles"
_SAMPLE_QUERY = "surveyor letter"


def measure_cold(archive: Path | None, queries: Sequence[str], *, runs: int) -> dict[str, Any]:
    """Run each command `runs` times, in turns, each time in a new process; print, return all.

    Args:
        archive: Folder of an archive to search, beside one of the sample articles.
        queries: What it is asked; each run asks another.
        runs: How many times.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        samples = Path(made)
        with Archive.create(samples) as created:
            created.index(_SAMPLES)
        commands = _commands(samples, archive, queries)
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        order = list(commands)
        # The first time modules are compiled, and files read from the disk.
        for number in range(-1, runs):
            order.append(order.pop(0))
            for name in order:
                variants = commands[name]
                found = _run(variants[number % len(variants)])
                if number >= 0:
                    taken[name].append(found)
    return _tell(taken)


def _commands(
    samples: Path, archive: Path | None, queries: Sequence[str]
) -> dict[str, list[list[str]]]:
    """Return by name the command lines of which each run takes another."""
    python = sys.executable
    program = str(Path(python).with_name("pinakes"))
    commands = {
        f"python -c '{PEER}'": [[python, "-c", PEER]],
        "python -c 'import numpy'": [[python, "-c", "import numpy"]],
        "python -c pass": [[python, "-c", "pass"]],
        "python -c 'import pinakes.search'": [[python, "-c", "import pinakes.search"]],
        "pinakes --help": [[program, "--help"]],
        "pinakes search, of the samples": [
            [program, "--archive", str(samples), "search", _SAMPLE_QUERY]
        ],
    }
    if archive is not None:
        asked = [[program, "--archive", str(archive), "search", query] for query in queries]
        commands[f"pinakes search, of {archive.name}"] = asked
    return commands


def _run(command: Sequence[str]) -> tuple[float, float]:
    """Return what a command takes: on the clock, and of the processor, in milliseconds."""
    # Installed modules are compiled; so are those of a checkout, unless this is set.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    before = _processor_s()
    began = time.perf_counter()
    done = subprocess.run(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    took = time.perf_counter() - began
    # Nothing found is 1.
    if done.returncode not in (0, 1) or b"Traceback" in done.stderr:
        raise SystemExit(f"bench: {' '.join(command)}: {done.stderr.decode()}")
    return took * 1000, (_processor_s() - before) * 1000


def _processor_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tell(taken: Mapping[str, Sequence[tuple[float, float]]]) -> dict[str, Any]:
    told: dict[str, dict[str, float]] = {}
    for name, found in taken.items():
        clock, processor = zip(*found, strict=True)
        told[name] = {
            "ms": statistics.median(clock),
            "cpu_ms": statistics.median(processor),
            "least_cpu_ms": min(processor),
        }
    first = next(iter(told.values()))
    runs = len(next(iter(taken.values())))
    print_table(
        f"medians of {runs} processes each, in turns (x: times the first)",
        ("command", "ms", "x", "CPU ms", "x", "least CPU ms"),
        [
            (
                name,
                round(each["ms"], 1),
                f"{each['ms'] / first['ms']:.2f}",
                round(each["cpu_ms"], 1),
                f"{each['cpu_ms'] / first['cpu_ms']:.2f}",
                round(each["least_cpu_ms"], 1),
            )
            for name, each in told.items()
        ],
    )
    return {"runs": runs, "commands": told}
