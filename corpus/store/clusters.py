"""Which articles are copies of one another: found when their texts go in, kept as they change.

A cluster is what hangs together by pairs of copies. docs/copies.md tells how they are found, and
what becomes of a cluster's number.
"""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pinakes.corpus.store.contents import Contents
from pinakes.corpus.store.packing import PackedArticle
from pinakes.corpus.store.rows import check_rows, decoding, only_row

if TYPE_CHECKING:
    from pinakes.corpus.shingles import Shingles

_HOLDERS = 32
"""Of the articles that hold a hash, so many of the earliest are candidates."""

_LEAST_SHARED = 3
"""Hashes that a candidate shares."""

_MOST_COMPARED = 24
"""Candidates that are compared, those first that share most."""

_MOST_TAKEN_APART = 500
"""A cluster that is larger stays whole when one of its articles goes."""

_MOST_KEPT = 2_000_000
"""Shingles of texts compared lately: 16 MB."""

_CANDIDATES = f"""SELECT held.number, count(*) AS shared
    FROM json_each(?) AS sought JOIN sketch_hashes AS held
    ON held.hash = sought.value AND held.number <= ifnull(
        (SELECT number FROM sketch_hashes AS early WHERE early.hash = sought.value
            ORDER BY number LIMIT 1 OFFSET {_HOLDERS - 1}),
        {(1 << 63) - 1})
    GROUP BY held.number HAVING shared >= ? ORDER BY shared DESC, held.number LIMIT ?"""  # noqa: S608  # constants
_CANDIDATE = (
    "SELECT key, cluster, text_sha256 FROM sketches JOIN articles USING (id)"
    " JOIN contents USING (content) WHERE number = ? AND died IS NULL"
)
_MEMBERS = (
    "SELECT key, text_sha256 FROM articles JOIN contents USING (content)"
    " WHERE cluster = ? AND died IS NULL ORDER BY key"
)
_WITHOUT_SKETCH = (
    "SELECT key, articles.id FROM articles LEFT JOIN sketches USING (id)"
    " WHERE died IS NULL AND number IS NULL ORDER BY key LIMIT ?"
)
_LIVING = "SELECT key, cluster FROM articles WHERE id = ? AND died IS NULL"
_HAS_WITHOUT_SKETCH = (
    "SELECT (SELECT count(*) FROM articles WHERE died IS NULL) > (SELECT count(*) FROM sketches)"
)


