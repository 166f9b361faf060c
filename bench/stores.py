"""Where the texts of an archive that many machines feed may be kept: what each place costs.

The same packed articles are written by one process and by several at once, a third of them by two;
then some are read. SQLite has a file for each writer, as every machine has a store of its own, or
one for all; PostgreSQL and OpenSearch are servers, which keep an article once whoever sends it.
"""

from __future__ import annotations

import importlib
import multiprocessing
import random
import sqlite3
import statistics
import time
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from bench.tables import print_table
from pinakes.corpus import ArchiveFolder, EngineSettings, Store
from pinakes.indexer.opensearch.connection import Cluster, connect, encode_lines
from pinakes.indexer.opensearch.publishing import identity_of

_BATCH = 500
_READ = 300
_SEED = 5
_TABLE = "CREATE TABLE {} articles (identity {} PRIMARY KEY, content {} NOT NULL)"
_NAME = "pinakes-bench-stores"

Rows = Iterable[tuple[bytes, bytes]]
Writer = Callable[[Rows], None]


class Place(NamedTuple):
    """A place to keep articles.

    Attributes:
        kind: `sqlite-each`, `sqlite-one`, `postgresql` or `opensearch`.
        address: Of the server, or the folder.
    """

    kind: str
    address: str


class Share(NamedTuple):
    """What one of several processes writes."""

    archive: Path
    place: Place
    number: int
    writers: int


def measure_stores(
    archive: Path, folder: Path, *, postgres: str, url: str, writers: Sequence[int]
) -> dict[str, Any]:
    """Measure, print a table, and return all figures.

    Args:
        archive: Whose articles are written.
        folder: Where files are made.
        postgres: How to connect to PostgreSQL; empty to leave it out.
        url: Of a node of OpenSearch; empty to leave it out.
        writers: How many processes write at once, one number after the other.
    """
    places = [Place("sqlite-each", str(folder)), Place("sqlite-one", str(folder))]
    places += [Place("postgresql", postgres)] if postgres else []
    places += [Place("opensearch", url)] if url else []
    rows = [_measure(archive, place, count) for count in writers for place in places]
    print_table(
        "packed articles",
        ("place", "writers", "articles/s", "MB", "read one, ms", "read 100, ms"),
        [
            (
                row["place"], str(row["writers"]), round(row["per_s"]), float(row["mb"]),
                float(row["read_one_ms"]), float(row["read_100_ms"]),
            )
            for row in rows
        ],
    )  # fmt: skip
    return {"stores": rows}


def _measure(archive: Path, place: Place, writers: int) -> dict[str, Any]:
    _prepare(place)
    shares = [Share(archive, place, number, writers) for number in range(writers)]
    with multiprocessing.get_context("spawn").Pool(writers) as pool:
        took = pool.map(_write_share, shares, chunksize=1)
    with Store.open(ArchiveFolder.open(archive).store_path) as store:
        identities = [identity for identity, _ in _rows_of(store)]
    sent = sum(count for count, _ in took)
    chosen = random.Random(_SEED).sample(identities, min(_READ, len(identities)))  # noqa: S311
    return {
        "place": place.kind,
        "writers": writers,
        "articles": len(identities),
        "sent": sent,
        "per_s": sent / max(seconds for _, seconds in took),
        "mb": _size_mb(place),
        "read_one_ms": _time_reads(place, [[each] for each in chosen]),
        "read_100_ms": _time_reads(
            place, [chosen[at : at + 100] for at in range(0, len(chosen), 100)]
        ),
    }


def _write_share(share: Share) -> tuple[int, float]:
    """Write what is this process's, of which a third is another's too; return how many, seconds."""
    with Store.open(ArchiveFolder.open(share.archive).store_path) as store:
        mine = [row for at, row in enumerate(_rows_of(store)) if share.number in _owners(at, share)]
    write = _WRITERS[share.place.kind](share)
    began = time.perf_counter()
    write(mine)
    return len(mine), time.perf_counter() - began


def _owners(at: int, share: Share) -> set[int]:
    """Return which processes write an article: one, or of every third one and the next."""
    first = at % share.writers
    return {first, (first + 1) % share.writers} if at % 3 == 0 else {first}


def _rows_of(store: Store) -> Iterator[tuple[bytes, bytes]]:
    for record in store.records_between(0, store.state().generation):
        yield (
            bytes.fromhex(identity_of(record.sha256, record.record)),
            zlib.compress(record.content),
        )


def _batches(rows: Rows) -> Iterator[list[tuple[bytes, bytes]]]:
    rest = iter(rows)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _sqlite_path(place: Place, number: int) -> Path:
    return Path(place.address) / f"{place.kind}-{number if place.kind == 'sqlite-each' else 0}.db"


