"""The process that runs one engine: `python -m bench.worker MODULE FACTORY`.

Standard library only: Xapian runs in the system's Python.
"""

from __future__ import annotations

import gc
import importlib
import random
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench.inputs import Selection, select_passages
from bench.memory import cpu_seconds, peak_mb, resident_mb
from bench.peer import Peer, Resources
from bench.serving import serve
from bench.shapes import Asked, Join, Shape

_FEWEST_QUERIES = 40
"""Fewer have no 95th percentile to speak of."""

CLOCKS = {"wall": time.perf_counter_ns, "cpu": time.thread_time_ns}
"""By which queries are timed; that of the processor leaves out what other programs take."""


class Worker:
    """Holds an engine, and does with it what is asked."""

    def __init__(self, peer: Peer) -> None:
        self._peer = peer

    def describe(self, _request: Mapping[str, Any]) -> dict[str, Any]:
        """Tell how the engine is set."""
        return dict(self._peer.describe())

    def build(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Make an index; the passages are in memory before the clock starts."""
        passages = list(select_passages(Selection(*request["selection"])))
        folder = Path(request["folder"])
        resources = Resources(request["cores"], request["memory_mb"])
        gc.collect()
        held_mb = resident_mb()
        began, began_cpu = time.perf_counter(), cpu_seconds()
        further = self._peer.build(folder, passages, resources)
        seconds, cpu = time.perf_counter() - began, cpu_seconds() - began_cpu
        beyond_mb = peak_mb() - held_mb
        self._peer.finish(folder)
        return {
            "seconds": seconds,
            "cpu_seconds": cpu,
            "passages": len(passages),
            "text_mb": sum(len(text.encode()) for _id, text in passages) / 1e6,
            "beyond_mb": beyond_mb,
            "bytes": self._peer.sizes(folder),
            "further": further,
        }

    def open(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Open an index for queries."""
        self._peer.open(Path(request["folder"]))
        return {}

    def measure(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Time queries: once each of `warm` untimed, then passes over `queries`, shuffled.

        An engine that would need more than `seconds` for a pass gets some of the queries only, the
        first ones; and no pass is begun that would go beyond them. One is always made.
        Returns the numbers of the queries, and for each pass nanoseconds in the same order.
        """
        shape = Shape(Join(request["join"]), Asked(request["asked"]))
        if not self._peer.can(shape):
            return {"queries": [], "passes": []}
        ask = self._asker(shape, is_parsed_inside=request["parse_inside"])
        began = time.perf_counter()
        for words in request["warm"]:
            ask(tuple(words))()
        per_query = (time.perf_counter() - began) / max(1, len(request["warm"]))
        count = max(_FEWEST_QUERIES, int(request["seconds"] / max(per_query, 1e-9)))
        questions = [ask(tuple(words)) for words in request["queries"][:count]]
        shuffle = random.Random(request["seed"]).shuffle  # noqa: S311
        gc.collect()
        passes: list[list[int]] = []
        began = time.perf_counter()
        while len(passes) < request["passes"]:
            passes.append(_run_pass(questions, shuffle, CLOCKS[request["clock"]]))
            spent = time.perf_counter() - began
            if spent * (len(passes) + 1) / len(passes) > request["seconds"]:
                break
        return {"queries": list(range(len(questions))), "passes": passes}

    def _asker(
        self, shape: Shape, *, is_parsed_inside: bool
    ) -> Callable[[tuple[str, ...]], Callable[[], Any]]:
        prepare, search = self._peer.prepare, self._peer.search

        def ask_prepared(words: tuple[str, ...]) -> Callable[[], Any]:
            prepared = prepare(words, shape)
            return lambda: search(prepared, shape)

        def ask_parsing(words: tuple[str, ...]) -> Callable[[], Any]:
            return lambda: search(prepare(words, shape), shape)

        return ask_parsing if is_parsed_inside else ask_prepared

    def answers(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return hits and totals of queries, untimed."""
        shape = Shape(Join(request["join"]), Asked.TOTALS)
        found = []
        for words in request["queries"]:
            answer = self._peer.search(self._peer.prepare(tuple(words), shape), shape)
            found.append(self._peer.read_answer(answer, shape.join))
        return {"answers": found}


def _run_pass(
    questions: list[Callable[[], Any]],
    shuffle: Callable[[list[int]], None],
    clock: Callable[[], int],
) -> list[int]:
    order = list(range(len(questions)))
    shuffle(order)
    took = [0] * len(questions)
    for place in order:
        question = questions[place]
        began = clock()
        question()
        took[place] = clock() - began
    return took


def _make_worker() -> Worker:
    module = importlib.import_module(sys.argv[1])
    return Worker(getattr(module, sys.argv[2])())


if __name__ == "__main__":
    serve(_make_worker)
