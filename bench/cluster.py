"""The engine on a cluster beside the local one: making the index, and whole answers.

Both are made from the same store, and asked the same queries, in turns.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.archives import write_archive
from bench.inputs import QuerySet, Selection, select_passages
from bench.latency import percentile
from bench.memory import cpu_seconds
from bench.peer import folder_sizes
from bench.tables import print_queries, print_table
from bench.worker_process import WorkerError
from pinakes.corpus import ArchiveFolder, EngineSettings, Store, write_engine
from pinakes.indexer import PassageIndex
from pinakes.indexer.opensearch import ClusterIndex, connect
from pinakes.indexer.opensearch.connection import Cluster as Connection
from pinakes.search import Archive
from tests.cluster.nodes import Cluster, NoClusterError

_JOINTS = {"or": " OR ", "and": " AND "}
_SEED = 3
_SHARD_TIMES = 10
_WARM = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterPlan:
    """What to measure.

    Attributes:
        passages: File of passages.
        sets: The queries.
        folder: Where archives are made.
        limit: Look at this many passages at the most; 0 for all.
        urls: Of a cluster that runs; without any, three nodes are started here.
        heap_mb: Of each of these.
        shards: In how many parts articles are kept.
        replicas: How many further copies of each.
        warm_s: How long the cluster is asked before the clock starts, so that what its nodes
            compile while they work is compiled.
    """

    passages: Path
    sets: tuple[QuerySet, ...]
    folder: Path
    limit: int
    urls: tuple[str, ...]
    heap_mb: int
    shards: int
    replicas: int
    warm_s: float


class _Elsewhere:
    """A cluster of somebody else's, whose processor and memory cannot be looked at."""

    def __init__(self, urls: Sequence[str]) -> None:
        self.urls = list(urls)

    def processor_s(self) -> float:
        return float("nan")

    def resident_bytes(self) -> float:
        return float("nan")


def measure_cluster(plan: ClusterPlan) -> dict[str, Any]:
    """Measure, print tables, and return all figures."""
    selection = Selection(str(plan.passages), limit=plan.limit)
    local, remote = plan.folder / "local", plan.folder / "remote"
    local.mkdir()
    write_archive(local, select_passages(selection))
    shutil.copytree(local, remote)
    with _running(plan) as nodes:
        settings = EngineSettings(
            kind="opensearch", urls=tuple(nodes.urls), name=f"bench-{uuid4().hex[:8]}",
            shards=plan.shards, replicas=plan.replicas,
        )  # fmt: skip
        folder = ArchiveFolder.open(remote)
        write_engine(folder.config_path, settings)
        with closing(connect(settings, folder.config_path)) as connection:
            index = ClusterIndex(connection)
            try:
                told: dict[str, Any] = {"builds": _build(local, folder, index, connection, nodes)}
                _warm_up(remote, plan)
                told["answers"] = _ask(local, remote, plan.sets, nodes)
                told["shard_ms"] = _ask_shards(remote, plan, connection)
            finally:
                with Store.open(folder.store_path) as store:
                    index.withdraw(store.archive_id)
    told["shards"], told["replicas"], told["limit"] = plan.shards, plan.replicas, plan.limit
    return told


@contextmanager
def _running(plan: ClusterPlan) -> Iterator[Cluster | _Elsewhere]:
    if plan.urls:
        yield _Elsewhere(plan.urls)
        return
    try:
        started = Cluster(heap_mb=plan.heap_mb, full_speed=True)
    except NoClusterError as error:
        raise WorkerError(str(error)) from error
    try:
        yield started
    finally:
        started.stop()


def _build(
    local: Path,
    folder: ArchiveFolder,
    index: ClusterIndex,
    connection: Connection,
    nodes: Cluster | _Elsewhere,
) -> list[dict[str, Any]]:
    """Make both indexes from the store."""
    rows: list[dict[str, Any]] = []
    path = ArchiveFolder.open(local).index_path
    with Store.open(folder.store_path) as store:
        passages = store.counts(store.state().generation).passages
        engines = (("local", PassageIndex.create(path)), ("cluster", index))
        for name, engine in engines:
            began, cpu, away = time.perf_counter(), cpu_seconds(), nodes.processor_s()
            engine.rebuild(store)
            rows.append({
                "name": name, "passages": passages, "seconds": time.perf_counter() - began,
                "cpu_seconds": cpu_seconds() - cpu,
                "node_cpu_seconds": nodes.processor_s() - away if name == "cluster" else 0.0,
            })  # fmt: skip
    rows[0]["mb"] = folder_sizes(path)["all"] / 1e6
    stats = connection.request("GET", f"/{connection.name('*')}/_stats/store")
    rows[1]["mb"] = stats["_all"]["primaries"]["store"]["size_in_bytes"] / 1e6
    rows[1]["node_mb"] = nodes.resident_bytes() / 1e6
    _print_builds(rows)
    return rows


