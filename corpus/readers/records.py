"""Reads files of many articles: JSON Lines, JSON, CSV and TSV."""

from __future__ import annotations

import csv
import inspect
import io
import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping

from pinakes.corpus.brief_traceback import brief_traceback
from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.locators import names_a_place
from pinakes.corpus.loggers import logger_of
from pinakes.corpus.model import Kind, MetadataValue
from pinakes.corpus.readers.assemble import TextBuilder, clean
from pinakes.corpus.readers.fields import as_texts, read_fields
from pinakes.corpus.readers.html_parts import add_text
from pinakes.corpus.reading_options import RecordFields
from pinakes.corpus.spelling_out import spelled

_logger = logger_of(__name__)

_DELIMITERS = ",;\t|"
# ASCII's own separator of cells stands in no text, so a table of one column is split at nothing.
_NO_DELIMITER = "\x1f"
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
# Ten times the longest novel; the csv module's own limit of 131,072 refuses long articles.
_LONGEST_FIELD = 50_000_000
_LIMIT_LOCK = threading.Lock()


def read_jsonl(text: str, *, fields: RecordFields) -> Iterator[Extract | Problem]:
    """Yield the article, or the problem, of each line that is not blank, in order."""
    return read_records(_json_lines(text), fields)


def read_json(text: str, *, fields: RecordFields) -> Iterator[Extract | Problem]:
    """Yield the articles of a JSON file: one object, a list of them, or an object around a list."""
    return read_records(_json_items(text, fields), fields)


def read_csv(
    text: str, *, fields: RecordFields, usual_delimiter: str = ","
) -> Iterator[Extract | Problem]:
    """Yield the article, or the problem, of each row below the header, in order.

    Of comma, semicolon, tab and bar, the delimiter is the one that makes the most known columns of
    the header, then the most columns, then the usual one; a header of one column has none. A row
    with more cells than columns is a problem: its text was cut where it is not quoted. A row is
    named by the line it begins on.
    """
    return read_records(_csv_rows(text, fields, usual_delimiter), fields)


_Record = tuple[str, "Mapping[str, object] | Problem"]


def read_records(records: Iterable[_Record], fields: RecordFields) -> Iterator[Extract | Problem]:
    """Yield the article, or the problem, of each record, as soon as it comes.

    Args:
        records: In order; each with its place in the file (`line 12`).
        fields: What its fields are called.
    """
    seen: set[str] = set()
    for where, record in records:
        if isinstance(record, Problem):
            yield record
            continue
        values = {key.strip().lower(): value for key, value in record.items()}
        text = next(
            (joined for key in fields.text if (joined := _joined(values.get(key.lower())))), ""
        )
        if not text:
            reason = f"no text: none of {', '.join(fields.text)} is filled"
            yield Problem(where=where, reason=reason)
            continue
        name = _declared_name(values, fields) or where
        while name in seen:
            name = f"{name} ({where})"
        seen.add(name)
        try:
            extract = _read_record(text, read_fields(values, fields, origin="field"), record=name)
        except Exception as error:  # noqa: BLE001 - One bad record must not stop the others.
            _logger.warning("%s: cannot be read\n%s", spelled(name), brief_traceback(error))
            yield Problem(where=where, reason=f"{type(error).__name__}: {error}")
            continue
        yield extract if extract.text else Problem(where=where, reason="no text in it")


def _declared_name(values: Mapping[str, object], fields: RecordFields) -> str:
    """Return the first id that is filled, told apart from a place; empty if there is none."""
    written = (clean(text) for key in fields.id for text in as_texts(values.get(key.lower())))
    name = next(filter(None, written), "")
    return f"id {name}" if names_a_place(name) else name


def _read_record(text: str, metadata: list[MetadataValue], *, record: str) -> Extract:
    titles = [value.value for value in metadata if value.field == "title"]
    builder = TextBuilder()
    builder.add(Kind.TITLE, titles[0] if titles else "")
    metadata = add_text(builder, text, metadata, name=record)
    return builder.build(metadata=metadata, record=record)


def _joined(value: object) -> str:
    return "\n\n".join(part for part in as_texts(value) if part.strip())


def _json_lines(text: str) -> Iterator[_Record]:
    for number, line in enumerate(io.StringIO(text), start=1):
        if line.strip():
            yield f"line {number}", read_object(f"line {number}", line)


