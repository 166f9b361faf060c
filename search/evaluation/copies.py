"""Which articles of a snapshot are copies or versions of others; docs/copies.md tells the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol
from weakref import WeakKeyDictionary

import numpy as np

from pinakes.indexer import Snapshot
from pinakes.search.evaluation.texts.held import Array, Flags, Ordinals, pick

if TYPE_CHECKING:
    from pinakes.search.evaluation.article_arrays import HasArticles

_UNDATED = np.iinfo(np.uint32).max
_PLACE_BITS = 32
_COUNTED = 8


class Collapsed(NamedTuple):
    """What satisfies a query when of copies the earliest stands for all.

    Attributes:
        articles: How many there are.
        dropped: For how many more others stand.
        hidden: A flag for each article of all segments in a row: whether another stands for it.
        standing: The places in that row of articles that stand for others.
        counts: For how many each of these stands, itself included.
    """

    articles: int
    dropped: int
    hidden: Flags
    standing: Ordinals
    counts: Ordinals

    def count_of(self, place: int) -> int:
        """Return for how many articles the one at a place stands, itself included."""
        found = (self.standing == place).nonzero()[0]
        return int(self.counts[found[0]]) if len(found) else 1


class Collapsible(Protocol):
    """What was found out about a query."""

    def matching_articles(self) -> Ordinals:
        """Return the articles that satisfy it, by their places in that row, ascending."""

    def count_passages_of(self, articles: Flags) -> int:
        """Return how many of the passages that prove it are of some of these articles."""


class ArticleRows:
    """What is known of all articles of a snapshot, in a row over its segments."""

    def __init__(self, segments: Sequence[HasArticles]) -> None:
        self._segments = segments

    def _row(self, read: Callable[[HasArticles], Array]) -> Array:
        parts = [np.zeros(0, np.int64), *(read(segment) for segment in self._segments)]
        row: Array = np.concatenate(parts)
        return row

    @cached_property
    def key(self) -> Array:
        """The store's numbers."""
        return self._row(lambda segment: segment.article_key)

    @cached_property
    def cluster(self) -> Array:
        """The numbers of clusters."""
        return self._row(lambda segment: segment.article_cluster)

    @cached_property
    def living(self) -> Flags:
        """Whether each is living."""
        flags: Flags = self._row(
            lambda segment: (
                np.ones(segment.article_count, np.bool_) if segment.live is None else segment.live
            )
        ).astype(np.bool_)
        return flags

    @cached_property
    def day(self) -> Array:
        """The first day on which each may have been published; the unknown last."""
        days = self._row(lambda segment: segment.published[:, 0]).astype(np.int64)
        return np.where(days == 0, _UNDATED, days)

    @cached_property
    def shared(self) -> Flags:
        """Whether each is living, and another living one is of its cluster."""
        return self.living & _occur_twice(self.cluster, self.living)

    @cached_property
    def has_copies(self) -> bool:
        """Whether there are any copies."""
        return bool(self.shared.any())

    def place_of(self, key: int) -> int:
        """Return the place of a living article; raises `KeyError` if it is not there."""
        return self.places_of([key])[0]

    def places_of(self, keys: Sequence[int]) -> list[int]:
        """Return the places of living articles; raises `KeyError` if one is not there."""
        places, known = self._living_keys
        wanted = np.array(keys, np.int64)
        rows = known.searchsorted(wanted)
        if not np.array_equal(known[rows[rows < len(known)]], wanted):
            raise KeyError(*keys)
        found: list[int] = places.take(rows).tolist()
        return found

    @cached_property
    def _living_keys(self) -> tuple[Ordinals, Array]:
        """The places of living articles, and their keys, which ascend."""
        places = self.living.nonzero()[0]
        keys = self.key.take(places)
        # They do over all segments, but over those that were made for a question.
        if (keys[1:] < keys[:-1]).any():
            places = places.take(np.argsort(keys, kind="stable"))
            keys = self.key.take(places)
        return places, keys

    @cached_property
    def places_by_rank(self) -> Ordinals:
        """The places of shared articles cluster by cluster, the earliest of each first.

        By day, then in the order in which they were taken in.
        """
        places, _ = self._living_keys
        places = places.take(self.shared.take(places).nonzero()[0])
        places = places.take(_order(self.day.take(places)))
        ordered: Ordinals = places.take(_order(self.cluster.take(places)))
        return ordered

    @cached_property
    def rank(self) -> Array:
        """Where each shared article stands there; others come behind all."""
        # In half the room they are sorted in half the time.
        ranks = np.full(len(self.key), len(self.places_by_rank), np.uint32)
        ranks[self.places_by_rank] = np.arange(len(self.places_by_rank))
        return ranks

    @cached_property
    def cluster_of_rank(self) -> Array:
        """The cluster of each article that stands there."""
        clusters: Array = self.cluster[self.places_by_rank]
        return clusters

    def versions_of(self, key: int) -> list[int]:
        """Return the keys of living articles with the address of one, the earliest saved first.

        Nothing if it has none.
        """
        address = self._digests[:, 1]
        own = address[self.place_of(key)]
        places = np.flatnonzero(self.living & (address == own)) if own else np.zeros(0, np.int64)
        order = places[np.lexsort((self.key[places], self._saved[places]))]
        keys: list[int] = self.key[order].tolist()
        return keys

    @cached_property
    def _digests(self) -> Array:
        return self._row(lambda segment: segment.article_digest.ravel()).reshape(-1, 2)

    @cached_property
    def _saved(self) -> Array:
        return self._row(lambda segment: segment.article_saved)

    def in_state(self, state: str) -> Flags:
        """Return which living articles are in one of `query.fields.STATES`."""
        if state == "duplicate":
            files = self._row(lambda segment: segment.article_files)
            later = np.zeros(len(self.key), np.bool_)
            later[self.places_by_rank[~_begins_run(self.cluster_of_rank)]] = True
            return self.living & (later | (files > 1))
        text, address = self._digests[:, 0], self._digests[:, 1]
        versions = self.living & (address != 0) & _occur_twice(address, self.living)
        places = np.flatnonzero(versions)
        if state == "changed":
            return _with_several(places, address, text, len(self.key))
        order = places[np.lexsort((self.key[places], self._saved[places], address[places]))]
        superseded = np.zeros(len(self.key), np.bool_)
        if len(order):
            superseded[order[:-1][address[order[:-1]] == address[order[1:]]]] = True
        return superseded if state == "superseded" else self.living & ~superseded


