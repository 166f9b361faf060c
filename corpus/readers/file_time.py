"""Holds the dates of an article against the time of the file it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pinakes.corpus.extract import Extract
from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.dates import is_after, read_date

_DATED = ("published", "modified", "saved")
_SECOND_NS = 1_000_000_000
# Archives made to be the same every time set all files to 1970 or 1980.
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def with_file_time(extract: Extract, *, file_time_ns: int) -> Extract:
    """Return an article with no date chosen that is later than its file.

    Another date of the same field is chosen instead, if there is one that is not. The time of a
    file that is one article is when that was saved, if nothing says so better: its origin is
    `file:mtime`. (A file of records changes with every record; the others keep their versions.)

    Args:
        extract: What was found in the file.
        file_time_ns: When the file was last changed, since 1970; a time that no one set (0, 1970,
            1980) says nothing.
    """
    moment = datetime.fromtimestamp(file_time_ns // _SECOND_NS, UTC)
    if moment < _EARLIEST:
        return extract
    found = [*extract.metadata]
    if not extract.record:
        found.append(MetadataValue(field="saved", value=moment.isoformat(), origin="file:mtime"))
    kept = [value for value in found if value.field not in _DATED]
    for field in _DATED:
        kept.extend(_ordered([value for value in found if value.field == field], moment))
    return replace(extract, metadata=tuple(kept))


def _ordered(values: Sequence[MetadataValue], moment: datetime) -> Iterator[MetadataValue]:
    """Yield the values of one field: the first that can be true, chosen, then the others."""
    possible = [value for value in values if _is_possible(value.value, moment)]
    chosen = next((value for value in possible if value.chosen), None) or next(iter(possible), None)
    if chosen:
        yield replace(chosen, chosen=True)
    yield from (replace(value, chosen=False) for value in values if value is not chosen)


def _is_possible(value: str, moment: datetime) -> bool:
    return read_date(value) == value and not is_after(value, moment)
