"""What `pinakes index` takes of the memory, with all its processes together."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import psutil

from bench.inputs import BenchPassage, Selection, select_passages
from bench.memory import cpu_seconds
from bench.tables import print_table
from bench.worker_process import CHECKOUT, WorkerError

SHAPES = ("jsonl", "files")
"""One file with a record for each passage, or files of some passages each."""

_SAMPLE_S = 0.1
_FILES_A_FOLDER = 1000


def measure_ingest_memory(
    selection: Selection, folder: Path, *, shapes: Sequence[str], files: int, index_mb: int | None
) -> dict[str, Any]:
    """Take in passages in each shape; print and return the most memory that was held.

    Args:
        selection: Which passages.
        folder: Where files and archives are made, and removed.
        shapes: Some of `SHAPES`.
        files: How many there are in the shape `files`.
        index_mb: `[index] memory_mb` of the archive; None for the default.
    """
    passages = list(select_passages(selection))
    runs = []
    for shape in shapes:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            root = Path(place)
            if shape == "jsonl":
                size = _write_records(root / "passages.jsonl", passages)
            else:
                size = _write_files(root / "files", passages, files)
            runs.append({"shape": shape, "mb": size / 1e6, **_run(root, index_mb)})
    print_table(
        f"{len(passages):,} passages, all processes together: peak MB",
        ("shape", "MB of files", "PSS", "RSS", "largest process", "s", "CPU s"),
        [tuple(each.values()) for each in runs],
    )
    return {"passages": len(passages), "index_mb": index_mb, "runs": runs}


def _write_records(path: Path, passages: Sequence[BenchPassage]) -> int:
    with path.open("w", encoding="utf-8") as file:
        for passage in passages:
            file.write(json.dumps(passage._asdict(), ensure_ascii=False) + "\n")
    return path.stat().st_size


def _write_files(folder: Path, passages: Sequence[BenchPassage], files: int) -> int:
    rest = iter(passages)
    size = 0
    for number in range(files):
        # Some of n things more or less, so that all are used and none is left.
        count = len(passages) * (number + 1) // files - len(passages) * number // files
        text = "\n\n".join(passage.text for passage in islice(rest, count))
        path = folder / str(number // _FILES_A_FOLDER) / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(text.encode())
    return size


def _run(root: Path, index_mb: int | None) -> dict[str, float]:
    command = [sys.executable, "-m", "pinakes.search.cli"]
    _call([*command, "init", str(root)])
    if index_mb is not None:
        (root / ".pinakes" / "config.toml").write_text(f"[index]\nmemory_mb = {index_mb}\n")
    before, began = cpu_seconds(), time.perf_counter()
    peaks = _Peaks()
    with subprocess.Popen(
        [*command, "--archive", str(root), "index", str(root), "--quiet"],
        stdout=subprocess.DEVNULL,
        cwd=CHECKOUT,
    ) as process:
        while process.poll() is None:
            peaks.sample(process.pid)
            time.sleep(_SAMPLE_S)
    if process.returncode:
        raise WorkerError(f"pinakes index ended with status {process.returncode}")
    return {
        **peaks.in_mb(),
        "seconds": time.perf_counter() - began,
        "cpu_seconds": cpu_seconds() - before,
    }


def _call(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=CHECKOUT)


class _Peaks:
    """The most that a process and those below it have held at one time.

    PSS counts what they share once, and RSS in each of them. Where the system does not tell PSS, as
    only Linux does, it is RSS.
    """

    def __init__(self) -> None:
        self._pss = self._rss = self._largest = 0

    def sample(self, pid: int) -> None:
        pss: list[int] = []
        rss: list[int] = []
        try:
            root = psutil.Process(pid)
            for process in (root, *root.children(recursive=True)):
                held = process.memory_full_info() if psutil.LINUX else process.memory_info()
                rss.append(held.rss)
                pss.append(getattr(held, "pss", held.rss))
        except psutil.Error:
            # One has ended in the meantime; the others were there before, too.
            return
        self._pss = max(self._pss, sum(pss))
        self._rss = max(self._rss, sum(rss))
        self._largest = max(self._largest, *rss)

    def in_mb(self) -> dict[str, float]:
        peaks = {"pss_mb": self._pss, "rss_mb": self._rss, "largest_mb": self._largest}
        return {name: value / 1e6 for name, value in peaks.items()}