_rows: WeakKeyDictionary[Snapshot, ArticleRows] = WeakKeyDictionary()


def article_rows(snapshot: Snapshot) -> ArticleRows:
    """Return what is known of the articles of a snapshot, kept as long as that."""
    rows = _rows.get(snapshot)
    if rows is None:
        rows = _rows[snapshot] = ArticleRows(snapshot.segments)
    return rows


def collapse(snapshot: Snapshot, found: Collapsible) -> Collapsed | None:
    """Let of the copies that satisfy a query the earliest stand for all.

    None if nothing that satisfies it is a copy of anything else that does.
    """
    rows = article_rows(snapshot)
    if not rows.has_copies:
        return None
    articles = found.matching_articles()
    ranks = rows.rank.take(pick(articles, rows.shared.take(articles)))
    ranks.sort()
    firsts = _begins_run(rows.cluster_of_rank.take(ranks)).nonzero()[0]
    if len(firsts) == len(ranks):
        return None
    copies = rows.places_by_rank.take(ranks)
    sizes = np.append(firsts[1:], len(copies)) - firsts
    hidden = np.zeros(len(rows.key), np.bool_)
    hidden[copies] = True
    hidden[copies.take(firsts)] = False
    several = (sizes > 1).nonzero()[0]
    dropped = len(copies) - len(firsts)
    return Collapsed(
        articles=len(articles) - dropped,
        dropped=dropped,
        hidden=hidden,
        standing=copies.take(firsts.take(several)),
        counts=sizes.take(several),
    )


def count_shown(
    passages: int | None, collapsed: Collapsed | None, found: Collapsible
) -> int | None:
    """Return how many of so many passages are left when copies are collapsed; None if unknown."""
    if collapsed is None or passages is None:
        return None
    return passages - found.count_passages_of(collapsed.hidden)


def _begins_run(values: Array) -> Flags:
    """Return whether each value is another than the one before it."""
    flags = np.ones(len(values), np.bool_)
    flags[1:] = values[1:] != values[:-1]
    return flags


def _occur_twice(values: Array, living: Flags) -> Flags:
    """Return for each article whether it is living, and another living one has its value."""
    places = living.nonzero()[0]
    own = values.take(places)
    flags = np.zeros(len(values), np.bool_)
    if len(own) and own.min() >= 0 and own.max() < _COUNTED * len(own):
        # Numbers that are dealt out one by one, as those of clusters.
        flags[places] = np.bincount(own).take(own) > 1
        return flags
    order = _order(own)
    begins = _begins_run(own.take(order))
    is_alone = begins.copy()
    is_alone[:-1] &= begins[1:]
    flags[places.take(order[~is_alone])] = True
    return flags


def _order(values: Array) -> Ordinals:
    """Return the places of `values` in their order, those of equal ones ascending."""
    if not len(values) or values.min() < 0 or values.max() >= 1 << _PLACE_BITS:
        order: Ordinals = values.argsort(kind="stable")
        return order
    # With their places in them they are sorted as numbers, in a fifth of the time.
    numbers = values.astype(np.uint64) << np.uint64(_PLACE_BITS)
    numbers |= np.arange(len(values), dtype=np.uint64)
    numbers.sort()
    numbers &= np.uint64((1 << _PLACE_BITS) - 1)
    return numbers.astype(np.int64)


def _with_several(places: Ordinals, group: Array, value: Array, count: int) -> Flags:
    """Return which of some articles are in a group that has several values."""
    ordered = places[np.lexsort((value[places], group[places]))]
    flags = np.zeros(count, np.bool_)
    if len(ordered) > 1:
        before, after = ordered[:-1], ordered[1:]
        differs = (group[before] == group[after]) & (value[before] != value[after])
        flags[ordered[np.isin(group[ordered], group[before[differs]])]] = True
    return flags
