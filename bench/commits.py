"""Many small commits, while others search; and how fast queries are afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bench.inputs import Selection
from bench.latency import percentile
from bench.settings import Settings
from bench.shapes import Asked
from bench.tables import print_queries, print_table
from bench.turns import REFERENCE, ask_in_turn
from bench.worker_process import WorkerProcess, python_worker
from pinakes.corpus import ArchiveFolder
from pinakes.indexer import PassageIndex

_COMMITTED = "after commits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is committed, and who reads meanwhile.

    Attributes:
        commits: How many.
        per_commit: Passages in each: one article.
        delete_every: Each so many-th commit also removes an article, chosen at random.
        report_every: Commits between two rows of the table.
        processes: That read.
        threads: In each of them.
        pause_s: Between an answer and the next query of a thread; without one, readers on few
            cores measure nothing but themselves.
    """

    commits: int = 10_000
    per_commit: int = 10
    delete_every: int = 3
    report_every: int = 1000
    processes: int = 2
    threads: int = 2
    pause_s: float = 0.05


def measure_commits(settings: Settings, plan: Plan) -> dict[str, Any]:
    """Make the commits and ask queries after, beside one bulk build; print, return all figures."""
    selection = Selection(str(settings.passages), limit=plan.commits * plan.per_commit)
    written, rebuilt = settings.folder / "commits", settings.folder / "bulk"
    with python_worker("pinakes_worker") as writer:
        writer.ask(
            "begin_commits",
            folder=str(written),
            selection=selection,
            per_commit=plan.per_commit,
            delete_every=plan.delete_every,
        )
        rows = _commit(writer, written, settings, plan)
        writer.ask(
            "build_living",
            folder=str(rebuilt),
            selection=selection,
            per_commit=plan.per_commit,
        )
    _print_commits(rows)
    queries = _compare_queries(settings, written=written, rebuilt=rebuilt)
    print_queries(queries, "queries after the commits, beside one bulk build of the same articles")
    return {"commits": rows, "queries": queries}


def _commit(
    writer: WorkerProcess, folder: Path, settings: Settings, plan: Plan
) -> list[dict[str, Any]]:
    """Make the commits while others read; return what each stretch of them told."""
    asked = [" OR ".join(words) for queries in settings.sets for words in queries.queries]
    rows: list[dict[str, Any]] = []
    with ExitStack() as stack:
        readers = [
            stack.enter_context(python_worker("pinakes_worker", cores=2))
            for _ in range(plan.processes)
        ]
        for number, reader in enumerate(readers):
            reader.ask(
                "read",
                folder=str(folder),
                queries=asked[number :: plan.processes],
                threads=plan.threads,
                pause_s=plan.pause_s,
            )
        for done in range(0, plan.commits, plan.report_every):
            count = min(plan.report_every, plan.commits - done)
            told = writer.ask("commit", count=count)
            reports = [reader.ask("report") for reader in readers]
            rows.append(_row(done + count, told, reports, folder))
            click.echo(f"{done + count} commits", err=True)
    return rows


def _row(
    commits: int, told: dict[str, Any], reports: Sequence[dict[str, Any]], folder: Path
) -> dict[str, Any]:
    index = ArchiveFolder.open(folder).index_path
    with PassageIndex.open(index).snapshot() as snapshot:
        segments = len(snapshot.segments)
        passages = snapshot.live_passages
    files = [path for path in index.iterdir() if path.is_file()]
    return {
        "commits": commits,
        "passages": passages,
        "segments": segments,
        "index_files": len(files),
        "index_mb": sum(path.stat().st_size for path in files) / 1e6,
        "commit_median_ms": percentile(told["commit_ms"], 0.5),
        "commit_p95_ms": percentile(told["commit_ms"], 0.95),
        "commit_max_ms": max(told["commit_ms"], default=0.0),
        "store_median_ms": percentile(told["store_ms"], 0.5),
        "store_max_ms": max(told["store_ms"], default=0.0),
        "commit_cpu_ms": percentile(told["cpu_ms"], 0.5),
        "tidy_median_ms": percentile(told["tidy_ms"], 0.5),
        "writer_files": told["open_files"],
        "writer_mb": told["own_mb"],
        "reader_files": max((report["open_files"] for report in reports), default=0),
        "reader_mb": max((report["own_mb"] for report in reports), default=0.0),
        "answers": sum(report["answers"] for report in reports),
        "answer_median_ms": max((report["median_ms"] for report in reports), default=0.0),
        "errors": [error for report in reports for error in report["errors"]],
        "threads_alive": sum(report["threads_alive"] for report in reports),
    }


def _compare_queries(settings: Settings, *, written: Path, rebuilt: Path) -> list[dict[str, Any]]:
    with ExitStack() as stack:
        workers = {}
        for name, folder in ((REFERENCE, rebuilt), (_COMMITTED, written)):
            worker = python_worker("worker", "bench.peers.pinakes_", "by_passage")
            workers[name] = stack.enter_context(worker)
            worker.ask("open", folder=str(folder))
        return ask_in_turn(workers, settings, (Asked.TOTALS,))


def _print_commits(rows: Sequence[dict[str, Any]]) -> None:
    columns = {
        "passages": "passages",
        "segments": "segments",
        "index_files": "files",
        "index_mb": "MB",
        "commit_median_ms": "commit ms",
        "commit_p95_ms": "p95",
        "commit_max_ms": "max",
        "commit_cpu_ms": "CPU ms",
        "store_median_ms": "store ms",
        "store_max_ms": "max",
        "tidy_median_ms": "tidy ms",
        "writer_files": "writer's files",
        "reader_files": "reader's files",
        "writer_mb": "writer MB",
        "reader_mb": "reader MB",
        "answers": "answers",
        "answer_median_ms": "answer ms",
    }
    print_table(
        "commits, with the threads of other processes searching meanwhile",
        ("commits", *columns.values(), "errors"),
        [
            (f"{row['commits']:,}", *(row[key] for key in columns), len(row["errors"]))
            for row in rows
        ],
    )
