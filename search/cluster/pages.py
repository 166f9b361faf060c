"""The articles of one page of hits, in the order in which the cluster puts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

from pinakes.indexer.opensearch import MOST_HITS, UNREAD, Clause, ClusterView
from pinakes.search.options import By, SearchOptions, Sort

CLOSE = 1e-5
"""Scores of the cluster that differ by less, relatively, may be in another order than they should:
it works with single floats, whose error is a hundredth of that."""
_MOST_TIES = 2_000
"""So many articles that tie with the first or the last of a page are fetched; beyond, the cluster's
own order holds."""
_FURTHER = 50

_Row: TypeAlias = tuple[Any, ...]
"""What a hit is ordered by, its key last, and its cluster of copies."""


class Page(NamedTuple):
    """The articles that are to be fetched for a page of hits.

    Attributes:
        keys: Theirs.
        clusters: The clusters of copies that they are of.
        skipped: How many hits come before the first of them.
    """

    keys: tuple[int, ...]
    clusters: tuple[int, ...]
    skipped: int


class PageWalk(NamedTuple):
    """Goes through the hits of a query up to the end of a page.

    Attributes:
        view: The state of the archive.
        query: What satisfies it are the hits, and it scores them.
        options: What page is asked for.
        sort: The order of the hits.
    """

    view: ClusterView
    query: Clause
    options: SearchOptions
    sort: Sort

    def first_search(self) -> tuple[Clause, dict[str, Any]]:
        """Return the search whose answer `read` needs."""
        return self.query, self._body([], self._end + _FURTHER)

    def read(self, answer: Any) -> Page:
        """Return the page; asks on where the first answer does not reach to its end."""
        rows = self._walk([*map(_read_row, answer["hits"]["hits"])])
        first = self.options.offset
        begin = 0
        # The first passages are of the first articles, how many of each nobody knows.
        if self.options.by is By.ARTICLE:
            begin = first
            while (
                0 < begin < len(rows)
                and first - begin < _MOST_TIES
                and _ties(rows[begin - 1], rows[first])
            ):
                begin -= 1
        kept = rows[begin:]
        return Page(tuple(row[-2] for row in kept), tuple(row[-1] for row in kept), begin)

    @property
    def _end(self) -> int:
        return self.options.offset + self.options.limit

    def _body(self, rows: Sequence[_Row], wanted: int) -> dict[str, Any]:
        order: list[Any] = [{"_score": "desc"}, {"key": "asc"}]
        if self.sort is not Sort.SCORE:
            direction = "asc" if self.sort is Sort.DATE else "desc"
            order.insert(0, {"day": {"order": direction, "missing": "_last"}})
        return {
            **UNREAD,
            "size": min(MOST_HITS, wanted - len(rows)),
            "sort": order,
            "track_scores": True,
            "docvalue_fields": ["cluster"],
            **({"search_after": list(rows[-1][:-1])} if rows else {}),
        }

    def _walk(self, rows: list[_Row]) -> list[_Row]:
        """Return the rows up to the end of the page, and those behind that tie there."""
        end = self._end
        wanted = end + _FURTHER
        asked = min(MOST_HITS, wanted)
        while len(rows) == asked:
            if asked == wanted:
                if not _ties(rows[-1], rows[end - 1]) or len(rows) > end + _MOST_TIES:
                    break
                wanted += _MOST_TIES
            body = self._body(rows, wanted)
            asked += body["size"]
            hits = self.view.search(self.query, body)["hits"]["hits"]
            rows += map(_read_row, hits)
        return rows[: self._count_kept(rows)]

    def _count_kept(self, rows: Sequence[_Row]) -> int:
        """Return how many rows there are up to the end of the page, and tie with the last."""
        end = self._end
        kept = min(end, len(rows))
        while kept < min(len(rows), end + _MOST_TIES) and _ties(rows[kept], rows[end - 1]):
            kept += 1
        return kept


def _read_row(hit: Any) -> _Row:
    return (*hit["sort"], hit["fields"]["cluster"][0])


def _ties(one: _Row, other: _Row) -> bool:
    """Return whether two hits may be in another order here than on the cluster.

    Those that score nothing, as where only filters are asked for, are in the same.
    """
    *days, score, _key, _cluster = one
    *other_days, other_score, _key, _cluster = other
    return days == other_days and abs(score - other_score) < CLOSE * max(score, other_score)
