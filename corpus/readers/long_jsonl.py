"""Reads JSON Lines that are too long to be held in memory, a line at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.readers.charset import decode
from pinakes.corpus.readers.records import read_object, read_records
from pinakes.corpus.readers.sources import Buffered, Source
from pinakes.corpus.reading_options import RecordFields

_LONGEST_LINE_BYTES = 64 << 20
_CHUNK_BYTES = 1 << 20


def read_long_jsonl(source: Source, *, fields: RecordFields) -> Iterator[Extract | Problem]:
    """Yield the article, or the problem, of each line that is not blank, in order.

    A line that is not UTF-8 is decoded by itself, with a note; one of more than 64 MiB is a
    problem.
    """
    lines = _Lines(source.stream)
    for item in read_records(lines.records(), fields):
        if lines.note and isinstance(item, Extract):
            yield replace(item, notes=(lines.note, *item.notes))
        else:
            yield item


class _Lines:
    """The lines of a file.

    Attributes:
        note: How the last one was decoded, if there is anything to tell.
    """

    def __init__(self, stream: Buffered) -> None:
        self._stream = stream
        self.note = ""

    def records(self) -> Iterator[tuple[str, Mapping[str, object] | Problem]]:
        number = 0
        while line := self._stream.readline(_LONGEST_LINE_BYTES + 1):
            number += 1
            where = f"line {number}"
            if len(line) > _LONGEST_LINE_BYTES and not line.endswith(b"\n"):
                self._skip_line()
                reason = f"longer than {_LONGEST_LINE_BYTES:,} bytes"
                yield where, Problem(where=where, reason=reason)
                continue
            text = self._decode(line)
            if number == 1:
                text = text.removeprefix("\ufeff")
            if text.strip():
                yield where, read_object(where, text)

    def _skip_line(self) -> None:
        while (rest := self._stream.readline(_CHUNK_BYTES)) and not rest.endswith(b"\n"):
            continue

    def _decode(self, line: bytes) -> str:
        try:
            self.note = ""
            return line.decode()
        except UnicodeDecodeError:
            decoded = decode(line)
            self.note = decoded.note
            return decoded.text
