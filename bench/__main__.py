"""The command line: `python -m bench --help`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import click

from bench.compare import compare
from bench.contestants import NAMES
from bench.inputs import InputError, read_queries
from bench.settings import Settings
from bench.tables import write_report

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def main() -> None:
    """Measure Pinakes, beside other engines and by itself."""


@main.command("compare")
@click.option("--passages", type=_FILE, required=True, help="JSONL, plain or .gz: id, text.")
@click.option("--queries", type=_FILE, required=True, help="JSON: kind -> lists of words.")
@click.option("--limit", type=click.IntRange(0), default=0, help="Passages at the most.")
@click.option("--query-limit", type=click.IntRange(1), help="Queries of a kind at the most.")
@click.option("--peer", "peers", multiple=True, type=click.Choice(NAMES), help="Only these.")
@click.option("--cores", multiple=True, type=click.IntRange(1), default=(1, 2))
@click.option("--memory", "memory_mb", type=click.IntRange(50), default=1000, help="MB to build.")
@click.option("--passes", type=click.IntRange(1), default=3)
@click.option("--rounds", type=click.IntRange(1), default=3)
@click.option("--seconds", type=float, default=4.0, help="Time for a cell in a round.")
@click.option("--parse-inside", is_flag=True, help="Time the reading of the query text too.")
@click.option("--clock", type=click.Choice(["wall", "cpu"]), default="wall")
@click.option("--whoosh-every", type=click.IntRange(1), default=14)
@click.option("--whoosh-all", is_flag=True, help="Short for --whoosh-every 1.")
@click.option("--check", type=click.IntRange(0), default=30, help="Answers of a kind to check.")
@click.option("--lucene-jars", type=_FOLDER)
@click.option("--folder", type=_FOLDER, help="Where to make indexes; a temporary one by default.")
@click.option("--json", "report", type=click.Path(path_type=Path), help="Write all figures here.")
def compare_command(
    *,
    queries: Path,
    query_limit: int | None,
    whoosh_all: bool,
    folder: Path | None,
    report: Path | None,
    **options: Any,
) -> None:
    """Compare Pinakes with the engines that are installed."""
    if whoosh_all:
        options["whoosh_every"] = 1
    options["peers"] = frozenset(options["peers"])
    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as made:
        settings = Settings(
            sets=read_queries(queries, limit=query_limit), folder=Path(made), **options
        )
        write_report(report, compare(settings))


if __name__ == "__main__":
    try:
        main()
    except InputError as error:
        raise SystemExit(f"bench: {error}") from error
