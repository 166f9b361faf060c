"""Chooses the reader of a source, follows containers into what they hold, completes articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from pinakes.corpus.brief_traceback import brief_traceback
from pinakes.corpus.errors import EmptySourceError, SourceError, UnsupportedSourceError
from pinakes.corpus.extract import Extract, Problem, SourceText
from pinakes.corpus.locators import join_record
from pinakes.corpus.loggers import logger_of
from pinakes.corpus.model import UNKNOWN_LANGUAGE, MetadataValue
from pinakes.corpus.readers.charset import decode
from pinakes.corpus.readers.fields import with_source
from pinakes.corpus.readers.html_parts import with_more
from pinakes.corpus.readers.language import detect
from pinakes.corpus.readers.limits import Budget, ContainerLimitError
from pinakes.corpus.readers.magic import name_binary
from pinakes.corpus.readers.recognition import (
    can_be_read_by_line,
    guess_plain_format,
    is_page,
    recognise,
)
from pinakes.corpus.readers.sources import HELD_BYTES, Items, Member, Reading, Source
from pinakes.corpus.reading_options import ContainerLimits, RecordFields
from pinakes.corpus.spelling_out import spelled

_logger = logger_of(__name__)

_DEFAULT_FIELDS = RecordFields()
_DEFAULT_LIMITS = ContainerLimits()
_CONTAINERS = ("gzip", "zip", "warc", "mail", "mbox")
_RECORDS = ("jsonl", "json", "csv", "tsv")


def read(
    content: bytes | IO[bytes],
    *,
    name: str,
    fields: RecordFields = _DEFAULT_FIELDS,
    limits: ContainerLimits = _DEFAULT_LIMITS,
    is_whole: bool = False,
) -> Iterator[Extract | Problem]:
    """Return the articles in a file: one, or of a file that holds many each in order.

    Every article has a language, if one can be told, and a source, if it has an address. Mailboxes,
    WARC files, feeds and ZIP archives are read piece by piece as the articles are asked for.

    Args:
        content: The whole file, or the file itself, open for reading bytes.
        name: Its relative path; the suffix chooses the reader where the content does not.
        fields: What the columns of records are called.
        limits: How much may come out of a container.
        is_whole: Whether `Extract.whole` is wanted.

    Raises:
        UnsupportedSourceError: It is of a format that no reader reads, or not of the one it is
            named as.
        EmptySourceError: There is no text in it.
        SourceError: It is damaged, or encrypted.
    """
    reading = Reading(fields=fields, budget=Budget(limits), is_whole=is_whole)
    return _told(_read_source(Source.of(content, name=name), "", reading), name, reading)


def _read_source(source: Source, format_: str, reading: Reading) -> Iterator[Extract | Problem]:
    """Return what is in a source; of format `format_`, or of that which it shows."""
    note = ""
    if not format_:
        recognised = recognise(source)
        format_, note = recognised.format, recognised.note
    if format_ in _CONTAINERS:
        reading = replace(reading, depth=reading.depth + 1)
        reading.budget.check_depth(reading.depth)
    return _follow(_items(source, format_, reading), note, reading)


# Readers are imported where they are used: a search, which reads no source, starts without them.
def _items(source: Source, format_: str, reading: Reading) -> Items:
    """Return what the reader of a format finds in a source."""
    if format_ in ("mail", "mbox", "mhtml"):
        from pinakes.corpus.readers.mail import read_mail, read_mbox, read_mhtml

        if format_ == "mbox":
            return read_mbox(source, reading)
        return read_mail(source) if format_ == "mail" else read_mhtml(source)
    if format_ in ("gzip", "zip", "warc"):
        from pinakes.corpus.readers.containers import read_gzip, read_warc, read_zip

        if format_ == "gzip":
            return read_gzip(source, reading)
        return read_zip(source, reading) if format_ == "zip" else read_warc(source, reading)
    if format_ in ("feed", "pdf"):
        from pinakes.corpus.readers.documents import read_feed, read_pdf

        return read_pdf(source) if format_ == "pdf" else read_feed(source, reading)
    return _read_text(source, format_, reading)


def _read_text(source: Source, format_: str, reading: Reading) -> Items:
    if (
        format_ == "jsonl"
        and can_be_read_by_line(source.head)
        and source.is_longer_than(HELD_BYTES)
    ):
        from pinakes.corpus.readers.long_jsonl import read_long_jsonl

        return read_long_jsonl(source, fields=reading.fields)
    data = source.read_all()
    if kind := name_binary(data):
        raise UnsupportedSourceError(f"{source.name}: {kind}; no reader reads it")
    decoded = decode(data, declared=source.charset or None)
    text = decoded.text
    if not text.strip():
        raise EmptySourceError(f"{source.name}: holds nothing but white space")
    if format_ != "html" and format_ not in _RECORDS and is_page(text):
        format_ = "html"
    format_ = format_ or guess_plain_format(text)
    if format_ in _RECORDS:
        found = _read_records(text, format_, reading.fields)
        # For all of them: to look through the whole text for each would take its square.
        note = decoded.note
        return (_noted(item, note) for item in found)
    extract = _read_one(text, format_, source.name)
    if not extract.text:
        raise EmptySourceError(f"{source.name}: holds no text of an article")
    if reading.is_whole and format_ == "html":
        extract = replace(extract, whole=_read_whole(text))
    return iter((_noted(extract, decoded.note),))


def _read_records(text: str, format_: str, fields: RecordFields) -> Iterator[Extract | Problem]:
    from pinakes.corpus.readers.records import read_csv, read_json, read_jsonl

    if format_ in ("csv", "tsv"):
        usual_delimiter = "," if format_ == "csv" else "\t"
        return read_csv(text, fields=fields, usual_delimiter=usual_delimiter)
    return read_json(text, fields=fields) if format_ == "json" else read_jsonl(text, fields=fields)


def _read_one(text: str, format_: str, name: str) -> Extract:
    if format_ == "html":
        from pinakes.corpus.readers.html import read_html
        from pinakes.corpus.readers.html_parts import without_embedded
        from pinakes.corpus.readers.saved_pages import read_save_note

        page = read_html(without_embedded(text), name=name)
        return replace(page, metadata=with_more(page.metadata, read_save_note(text)))
    if format_ == "markdown":
        from pinakes.corpus.readers.markdown import read_markdown

        return read_markdown(text)
    from pinakes.corpus.readers.text import read_text

    return read_text(text)


def _read_whole(text: str) -> tuple[SourceText, ...]:
    from pinakes.corpus.readers.html import read_whole
    from pinakes.corpus.readers.html_parts import without_embedded

    return tuple(read_whole(without_embedded(text)))


def _follow(items: Items, note: str, reading: Reading) -> Iterator[Extract | Problem]:
    """Yield the articles among `items`, and those in the members among them."""
    for item in items:
        found = _read_member(item, reading) if isinstance(item, Member) else (_completed(item),)
        yield from (_noted(each, note) for each in found)


def _noted(item: Extract | Problem, note: str) -> Extract | Problem:
    """Return an article with one note more; a problem, or without a note, as it is."""
    if not note or isinstance(item, Problem):
        return item
    return replace(item, notes=(note, *item.notes))


def _read_member(member: Member, reading: Reading) -> Iterator[Extract | Problem]:
    """Yield what is in a member of a container; whatever is wrong with it stays with it.

    What is in a mere wrapper fails as the whole file does.
    """
    inner = replace(reading, record=join_record(reading.record, member.record))
    try:
        if member.record:
            reading.budget.count_member()
        for item in _read_source(member.source, member.format, inner):
            yield _as_member(item, member)
    except ContainerLimitError:
        raise
    except SourceError as error:
        if not member.record:
            raise
        reason = str(error).removeprefix(f"{member.source.name}: ")
        if isinstance(error, UnsupportedSourceError):
            reading.refusals.note(inner.record, reason)
        else:
            yield Problem(where=member.record, reason=reason)
    except Exception as error:  # One bad member must not stop the others.
        if not member.record:
            raise
        told = brief_traceback(error)
        _logger.warning("%s: cannot be read\n%s", spelled(member.record), told)
        yield Problem(where=member.record, reason=f"{type(error).__name__}: {error}")


def _as_member(item: Extract | Problem, member: Member) -> Extract | Problem:
    """Return what was found in a member, called as its container calls it."""
    if isinstance(item, Problem):
        return replace(item, where=join_record(member.record, item.where))
    return replace(
        item,
        record=join_record(member.record, item.record),
        metadata=tuple(with_source(list(with_more(item.metadata, member.metadata)))),
    )


def _told(
    items: Iterator[Extract | Problem], name: str, reading: Reading
) -> Iterator[Extract | Problem]:
    """Yield `items`, then what was refused; an error after an article is a problem like others.

    If there is nothing but what was refused, the whole file is.
    """
    has_begun = False
    try:
        for item in items:
            yield item
            has_begun = True
    except ContainerLimitError as error:
        has_begun = True
        yield Problem(where="", reason=str(error))
    except SourceError as error:
        if not has_begun:
            raise
        yield Problem(where="", reason=f"{error}; the rest is not read")
    refused = list(reading.refusals.tell())
    if refused and not has_begun:
        count = f" and {len(refused) - 1} other kinds" if refused[1:] else ""
        reason = refused[0].reason.removeprefix("unsupported: ")
        raise UnsupportedSourceError(f"{name}: {refused[0].where}: {reason}{count}")
    yield from refused


def _completed(extract: Extract | Problem) -> Extract | Problem:
    """Return an article with its language and its source, as far as they can be told."""
    if isinstance(extract, Problem):
        return extract
    declared = next(iter(extract.chosen("language")), "")
    code, reason = detect(extract.text, declared=declared)
    metadata = with_source(list(extract.metadata))
    if code != declared:
        metadata = _with_language(metadata, code, reason)
    return replace(extract, metadata=tuple(metadata))


def _with_language(metadata: list[MetadataValue], code: str, reason: str) -> list[MetadataValue]:
    """Return `metadata` with `code` as the language, and what was declared kept behind it."""
    declared = [value for value in metadata if value.field == "language"]
    others = [value for value in metadata if value.field != "language"]
    passed_over = [replace(value, chosen=False) for value in declared]
    if code == UNKNOWN_LANGUAGE:
        return [*others, *passed_over]
    origin = declared[0].origin if reason == "declared" else f"text:{reason}"
    return [*others, MetadataValue(field="language", value=code, origin=origin), *passed_over]
