"""Prints tables and writes reports."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click


def print_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table: the first column to the left, all others to the right."""
    texts = [[_show(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(heads, *texts, strict=True)]
    click.echo(f"\n{title}")
    for cells in (list(heads), *texts):
        first, *others = zip(cells, widths, strict=True)
        line = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        click.echo("  ".join(line).rstrip())


def print_queries(rows: Sequence[Mapping[str, Any]], title: str) -> None:
    """Print the times of queries, a row a kind, a column each that was asked."""
    names = list(dict.fromkeys(row["name"] for row in rows))
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        text = f"{row['median_ms']:.3f} {row['p95_ms']:.3f}"
        if row["name"] != names[0] and "median_ratio" in row:
            text += f" (x{row['median_ratio']:.2f} x{row['p95_ratio']:.2f})"
        cells.setdefault((row["kind"], row["join"]), {})[row["name"]] = text
    print_table(
        f"{title}: ms, median and p95 (x: times those of {names[0]} on the same queries)",
        ("queries", *names),
        [(" ".join(key), *(row.get(name, "") for name in names)) for key, row in cells.items()],
    )


def write_report(path: Path | None, report: dict[str, Any]) -> None:
    """Write a report as JSON, if there is a place for it."""
    if path is not None:
        path.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _show(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.3g}" if abs(cell) < 100 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
