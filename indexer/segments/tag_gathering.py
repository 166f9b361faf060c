"""Collects the tags of passages, and makes their lists: which passages, and which words of them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pinakes.corpus import TagPattern
from pinakes.indexer.analysis import fold_value
from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import FieldColumns, encode_term, starts_of
from pinakes.indexer.segments.lexicon import Numbers
from pinakes.indexer.segments.presence import lists_of
from pinakes.indexer.segments.tag_spans import TagSpans
from pinakes.indexer.tokens import Runs

_HALF = np.uint64(32)
_LOW = np.uint64((1 << 32) - 1)
KEY_BITS = 64
"""If term, passage, first word and length need more, they are sorted one after the other."""
_MAX_REMEMBERED = 4096
_SPAN_BYTES = 64
_TAG_BYTES = 400


class TagGatherer:
    """The tags of all passages of a segment being built.

    Passages are mostly alike in the tags that they have as a whole: those are kept as sets, and a
    passage is the number of its set. Tags on a part of a passage stand each by itself.
    """

    def __init__(self) -> None:
        """Begin without tags."""
        self._tags = Numbers[tuple[str, str]]()
        self._remembered: dict[tuple[int, ...], int] = {}
        self._set_tags = array("I")
        self._set_ends = array("I")
        self._set_of = array("I")
        self._span_tags = array("I")

    def memory_bytes(self) -> int:
        """Return about how much memory it takes to make lists of what there is so far."""
        per_set = len(self._set_tags) / max(1, len(self._set_ends))
        return (
            _TAG_BYTES * len(self._tags)
            + int(64 * (1 + per_set) * len(self._set_of))
            + _SPAN_BYTES * len(self._span_tags)
        )

    def add(
        self, tag_lists: Sequence[tuple[TagPattern, ...]], list_of: Sequence[int]
    ) -> tuple[list[int], list[int], list[int]]:
        """Give the next passages tags, each the list at one place of `tag_lists`.

        Returns:
            Of each tag on a part of a passage the passage, counted from the first of these, and
            where the part begins and ends in it, in code points.
        """
        spanned = [[tag for tag in tags if tag.span] for tags in tag_lists]
        sets = [
            self._add_set([tag for tag in tags if not tag.span] if parts else tags)
            for tags, parts in zip(tag_lists, spanned, strict=True)
        ]
        self._set_of.extend([sets[place] for place in list_of])
        numbers, span_tags = self._tags, self._span_tags
        passages: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for passage, place in enumerate(list_of):
            for type_, value, _, span in spanned[place]:
                if span:
                    span_tags.append(numbers[type_, value])
                    passages.append(passage)
                    starts.append(span[0])
                    ends.append(span[1])
        return passages, starts, ends

    def _add_set(self, tags: Sequence[TagPattern]) -> int:
        numbers = self._tags
        key = tuple([numbers[tag.type, tag.value] for tag in tags])
        known = self._remembered.get(key)
        if known is not None:
            return known
        self._set_tags.extend(key)
        self._set_ends.append(len(self._set_tags))
        # Neighbours are alike in what few sets there are; of many, each stands once or twice.
        if len(self._remembered) >= _MAX_REMEMBERED:
            self._remembered.clear()
        number = self._remembered[key] = len(self._set_ends) - 1
        return number

    def finish(self, lengths: Array, runs: Runs) -> FieldColumns:
        """Return the lists: of each tag, and of each type.

        Args:
            lengths: How many words each passage has.
            runs: Which words the tags on parts cover, in the order in which they were added.
        """
        terms, of_tag = _read_terms(list(self._tags))
        wholes = self._whole_keys(of_tag)
        if not len(self._span_tags):
            return _lists(terms, wholes)
        terms_of = of_tag[np.frombuffer(self._span_tags, np.uint32)]
        passages = runs.passages.astype(np.uint64)
        keys = np.concatenate([(column << _HALF) | passages for column in terms_of.T])
        firsts, counts = np.tile(runs.starts, 2), np.tile(runs.ends - runs.starts, 2)
        postings, spans = _join_wholes(wholes, _Rows(keys, firsts, counts), lengths)
        return _lists(terms, postings)._replace(spans=spans)

    def _whole_keys(self, of_tag: Array) -> Array:
        """Return the postings of tags on whole passages: term and passage, ascending."""
        set_of = np.frombuffer(self._set_of, np.uint32)
        ends = np.frombuffer(self._set_ends, np.uint32).astype(np.int64)
        of_set = np.repeat(np.arange(len(ends), dtype=np.uint64), np.diff(ends, prepend=0))
        terms = of_tag[np.frombuffer(self._set_tags, np.uint32)]
        # Several tags of a set have one type.
        pairs = _distinct(np.concatenate([(of_set << _HALF) | column for column in terms.T]))
        sizes = np.bincount((pairs >> _HALF).astype(np.int64), minlength=len(ends))
        firsts = starts_of(sizes)[:-1]
        of_passage = sizes[set_of]
        places = np.arange(int(of_passage.sum()))
        places += np.repeat(firsts[set_of] - starts_of(of_passage)[:-1], of_passage)
        keys = (pairs << _HALF)[places]
        keys |= np.repeat(np.arange(len(set_of), dtype=np.uint64), of_passage)
        keys.sort()
        return keys


class _Rows(NamedTuple):
    """Spans of words.

    Attributes:
        keys: uint64; the term and the passage of each.
        firsts: int64; its first word.
        lengths: int64; how many words it has.
    """

    keys: Array
    firsts: Array
    lengths: Array

    def joined(self, other: _Rows) -> _Rows:
        return _Rows(
            np.concatenate([self.keys, other.keys]),
            np.concatenate([self.firsts, other.firsts]),
            np.concatenate([self.lengths, other.lengths]),
        )

    def where(self, kept: Array) -> _Rows:
        return _Rows(self.keys[kept], self.firsts[kept], self.lengths[kept])

    def distinct(self) -> _Rows:
        """Return them in order, each once."""
        term_bits = int(self.keys.max(initial=0) >> _HALF).bit_length()
        passage_bits = int((self.keys & _LOW).max(initial=0)).bit_length()
        word_bits = int((self.firsts + self.lengths).max(initial=0)).bit_length()
        if term_bits + passage_bits + 2 * word_bits > KEY_BITS:
            return self._distinct_by_columns()
        word, two, three = np.uint64(word_bits), np.uint64(2 * word_bits), np.uint64(passage_bits)
        packed = (self.keys >> _HALF) << three
        packed |= self.keys & _LOW
        packed <<= two
        packed |= self.firsts.astype(np.uint64) << word
        packed |= self.lengths.astype(np.uint64)
        packed = _distinct(packed)
        mask = np.uint64((1 << word_bits) - 1)
        places = packed >> two
        passages = places & np.uint64((1 << passage_bits) - 1)
        return _Rows(
            ((places >> three) << _HALF) | passages,
            ((packed >> word) & mask).astype(np.int64),
            (packed & mask).astype(np.int64),
        )

    def _distinct_by_columns(self) -> _Rows:
        ordered = self.where(np.lexsort((self.lengths, self.firsts, self.keys)))
        return ordered.where(
            _begin_runs(ordered.keys) | _begin_runs(ordered.firsts) | _begin_runs(ordered.lengths)
        )


def _join_wholes(wholes: Array, spans: _Rows, passage_words: Array) -> tuple[Array, TagSpans]:
    """Return all postings, ascending, and the spans of each.

    Args:
        wholes: The postings of tags on whole passages, ascending.
        spans: Those of tags on parts of passages, in any order.
        passage_words: How many words each passage has.
    """
    found = spans.where(spans.lengths > 0).distinct()
    held = found.keys[_begin_runs(found.keys)]
    # What covers no word counts where the passage has no other tag of the term.
    empty = _distinct(spans.keys[spans.lengths == 0])
    empty = empty[~_are_in(empty, held) & ~_are_in(empty, wholes)]
    both = held[_are_in(held, wholes)]
    if len(empty) or len(both):
        counts = np.concatenate(
            [np.zeros(len(empty), np.int64), passage_words[(both & _LOW).astype(np.int64)]]
        )
        more = _Rows(np.concatenate([empty, both]), np.zeros(len(counts), np.int64), counts)
        found = found.joined(more).distinct()
    postings = _distinct(np.concatenate([wholes, found.keys[_begin_runs(found.keys)]]))
    counts = np.bincount(postings.searchsorted(found.keys), minlength=len(postings))
    return postings, TagSpans(
        counts.astype(np.uint32), found.firsts.astype(np.uint32), found.lengths.astype(np.uint32)
    )


def _distinct(values: Array) -> Array:
    """Return values in order, each once; `numpy.unique` takes several times as long."""
    ordered = np.sort(values)
    return ordered[_begin_runs(ordered)]


def _begin_runs(values: Array) -> Array:
    begins = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=begins[1:])
    return begins


def _are_in(values: Array, pool: Array) -> Array:
    """Return for each of `values` whether `pool`, ascending, has it."""
    if not len(pool):
        return np.zeros(len(values), np.bool_)
    flags: Array = pool.take(pool.searchsorted(values), mode="clip") == values
    return flags


def _read_terms(tags: Sequence[tuple[str, str]]) -> tuple[list[bytes], Array]:
    """Return the terms of tags, sorted, and of each tag that of it all and that of its type."""
    types = {type_: encode_term(fold_value(type_)) for type_, _ in tags}
    wholes = [encode_term(fold_value(f"{type_}:{value}")) for type_, value in tags]
    terms = sorted({*types.values(), *wholes} - {b""})
    places = {term: place for place, term in enumerate(terms)}
    of_tag = np.array(
        [
            (places[whole], places.get(types[type_], places[whole]))
            for (type_, _), whole in zip(tags, wholes, strict=True)
        ],
        np.uint64,
    )
    return terms, of_tag.reshape(-1, 2)


def _lists(terms: Sequence[bytes], postings: Array) -> FieldColumns:
    sizes = np.bincount((postings >> _HALF).astype(np.int64), minlength=len(terms))
    return lists_of(terms, sizes, postings.astype(np.uint32))
