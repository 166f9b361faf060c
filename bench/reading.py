"""Threads that search in an archive while it is written."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.latency import percentile
from pinakes.corpus import PinakesError
from pinakes.search import Archive, SearchOptions, parse

_OPTIONS = SearchOptions(limit=10)


class Readers:
    """Threads that share one `Archive` and ask it queries until they are stopped."""

    def __init__(self, root: Path, queries: Sequence[str], *, threads: int, pause_s: float) -> None:
        """Start them; each waits `pause_s` after an answer."""
        self._archive = Archive.open(root, exact=True)
        self._queries = [parse(text) for text in queries]
        self._pause_s = pause_s
        self._stopped = threading.Event()
        self._guard = threading.Lock()
        self._took_ms: list[float] = []
        self._errors: list[str] = []
        self._threads = [
            threading.Thread(target=self._read, args=(number,), daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def _read(self, number: int) -> None:
        order = list(self._queries)
        random.Random(number).shuffle(order)  # noqa: S311
        for query in itertools.cycle(order):
            began = time.perf_counter()
            try:
                self._archive.search(query, options=_OPTIONS)
            except PinakesError as error:
                with self._guard:
                    self._errors.append(str(error))
            with self._guard:
                self._took_ms.append((time.perf_counter() - began) * 1000)
            if self._stopped.wait(self._pause_s):
                return

    def report(self) -> dict[str, Any]:
        """Return what happened since the last report: answers, how long they took, errors."""
        with self._guard:
            took, self._took_ms = self._took_ms, []
            errors, self._errors = self._errors, []
        return {
            "answers": len(took),
            "median_ms": percentile(took, 0.5),
            "p95_ms": percentile(took, 0.95),
            "errors": errors,
            "threads_alive": sum(thread.is_alive() for thread in self._threads),
        }

    def close(self) -> None:
        """Stop them."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()
        self._archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
