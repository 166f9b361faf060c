"""Writes to the tables of the store, inside one transaction that makes one generation."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from pinakes.corpus.article_columns import TagDifference
from pinakes.corpus.passage_table import PassageTable
from pinakes.corpus.store.births import Births
from pinakes.corpus.store.clusters import Clusters
from pinakes.corpus.store.contents import Contents
from pinakes.corpus.store.hand_rows import HandTags
from pinakes.corpus.store.holding import Holding
from pinakes.corpus.store.ledger_rows import LedgerWriter
from pinakes.corpus.store.new_ids import new_id
from pinakes.corpus.store.packed_rows import PackedRow
from pinakes.corpus.store.packing import PackedArticle
from pinakes.corpus.store.purged_rows import PurgedRows
from pinakes.corpus.store.reads import count_files, count_living, read_state
from pinakes.corpus.store.repacking import repack
from pinakes.corpus.store.rows import check_rows, only_row
from pinakes.corpus.store.versions import Version, Versions

T = TypeVar("T")

_CONTENT = (
    "SELECT id, content, digest, record, tagging, text_sha256, cluster, sha256"
    " FROM articles JOIN contents USING (content) WHERE key = ?"
)


class StoreWriter:
    """The changes of one transaction.

    An article is never changed where a reader may look: its version dies, and another with a new
    key is born; only a version born in this very transaction, and not told of, is changed in place.

    Attributes:
        generation: What the store's generation will be if anything changes.
        ledger: Writes what became of the files.
        hand: Writes the tags that are set by hand.
        clusters: Writes which articles are copies of one another.
        purged: Writes what is kept out for good.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        contents: Contents,
        births: Births,
        *,
        renews_moved: bool = False,
    ) -> None:
        """Write through a connection that is in a transaction.

        `renews_moved` is as that of `Store`.
        """
        self._connection = connection
        self._renews_moved = renews_moved
        self._contents = contents
        self._births = births
        self.generation = read_state(connection).generation + 1
        self.ledger = LedgerWriter(connection)
        self.hand = HandTags(connection)
        self.purged = PurgedRows(connection)
        self._versions = Versions(connection, births, self.generation)
        self.clusters = Clusters(connection, contents, self._versions.renew)

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Undo what is done inside if it ends with an exception, and go on from there."""
        self._births.begin_step()
        self._connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self._contents.forget()
            # On a full disk SQLite has undone the whole transaction by itself.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO part")
                self._connection.execute("RELEASE part")
            self._births.end_step(is_undone=True)
            raise
        self._connection.execute("RELEASE part")
        self._births.end_step(is_undone=False)

    def holdings(self, path: str) -> list[Holding]:
        """Return the living articles that a file holds, by key."""
        rows = self._connection.execute(
            "SELECT key, id, record, digest, sha256, text_sha256,"
            " place = (SELECT min(place) FROM article_paths WHERE key = articles.key)"
            " FROM article_paths JOIN articles USING (key) JOIN contents USING (content)"
            " WHERE path = ? AND died IS NULL ORDER BY key",
            (path,),
        )
        checked = check_rows(rows, int, str, str, bytes, bytes, bytes, int)
        return [
            Holding(
                key=key,
                id=id_,
                record=record,
                digest=digest,
                sha256=sha256.hex(),
                text_sha256=text_sha256,
                is_owned=bool(is_owned),
            )
            for key, id_, record, digest, sha256, text_sha256, is_owned in checked
        ]

    def paths(self, key: int) -> list[str]:
        """Return the files of an article, the first one first."""
        rows = self._connection.execute(
            "SELECT path FROM article_paths WHERE key = ? ORDER BY place", (key,)
        )
        return [path for (path,) in check_rows(rows, str)]

    def add_article(self, packed: PackedArticle, *, path: str, record: str, sha256: str) -> int:
        """Add an article with an id of its own, held by one file; return its key.

        The id is the beginning of the SHA-256 of `sha256` and `record`: the same bytes have the
        same id in every archive, unless another article has it already.
        """
        self._births.tell()
        id_ = new_id(self._connection, sha256, record)
        packed = self.hand.put_on(packed, id_)
        content = self._contents.add(packed)
        cluster = self.clusters.find(packed)
        version = Version(id_, content, record, bytes.fromhex(sha256), self.generation, cluster)
        key = self._versions.add(version)
        self._connection.execute("INSERT INTO article_paths VALUES (?, 0, ?)", (key, path))
        self.clusters.enter(key, id_, packed.sketch)
        self._births.note(key, (packed, id_, path, cluster or key))
        return key

    def ahead(
        self, articles: Iterable[tuple[PackedArticle, T]]
    ) -> Iterator[tuple[PackedArticle, T]]:
        """Yield articles, each with anything, while those behind are being compressed.

        For many that are to be added each as it comes: it takes time off `add_article`.
        """
        for batch in self._contents.ahead(articles):
            yield from batch

    def split_article(self, key: int) -> list[str]:
        """Give all files of an article but the first another one, with the same content.

        Returns those files. The first of them holds the new article as its own.
        """
        others = self.paths(key)[1:]
        if not others:
            return []
        kept = self._versions.renew(key)
        version, _ = self._versions.read(kept)
        id_ = new_id(self._connection, version.sha256.hex(), version.record)
        new = self._versions.add(version._replace(id=id_))
        self.clusters.enter_like(new, id_, version.id)
        self._connection.execute(
            "UPDATE article_paths SET key = ? WHERE key = ? AND path <> ?",
            (new, kept, self.paths(kept)[0]),
        )
        return others

    def set_content(self, key: int, packed: PackedArticle, *, record: str, sha256: str) -> bool:
        """Give an article another content; return whether it is another one, but for its tags.

        If it is the same, has gone through the same taggers, and what is held of it can be read,
        only note in which bytes the article now stands.
        """
        row = self._connection.execute(_CONTENT, (key,))
        held = only_row(row, str, int, bytes, str, int, bytes, int, bytes)
        id_, content, digest, old_record, tagging, text_sha256, cluster, bytes_then = held
        is_moved = self._renews_moved and bytes_then.hex() != sha256
        is_same = digest == packed.digest
        is_kept = is_same and tagging == self._contents.tagging_of(packed.stamps)
        is_kept = is_kept and self._contents.is_legible(content, packed.text_sha256)
        if not is_kept or old_record != record or is_moved:
            key = self._versions.renew(key)
            self._connection.execute("UPDATE articles SET record = ? WHERE key = ?", (record, key))
            if not is_same:
                changed = self.generation, key
                self._connection.execute("UPDATE articles SET changed = ? WHERE key = ?", changed)
            if not is_kept:
                self._put_content(key, content, self.hand.put_on(packed, id_))
            if text_sha256 != packed.text_sha256:
                self.clusters.move(key, id_, cluster, packed)
        # The one thing of a version that may be refreshed: a record that stands unchanged in a
        # changed file can be checked against it, and its index entry need not be made again.
        self._connection.execute(
            "UPDATE articles SET sha256 = ? WHERE key = ?", (bytes.fromhex(sha256), key)
        )
        return not is_same

    def set_tags(
        self, key: int, passages: PassageTable, *, before: PassageTable | None = None
    ) -> None:
        """Give an article other tags: `passages` are its own but for these, those by hand too.

        Args:
            key: Of the version that has the tags it has.
            passages: With their tags.
            before: The passages as they were; then an observer is told only what differs.
        """
        packed, content = self._contents.packed_of(key)
        new = self._renew(key, content, repack(packed, passages, stamps=packed.stamps))
        if before is not None and new != key:
            self._births.note_retagged(new, key, TagDifference.between(before, passages))

    def set_retagged(
        self,
        row: PackedRow,
        difference: TagDifference,
        packed: PackedArticle,
        ready: tuple[int, bytes] | None,
    ) -> None:
        """Give an article other tags, with those by hand.

        Args:
            row: As it is.
            difference: What differs.
            packed: It is this now; its content may be missing if its frame is `ready`.
            ready: As `Contents.add` takes it.
        """
        new = self._renew(row.key, row.content, packed, ready)
        if new != row.key:
            self._births.note_retagged(new, row.key, difference)

    def _renew(
        self, key: int, old: int, packed: PackedArticle, ready: tuple[int, bytes] | None = None
    ) -> int:
        """Let a version make way for one with another content; return its key."""
        new = self._versions.renew(key, content=self._contents.add(packed, ready))
        self._contents.drop_orphan(old)
        return new

    def note_stamps(self, key: int, stamps: tuple[str, ...]) -> None:
        """Note which taggers an article has gone through, whose tags are as they were."""
        self._contents.note_stamps(key, stamps)

    def _put_content(self, key: int, old: int, packed: PackedArticle) -> None:
        new = self._contents.add(packed), key
        self._connection.execute("UPDATE articles SET content = ? WHERE key = ?", new)
        self._contents.drop_orphan(old)

    def add_path(self, key: int, path: str) -> None:
        """Let one more file hold an article."""
        self._connection.execute(
            "INSERT INTO article_paths SELECT key, place + 1, ? FROM article_paths"
            " WHERE key = ? ORDER BY place DESC LIMIT 1",
            (path, self._versions.renew(key)),
        )

    def rename_path(self, key: int, old: str, new: str) -> None:
        """Let the file `new` hold an article in the place of `old`."""
        self._connection.execute(
            "UPDATE article_paths SET path = ? WHERE key = ? AND path = ?",
            (new, self._versions.renew(key), old),
        )

    def drop_path(self, key: int, path: str) -> str:
        """Take an article from a file; return whose it is now, or nothing if it died with it."""
        heirs = self._connection.execute(
            "SELECT path FROM article_paths WHERE key = ? AND path <> ? ORDER BY place LIMIT 1",
            (key, path),
        ).fetchall()
        if not heirs:
            self.remove_article(key)
            return ""
        self._connection.execute(
            "DELETE FROM article_paths WHERE key = ? AND path = ?",
            (self._versions.renew(key), path),
        )
        (heir,) = only_row(heirs, str)
        return str(heir)

    def remove_article(self, key: int) -> None:
        """Let an article die."""
        version = self._versions.end(key)
        self.clusters.leave(version.id, version.cluster)
        self._contents.drop_orphan(version.content)

    def finish(self) -> int | None:
        """Raise the generation if anything has changed, and return it."""
        self.clusters.settle()
        self._births.tell()
        if not (self._versions.is_changed or self.ledger.is_changed):
            return None
        articles, passages = count_living(self._connection, self.generation)
        files, unsearchable, by_status = count_files(self._connection)
        self._connection.execute(
            "INSERT INTO generations VALUES (?, ?, ?, ?, ?, ?, hex(randomblob(8)))",
            (self.generation, articles, passages, files, unsearchable, json.dumps(by_status)),
        )
        self._connection.execute("UPDATE archive SET generation = ?", (self.generation,))
        return self.generation
