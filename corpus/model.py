"""The nouns of an archive: articles, passages, tags, and where metadata came from.

Offsets everywhere are half-open and count Unicode code points of `Article.text`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# ISO 639-2 for what no one can tell; it stands where a code of ISO 639-1 would.
UNKNOWN_LANGUAGE = "und"
EXTRACTION_VERSION = 1
"""Counts up with every change to what readers keep of a file: citations say which one read it."""


class Kind(StrEnum):
    """What a block or passage is in its article."""

    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list-item"
    CAPTION = "caption"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """`type:value` on a span of a passage.

    Attributes:
        type: A short lower-case name: `kind`, `section`, `lang`.
        value: What was found, in its canonical form.
        start: First code point in `Article.text`; within the passage.
        end: One past the last code point.
        rule: The rule that made the tag, with its version: `structure/1`.
    """

    type: str
    value: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of an article's text: the unit that is indexed, ranked, shown and cited.

    Attributes:
        number: Position in the article, counting from 0.
        kind: What it is; joined blocks are all of one kind.
        section: The headings above it, outermost first.
        start: First code point in `Article.text`.
        end: One past the last code point, so `article.text[start:end] == text`.
        text: The words themselves.
        tags: In order of `start`, then `type`, then `value`.
    """

    number: int
    kind: Kind
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataValue:
    """One value found for a field of an article, and where.

    Attributes:
        field: `title`, `author`, `published`, `modified`, `saved`, `source`, `url`, `language`,
            `section` or `keyword`.
        value: As it stands in the article's record; dates in ISO 8601 with the precision found.
        origin: Where it was found: `json-ld:datePublished`, `meta:og:title`, `tag:h1`,
            `field:date`, `text:line 3`, `file:mtime`: the kind of place, a
            colon, and its name there.
        chosen: Whether the article carries this value, or another that ranked above it.
    """

    field: str
    value: str
    origin: str
    chosen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One source document as the archive keeps it.

    Attributes:
        id: At least 8 hexadecimal digits; the same as long as its file lives, under renames and
            edits.
        key: The store's number for this version of the article; a changed article has a new key.
        title: Empty if the source has none.
        text: What extraction kept; every offset counts its code points.
        authors: In the order of the byline.
        source: Who published it, as a host name where there is one (`example.org`); else empty.
        url: Canonical address, or empty.
        published: ISO 8601 with the precision found (`2014`, `2014-03`, `2014-03-04`,
            `2014-03-04T10:00:00+02:00`), or empty.
        language: ISO 639-1 code, or `und`.
        paths: Its files relative to the archive's folder, `/` between parts, first one first.
        record: Which record of the file, or empty.
        sha256: Of the raw file, hexadecimal.
        text_sha256: Of `text` in UTF-8, hexadecimal.
        metadata: Everything found, chosen or not.
        passages: In order; they cover every block of the text. Immutable, and equal to a tuple of
            them; those of an article from the store are built each time they are looked at.
        extraction: The `EXTRACTION_VERSION` that read its text first.
    """

    id: str
    key: int
    title: str
    text: str
    authors: tuple[str, ...]
    source: str
    url: str
    published: str
    language: str
    paths: tuple[str, ...]
    record: str
    sha256: str
    text_sha256: str
    metadata: tuple[MetadataValue, ...]
    passages: Sequence[Passage]
    extraction: int = EXTRACTION_VERSION
