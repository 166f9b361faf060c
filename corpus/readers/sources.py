"""What readers are handed, and what those of containers hand back to be read in turn."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, TypeAlias, cast

from pinakes.corpus.errors import SourceError
from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.limits import Budget, MemberLimitError, Refusals
from pinakes.corpus.reading_options import RecordFields

HEAD_BYTES = 16_384
HELD_BYTES = 32 << 20
"""What is longer is not held in memory, if it can be read in pieces."""
_SPOOLED_BYTES = 8 << 20
_CHUNK_BYTES = 1 << 20


Buffered: TypeAlias = "io.BufferedReader[Any]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What holds while one file is read, with everything in it.

    Attributes:
        fields: What the columns of records are called.
        budget: How much may still come out of its containers.
        refusals: What in it no reader reads.
        depth: How many containers are around what is read now.
        record: What is read now, as the whole file calls it.
        is_whole: Whether every text of a page is wanted, its article's or not.
    """

    fields: RecordFields
    budget: Budget
    refusals: Refusals = field(default_factory=Refusals)
    depth: int = 0
    record: str = ""
    is_whole: bool = False


@dataclass(slots=True, kw_only=True)
class Source:
    """Something to read: a file, or a member of one.

    Attributes:
        name: Relative path, or what stands for it; for the suffix and for messages.
        stream: At its beginning; read once, or whole by `read_all`.
        media_type: As the container declares it (`text/html`), or empty.
        charset: Likewise.
        max_bytes: How long it may be to be read whole; 0 for any length.
    """

    name: str
    stream: Buffered
    media_type: str = ""
    charset: str = ""
    max_bytes: int = 0
    _data: bytes | None = None

    @classmethod
    def of(
        cls, content: bytes | IO[bytes], *, name: str, media_type: str = "", charset: str = ""
    ) -> Source:
        """Return bytes, or an open binary file, as a source."""
        data = content if isinstance(content, bytes) else None
        raw = io.BytesIO(content) if isinstance(content, bytes) else content
        return cls(
            name=name,
            stream=_buffered(raw),
            media_type=media_type,
            charset=charset,
            _data=data,
        )

    @property
    def head(self) -> bytes:
        """The first bytes; the source stays at its beginning."""
        return self._data[:HEAD_BYTES] if self._data is not None else self.stream.peek(HEAD_BYTES)

    def is_longer_than(self, byte_count: int) -> bool:
        """Return whether it holds more than `byte_count` bytes; it stays at its beginning."""
        if self._data is None:
            start = self.stream.read(byte_count + 1)
            if len(start) > byte_count:
                self.stream = _buffered(cast("IO[bytes]", _Resumed(start, self.stream)))
                return True
            self._data = start
            self._check_length(len(start))
        return len(self._data) > byte_count

    def read_all(self) -> bytes:
        """Return everything in it.

        Raises:
            MemberLimitError: It is longer than `max_bytes`.
        """
        if self._data is None:
            self._data = self.stream.read(self.max_bytes + 1 if self.max_bytes else -1)
            self._check_length(len(self._data))
        return self._data

    def read_pieces(self) -> PieceReader:
        """Return it as a file of which each read gives what there is, up to any damage."""
        return PieceReader(self.stream)

    def seekable(self) -> IO[bytes]:
        """Return it as a file that can be read from any place; a copy on the disk if need be.

        Raises:
            MemberLimitError: It is longer than `max_bytes`.
        """
        if self.stream.seekable():
            return self.stream
        copy = tempfile.SpooledTemporaryFile(_SPOOLED_BYTES)  # noqa: SIM115
        try:
            while chunk := self.stream.read(_CHUNK_BYTES):
                copy.write(chunk)
                self._check_length(copy.tell())
        except SourceError:
            copy.close()
            raise
        copy.seek(0)
        return copy

    def _check_length(self, byte_count: int) -> None:
        if self.max_bytes and byte_count > self.max_bytes:
            reason = f"longer than {self.max_bytes:,} bytes"
            raise MemberLimitError("max_member_bytes", reason)


class PieceReader:
    """A file that would rather give less than was asked for than nothing but an error."""

    def __init__(self, stream: Buffered) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes; none at the end."""
        return self._stream.read1(size)


class _Resumed(io.RawIOBase):
    """A stream of which the start has been read already."""

    def __init__(self, start: bytes, rest: Buffered) -> None:
        self._start = io.BytesIO(start)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = self._start.readinto(buffer)
        if not count:
            # Not needed any more, and long.
            self._start = io.BytesIO()
            count = self._rest.readinto(buffer)
        return count


def _buffered(stream: IO[bytes]) -> Buffered:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast("Any", stream), HEAD_BYTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Something in a container, to be read by the reader of its own format.

    Attributes:
        source: Its bytes; to be read before the next member is asked for.
        record: What it is called in the container; empty if that is nothing but its wrapper.
        format: Of what format it is, where the container knows; else empty.
        metadata: What the container says of it. What it says of itself comes first.
    """

    source: Source
    record: str = ""
    format: str = ""
    metadata: tuple[MetadataValue, ...] = field(default=())


Item = Extract | Member | Problem
Items = Iterator[Item]
