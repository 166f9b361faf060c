"""What the commands that measure have in common: options, and how they tell what they found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bench.machine import describe_machine
from bench.tables import print_machine, write_report

# Workers run in the folder of the checkout, hence absolute paths.
FILE = click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path)


PASSAGES = click.option(
    "--passages", type=FILE, required=True, help="JSONL, plain or .gz: id, text."
)
QUERIES = click.option("--queries", type=FILE, required=True, help="JSON: kind -> lists of words.")
LIMIT = click.option("--limit", type=click.IntRange(0), default=0, help="Passages at the most.")
QUERY_LIMIT = click.option(
    "--query-limit", type=click.IntRange(1), help="Queries of a kind at the most."
)
MADE_IN = click.option(
    "--folder",
    type=FOLDER,
    help="Where archives and indexes are made, and removed after; by default for temporary files.",
)
JSON = click.option(
    "--json", "report", type=click.Path(path_type=Path), help="Write all figures here."
)


def tell(path: Path | None, measure: Callable[[], dict[str, Any]]) -> None:
    """Print where this is measured, measure, and write all figures where a path is given."""
    machine = describe_machine()
    print_machine(machine)
    write_report(path, {"machine": machine, **measure()})
