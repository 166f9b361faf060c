"""From a file on the disk to articles that are ready for the store."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from pinakes.corpus.errors import EmptySourceError, SourceError, UnsupportedSourceError
from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.ingestion.file_tags import FileTagging
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ledger import Status
from pinakes.corpus.model import UNKNOWN_LANGUAGE
from pinakes.corpus.passages import split
from pinakes.corpus.readers.file_time import with_file_time
from pinakes.corpus.readers.recognition import reads_in_pieces
from pinakes.corpus.readers.sources import HEAD_BYTES, HELD_BYTES
from pinakes.corpus.spelling_out import spelled
from pinakes.corpus.store.packing import MAX_PACKED_BYTES, PackedArticle

_logger = logging.getLogger(__name__)

# A file changed again within one tick of its clock keeps its time. Linux ticks every 10 ms at the
# slowest; FAT and some network drives count in whole seconds, or two.
_FINE_TICK_NS = 50_000_000
_COARSE_TICK_NS = 2_000_000_000
_SECOND_NS = 1_000_000_000
_CHUNK_BYTES = 1 << 20
_OFFERED_BYTES = 4 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBytes:
    """The bytes of a file as they were at one time.

    Attributes:
        data: All of them, or the path of a file that is too large to be held.
        mtime_ns: When it was last changed, or 0 if a change might follow that keeps that time.
        file_time_ns: When it was last changed.
    """

    data: bytes | Path
    sha256: str
    size: int
    mtime_ns: int
    file_time_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What is in the bytes of a file.

    Attributes:
        status: `indexed` if there are articles, else `empty`, `unsupported` or `error`.
        detail: Why there are none.
        articles: By record, in order; a file that is one article has an empty one.
        problems: The records that could not be read.
        notes: What the reader said of how the texts came about, each once.
    """

    status: Status
    detail: str = ""
    articles: Mapping[str, PackedArticle]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


class Sink:
    """Is told of what is found in a file while it is read; this one does nothing."""

    def note_record(self) -> None:
        """Note that one more record has been read."""

    def take(self, _articles: dict[str, PackedArticle]) -> bool:
        """Return whether these articles were taken, and need not be kept with the others."""
        return False


_NO_SINK = Sink()


def read_source(path: Path, *, max_bytes: int) -> SourceBytes:
    """Read a file.

    Raises:
        OSError: It cannot be read, or is not a file.
        UnsupportedSourceError: It is larger than `max_bytes`, and must be read whole.
    """
    # Without O_NONBLOCK a pipe that has taken the file's place would be waited for.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    with open(descriptor, "rb") as file:  # noqa: PTH123
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise OSError(errno.EINVAL, "not a file any more")
        is_streamed = before.st_size > HELD_BYTES and reads_in_pieces(
            file.peek(HEAD_BYTES), path.name
        )
        if before.st_size > max_bytes and not is_streamed:
            raise UnsupportedSourceError(
                f"of {before.st_size:,} bytes; files of up to {max_bytes:,} are read"
            )
        now_ns = time.time_ns()
        size, sha256, data = _take(file, path if is_streamed else None)
    is_coarse = before.st_mtime_ns % _SECOND_NS == 0
    tick_ns = _COARSE_TICK_NS if is_coarse else _FINE_TICK_NS
    is_settled = size == before.st_size and before.st_mtime_ns < now_ns - tick_ns
    return SourceBytes(
        data=data,
        sha256=sha256,
        size=size,
        mtime_ns=before.st_mtime_ns if is_settled else 0,
        file_time_ns=before.st_mtime_ns,
    )


