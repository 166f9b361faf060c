"""The lists of clauses on a whole snapshot, all its segments as one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from pinakes.indexer import Kept, Snapshot
from pinakes.search.evaluation.bm25 import damp_length, statistics_of, weigh_occurrences
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.first_hits.article_list import ArticleFrame, ArticleList
from pinakes.search.evaluation.first_hits.clause_list import ClauseList, PassageLengths
from pinakes.search.evaluation.first_hits.clause_parts import join_parts, read_part
from pinakes.search.evaluation.first_hits.score_bounds import bound_scores
from pinakes.search.evaluation.texts.held import ZONE_OF_KIND, Array, Ordinals


class SnapshotLists:
    """Reads the lists of clauses from a snapshot; safe for many threads.

    Those asked for last are kept, for a frequent word's list takes ten times as long to unpack as
    to use, a phrase's fifty. A third of the memory is for lists of stems as they are unpacked, a
    third for lists of clauses, those of phrases and of several segments together, and a third for
    lists of articles.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        """Read from `snapshot`, nothing yet."""
        self._segments = snapshot.segments
        kept_bytes = int(snapshot.lists_mb * (1 << 20) / 3)
        for segment in self._segments:
            share = segment.passage_count / max(1, sum(s.passage_count for s in self._segments))
            segment.unpacked.limit_memory(int(kept_bytes * share))
        self.statistics = statistics_of(snapshot)
        self._lists = Kept[str, ClauseList](kept_bytes)
        self._article_lists = Kept[str, ArticleList](kept_bytes)

    def passages(self, clause: Clause) -> ClauseList:
        """Return the passages that hold a clause."""
        return self._lists.get(clause.kept_as, lambda: self._make(clause))

    def articles(self, clause: Clause, found: ClauseList) -> ArticleList:
        """Return the articles that hold a clause, given the passages that do."""

        def make() -> ArticleList:
            return ArticleList(found, self.lengths, self.frame)

        return self._article_lists.get(clause.kept_as, make)

    @cached_property
    def lengths(self) -> PassageLengths:
        """How long its passages are, by the classes of the largest segment."""
        words = _joined([segment.passage_words for segment in self._segments])
        largest = max(self._segments, key=lambda segment: segment.passage_count)
        floor = largest.stems.length_floor
        mean = self.statistics.passage_words
        longest = int(words.max()) if len(words) else 0
        return PassageLengths(
            words=words,
            mean=mean,
            length_floor=floor,
            upper=bound_scores(floor, mean_words=mean),
            half_of=damp_length(np.arange(longest + 1), mean),
        )

    @cached_property
    def frame(self) -> ArticleFrame:
        """How its passages make up articles."""
        segments = self._segments
        first_articles = _firsts([segment.article_count for segment in segments])
        pairs = list(zip(segments, first_articles.tolist(), strict=False))
        firsts = zip(segments, self._first_passages.tolist(), strict=False)
        article_of = _joined(
            [
                s.passage_article + np.uint32(first) if first else s.passage_article
                for s, first in pairs
            ]
        )
        first_passage = np.append(
            np.concatenate([s.article_first[:-1].astype(np.int64) + f for s, f in firsts]),
            self._first_passages[-1],
        )
        words = _joined([segment.article_words for segment in segments])
        zone_of = _joined([ZONE_OF_KIND[s.passage_kind].astype(np.uint8) for s in segments])
        gains = weigh_occurrences(zone_of, article_of, words, self.statistics.zone_words)
        return ArticleFrame(
            article_of=article_of,
            first_passage=first_passage,
            words=words,
            zone_of=zone_of,
            gains=gains.astype(np.float32),
            statistics=self.statistics,
        )

    @cached_property
    def article_keys(self) -> Ordinals:
        """int64[A]; the store's key of each article."""
        return _joined([segment.article_key for segment in self._segments])

    @cached_property
    def kind_of(self) -> Array:
        """uint8[P]; the kind of each passage, by its place in `KINDS`."""
        return _joined([segment.passage_kind for segment in self._segments])

    @cached_property
    def _first_passages(self) -> Ordinals:
        return _firsts([segment.passage_count for segment in self._segments])

    def _make(self, clause: Clause) -> ClauseList:
        floor = self.lengths.length_floor
        parts = [read_part(segment, clause, floor) for segment in self._segments]
        joined = parts[0] if len(parts) == 1 else join_parts(parts, self._first_passages.tolist())
        return ClauseList(joined, self.lengths, articles=self.statistics.articles)


def _firsts(counts: Sequence[int]) -> Ordinals:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _joined(arrays: Sequence[Array]) -> Array:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def lists_of(snapshot: Snapshot) -> SnapshotLists:
    """Return the lists of a snapshot, the same until it is closed."""
    lists = snapshot.prepared
    if not isinstance(lists, SnapshotLists):
        lists = snapshot.prepared = SnapshotLists(snapshot)
    return lists
