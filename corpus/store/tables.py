"""The tables of the store, and how those of older formats become these."""

from __future__ import annotations

import sqlite3

FORMAT = 5

_CONTENTS_3 = """CREATE TABLE contents (
    content INTEGER PRIMARY KEY,
    passage_count INTEGER NOT NULL,
    digest BLOB NOT NULL,
    text_sha256 BLOB NOT NULL,
    dictionary INTEGER NOT NULL,
    packed BLOB NOT NULL)"""
_EXTRACTION = "extraction INTEGER NOT NULL DEFAULT 0"
_TAGGING = "tagging INTEGER NOT NULL DEFAULT 0"
_CONTENTS = f"{_CONTENTS_3[:-1]}, {_EXTRACTION}, {_TAGGING})"
_ARTICLES_4 = """CREATE TABLE articles (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    content INTEGER NOT NULL REFERENCES contents,
    record TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    born INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    died INTEGER)"""
_CLUSTER = "cluster INTEGER NOT NULL DEFAULT 0"
_ARTICLES = f"{_ARTICLES_4[:-1]}, {_CLUSTER})"

TABLES = (
    """CREATE TABLE archive (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    pruned INTEGER NOT NULL)""",
    # A row is shared by the versions of an article that differ in their paths only.
    _CONTENTS,
    "CREATE INDEX contents_tagging ON contents (tagging)",
    # Which taggers a content has gone through; 0, which has no row, is none.
    """CREATE TABLE taggings (
    tagging INTEGER PRIMARY KEY,
    stamps TEXT NOT NULL UNIQUE)""",
    # Of passages by their text, and of those alike the first is 0; `is_set` is 0 for what was taken
    # away. An article that comes back under its id has its own again.
    """CREATE TABLE hand_tags (
    id TEXT NOT NULL,
    text_sha256 BLOB NOT NULL,
    alike INTEGER NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    is_set INTEGER NOT NULL,
    PRIMARY KEY (id, text_sha256, alike, type, value)) WITHOUT ROWID""",
    # With which contents are compressed; 0 is none.
    """CREATE TABLE dictionaries (
    dictionary INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL)""",
    # AUTOINCREMENT: a key must never come back, the index may know it as that of a dead article.
    # `changed` is the generation since which the article has its content, whatever its files are.
    # Articles that are copies of one another have one `cluster`, and others none of theirs: the key
    # that a version had which founded it.
    _ARTICLES,
    "CREATE INDEX articles_id ON articles (id)",
    "CREATE INDEX articles_born ON articles (born)",
    "CREATE INDEX articles_died ON articles (died) WHERE died IS NOT NULL",
    "CREATE INDEX articles_content ON articles (content)",
    "CREATE INDEX articles_cluster ON articles (cluster) WHERE died IS NULL",
    # Of living articles by their ids: the hashes by which copies of them are looked for, and where
    # each of these occurs. Numbers are keys that a version had.
    """CREATE TABLE sketches (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hashes BLOB NOT NULL)""",
    """CREATE TABLE sketch_hashes (
    hash INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (hash, number)) WITHOUT ROWID""",
    """CREATE TABLE article_paths (
    key INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    place INTEGER NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (key, place)) WITHOUT ROWID""",
    "CREATE INDEX article_paths_path ON article_paths (path, key)",
    """CREATE TABLE files (
    path TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    detail TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    sha256 BLOB,
    articles INTEGER NOT NULL,
    problems TEXT NOT NULL,
    notes TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX files_sha256 ON files (sha256) WHERE sha256 IS NOT NULL",
    "CREATE INDEX files_status ON files (status, articles)",
    """CREATE TABLE removed_records (
    path TEXT NOT NULL,
    record TEXT NOT NULL,
    text_sha256 BLOB NOT NULL,
    PRIMARY KEY (path, record)) WITHOUT ROWID""",
    # Checksums of what was purged, see `purged_rows`; those of one article are a bunch.
    """CREATE TABLE purged (
    kind TEXT NOT NULL,
    digest BLOB NOT NULL,
    bunch BLOB NOT NULL,
    PRIMARY KEY (kind, digest, bunch)) WITHOUT ROWID""",
    """CREATE TABLE saved_searches (
    name TEXT PRIMARY KEY,
    query TEXT NOT NULL,
    syntax INTEGER NOT NULL,
    saved TEXT NOT NULL,
    seen INTEGER) WITHOUT ROWID""",
    """CREATE TABLE generations (
    generation INTEGER PRIMARY KEY,
    articles INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    files INTEGER NOT NULL,
    unsearchable INTEGER NOT NULL,
    by_status TEXT NOT NULL,
    token TEXT NOT NULL)""",
)

_NEW_IN_4 = tuple(
    sql for sql in TABLES if any(name in sql for name in ("tagging ON", "taggings (", "hand_tags"))
)
_NEW_IN_5 = tuple(
    sql
    for sql in TABLES
    if any(
        name in sql for name in ("articles_cluster", "sketches", "sketch_hashes", "TABLE purged")
    )
)
_TABLES_4 = {*TABLES, _ARTICLES_4} - {*_NEW_IN_5, _ARTICLES}
_TABLES_OF = {3: {*_TABLES_4, _CONTENTS_3} - {*_NEW_IN_4, _CONTENTS}, 4: _TABLES_4}
_ALONE = (
    "UPDATE articles SET cluster ="
    " (SELECT min(key) FROM articles AS first WHERE first.id = articles.id)"
)


def read_tables(connection: sqlite3.Connection) -> set[str]:
    """Return how what there is was made; nothing if that cannot be read."""
    # A view or a trigger in the place of a table would run with every statement of ours. SQLite
    # gives no name of its own to others' things, but a file may: only what SQLite makes itself is
    # passed over.
    listing = (
        "SELECT sql FROM sqlite_schema WHERE NOT (type = 'index' AND sql IS NULL)"
        " AND sql IS NOT 'CREATE TABLE sqlite_sequence(name,seq)'"
    )
    try:
        return {sql for (sql,) in connection.execute(listing)}
    except UnicodeDecodeError:
        # Neither names nor SQLite's own message about them need be text.
        return set()


def is_outdated(connection: sqlite3.Connection) -> bool:
    """Return whether it has the tables of an older format that can be brought up, and no others."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return version in _TABLES_OF and read_tables(connection) == _TABLES_OF[version]


def bring_up(connection: sqlite3.Connection) -> None:
    """Give a store of an older format the tables of this one, without what is new in them."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 3:
        for column in (_EXTRACTION, _TAGGING):
            connection.execute(f"ALTER TABLE contents ADD COLUMN {column}")
        for statement in _NEW_IN_4:
            connection.execute(statement)
    connection.execute(f"ALTER TABLE articles ADD COLUMN {_CLUSTER}")
    # Copies are found when files are taken in the next time.
    connection.execute(_ALONE)
    for statement in _NEW_IN_5:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {FORMAT}")
