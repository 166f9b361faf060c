"""A batch that was interrupted: how far its output has come."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pinakes.corpus import PinakesError
from pinakes.search.cli.cells import table_row
from pinakes.search.cli.render_batch import COLUMNS


class ResumeError(PinakesError):
    """The output of a batch cannot be gone on with."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}; leave --resume out to begin anew")
        self.path = path


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of an output tells of a line of the list.

    Attributes:
        line: Its number.
        articles: How many were found.
        has_failed: Whether it could not be answered.
    """

    line: int
    articles: int
    has_failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumePoint:
    """Where to go on.

    Attributes:
        line: The first line of the list to answer.
        size: How many bytes of the output to keep.
        rows: What these tell, in their order.
    """

    line: int
    size: int
    rows: tuple[Row, ...] = ()


START = ResumePoint(line=1, size=0)


def find_resume_point(path: Path, output: str) -> ResumePoint:
    """Return where a batch in `csv` or `jsonl` goes on: at the last line in the file, done again.

    What was being written when the batch stopped is dropped.

    Raises:
        ResumeError: It is not the output of a batch in this format.
    """
    if not path.exists() or not path.stat().st_size:
        return START
    read = _read_object if output == "jsonl" else partial(_read_cells, output=output)
    told: list[Row] = []
    with path.open("rb") as file:
        rows = _rows_of(file, read)
        if output != "jsonl":
            header = (table_row(COLUMNS, output) + "\n").encode()
            found = file.readline()
            if found == header[: len(found)] != header:
                return START
            if found != header:
                raise ResumeError(path, f"is not the {output} of a batch")
        point = ResumePoint(line=1, size=file.tell())
        size, kept = point.size, 0
        try:
            for row, length in rows:
                if row.line != point.line or size == point.size:
                    point = ResumePoint(line=row.line, size=size)
                    kept = len(told)
                told.append(row)
                size += length
        except (ValueError, LookupError, TypeError) as error:
            raise ResumeError(path, f"is not the {output} of a batch") from error
    return replace(point, rows=tuple(told[:kept]))


def _rows_of(file: Iterator[bytes], read: Callable[[str], Row]) -> Iterator[tuple[Row, int]]:
    """Yield what each whole row tells, and its length in bytes."""
    for row in file:
        if row.endswith(b"\n"):
            yield read(row.decode()), len(row)


def _read_object(row: str) -> Row:
    told = json.loads(row)
    return Row(int(told["line"]), int(told["total"]["articles"]), bool(told["error"]))


def _read_cells(row: str, *, output: str) -> Row:
    # TSV has no quotes.
    cells = next(csv.reader([row])) if output == "csv" else row.removesuffix("\n").split("\t")
    told = dict(zip(COLUMNS, cells, strict=True))
    return Row(int(told["line"]), int(told["articles"]), bool(told["error"]))
