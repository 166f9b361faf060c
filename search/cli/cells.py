"""Rows for spreadsheets and for line tools: CSV and TSV, no cell of which a spreadsheet runs."""

from __future__ import annotations

import re
from collections.abc import Iterable

TABLE_FORMATS = ("csv", "tsv")

# What a spreadsheet takes for the beginning of a formula, in half and full width, also after white
# space, which some take away; after apostrophes too, so that taking away one always gives back
# what stood there.
_FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠]")
_TSV_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_LINE_END = "\r\n"

Cell = str | int | float


def table_row(cells: Iterable[Cell], output: str) -> str:
    r"""Return one row, without its line end, as `csv` or as `tsv`.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers are
    left alone. CSV is that of RFC 4180, a cell with a comma, quote or line break in quotes. TSV has
    no quotes and one line a row: tab, line feed, return and backslash are `\t`, `\n`, `\r`, `\\`.

    >>> table_row(["=1+1", "a,b", -2.5], "csv")
    '\'=1+1,"a,b",-2.5'
    >>> table_row(["-x", "a\tb"], "tsv")
    "'-x\ta\\tb"
    """
    plain = [_safe(cell) if isinstance(cell, str) else str(cell) for cell in cells]
    if output == "tsv":
        return "\t".join(cell.translate(_TSV_ESCAPES) for cell in plain)
    import csv
    import io

    row = io.StringIO(newline="")
    # What is in the line's end is what makes a cell quoted.
    csv.writer(row, lineterminator=_LINE_END).writerow(plain)
    return row.getvalue().removesuffix(_LINE_END)


def _safe(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
