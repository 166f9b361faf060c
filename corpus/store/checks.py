"""Checks that a store is whole: SQLite's own checks, and every row against the others."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from pinakes.corpus.ledger import Status
from pinakes.corpus.shingles import read_sketch
from pinakes.corpus.store.contents import Contents
from pinakes.corpus.store.reads import read_counts, read_state, read_token
from pinakes.corpus.store.rows import DECODING_ERRORS, check_rows, only_row
from pinakes.corpus.store.schema import open_database, translated
from pinakes.corpus.store.unpacking import unpack

_MOST_TOLD = 100
_ARTICLES = (
    "SELECT articles.key, id, record, articles.sha256, text_sha256, extraction, packed, dictionary,"
    " passage_count, died IS NULL,"
    " (SELECT count(*) FROM article_paths WHERE article_paths.key = articles.key)"
    " FROM articles LEFT JOIN contents USING (content) ORDER BY articles.key"
)
_UNLISTED = (
    "SELECT DISTINCT path FROM article_paths JOIN articles USING (key)"
    " WHERE died IS NULL AND path NOT IN (SELECT path FROM files) ORDER BY path"
)

_OTHER_BYTES = (
    "SELECT id, path FROM articles JOIN article_paths USING (key) JOIN files USING (path)"
    " WHERE died IS NULL AND files.status IN (?, ?) AND files.sha256 <> articles.sha256"
    " ORDER BY path, id"
)
_SKETCHES = (
    "SELECT number, sketches.id, hashes, key IS NOT NULL FROM sketches"
    " LEFT JOIN articles ON articles.id = sketches.id AND died IS NULL ORDER BY number"
)
_HELD = (
    "SELECT count(*) FROM json_each(?) AS sought"
    " JOIN sketch_hashes AS held ON held.hash = sought.value AND held.number = ?"
)


class StoreFault(NamedTuple):
    """Something in the store that is not as it should be.

    Attributes:
        part: Which part of the store, such as `article 907a36fd`.
        problem: What is wrong with it.
        article_id: Of the living article that this is about; empty if it is about something else.
        paths: The files that hold that article.
        is_dead: Whether it is about an article as it was before it was changed, or removed.
    """

    part: str
    problem: str
    article_id: str = ""
    paths: tuple[str, ...] = ()
    is_dead: bool = False


def check_store(path: Path) -> Iterator[StoreFault]:
    """Yield what is wrong with the store at `path`, which is read whole.

    Raises:
        ArchiveError: It cannot be opened at all, or is no store of this format.
    """
    with translated(path), closing(open_database(path, read_only=True)) as connection:
        connection.execute("BEGIN")
        for check, part in _CHECKS.items():
            try:
                yield from check(connection)
            except (sqlite3.DatabaseError, *DECODING_ERRORS) as error:
                yield StoreFault(part, str(error))


def _check_file(connection: sqlite3.Connection) -> Iterator[StoreFault]:
    for (told,) in connection.execute(f"PRAGMA integrity_check({_MOST_TOLD})"):
        if told != "ok":
            yield StoreFault("file", str(told))
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield StoreFault(f"table {table}", f"row {row} refers to what is not in {parent}")


def _check_identity(connection: sqlite3.Connection) -> Iterator[StoreFault]:
    """Tell of an id of the archive that never was one: what is purged is kept out by it."""
    (archive_id,) = only_row(connection.execute("SELECT id FROM archive"), str)
    try:
        is_sound = str(uuid.UUID(archive_id)) == archive_id
    except ValueError:
        is_sound = False
    if not is_sound:
        yield StoreFault("archive", f"its id is {archive_id!r}, which is none")


def _check_articles(connection: sqlite3.Connection) -> Iterator[StoreFault]:
    with closing(Contents(connection)) as contents:
        for row in connection.execute(_ARTICLES):
            name = f"article {row[1]}" if row[9] else f"article {row[1]} as it was before"
            try:
                faults = list(_check_article(name, row, contents))
            except (sqlite3.DatabaseError, *DECODING_ERRORS) as error:
                faults = [StoreFault(name, f"cannot be understood: {error}")]
            for fault in faults:
                if row[9]:
                    paths = _paths_of(connection, row[0])
                    yield fault._replace(article_id=str(row[1]), paths=paths)
                else:
                    yield fault._replace(is_dead=True)


def _paths_of(connection: sqlite3.Connection, key: object) -> tuple[str, ...]:
    query = "SELECT path FROM article_paths WHERE key = ? ORDER BY place"
    try:
        return tuple(str(path) for (path,) in connection.execute(query, (key,)))
    except sqlite3.DatabaseError:
        # Told of the file of the store.
        return ()


def _check_article(name: str, row: tuple[object, ...], contents: Contents) -> Iterator[StoreFault]:
    types = (int, str, str, bytes, bytes, int, bytes, int, int, int, int)
    ((*head, packed, dictionary, passages, is_living, paths),) = check_rows([row], *types)
    article = unpack((*head, contents.read(packed, dictionary)), ("",))
    if hashlib.sha256(article.text.encode()).digest() != head[4]:
        yield StoreFault(name, "its text is not the one that was stored")
    if len(article.passages) != passages:
        yield StoreFault(name, f"has {len(article.passages)} passages, not {passages}")
    if is_living and not paths:
        yield StoreFault(name, "has no file")


def _check_sketches(connection: sqlite3.Connection) -> Iterator[StoreFault]:
    hash_count = 0
    rows = connection.execute(_SKETCHES)
    for number, id_, packed, is_living in check_rows(rows, int, str, bytes, int):
        part = f"sketch of article {id_}"
        try:
            hashes = read_sketch(packed)
        except ValueError as error:
            yield StoreFault(part, f"cannot be understood: {error}")
            continue
        hash_count += len(hashes)
        (held,) = connection.execute(_HELD, (json.dumps(hashes), number)).fetchone()
        if held != len(hashes):
            yield StoreFault(part, f"{held} of its {len(hashes)} hashes can be looked up")
        if not is_living:
            yield StoreFault(part, "there is no such article")
    (held,) = connection.execute("SELECT count(*) FROM sketch_hashes").fetchone()
    if held != hash_count:
        yield StoreFault("sketches", f"have {hash_count} hashes, and {held} can be looked up")


def _check_ledger(connection: sqlite3.Connection) -> Iterator[StoreFault]:
    from pinakes.corpus.store.ledger_rows import read_ledger

    for row in read_ledger(connection, None):
        query = (
            "SELECT count(*) FROM article_paths JOIN articles USING (key)"
            " WHERE path = ? AND died IS NULL"
        )
        (held,) = connection.execute(query, (row.path,)).fetchone()
        if held != row.articles:
            yield StoreFault(f"ledger, {row.path}", f"holds {held} articles, not {row.articles}")
    for id_, path in connection.execute(_OTHER_BYTES, (Status.INDEXED, Status.DUPLICATE_OF)):
        yield StoreFault(
            f"ledger, {path}", f"has another SHA-256 than article {id_}, which it holds"
        )
    for (path,) in connection.execute(_UNLISTED):
        yield StoreFault(f"ledger, {path}", "holds articles, and is not in the ledger")


def _check_counts(connection: sqlite3.Connection) -> Iterator[StoreFault]:
    generation = read_state(connection).generation
    if read_token(connection, generation) is None:
        yield StoreFault("counts", f"there are none of its generation, {generation}")
        return
    counts = read_counts(connection, generation)
    living = connection.execute(
        "SELECT count(*), total(passage_count) FROM articles JOIN contents USING (content)"
        " WHERE died IS NULL"
    ).fetchone()
    if (counts.articles, counts.passages) != (living[0], int(living[1])):
        told = f"says {counts.articles} articles with {counts.passages} passages"
        yield StoreFault("counts", f"{told}, there are {living[0]} with {int(living[1])}")


_CHECKS = {
    _check_file: "file",
    _check_identity: "archive",
    _check_articles: "articles",
    _check_sketches: "sketches",
    _check_ledger: "ledger",
    _check_counts: "counts",
}