def _take(file: BinaryIO, path: Path | None) -> tuple[int, str, bytes | Path]:
    """Return size and hash of a file, and its bytes, or its path if that is given."""
    digest = hashlib.sha256()
    if path is None:
        data = file.read()
        digest.update(data)
        return len(data), digest.hexdigest(), data
    size = 0
    while chunk := file.read(_CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest(), path


def prepare(
    data: bytes | Path,
    *,
    name: str,
    options: IngestOptions,
    file_time_ns: int = 0,
    sink: Sink = _NO_SINK,
) -> Prepared:
    """Extract, split and pack the articles in the bytes of a file; never raises `Exception`.

    Of a file with many articles, those that `sink` has taken are not among those returned.

    Args:
        data: The whole file, or the path of one that is too large to be held.
        name: Its relative path.
        options: How long passages are, and what the fields of records are called.
        file_time_ns: When it was last changed; 0 if nobody knows.
        sink: Told of every record, and offered articles when there are many.
    """
    if isinstance(data, Path):
        try:
            with data.open("rb") as file:
                return _prepare(
                    file,
                    name=name,
                    options=options,
                    file_time_ns=file_time_ns,
                    sink=sink,
                )
        except OSError as error:
            return _failed(Status.ERROR, error, name)
    return _prepare(data, name=name, options=options, file_time_ns=file_time_ns, sink=sink)


def _prepare(
    content: bytes | IO[bytes],
    *,
    name: str,
    options: IngestOptions,
    file_time_ns: int,
    sink: Sink,
) -> Prepared:
    # Not at the top: a run with nothing to read needs no readers.
    from pinakes.corpus.readers import read

    found = _Articles(sink)
    problems: list[Problem] = []
    notes: dict[str, None] = {}
    tagging = FileTagging(options.tags)
    try:
        for item in read(content, name=name, fields=options.fields, limits=options.containers):
            sink.note_record()
            if isinstance(item, Problem):
                problems.append(Problem(where=printable(item.where), reason=printable(item.reason)))
            elif item.record in found.records:
                problems.append(Problem(where=item.record, reason="a record of this name was read"))
            elif item.text:
                dated = with_file_time(item, file_time_ns=file_time_ns)
                packed = _try_to_pack(dated, options, tagging, name)
                if isinstance(packed, Problem):
                    problems.append(packed)
                else:
                    found.add(item.record, packed)
                    notes.update(dict.fromkeys(map(printable, item.notes)))
    except EmptySourceError as error:
        return _failed(Status.EMPTY, error, name)
    except UnsupportedSourceError as error:
        return _failed(Status.UNSUPPORTED, error, name)
    except SourceError as error:
        return _failed(Status.ERROR, error, name)
    except MemoryError:
        return Prepared(status=Status.ERROR, detail="needed more memory than there is", articles={})
    except Exception as error:  # One bad file must not stop the others.
        _logger.warning("%s: cannot be read", spelled(name), exc_info=True)
        return _failed(Status.ERROR, error, name)
    if found.records:
        notes.update(dict.fromkeys(map(printable, tagging.notes())))
        return Prepared(
            status=Status.INDEXED, articles=found.kept, problems=tuple(problems), notes=tuple(notes)
        )
    return _nothing(problems)


class _Articles:
    """The articles of one file, as far as they are kept here.

    Attributes:
        records: The names of all.
        kept: Those that the sink has not taken.
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._bytes = 0
        self.records: set[str] = set()
        self.kept: dict[str, PackedArticle] = {}

    def add(self, record: str, packed: PackedArticle) -> None:
        self.records.add(record)
        self.kept[record] = packed
        self._bytes += packed.size_bytes
        if self._bytes > _OFFERED_BYTES:
            self._bytes = 0
            if self._sink.take(self.kept):
                self.kept = {}


def _nothing(problems: list[Problem]) -> Prepared:
    """Return what is in a file without an article that can be read."""
    if not problems:
        return Prepared(status=Status.EMPTY, detail="holds no article", articles={})
    first = f"{problems[0].where}: {problems[0].reason}".removeprefix(": ")
    detail = f"none of {len(problems)} records can be read; {first}" if problems[1:] else first
    return Prepared(status=Status.ERROR, detail=detail, articles={}, problems=tuple(problems))


def printable(text: str) -> str:
    """Return `text` with what SQLite and terminals do not take written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def _try_to_pack(
    extract: Extract, options: IngestOptions, tagging: FileTagging, name: str
) -> PackedArticle | Problem:
    """Pack one article; a problem with it must not take the other records of the file with it."""
    try:
        # A name that is not Unicode must fail here, not in the midst of a transaction.
        extract.record.encode()
        language = next(iter(extract.chosen("language")), UNKNOWN_LANGUAGE)
        packed = tagging.pack(extract, split(extract, size=options.size, language=language))
    except Exception as error:  # One bad record must not stop the others.
        _logger.warning("%s: %r cannot be taken in", spelled(name), extract.record, exc_info=True)
        reason = f"{type(error).__name__}: {error}"
        return Problem(where=printable(extract.record), reason=printable(reason))
    if options.copies:
        # Loaded with numpy, by who looks for copies.
        from pinakes.corpus.shingles import sketch

        packed = packed._replace(sketch=sketch(extract.text))
    if packed.size_bytes > MAX_PACKED_BYTES:
        reason = f"too long: {packed.size_bytes:,} bytes packed, the limit is {MAX_PACKED_BYTES:,}"
        return Problem(where=extract.record, reason=reason)
    return packed


def _failed(status: Status, error: Exception, name: str) -> Prepared:
    detail = str(error).removeprefix(f"{name}: ")
    if not isinstance(error, SourceError):
        detail = f"{type(error).__name__}: {detail}"
    return Prepared(status=status, detail=printable(detail), articles={})
