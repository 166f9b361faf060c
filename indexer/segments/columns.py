"""What a segment holds, as columns: the same shape when built, merged, written and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pinakes.corpus import Kind
from pinakes.indexer.segments.arrays import Array, narrow, write_arrays

KINDS: tuple[Kind, ...] = tuple(Kind)
"""`passage_kind` holds positions in this tuple."""

ZONES = ("title", "heading", "body")
"""`article_words` has one column for each; body is every kind that is neither title nor heading."""

FIELDS = (
    "word", "stem", "kind", "lang", "tag", "section", "author", "source", "path", "url", "id",
)  # fmt: skip
COUNTED_FIELDS = frozenset({"word", "stem"})
POSITION_FIELD = "word"


def encode_term(term: str) -> bytes:
    """Return a term as the dictionary holds it: UTF-8, what has none there as `?`."""
    return term.encode("utf-8", "replace")


def zone_of(kind: Kind) -> int:
    """Return the position in `ZONES` of passages of this kind."""
    return {Kind.TITLE: 0, Kind.HEADING: 1}.get(kind, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldColumns:
    """The inverted lists of one field, for T terms, N postings and W positions.

    Attributes:
        terms: uint8; the terms in UTF-8, sorted by their bytes, one after another.
        terms_at: [T+1]; where in `terms` each begins, and the end.
        postings_at: [T+1]; where in `passages` the list of each term begins, and the end.
        passages: [N]; passage ordinals, ascending within a list.
        counts: [N]; occurrences in the passage, from 1; None where only presence matters.
        positions_at: [T+1]; where in `positions` those of each term begin, and the end.
        positions: [W]; word positions in the passage, ascending within a posting; each posting has
            as many as its count.
    """

    terms: Array
    terms_at: Array
    postings_at: Array
    passages: Array
    counts: Array | None = None
    positions_at: Array | None = None
    positions: Array | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentColumns:
    """A whole segment, for A articles and P passages.

    Attributes:
        article_key: int64[A], ascending.
        article_first: [A+1]; the first passage of each article, and P.
        article_words: [A, 3]; words in each of `ZONES`.
        published: int32[A, 2]; first and last day of publication as proleptic ordinals, 0 unknown.
        passage_kind: uint8[P]; positions in `KINDS`.
        passage_words: [P]; words of the field `word`.
        fields: By name.
    """

    article_key: Array
    article_first: Array
    article_words: Array
    published: Array
    passage_kind: Array
    passage_words: Array
    fields: Mapping[str, FieldColumns]

    @property
    def article_count(self) -> int:
        """Number of articles."""
        return len(self.article_key)

    @property
    def passage_count(self) -> int:
        """Number of passages."""
        return len(self.passage_kind)


def write_columns(path: Path, columns: SegmentColumns) -> int:
    """Write a segment file; return its size in bytes."""
    articles = columns.article_count
    spans: Array = np.diff(columns.article_first.astype(np.int64))
    arrays: dict[str, Array] = {
        "article_key": columns.article_key.astype(np.int64),
        "article_first": columns.article_first.astype(np.uint32),
        "article_words": columns.article_words.astype(np.uint32).ravel(),
        "published": columns.published.astype(np.int32).ravel(),
        "passage_article": np.repeat(np.arange(articles, dtype=np.uint32), spans),
        "passage_kind": columns.passage_kind.astype(np.uint8),
        "passage_words": columns.passage_words.astype(np.uint32),
    }
    for name, field in columns.fields.items():
        arrays |= {f"{name}.{part}": values for part, values in _parts(field)}
    return write_arrays(path, arrays, passages=columns.passage_count, articles=articles)


def _parts(field: FieldColumns) -> Iterable[tuple[str, Array]]:
    yield "terms", field.terms
    for part in ("terms_at", "postings_at", "passages", "counts", "positions_at", "positions"):
        values = getattr(field, part)
        if values is not None:
            yield part, narrow(values)


def join_terms(encoded: Iterable[bytes]) -> tuple[Array, Array]:
    """Return `terms` and `terms_at` of terms that are sorted already."""
    parts = list(encoded)
    lengths = np.fromiter(map(len, parts), np.int64, len(parts))
    return np.frombuffer(b"".join(parts), np.uint8), starts_of(lengths)


def starts_of(lengths: Array) -> Array:
    """Return where runs of these lengths begin when laid end to end, and the end of the last."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts
