"""Chooses the reader of a source file and completes what it found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from pinakes.corpus.errors import EmptySourceError, UnsupportedSourceError
from pinakes.corpus.model import UNKNOWN_LANGUAGE, Extract, MetadataValue, Problem
from pinakes.corpus.readers.charset import decode
from pinakes.corpus.readers.fields import RecordFields, with_source
from pinakes.corpus.readers.language import detect
from pinakes.corpus.readers.magic import name_binary

_FORMATS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
}
SUPPORTED_SUFFIXES = frozenset(_FORMATS)

_XML_DECLARATION = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?")
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
# `talks.2014` and `Statement of Dr. Lee` have no suffix that names a format.
_SUFFIX = re.compile(r"\.(?=.*[a-z])[a-z0-9]{1,8}")
_MAYBE_MARKDOWN = re.compile(r"\s*(?:---[ \t]*\n[\w-]+[ \t]*:|#{1,2} \S)")
_DEFAULT_FIELDS = RecordFields()


def read(
    data: bytes, *, name: str, fields: RecordFields = _DEFAULT_FIELDS
) -> Iterator[Extract | Problem]:
    """Return the articles in the bytes of a file: one, or of a file of records each in order.

    Every article has a language, if one can be told, and a source, if it has an address.

    Args:
        data: The whole file.
        name: Its relative path; the suffix chooses the reader, without one the content does.
        fields: What the columns of records are called.

    Raises:
        UnsupportedSourceError: It is not text, or of a format that no reader reads.
        EmptySourceError: There is no text in it.
    """
    if kind := name_binary(data):
        raise UnsupportedSourceError(f"{name}: {kind}; only text formats are read")
    text = decode(data).text
    if not text.strip():
        raise EmptySourceError(f"{name}: holds nothing but white space")
    format_ = _format_of(name, text)
    if format_ in ("jsonl", "json", "csv", "tsv"):
        return _completed(_read_many(text, format_, fields))
    extract = _read_one(text, format_, name)
    if not extract.text:
        raise EmptySourceError(f"{name}: holds no text of an article")
    return iter((_complete(extract),))


# Readers are imported where they are used: a search, which reads no source, starts without them.
def _read_many(text: str, format_: str, fields: RecordFields) -> Iterator[Extract | Problem]:
    from pinakes.corpus.readers.records import read_csv, read_json, read_jsonl

    if format_ in ("csv", "tsv"):
        usual_delimiter = "," if format_ == "csv" else "\t"
        return read_csv(text, fields=fields, usual_delimiter=usual_delimiter)
    return read_json(text, fields=fields) if format_ == "json" else read_jsonl(text, fields=fields)


def _read_one(text: str, format_: str, name: str) -> Extract:
    if format_ == "html":
        from pinakes.corpus.readers.html import read_html

        return read_html(text, name=name)
    if format_ == "markdown":
        from pinakes.corpus.readers.markdown import read_markdown

        return read_markdown(text)
    from pinakes.corpus.readers.text import read_text

    return read_text(text)


def _format_of(name: str, text: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    format_ = _FORMATS.get(suffix, "")
    if format_ in ("", "text", "markdown") and _is_page(text):
        return "html"
    if format_:
        return format_
    if _SUFFIX.fullmatch(suffix):
        known = ", ".join(sorted(SUPPORTED_SUFFIXES))
        raise UnsupportedSourceError(f"{name}: {suffix} files are not read, only {known}")
    start = text.lstrip()
    if start.startswith(("{", "[{", "[\n")):
        return (
            "jsonl"
            if start.startswith("{") and start.partition("\n")[0].rstrip().endswith("}")
            else "json"
        )
    return "markdown" if _MAYBE_MARKDOWN.match(text) else "text"


def _completed(found: Iterator[Extract | Problem]) -> Iterator[Extract | Problem]:
    for item in found:
        yield _complete(item) if isinstance(item, Extract) else item


def _complete(extract: Extract) -> Extract:
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


def _is_page(text: str) -> bool:
    """Whether a text begins as HTML does, after any XML declaration and comments."""
    declaration = _XML_DECLARATION.match(text)
    at = declaration.end() if declaration else 0
    while comment := _COMMENT.match(text, at):
        at = comment.end()
    return _PAGE.match(text, at) is not None
