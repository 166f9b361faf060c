"""Tags set by hand: read and written inside one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from pinakes.corpus.store.packing import PackedArticle
from pinakes.corpus.store.repacking import passages_of, with_passages
from pinakes.corpus.store.rows import check_rows, decoding
from pinakes.corpus.tagging.by_hand import HandTag, PassageName, with_hand_tags

_OF_ARTICLE = (
    "SELECT text_sha256, alike, type, value, is_set FROM hand_tags WHERE id = ?"
    " ORDER BY type, value"
)


class HandTags:
    """The tags by hand of a store, for the time of one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read and write through a connection that is in a transaction."""
        self._connection = connection
        self._has_any: bool | None = None

    def of_article(self, article_id: str) -> dict[PassageName, list[HandTag]]:
        """Return the tags of an article, by the names of passages it has, had, or may have."""
        if self._has_any is None:
            found = self._connection.execute("SELECT 1 FROM hand_tags LIMIT 1")
            self._has_any = found.fetchone() is not None
        marks: dict[PassageName, list[HandTag]] = {}
        if not self._has_any:
            return marks
        rows = self._connection.execute(_OF_ARTICLE, (article_id,))
        for digest, alike, type_, value, is_set in check_rows(rows, bytes, int, str, str, int):
            tag = HandTag(type=type_, value=value, is_set=bool(is_set))
            marks.setdefault((digest, alike), []).append(tag)
        return marks

    def put(self, article_id: str, name: PassageName, tag: HandTag) -> None:
        """Set a tag on a passage, or take it away, in the place of what was said of it before."""
        row = (article_id, *name, tag.type, tag.value, int(tag.is_set))
        self._connection.execute("INSERT OR REPLACE INTO hand_tags VALUES (?, ?, ?, ?, ?, ?)", row)
        self._has_any = True

    def forget(self, article_id: str, name: PassageName, tags: Iterable[HandTag]) -> None:
        """Forget what was said of these tags of a passage, set or taken away."""
        rows = [(article_id, *name, tag.type, tag.value) for tag in tags]
        self._connection.executemany(
            "DELETE FROM hand_tags"
            " WHERE id = ? AND text_sha256 = ? AND alike = ? AND type = ? AND value = ?",
            rows,
        )

    def forget_dead(self, digits: str = "") -> None:
        """Forget the tags of articles that are gone: of all, or of those whose id begins `digits`.

        An article that comes back has none of them then.
        """
        self._connection.execute(
            "DELETE FROM hand_tags WHERE (:digits = '' OR substr(:digits, 1, length(id)) = id)"
            " AND id NOT IN (SELECT id FROM articles WHERE died IS NULL)",
            {"digits": digits},
        )

    def put_on(self, packed: PackedArticle, article_id: str) -> PackedArticle:
        """Return what is packed for an article with its tags by hand."""
        marks = self.of_article(article_id)
        if not marks:
            return packed
        with decoding(f"article {article_id}"):
            passages = with_hand_tags(passages_of(packed.content), marks)
        return packed._replace(content=with_passages(packed.content, passages))