class Clusters:
    """The clusters of a store, inside one transaction."""

    def __init__(
        self, connection: sqlite3.Connection, contents: Contents, renew: Callable[[int], int]
    ) -> None:
        """Write through a connection; `renew` returns a version that may be changed."""
        self._connection = connection
        self._contents = contents
        self._renew = renew
        self._bereft: set[int] = set()
        self._kept: OrderedDict[bytes, Shingles] = OrderedDict()
        self._kept_count = 0

    def find(self, packed: PackedArticle) -> int:
        """Return the cluster of what an article holds, 0 if nothing living is a copy of it.

        Several that it brings together become one.
        """
        candidates = self._candidates(packed.sketch or b"")
        if not candidates:
            return 0
        # Not at the top, as below: a run in which nothing is new compares no texts.
        from pinakes.corpus.shingles import are_copies, shingle

        with decoding("a text to be compared"):
            shingles = self._keep(packed.text_sha256, shingle(packed.text))
        found: set[int] = set()
        for number in candidates:
            rows = self._connection.execute(_CANDIDATE, (number,))
            for key, cluster, text_sha256 in check_rows(rows, int, int, bytes):
                if cluster not in found and are_copies(shingles, self._shingles(key, text_sha256)):
                    found.add(cluster)
        return self._join(found)

    def enter(self, key: int, id_: str, packed_sketch: bytes | None) -> None:
        """Let an article be found by its sketch, if there is one."""
        if packed_sketch is None:
            return
        self._connection.execute("INSERT INTO sketches VALUES (?, ?, ?)", (key, id_, packed_sketch))
        self._connection.executemany(
            "INSERT INTO sketch_hashes VALUES (?, ?)",
            [(hash_, key) for hash_ in _hashes_of(packed_sketch)],
        )

    def enter_like(self, key: int, id_: str, other: str) -> None:
        """Let an article be found that holds what another one does, given the ids of both."""
        rows = self._connection.execute("SELECT hashes FROM sketches WHERE id = ?", (other,))
        for (packed,) in check_rows(rows, bytes):
            self.enter(key, id_, packed)

    def leave(self, id_: str, cluster: int) -> None:
        """Let an article be found no more, because it dies or has another text."""
        rows = self._connection.execute("SELECT number, hashes FROM sketches WHERE id = ?", (id_,))
        for number, packed in list(check_rows(rows, int, bytes)):
            self._delete_hashes(number, packed)
            self._connection.execute("DELETE FROM sketches WHERE number = ?", (number,))
        self._bereft.add(cluster)

    def move(self, key: int, id_: str, cluster: int, packed: PackedArticle) -> None:
        """Put an article that has another text now where that belongs.

        It keeps the number of its cluster if it belongs nowhere else and was alone there.
        """
        self.leave(id_, cluster)
        self._set(key, 0)
        found = self.find(packed)
        if not found:
            others = self._connection.execute(_MEMBERS, (cluster,)).fetchone()
            found = self._new_number() if others else cluster
        self._set(key, found)
        self.enter(key, id_, packed.sketch)

    def settle(self) -> None:
        """Take clusters apart that what has gone held together.

        The largest part keeps the number; of equal ones, that with the earliest article.
        """
        while self._bereft:
            cluster = self._bereft.pop()
            rows = self._connection.execute(_MEMBERS, (cluster,))
            members = list(check_rows(rows, int, bytes))
            if not 1 < len(members) <= _MOST_TAKEN_APART:
                continue
            from pinakes.corpus.shingles import group_copies

            parts = group_copies(self._shingles(*member) for member in members)
            kept = max(parts, key=len)
            for part in parts:
                if part is not kept:
                    self._renumber((members[place][0] for place in part), self._new_number())

    def catch_up(self, most: int) -> bool:
        """Look for copies of articles that went in when nobody did; return whether more are left.

        Args:
            most: Of how many.
        """
        (is_behind,) = only_row(self._connection.execute(_HAS_WITHOUT_SKETCH), int)
        if not is_behind:
            return False
        from pinakes.corpus.shingles import sketch

        rows = self._connection.execute(_WITHOUT_SKETCH, (most,))
        waiting = list(check_rows(rows, int, str))
        for key, id_ in waiting:
            packed, _ = self._contents.packed_of(key)
            with decoding(f"article {id_}"):
                packed = packed._replace(sketch=sketch(packed.text))
            found = self.find(packed)
            # To bring clusters together may have made another version of it.
            row = self._connection.execute(_LIVING, (id_,))
            number, now = only_row(row, int, int)
            if found and found != now:
                number = self._renew(number)
                self._set(number, found)
            self.enter(number, id_, packed.sketch)
        return len(waiting) == most

    def _delete_hashes(self, number: int, packed_sketch: bytes) -> None:
        from pinakes.corpus.shingles import read_sketch

        try:
            hashes = read_sketch(packed_sketch)
        except ValueError:
            # What is damaged goes too; to find its hashes, those of all articles are gone through.
            self._connection.execute("DELETE FROM sketch_hashes WHERE number = ?", (number,))
            return
        self._connection.executemany(
            "DELETE FROM sketch_hashes WHERE hash = ? AND number = ?",
            [(hash_, number) for hash_ in hashes],
        )

    def _candidates(self, packed_sketch: bytes) -> list[int]:
        """Return the numbers of articles that share hashes, those first that share most."""
        hashes = json.dumps(_hashes_of(packed_sketch))
        rows = self._connection.execute(_CANDIDATES, (hashes, _LEAST_SHARED, _MOST_COMPARED))
        return [number for number, _ in check_rows(rows, int, int)]

    def _join(self, clusters: set[int]) -> int:
        """Return the number of some clusters that are one now; the largest keeps its own."""
        if len(clusters) < 2:
            return next(iter(clusters), 0)
        sizes: dict[int, int] = {}
        for cluster in sorted(clusters):
            count = "SELECT count(*) FROM articles WHERE cluster = ? AND died IS NULL"
            (sizes[cluster],) = only_row(self._connection.execute(count, (cluster,)), int)
        kept = max(sizes, key=lambda cluster: sizes[cluster])
        for cluster in sizes:
            if cluster != kept:
                rows = list(self._connection.execute(_MEMBERS, (cluster,)))
                self._renumber((key for key, _ in check_rows(rows, int, bytes)), kept)
                if cluster in self._bereft:
                    self._bereft.add(kept)
        return kept

    def _renumber(self, keys: Iterable[int], cluster: int) -> None:
        for key in keys:
            self._set(self._renew(key), cluster)

    def _set(self, key: int, cluster: int) -> None:
        self._connection.execute("UPDATE articles SET cluster = ? WHERE key = ?", (cluster, key))

    def _new_number(self) -> int:
        """Return a number that no cluster had or will have: a key that no version gets."""
        self._connection.execute("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'articles'")
        taken = "SELECT seq FROM sqlite_sequence WHERE name = 'articles'"
        (number,) = only_row(self._connection.execute(taken), int)
        return int(number)

    def _shingles(self, key: int, text_sha256: bytes) -> Shingles:
        """Return the shingles of an article's text, kept for the next time."""
        kept = self._kept.get(text_sha256)
        if kept is not None:
            self._kept.move_to_end(text_sha256)
            return kept
        from pinakes.corpus.shingles import shingle

        packed, content = self._contents.packed_of(key)
        with decoding(f"content {content}"):
            return self._keep(text_sha256, shingle(packed.text))

    def _keep(self, text_sha256: bytes, shingles: Shingles) -> Shingles:
        if text_sha256 not in self._kept:
            self._kept[text_sha256] = shingles
            self._kept_count += len(shingles)
        while self._kept_count > _MOST_KEPT and len(self._kept) > 1:
            self._kept_count -= len(self._kept.popitem(last=False)[1])
        return shingles


def _hashes_of(packed_sketch: bytes) -> list[int]:
    from pinakes.corpus.shingles import read_sketch

    with decoding("a sketch"):
        return read_sketch(packed_sketch)
