"""Reads a mailbox: each message is an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from pinakes.corpus.extract import Problem
from pinakes.corpus.readers.recognition import MBOX_LINE
from pinakes.corpus.readers.sources import Items, Member, Reading, Source

_BEGINS = b"From "
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_MESSAGE_ID = re.compile(rb"^message-id:\s*<([^<>\s]{1,300})>", re.IGNORECASE | re.MULTILINE)
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_LINE = 1 << 20


def read_mbox(source: Source, reading: Reading) -> Items:
    """Yield the messages of a mailbox, called by their Message-ID, else `message 12`."""
    seen: set[str] = set()
    limit = reading.budget.limits.max_member_bytes
    for number, message in enumerate(_messages(source.stream, limit), start=1):
        place = f"message {number}"
        if message is None:
            reading.budget.count_member()
            yield Problem(where=place, reason=f"longer than {limit:,} bytes")
            continue
        if not message.strip():
            continue
        record = _message_id(message) or place
        if record in seen:
            record = f"{record} ({place})"
        seen.add(record)
        yield Member(source=Source.of(message, name=place), record=record, format="mail")


def _messages(stream: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """Yield each message without the line it begins with; None for one longer than `limit`."""
    lines: list[bytes] = []
    length = 0
    is_open, is_at_start, is_after_blank = False, True, True
    while line := stream.readline(_LONGEST_LINE):
        is_possible = is_at_start and is_after_blank and line.startswith(_BEGINS)
        if is_possible and MBOX_LINE.fullmatch(line.rstrip()):
            if is_open:
                yield _joined(lines) if length <= limit else None
            lines, length, is_open = [], 0, True
        elif is_open:
            length += len(line)
            if length <= limit:
                lines.append(line)
            else:
                lines.clear()
        is_after_blank = is_at_start and not line.strip()
        is_at_start = line.endswith(b"\n")
    if is_open:
        yield _joined(lines) if length <= limit else None


def _joined(lines: list[bytes]) -> bytes:
    return _ESCAPED.sub(rb"\1", b"".join(lines))


def _message_id(message: bytes) -> str:
    end = _HEADERS_END.search(message)
    match = _MESSAGE_ID.search(message, 0, end.start() if end else len(message))
    return match[1].decode("ascii", "replace") if match else ""
