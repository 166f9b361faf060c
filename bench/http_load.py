"""Many clients of `pinakes serve`, while articles come in; beside the same queries in process."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.archives import write_archive
from bench.inputs import QuerySet, Selection, select_passages
from bench.latency import percentile
from bench.memory import own_mb
from bench.tables import print_table
from bench.worker_process import WorkerError
from pinakes.search import Archive, QueryError
from pinakes.search.as_json import dump, results_object

_MARKER = "zzmarkerzz"
_SEED = 7
_IN_PROCESS_S = 10.0
_SAMPLE_S = 2.0
# Kept for the writer; what is served at the beginning are those before.
_NEW_PASSAGES = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How to load a server.

    Attributes:
        passages: File of passages.
        sets: The queries.
        folder: Where the archive is made.
        limit: Look at this many passages at the most; 0 for all.
        clients: At a time.
        seconds: For how long.
        dear: A query made to be expensive, which two more clients ask all the time; empty for none.
    """

    passages: Path
    sets: tuple[QuerySet, ...]
    folder: Path
    limit: int = 0
    clients: int = 64
    seconds: float = 60.0
    dear: str = ""


def measure_http(load: Load) -> dict[str, Any]:
    """Measure, print a table, and return all figures."""
    everything = list(select_passages(Selection(str(load.passages), limit=load.limit)))
    new = min(_NEW_PASSAGES, len(everything) // 4)
    kept = len(everything) - new
    root = load.folder / "archive"
    root.mkdir()
    write_archive(root, everything[:kept])
    del everything
    queries = _queries(load.sets)
    in_process = _ask_in_process(root, queries)
    with Archive.open(root) as archive:
        articles = archive.search("*", limit=0).archive.articles
    plan = {
        "clients": load.clients, "seconds": load.seconds, "queries": queries, "marker": _MARKER,
        "articles": articles,
    }  # fmt: skip
    with _serving(root) as (server, port), _writing(root, load, slice(kept, kept + new)):
        dear = _begin({**plan, "port": port, "clients": 2, "queries": [load.dear], "marker":
                       load.dear}) if load.dear else None  # fmt: skip
        began_s = _processor_s(server.pid)
        clients = _begin({**plan, "port": port})
        memory_mb = list(_sample(server, clients))
        told: dict[str, Any] = {
            "http": _end(clients),
            "in_process": in_process,
            "memory_mb": memory_mb,
        }
        spent_s = _processor_s(server.pid) - began_s
        told["http"]["cpu_ms"] = spent_s * 1000 / max(1, told["http"]["requests"])
        if dear:
            told["dear"] = _end(dear)
    _print(load, told)
    return told


def _queries(sets: Sequence[QuerySet]) -> list[str]:
    asked: list[str] = []
    for each in sets:
        for words in each.queries:
            if each.is_phrase:
                asked.append(f'"{" ".join(words)}"')
            else:
                asked += [" ".join(words), " OR ".join(words)]
    return asked


def _ask_in_process(root: Path, queries: Sequence[str]) -> dict[str, float]:
    dice = random.Random(_SEED)  # noqa: S311
    took_ms: list[float] = []
    with Archive.open(root) as archive:
        began_cpu = time.process_time()
        end = time.perf_counter() + _IN_PROCESS_S
        while (began := time.perf_counter()) < end:
            try:
                dump(results_object(archive.search(dice.choice(queries))))
            except QueryError:
                continue
            took_ms.append((time.perf_counter() - began) * 1000)
        cpu_s = time.process_time() - began_cpu
    return {
        "requests_s": len(took_ms) / _IN_PROCESS_S,
        "cpu_ms": cpu_s * 1000 / len(took_ms),
        "median_ms": percentile(took_ms, 0.5),
        "p95_ms": percentile(took_ms, 0.95),
        "p99_ms": percentile(took_ms, 0.99),
        "longest_ms": max(took_ms),
    }


@contextmanager
def _serving(root: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    command = [sys.executable, "-m", "pinakes.search.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as server:
        try:
            line = server.stderr.readline() if server.stderr else ""
            found = re.search(r":(\d+)/", line)
            if found is None:
                raise WorkerError(f"serve: {line}")
            yield server, int(found[1])
        finally:
            server.kill()


@contextmanager
def _writing(root: Path, load: Load, part: slice) -> Iterator[None]:
    command = [sys.executable, "-m", "bench.http_writer", str(root), str(load.passages), _MARKER]
    numbers = map(str, (part.start, part.stop, load.seconds))
    with subprocess.Popen([*command, *numbers]) as writer:
        try:
            yield
            if writer.poll() is not None:
                raise WorkerError("the writer ended by itself")
        finally:
            writer.kill()


def _begin(plan: dict[str, Any]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.http_clients"]
    clients = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if clients.stdin:
        clients.stdin.write(json.dumps(plan))
        clients.stdin.close()
    return clients


def _end(clients: subprocess.Popen[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(clients.stdout.read() if clients.stdout else "{}")
    clients.wait()
    return told


def _sample(server: subprocess.Popen[str], clients: subprocess.Popen[str]) -> Iterator[float]:
    """Yield the memory that is the server's own, every two seconds, while clients ask."""
    while clients.poll() is None:
        yield own_mb(server.pid)
        time.sleep(_SAMPLE_S)


def _processor_s(process: int) -> float:
    times = psutil.Process(process).cpu_times()
    return float(times.user + times.system)


def _print(load: Load, told: dict[str, Any]) -> None:
    heads = (
        "", "answers/s", "processor ms", "median ms", "p95 ms", "p99 ms", "longest ms"
    )  # fmt: skip
    names = {"in_process": "in process, one thread", "http": f"HTTP, {load.clients} clients"}
    if load.dear:
        names["dear"] = "HTTP, 2 clients asking the dear query meanwhile"
    rows = [
        (name, *(told[key].get(each, "") for each in
                 ("requests_s", "cpu_ms", "median_ms", "p95_ms", "p99_ms", "longest_ms")))
        for key, name in names.items()
    ]  # fmt: skip
    http, memory = told["http"], told["memory_mb"]
    print_table(f"{load.seconds:g} s, while articles come in", heads, rows)
    # What it keeps at hand grows at the beginning, up to its limits.
    third = max(1, len(memory) // 3)
    second = memory[third : 2 * third] or memory
    print(
        f"\nstatuses {http['statuses']}, errors {http['errors']}, torn answers {http['torn']}, "
        f"{http['generations']} generations seen; the server's memory "
        f"{sum(second) / len(second):.0f} MB in the second third of the time, "
        f"{sum(memory[-third:]) / third:.0f} MB in the last (at the most {max(memory):.0f} MB)"
    )
    if load.dear:
        print(
            f"the dear query: statuses {told['dear']['statuses']}, errors {told['dear']['errors']}"
        )
