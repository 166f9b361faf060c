"""Takes in or extracts saved pages, in a process of its own: `python -m bench.html_worker`."""

from __future__ import annotations

import cProfile
import json
import pstats
import sys
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from heapq import nlargest
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.memory import cpu_seconds
from pinakes.corpus import IngestObserver, IngestOptions, ReadingLimits
from pinakes.corpus.ingestion import preparing, reading_ahead
from pinakes.search import Archive, IndexOptions
from pinakes.search import archive as archive_module

_SAMPLES = 200
_CHUNK = 16


def ingest(folder: Path, processes: int) -> dict[str, Any]:
    """Make an archive of all pages in `folder`; say what the run itself was busy with."""
    stages: defaultdict[str, float] = defaultdict(float)
    _time(reading_ahead.ReaderAhead, "_take", stages, "waiting for readers")
    _time(archive_module, "catch_up", stages, "index")
    limits = ReadingLimits(processes=processes)
    began = time.perf_counter()
    with Archive.create(folder) as archive:
        report = archive.index(
            [folder], options=IndexOptions(limits=limits), progress=IngestObserver()
        )
        size_bytes = archive.status().size_bytes
    seconds = time.perf_counter() - began
    stages["store, and all else"] = seconds - sum(stages.values())
    return {
        "seconds": seconds,
        "cpu_seconds": cpu_seconds(),
        "pages": report.files,
        "kept": report.articles,
        "failed": report.errors,
        "archive_mb": size_bytes / 1e6,
        "stages": dict(stages),
    }


def extract_with_trafilatura(folder: Path, processes: int) -> dict[str, Any]:
    """Extract all pages in `folder`; what comes out goes back to this process."""
    paths = sorted(map(str, folder.rglob("*.html")))
    began = time.perf_counter()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        texts = list(pool.map(_extract, paths, chunksize=_CHUNK))
    return {
        "seconds": time.perf_counter() - began,
        "cpu_seconds": cpu_seconds(),
        "pages": len(paths),
        "kept": sum(map(bool, texts)),
        "failed": 0,
    }


def profile(folder: Path, _processes: int) -> dict[str, Any]:
    """Read some pages under the profiler; return each module's own share of the time."""
    paths = sorted(folder.rglob("*.html"))
    chosen = paths[:: max(1, len(paths) // _SAMPLES)][:_SAMPLES]
    pages = [(path.name, path.read_bytes()) for path in chosen]
    options = IngestOptions()
    for name, page in pages[:3]:
        preparing.prepare(page, name=name, options=options)
    began = time.perf_counter()
    for name, page in pages:
        preparing.prepare(page, name=name, options=options)
    plain_ms = (time.perf_counter() - began) * 1000 / len(pages)
    profiler = cProfile.Profile()
    profiler.enable()
    for name, page in pages:
        preparing.prepare(page, name=name, options=options)
    profiler.disable()
    own: defaultdict[str, float] = defaultdict(float)
    whole: dict[str, float] = {}
    stats: dict[Any, Any] = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    for (file, _line, function), (_calls, _all, own_s, whole_s, _callers) in stats.items():
        own[_module(file, function)] += own_s
        if "pinakes" in file:
            whole[f"{_module(file, function)}.{function}"] = whole_s
    total = sum(own.values())
    return {
        "pages": len(pages),
        "ms_a_page": plain_ms,
        "own": {
            name: seconds / total
            for name, seconds in nlargest(12, own.items(), key=lambda each: each[1])
        },
        "whole": {
            name: whole[name] / total for name in sorted(whole, key=whole.__getitem__)[-16:][::-1]
        },
    }


def _extract(path: str) -> str:
    import trafilatura

    return trafilatura.extract(Path(path).read_bytes()) or ""


def _time(owner: Any, name: str, stages: defaultdict[str, float], stage: str) -> None:
    really = getattr(owner, name)

    def timed(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            return really(*args, **kwargs)
        finally:
            stages[stage] += time.perf_counter() - began

    setattr(owner, name, timed)


def _module(file: str, function: str) -> str:
    """Return a short name for where a function is; those in C are told by their own names."""
    parts = Path(file).with_suffix("").parts
    if "pinakes" in parts:
        at = len(parts) - 1 - parts[::-1].index("pinakes")
        return ".".join(parts[at + 1 :])
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1]
    return function if file == "~" else Path(file).stem


_MODES = {"pinakes": ingest, "trafilatura": extract_with_trafilatura, "profile": profile}

if __name__ == "__main__":
    told = _MODES[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(told))