def read_object(where: str, line: str) -> Mapping[str, object] | Problem:
    """Return the JSON object that a line holds, or why it holds none."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        return Problem(where=where, reason=f"not JSON: {error.msg} at column {error.colno}")
    except (ValueError, RecursionError) as error:
        return Problem(where=where, reason=f"not readable as JSON: {error}")
    return _as_object(where, value)


def _as_object(where: str, value: object) -> Mapping[str, object] | Problem:
    if isinstance(value, dict):
        return value
    return Problem(where=where, reason=f"expected an object, found {_json_name(value)}")


def _json_name(value: object) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, list):
        return "a list"
    return "a string" if isinstance(value, str) else "a number"


def _json_items(text: str, fields: RecordFields) -> Iterator[_Record]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}"
        yield where, Problem(where=where, reason=f"not JSON: {error.msg} at column {error.colno}")
        return
    except (ValueError, RecursionError) as error:
        yield "", Problem(where="", reason=f"not readable as JSON: {error}")
        return
    if isinstance(value, dict):
        value = _inner_list(value, fields) or [value]
    items = value if isinstance(value, list) else [value]
    for number, item in enumerate(items, start=1):
        yield f"item {number}", _as_object(f"item {number}", item)


def _inner_list(value: Mapping[str, object], fields: RecordFields) -> list[object]:
    """Return the one list of objects in an object that is no article itself; else an empty list."""
    names = {name.lower() for name in fields.text}
    if any(isinstance(v, str) and key.strip().lower() in names for key, v in value.items()):
        return []
    lists = [v for v in value.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
    return lists[0] if len(lists) == 1 else []


def _csv_rows(text: str, fields: RecordFields, usual_delimiter: str) -> Iterator[_Record]:
    first_line = 1
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        text, first_line = text[separator.end() :], 2
    delimiter = separator[1] if separator else _delimiter(text, fields, usual_delimiter)
    lines = (line for line in io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=delimiter)
    header: list[str] = []
    while True:
        where = f"line {reader.line_num + first_line}"
        try:
            row = _next_row(reader)
        except csv.Error as error:
            yield where, Problem(where=where, reason=f"not CSV: {error}")
            continue
        if row is None:
            return
        # The reader asks for a line that is not there only to find the end of a quotation.
        if inspect.getgeneratorstate(lines) == inspect.GEN_CLOSED:
            reason = "a quotation mark opens a cell that never ends; close it, or double it"
            yield where, Problem(where=where, reason=reason)
            return
        if not any(map(str.strip, row)):
            continue
        if header:
            yield where, _row_record(header, row, where)
            continue
        header = row
        if not _known_columns(header, fields.text):
            wanted, found = ", ".join(fields.text), ", ".join(header[:12])
            reason = f"no column of text: expected one of {wanted}, found {found}"
            yield where, Problem(where=where, reason=reason)
            return


def _row_record(header: list[str], row: list[str], where: str) -> Mapping[str, object] | Problem:
    if any(cell.strip() for cell in row[len(header) :]):
        reason = f"{len(row)} cells, {len(header)} columns; quote the text"
        return Problem(where=where, reason=reason)
    return dict(zip(header, row, strict=False))


def _next_row(reader: Iterator[list[str]]) -> list[str] | None:
    # The limit belongs to the whole process, so it is raised for this one row only.
    with _LIMIT_LOCK:
        limit = csv.field_size_limit(_LONGEST_FIELD)
        try:
            return next(reader, None)
        finally:
            csv.field_size_limit(limit)


def _delimiter(text: str, fields: RecordFields, usual: str) -> str:
    names = tuple(name for field in RecordFields.__slots__ for name in getattr(fields, field))
    header = next((line for line in io.StringIO(text, newline="") if line.strip()), "")

    def fitness(delimiter: str) -> tuple[int, int, bool]:
        columns = [column.strip(' "\r\n') for column in header.split(delimiter)]
        return _known_columns(columns, names), len(columns), delimiter == usual

    best = max(_DELIMITERS, key=fitness)
    return best if best in header else _NO_DELIMITER


def _known_columns(header: list[str], names: tuple[str, ...]) -> int:
    known = {name.lower() for name in names}
    return sum(column.strip().lower() in known for column in header)
