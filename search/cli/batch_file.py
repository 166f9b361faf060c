"""A batch that was interrupted: how far its output has come."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pinakes.corpus import PinakesError
from pinakes.search.cli.cells import table_row
from pinakes.search.cli.render_batch import COLUMNS


class ResumeError(PinakesError):
    """The output of a batch cannot be gone on with."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}; leave --resume out to begin anew")
        self.path = path


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumePoint:
    """Where to go on.

    Attributes:
        line: The first line of the list to answer.
        size: How many bytes of the output to keep.
    """

    line: int
    size: int


START = ResumePoint(line=1, size=0)


def find_resume_point(path: Path, output: str) -> ResumePoint:
    """Return where a batch in `csv` or `jsonl` goes on: at the last line in the file, done again.

    What was being written when the batch stopped is dropped.

    Raises:
        ResumeError: It is not the output of a batch in this format.
    """
    if not path.exists() or not path.stat().st_size:
        return START
    number_of = _number_in_object if output == "jsonl" else _number_in_row
    with path.open("rb") as file:
        rows = _rows_of(file, number_of)
        if output != "jsonl":
            header = (table_row(COLUMNS, output) + "\n").encode()
            found = file.readline()
            if found == header[: len(found)] != header:
                return START
            if found != header:
                raise ResumeError(path, f"is not the {output} of a batch")
        point = ResumePoint(line=1, size=file.tell())
        size = point.size
        try:
            for number, length in rows:
                if number != point.line or size == point.size:
                    point = ResumePoint(line=number, size=size)
                size += length
        except (ValueError, LookupError, TypeError) as error:
            raise ResumeError(path, f"is not the {output} of a batch") from error
    return point


def _rows_of(file: Iterator[bytes], number_of: Callable[[str], int]) -> Iterator[tuple[int, int]]:
    """Yield the line of the list that each whole row is about, and the row's length in bytes."""
    for row in file:
        if row.endswith(b"\n"):
            yield number_of(row.decode()), len(row)


def _number_in_object(row: str) -> int:
    return int(json.loads(row)["line"])


def _number_in_row(row: str) -> int:
    return int(re.split("[,\t]", row, maxsplit=1)[0])
