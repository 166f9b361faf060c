"""What it takes to build an archive, and what the archive takes."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from bench.inputs import Selection
from bench.tables import print_table
from bench.worker_process import python_worker


def measure_ingest(
    selection: Selection, folder: Path, *, cores: tuple[int, ...], keep: Path | None
) -> dict[str, Any]:
    """Build an archive once for each number of cores, each in a process; print, return all.

    Args:
        selection: The passages.
        folder: Where archives are made and removed.
        cores: To which the process is bound.
        keep: A folder that does not exist; the last archive is moved there.
    """
    rows: list[dict[str, Any]] = []
    for count in cores:
        made = folder / f"cores-{count}"
        with python_worker("pinakes_worker", cores=count) as worker:
            told = worker.ask("ingest", folder=str(made), selection=selection)
        rows.append({"cores": count, **told})
        if keep is not None and count == cores[-1]:
            shutil.move(made, keep)
        else:
            shutil.rmtree(made)
    _print_times(rows)
    _print_parts(rows[-1])
    return {"limit": selection.limit, "runs": rows}


def _print_times(rows: list[dict[str, Any]]) -> None:
    heads = ("cores", "passages/s", "s", "reading", "store", "index", "CPU s", "peak MB")
    keys = ("seconds", "reading_seconds", "store_s", "index_s", "cpu_seconds", "peak_mb")
    print_table(
        f"building an archive of {rows[0]['passages']:,} passages, {rows[0]['text_mb']:.1f} MB",
        heads,
        [
            (
                str(row["cores"]),
                round(row["passages"] / row["seconds"]),
                *(float(row[key]) for key in keys),
            )
            for row in rows
        ],
    )


def _print_parts(row: dict[str, Any]) -> None:
    parts: dict[str, int] = row["parts"]
    sums: Counter[str] = Counter()
    for name, length in parts.items():
        sums[name.split()[0]] += length
    sums["both"] = sum(parts.values())
    text_mb = row["text_mb"]
    listed = [*sums.items(), *sorted(parts.items(), key=lambda part: -part[1])]
    print_table(
        "what it consists of",
        ("part", "MB", "of the text"),
        [(name, length / 1e6, f"{length / 1e6 / text_mb:.1%}") for name, length in listed],
    )
