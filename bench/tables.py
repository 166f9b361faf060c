"""Prints tables and writes reports."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
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


def print_machine(machine: Mapping[str, Any]) -> None:
    """Print where this is measured, and how busy it is there."""
    told = "{processor}, {cores} cores, {memory_gb} GB, Python {python}; load {load[0]}"
    click.echo(told.format_map(machine))


def print_queries(rows: Sequence[Mapping[str, Any]], title: str) -> None:
    """Print the times of queries, a row a kind, a column each that was asked."""
    first = rows[0]["name"] if rows else ""

    def show(row: Mapping[str, Any]) -> str:
        text = f"{row['median_ms']:.3f} {row['p95_ms']:.3f}"
        if row["name"] == first or "median_ratio" not in row:
            return text
        return f"{text} (x{row['median_ratio']:.2f} x{row['p95_ratio']:.2f})"

    note = f"ms, median and p95 (x: times those of {first} on the same queries)"
    _print_grid(f"{title}: {note}", rows, show)


def print_first_pass(rows: Sequence[Mapping[str, Any]], title: str) -> None:
    """Print what the queries took the first time."""

    def show(row: Mapping[str, Any]) -> str:
        return f"{row['first_median_ms']:.3f} {row['first_p95_ms']:.3f}"

    _print_grid(f"{title}: ms, median and p95", rows, show)


def _print_grid(
    title: str, rows: Sequence[Mapping[str, Any]], show: Callable[[Mapping[str, Any]], str]
) -> None:
    names = list(dict.fromkeys(row["name"] for row in rows))
    cells: dict[str, dict[str, str]] = {}
    for row in rows:
        cells.setdefault(f"{row['kind']} {row['join']}", {})[row["name"]] = show(row)
    table = [(key, *(each.get(name, "") for name in names)) for key, each in cells.items()]
    print_table(title, ("queries", *names), table)


def write_report(path: Path | None, report: dict[str, Any]) -> None:
    """Write a report as JSON, if there is a place for it."""
    if path is not None:
        path.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _show(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.3g}" if abs(cell) < 100 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
