"""The process in which Pinakes alone is measured: `python -m bench.pinakes_worker`."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from bench.archives import write_archive, write_living
from bench.commit_writer import CommitWriter
from bench.feed import Feed
from bench.inputs import BenchPassage, Selection
from bench.memory import cpu_seconds, open_file_count, own_mb, peak_mb, resident_mb
from bench.parts import sizes_by_part
from bench.reading import Readers
from bench.serving import serve
from pinakes.corpus import ArchiveFolder
from pinakes.indexer import PassageIndex
from pinakes.search import Archive

_TINY = tuple(BenchPassage(str(number), f"passage number {number}") for number in range(20))
Made = TypeVar("Made")


class PinakesWorker:
    """Does what requests name."""

    def __init__(self) -> None:
        self._writer: CommitWriter | None = None
        self._readers: Readers | None = None

    def ingest(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Make an archive; passages are read as they are needed, and not kept."""
        feed = Feed(Selection(*request["selection"]))
        folder = Path(request["folder"])
        began, began_cpu = time.perf_counter(), cpu_seconds()
        times = write_archive(folder, feed)
        return {
            "seconds": time.perf_counter() - began,
            "cpu_seconds": cpu_seconds() - began_cpu,
            "reading_seconds": feed.seconds,
            **times,
            "passages": feed.count,
            "text_mb": feed.text_bytes / 1e6,
            "peak_mb": peak_mb(),
            "parts": sizes_by_part(folder),
        }

    def open(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Open an archive, and ask it once, in a process that has done so with a tiny one before.

        So neither imports nor what is made once a process are counted.
        """
        root, query = Path(request["folder"]), request["query"]
        with tempfile.TemporaryDirectory() as tiny:
            write_archive(Path(tiny), _TINY)
            PassageIndex.open(ArchiveFolder.open(Path(tiny)).index_path).snapshot()
            with Archive.open(tiny, exact=True) as archive:
                archive.search("passage OR number")
        path = ArchiveFolder.open(root).index_path
        snapshot, told = _weigh("snapshot", lambda: PassageIndex.open(path).snapshot())
        archive, archive_told = _weigh("archive", lambda: Archive.open(root, exact=True))
        _, first_told = _weigh("first_query", lambda: archive.search(query))
        _, second_told = _weigh("second_query", lambda: archive.search(query))
        passages = snapshot.live_passages
        archive.close()
        return {**told, **archive_told, **first_told, **second_told, "passages": passages}

    def begin_commits(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Make the empty archive that `commit` writes to."""
        self._writer = CommitWriter(
            Path(request["folder"]),
            Selection(*request["selection"]),
            per_commit=request["per_commit"],
            delete_every=request["delete_every"],
        )
        return {}

    def commit(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Make some commits."""
        if self._writer is None:
            raise ValueError("begin_commits comes first")
        return {
            **self._writer.commit(request["count"]),
            "open_files": open_file_count(),
            "own_mb": own_mb(),
            "living": len(self._writer.living),
        }

    def build_living(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Make an archive of the articles that are living after the commits, in one commit."""
        if self._writer is None:
            raise ValueError("begin_commits comes first")
        selection = Selection(*request["selection"])
        write_living(Path(request["folder"]), selection, self._writer.living, request["per_commit"])
        return {}

    def read(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Start threads that search."""
        self._readers = Readers(
            Path(request["folder"]),
            request["queries"],
            threads=request["threads"],
            pause_s=request["pause_s"],
        )
        return {}

    def report(self, _request: Mapping[str, Any]) -> dict[str, Any]:
        """Return what those threads did since the last report."""
        if self._readers is None:
            raise ValueError("read comes first")
        return {**self._readers.report(), "open_files": open_file_count(), "own_mb": own_mb()}


def _weigh(name: str, make: Callable[[], Made]) -> tuple[Made, dict[str, float]]:
    """Return what `make` returns, its milliseconds, and by how many MB the process grew."""
    gc.collect()
    before, own_before = resident_mb(), own_mb()
    began, began_cpu = time.perf_counter(), time.process_time()
    made = make()
    took, took_cpu = time.perf_counter() - began, time.process_time() - began_cpu
    return made, {
        f"{name}_ms": took * 1000,
        f"{name}_cpu_ms": took_cpu * 1000,
        f"{name}_mb": resident_mb() - before,
        f"{name}_own_mb": own_mb() - own_before,
    }


if __name__ == "__main__":
    serve(PinakesWorker)
