"""What a segment holds, as plain columns: the same shape when built, merged, written and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from pinakes.corpus import Kind
from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.tag_spans import TagSpans

KINDS: tuple[Kind, ...] = tuple(Kind)
"""`passage_kind` holds positions in this tuple."""

ZONES = ("title", "heading", "body")
"""`article_words` has one column for each; body is every kind that is neither title nor heading."""

FIELDS = (
    "word", "stem", "kind", "lang", "tag", "section", "author", "byline", "source", "path", "url",
    "id",
)  # fmt: skip
COUNTED_FIELDS = frozenset({"word", "stem"})
ARTICLE_FIELDS = frozenset({"lang", "author", "byline", "source", "path", "url", "id"})
"""Fields of what belongs to a whole article: their lists hold articles, the others' passages."""


def encode_term(term: str) -> bytes:
    """Return a term as the dictionary holds it: UTF-8, what has none there as `?`."""
    return term.encode("utf-8", "replace")


def zone_of(kind: Kind) -> int:
    """Return the position in `ZONES` of passages of this kind."""
    return {Kind.TITLE: 0, Kind.HEADING: 1}.get(kind, 2)


class Variants(NamedTuple):
    """The words of some stems, and which of them each occurrence is.

    Attributes:
        words_at: [T+1]; where in `words` those of each stem begin, and the end.
        words: Numbers of words, ascending for each stem.
        variants: [W]; of each occurrence, in `words` from where those of its stem begin.
    """

    words_at: Array
    words: Array
    variants: Array


class FieldColumns(NamedTuple):
    """Some terms in a row of a field, or all, with their lists.

    There are T terms, N postings and W occurrences; no list is empty. A unit is a passage, or an
    article in `ARTICLE_FIELDS`. Of `word` there are terms only: its lists are in those of `stem`.

    Attributes:
        terms: uint8; the terms in UTF-8, sorted by their bytes, one after another.
        terms_at: [T+1]; where in `terms` each begins, and the end.
        postings_at: [T+1]; where in `units` the list of each term begins, and the end.
        units: [N]; ascending within a list.
        counts: [N]; occurrences in the passage, from 1; None where only presence matters.
        positions: [W]; word positions in the passage, ascending within a posting; each posting has
            as many as its count. None but in `stem`.
        words: [W]; the number of each occurrence's word in the dictionary of `word`. None but in
            `stem`.
        variants: The same in another form, where that is known; then `words` may be None.
        spans: Which words tags cover; None if each is on a whole passage. None but in `tag`.
    """

    terms: Array
    terms_at: Array
    postings_at: Array
    units: Array
    counts: Array | None = None
    positions: Array | None = None
    words: Array | None = None
    variants: Variants | None = None
    spans: TagSpans | None = None

    @property
    def term_count(self) -> int:
        """T, the number of terms."""
        return len(self.terms_at) - 1


class SegmentColumns(NamedTuple):
    """A whole segment, for A articles and P passages.

    Attributes:
        article_key: int64[A], ascending.
        article_first: [A+1]; the first passage of each article, and P.
        article_words: [A, 3]; words in each of `ZONES`.
        article_cluster: int64[A]; equal for copies of one another.
        article_digest: int64[A, 2]; of the text, and of the address (0 for none).
        article_saved: int64[A]; when each was saved, in seconds from 1970 (UTC), 0 unknown.
        article_files: [A]; in how many files each is.
        published: int32[A, 2]; first and last day of publication as proleptic ordinals, 0 unknown.
        passage_kind: uint8[P]; positions in `KINDS`.
        passage_words: [P]; the number of words of each.
        fields: By name, each whole.
    """

    article_key: Array
    article_first: Array
    article_words: Array
    article_cluster: Array
    article_digest: Array
    article_saved: Array
    article_files: Array
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


def without_lists(terms: Array, terms_at: Array) -> FieldColumns:
    """Return terms as columns, with nothing but the terms: what there is of `word`."""
    return FieldColumns(
        terms=terms,
        terms_at=terms_at,
        postings_at=np.zeros(len(terms_at), np.int64),
        units=np.zeros(0, np.int64),
    )


def join_terms(encoded: Iterable[bytes]) -> tuple[Array, Array]:
    """Return `terms` and `terms_at` of terms that are sorted already."""
    parts = list(encoded)
    lengths = np.fromiter(map(len, parts), np.int64, len(parts))
    return np.frombuffer(b"".join(parts), np.uint8), starts_of(lengths)


def join_texts(texts: Sequence[str]) -> tuple[Array, Array]:
    """Return `terms` and `terms_at` of terms that are sorted already."""
    joined = "".join(texts)
    if joined.isascii():
        sizes: Iterable[int] = map(len, texts)
    else:
        sizes = [len(text) if text.isascii() else len(encode_term(text)) for text in texts]
    lengths = np.fromiter(sizes, np.int64, len(texts))
    return np.frombuffer(encode_term(joined), np.uint8), starts_of(lengths)


def starts_of(lengths: Array) -> Array:
    """Return where runs of these lengths begin when laid end to end, and the end of the last."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts
