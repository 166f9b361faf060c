"""The commands that measure archives of many machines: `cluster`, `stores`, `fan-out`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import click

from bench.inputs import Selection, check_passages, read_queries
from bench.options import FILE, FOLDER, JSON, LIMIT, MADE_IN, PASSAGES, QUERIES, QUERY_LIMIT, tell


@click.command("cluster")
@PASSAGES
@QUERIES
@LIMIT
@QUERY_LIMIT
@click.option("--url", "urls", multiple=True, help="A node of a cluster that runs.")
@click.option("--heap", "heap_mb", type=click.IntRange(200), default=1000, show_default=True,
              help="MB for each of three nodes that are started otherwise.")  # fmt: skip
@click.option("--shards", type=click.IntRange(1), default=3, show_default=True)
@click.option("--warm", "warm_s", type=float, default=60.0, show_default=True,
              help="Seconds of questions before the clock starts.")  # fmt: skip
@click.option("--replicas", type=click.IntRange(0), default=1, show_default=True)
@MADE_IN
@JSON
def cluster_command(
    *, queries: Path, query_limit: int | None, report: Path | None, **options: Any
) -> None:
    """Measure an archive on an OpenSearch cluster, beside the same one in its folder."""
    # Not at the top: no other command needs a cluster.
    from bench.cluster import ClusterPlan, measure_cluster

    folder = options.pop("folder")
    sets = tuple(read_queries(queries, limit=query_limit))
    check_passages(Selection(str(options["passages"]), limit=options["limit"]))
    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as made:
        plan = ClusterPlan(sets=sets, folder=Path(made), **options)
        tell(report, lambda: measure_cluster(plan))


@click.command("stores")
@click.option("--archive", type=FOLDER, required=True, help="One that `ingest --keep` kept.")
@click.option("--postgres", default="", help="How to connect, as psycopg takes it (pip install).")
@click.option("--url", default="", help="A node of an OpenSearch cluster.")
@click.option("--writers", multiple=True, type=click.IntRange(1), default=(1, 2))
@MADE_IN
@JSON
def stores_command(
    *, archive: Path, folder: Path | None, report: Path | None, **options: Any
) -> None:
    """Write packed articles where an archive of several machines might keep them."""
    from bench.stores import measure_stores

    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as made:
        tell(report, lambda: measure_stores(archive, Path(made), **options))


@click.command("fan-out")
@click.argument("measured", metavar="REPORT", type=FILE)
@click.option("--trials", type=click.IntRange(100), default=20_000, show_default=True)
@JSON
def fan_out_command(*, measured: Path, trials: int, report: Path | None) -> None:
    """Simulate answers that wait for many shards, from the times in a REPORT of `cluster`."""
    from bench.fan_out import simulate

    tell(report, lambda: simulate(measured, trials=trials))
