"""Asks several workers the same queries, in turn, so that a busy machine hits all of them alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from bench.latency import Times, summary
from bench.settings import Settings, joins_of, warm_and_timed
from bench.shapes import Asked
from bench.worker_process import WorkerError, WorkerProcess

REFERENCE = "pinakes"
"""The worker that others are compared with."""


def ask_in_turn(
    workers: Mapping[str, WorkerProcess], settings: Settings, asked: Sequence[Asked]
) -> list[dict[str, Any]]:
    """Return a row for each kind of query, way to ask and worker, which all have an index open.

    A worker that ends before its time is left out from there on, unless it is the reference.
    """
    rows: list[dict[str, Any]] = []
    left = dict(workers)
    for queries in settings.sets:
        for join in joins_of(queries):
            warm, timed = warm_and_timed(queries, join)
            for what in asked:
                cell = {"kind": queries.kind, "join": str(join), "asked": str(what)}
                click.echo(f"asking {' '.join(cell.values())}", err=True)
                request = {"join": join, "asked": what, "warm": warm, "queries": timed}
                times = _time(left, settings, request)
                rows += [{**cell, **row} for row in _summaries(times)]
    return rows


def _time(
    left: dict[str, WorkerProcess], settings: Settings, request: Mapping[str, Any]
) -> dict[str, Times]:
    times = {name: Times() for name in left}
    for turn in range(settings.rounds):
        for name, worker in tuple(left.items()):
            try:
                reply = worker.ask(
                    "measure",
                    **request,
                    passes=settings.passes,
                    seconds=settings.seconds,
                    seed=settings.seed + turn,
                    parse_inside=settings.parse_inside,
                    clock=settings.clock,
                )
            except WorkerError as error:
                if name == REFERENCE:
                    raise
                click.echo(f"{name}: left out from here on: {error}", err=True)
                del left[name]
                continue
            if reply["passes"]:
                times[name].add(reply["queries"], reply["passes"])
    return times


def _summaries(times: Mapping[str, Times]) -> list[dict[str, Any]]:
    reference = times.get(REFERENCE)
    return [
        {"name": name, **summary(each, reference)} for name, each in times.items() if each.passes
    ]