def _sqlite_writer(share: Share) -> Writer:
    def write(rows: Rows) -> None:
        path = _sqlite_path(share.place, share.number)
        with closing(sqlite3.connect(path, timeout=600, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(_TABLE.format("IF NOT EXISTS", "BLOB", "BLOB"))
            for batch in _batches(rows):
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("INSERT OR IGNORE INTO articles VALUES (?, ?)", batch)
                connection.execute("COMMIT")

    return write


def _postgres_writer(share: Share) -> Writer:
    def write(rows: Rows) -> None:
        with _postgres(share.place) as connection, connection.cursor() as cursor:
            for batch in _batches(rows):
                # Two that write the same articles in another order would wait for one another.
                batch.sort()
                cursor.executemany(
                    "INSERT INTO articles VALUES (%s, %s) ON CONFLICT DO NOTHING", batch
                )
                connection.commit()

    return write


def _opensearch_writer(share: Share) -> Writer:
    def write(rows: Rows) -> None:
        with closing(_opensearch(share.place)) as cluster:
            for batch in _batches(rows):
                lines: list[object] = []
                for identity, content in batch:
                    lines.append({"create": {"_index": _NAME, "_id": identity.hex()}})
                    lines.append({"content": b64encode(content).decode()})
                cluster.request("POST", "/_bulk", encode_lines(lines))

    return write


_WRITERS = {
    "sqlite-each": _sqlite_writer,
    "sqlite-one": _sqlite_writer,
    "postgresql": _postgres_writer,
    "opensearch": _opensearch_writer,
}


def _postgres(place: Place) -> Any:
    return importlib.import_module("psycopg").connect(place.address)


def _opensearch(place: Place) -> Cluster:
    settings = EngineSettings(kind="opensearch", urls=(place.address,), name=_NAME)
    return connect(settings, Path("bench"))


def _prepare(place: Place) -> None:
    """Make the place empty."""
    if place.kind == "postgresql":
        with _postgres(place) as connection:
            connection.execute("DROP TABLE IF EXISTS articles")
            connection.execute(_TABLE.format("", "bytea", "bytea"))
    elif place.kind == "opensearch":
        with closing(_opensearch(place)) as cluster:
            cluster.request("DELETE", f"/{_NAME}", accepts="missing")
            content = {"type": "keyword", "index": False, "doc_values": False}
            cluster.request("PUT", f"/{_NAME}", {
                "settings": {"number_of_shards": 3, "number_of_replicas": 1,
                             "refresh_interval": "-1", "codec": "best_compression"},
                "mappings": {"dynamic": False, "properties": {"content": content}},
            })  # fmt: skip
    else:
        for path in Path(place.address).glob(f"{place.kind}-*"):
            path.unlink()


def _size_mb(place: Place) -> float:
    if place.kind == "postgresql":
        with _postgres(place) as connection:
            row = connection.execute("SELECT pg_total_relation_size('articles')").fetchone()
            return float(row[0]) / 1e6
    if place.kind == "opensearch":
        with closing(_opensearch(place)) as cluster:
            cluster.request("POST", f"/{_NAME}/_flush")
            told = cluster.request("GET", f"/{_NAME}/_stats/store")["_all"]["total"]["store"]
            return float(told["size_in_bytes"]) / 1e6
    sizes = (path.stat().st_size for path in Path(place.address).glob(f"{place.kind}-*.db"))
    return sum(sizes) / 1e6


def _time_reads(place: Place, asked: Sequence[Sequence[bytes]]) -> float:
    """Return the median milliseconds to read so many articles; of SQLite from its first file."""
    took = []
    with closing(_opener(place)) as connection:
        for identities in asked:
            began = time.perf_counter_ns()
            _read(place, connection, identities)
            took.append((time.perf_counter_ns() - began) / 1e6)
    return statistics.median(took)


def _opener(place: Place) -> Any:
    if place.kind == "postgresql":
        return _postgres(place)
    if place.kind == "opensearch":
        return _opensearch(place)
    return sqlite3.connect(_sqlite_path(place, 0))


def _read(place: Place, connection: Any, identities: Sequence[bytes]) -> None:
    if place.kind == "opensearch":
        ids = [identity.hex() for identity in identities]
        connection.request("POST", f"/{_NAME}/_mget", {"ids": ids})
        return
    marks = ", ".join(["%s" if place.kind == "postgresql" else "?"] * len(identities))
    text = f"SELECT identity, content FROM articles WHERE identity IN ({marks})"  # noqa: S608
    connection.execute(text, list(identities)).fetchall()