def _ask(
    local: Path, remote: Path, sets: Sequence[QuerySet], nodes: Cluster | _Elsewhere
) -> list[dict[str, Any]]:
    """Ask both engines for whole answers of ten hits."""
    rows: list[dict[str, Any]] = []
    with Archive.open(local) as first, Archive.open(remote) as second:
        for kind, join, queries in _queries(sets):
            warm, timed = _divided(queries)
            for archive in (first, second):
                for query in warm:
                    archive.search(query, limit=10)
            away, took = nodes.processor_s(), _time_in_turns(first, second, timed)
            away = nodes.processor_s() - away
            for name in ("local", "cluster"):
                ms = sorted(took[name])
                rows.append({
                    "kind": kind, "join": join, "name": name, "queries": len(ms),
                    "median_ms": statistics.median(ms), "p95_ms": percentile(ms, 0.95),
                })  # fmt: skip
            rows[-1]["median_ratio"] = rows[-1]["median_ms"] / rows[-2]["median_ms"]
            rows[-1]["p95_ratio"] = rows[-1]["p95_ms"] / rows[-2]["p95_ms"]
            rows[-1]["node_cpu_ms"] = away * 1000 / max(1, len(timed))
    print_queries(rows, "whole answers, ten hits")
    print_table(
        "what an answer costs the nodes, all together", ("queries", "CPU ms"),
        [(f"{row['kind']} {row['join']}", row["node_cpu_ms"]) for row in rows[1::2]],
    )  # fmt: skip
    return rows


def _warm_up(remote: Path, plan: ClusterPlan) -> None:
    queries = [query for *_, each in _queries(plan.sets) for query in each]
    end = time.monotonic() + plan.warm_s
    with Archive.open(remote) as archive:
        for query in cycle(queries):
            if time.monotonic() > end:
                return
            archive.search(query, limit=10)


def _time_in_turns(
    first: Archive, second: Archive, queries: Sequence[str]
) -> dict[str, list[float]]:
    """Return milliseconds by engine; raises `WorkerError` if their answers differ."""
    took: dict[str, list[float]] = {"local": [], "cluster": []}
    for query in queries:
        found = []
        for name, archive in (("local", first), ("cluster", second)):
            began = time.perf_counter_ns()
            results = archive.search(query, limit=10)
            took[name].append((time.perf_counter_ns() - began) / 1e6)
            found.append((results.articles, sorted(round(hit.score, 6) for hit in results.hits)))
        if found[0] != found[1]:
            raise WorkerError(f"the engines answer {query!r} differently: {found}")
    return took


def _ask_shards(remote: Path, plan: ClusterPlan, connection: Connection) -> list[list[float]]:
    """Return, for each query, times of its first search on single shards, in milliseconds."""
    times: list[list[float]] = []
    with Archive.open(remote) as archive:
        for _kind, _join, queries in _queries(plan.sets):
            for query in _divided(queries)[0]:
                body = _first_search(archive, query)
                times.append([
                    _time_on_shard(connection, body, shard)
                    for _ in range(_SHARD_TIMES)
                    for shard in range(plan.shards)
                ])  # fmt: skip
    print_table(
        "single shards, from request to answer", ("", "ms"),
        [
            ("median", statistics.median(ms for each in times for ms in each)),
            ("95th percentile", percentile((ms for each in times for ms in each), 0.95)),
        ],
    )  # fmt: skip
    return times


def _first_search(archive: Archive, query: str) -> dict[str, Any]:
    """Return the search for the first hits that an answer needs; for all, where these are few."""
    sent: list[dict[str, Any]] = []
    request = Connection.request

    def record(self: Connection, method: str, path: str, body: Any = None, **how: Any) -> Any:
        if path == "/_msearch":
            sent.extend(json.loads(line) for line in body.splitlines()[1::2])
        elif path == "/_search":
            sent.append(dict(body))
        return request(self, method, path, body, **how)

    Connection.request = record  # type: ignore[method-assign]
    try:
        archive.search(query, limit=10)
    finally:
        Connection.request = request  # type: ignore[method-assign]
    asked = [each for each in sent if each.get("size")]
    body = next((each for each in asked if each.get("track_scores")), asked[0])
    del body["pit"]
    return body


def _time_on_shard(connection: Connection, body: Mapping[str, Any], shard: int) -> float:
    where = {"preference": f"_shards:{shard}", "request_cache": "false"}
    began = time.perf_counter_ns()
    connection.request("POST", f"/{connection.name('articles')}/_search", body, params=where)
    return (time.perf_counter_ns() - began) / 1e6


def _queries(sets: Sequence[QuerySet]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield kind, how the words are joined, and the queries, shuffled."""
    for each in sets:
        joins = ("phrase",) if each.is_phrase else ("or", "and") if each.queries[0][1:] else ("or",)
        for join in joins:
            if join == "phrase":
                queries = [f'"{" ".join(words)}"' for words in each.queries]
            else:
                queries = [_JOINTS[join].join(words) for words in each.queries]
            random.Random(_SEED).shuffle(queries)  # noqa: S311
            yield each.kind, join, queries


def _divided(queries: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the queries that are asked before the clock starts, and the others."""
    first = max(1, round(len(queries) * _WARM))
    return queries[:first], queries[first:] or queries[:1]


def _print_builds(rows: Sequence[Mapping[str, Any]]) -> None:
    print_table(
        f"an index of {rows[0]['passages']:,} passages, from the store",
        ("engine", "passages/s", "s", "CPU s", "CPU s of the nodes", "MB"),
        [
            (
                row["name"], round(row["passages"] / row["seconds"]), float(row["seconds"]),
                float(row["cpu_seconds"]), float(row["node_cpu_seconds"]), float(row["mb"]),
            )
            for row in rows
        ],
    )  # fmt: skip
