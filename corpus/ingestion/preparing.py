"""From the bytes of a file to articles that are ready for the store."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from pinakes.corpus.brief_traceback import brief_traceback
from pinakes.corpus.errors import EmptySourceError, SourceError, UnsupportedSourceError
from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.ingestion.file_tags import FileTagging
from pinakes.corpus.ingestion.prepared import Prepared, Sink
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ingestion.told_problems import ToldProblems
from pinakes.corpus.ledger import Status
from pinakes.corpus.loggers import logger_of
from pinakes.corpus.model import UNKNOWN_LANGUAGE
from pinakes.corpus.passages import split
from pinakes.corpus.readers import read
from pinakes.corpus.readers.file_time import with_file_time
from pinakes.corpus.spelling_out import spelled
from pinakes.corpus.store.packing import MAX_PACKED_BYTES, PackedArticle

_logger = logger_of(__name__)
_OFFERED_BYTES = 4 << 20
_NO_SINK = Sink()


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
    found = _Articles(sink)
    problems = ToldProblems()
    notes: dict[str, None] = {}
    tagging = FileTagging(options.tags)
    try:
        for item in read(content, name=name, fields=options.fields, limits=options.containers):
            sink.note_record()
            if isinstance(item, Problem):
                problems.add(Problem(where=printable(item.where), reason=printable(item.reason)))
            elif item.record in found.records:
                problems.add(Problem(where=item.record, reason="a record of this name was read"))
            elif item.text:
                dated = with_file_time(item, file_time_ns=file_time_ns)
                packed = _try_to_pack(dated, options, tagging, name)
                if isinstance(packed, Problem):
                    problems.add(packed)
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
    except Exception as error:  # noqa: BLE001 - One bad file must not stop the others.
        _logger.warning("%s: cannot be read\n%s", spelled(name), brief_traceback(error))
        return _failed(Status.ERROR, error, name)
    if found.records:
        notes.update(dict.fromkeys(map(printable, tagging.notes())))
        return Prepared(
            status=Status.INDEXED, articles=found.kept, problems=problems.tell(), notes=tuple(notes)
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


def _nothing(problems: ToldProblems) -> Prepared:
    """Return what is in a file without an article that can be read."""
    told = problems.tell()
    if not told:
        return Prepared(status=Status.EMPTY, detail="holds no article", articles={})
    first = f"{told[0].where}: {told[0].reason}".removeprefix(": ")
    detail = f"none of {problems.count} records can be read; {first}" if told[1:] else first
    return Prepared(status=Status.ERROR, detail=detail, articles={}, problems=told)


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
    except Exception as error:  # noqa: BLE001 - One bad record must not stop the others.
        told = brief_traceback(error)
        _logger.warning("%s: %r cannot be taken in\n%s", spelled(name), extract.record, told)
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
