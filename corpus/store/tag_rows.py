"""Reads which taggers the articles of a store have gone through."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from pinakes.corpus.store.hand_rows import HandTags
from pinakes.corpus.store.rows import check_rows, decoding
from pinakes.corpus.store.schema import translated
from pinakes.corpus.tagging.by_hand import HandTag, PassageName

_COUNTS = (
    "SELECT ifnull(stamps, '[]'), count(*) FROM contents INDEXED BY contents_tagging"
    " JOIN articles USING (content) LEFT JOIN taggings USING (tagging)"
    " WHERE died IS NULL GROUP BY tagging ORDER BY tagging"
)
_KEYS = (
    "SELECT key, ifnull(stamps, '[]') FROM contents INDEXED BY contents_tagging"
    " JOIN articles USING (content) LEFT JOIN taggings USING (tagging)"
    " WHERE died IS NULL ORDER BY key"
)


class TagRows:
    """What a store remembers of the taggers that its living articles have gone through."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Read through the connection of the store at `path`."""
        self._connection = connection
        self._path = path

    def counts(self) -> dict[tuple[str, ...], int]:
        """Return how many articles have gone through which taggers, by their stamps."""
        with translated(self._path):
            rows = self._connection.execute(_COUNTS)
            return {_stamps(stamps): count for stamps, count in check_rows(rows, str, int)}

    def all_stamps(self) -> frozenset[str]:
        """Return the stamps of all taggers that any article has gone through at any time."""
        with translated(self._path):
            rows = check_rows(self._connection.execute("SELECT stamps FROM taggings"), str)
            return frozenset(stamp for (stamps,) in rows for stamp in _stamps(stamps))

    def by_hand(self, article_id: str) -> dict[PassageName, list[HandTag]]:
        """Return what was set on the passages of an article by hand, and what taken away."""
        with translated(self._path):
            return HandTags(self._connection).of_article(article_id)

    def ids_by_hand(self) -> frozenset[str]:
        """Return the ids of articles on which anything was set by hand, or taken away."""
        with translated(self._path):
            rows = self._connection.execute("SELECT DISTINCT id FROM hand_tags")
            return frozenset(id_ for (id_,) in check_rows(rows, str))

    def by_key(self) -> dict[int, tuple[str, ...]]:
        """Return by key, ascending, what each article has gone through."""
        known: dict[str, tuple[str, ...]] = {}
        found: dict[int, tuple[str, ...]] = {}
        with translated(self._path):
            for key, stamps in check_rows(self._connection.execute(_KEYS), int, str):
                if stamps not in known:
                    known[stamps] = _stamps(stamps)
                found[key] = known[stamps]
        return found


def _stamps(packed: str) -> tuple[str, ...]:
    with decoding("the stamps of taggers"):
        return tuple(map(str, json.loads(packed)))
