"""Texts into a store, and which of them it takes for copies."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from bench.memory import own_mb
from pinakes.corpus import Extract, Kind, Passage, PassageTable, Store
from pinakes.corpus.shingles import sketch
from pinakes.corpus.store.packing import PackedArticle, pack

_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What taking texts in has cost so far.

    Attributes:
        articles: How many went in since the last of these.
        sketch_ms: Processor time of their sketches, for each.
        store_ms: Of all that the store does, for each.
        memory_mb: What the process holds of its own.
    """

    articles: int
    sketch_ms: float
    store_ms: float
    memory_mb: float


@contextmanager
def empty_store() -> Iterator[Store]:
    """Make a store that goes when the block is left."""
    with tempfile.TemporaryDirectory(prefix="pinakes-copies-") as folder:
        store = Store.create(Path(folder) / "store.sqlite")
        with store:
            yield store


def pack_text(text: str) -> PackedArticle:
    """Return an article of a text, one passage long, without a sketch."""
    text = normalize("NFC", text)
    whole = Passage(
        number=0, kind=Kind.PARAGRAPH, section=(), start=0, end=len(text), text=text, tags=()
    )
    return pack(Extract(text=text, blocks=()), PassageTable.of([whole], text))


def take_in(
    store: Store, texts: Iterable[str], *, with_copies: bool, tell_every: int = 10_000
) -> Iterator[Progress]:
    """Put texts into a store, a thousand in a transaction; tell now and then what it costs."""
    number = since = 0
    sketching = storing = 0.0
    batch: list[PackedArticle] = []

    def write() -> float:
        began = time.process_time()
        with store.transaction() as writer:
            for place, packed in enumerate(batch, start=number - len(batch)):
                digest = hashlib.sha256(b"%d" % place).hexdigest()
                writer.add_article(packed, path=f"{place}.txt", record="", sha256=digest)
        batch.clear()
        return time.process_time() - began

    for text in texts:
        packed = pack_text(text)
        if with_copies:
            began = time.process_time()
            packed = packed._replace(sketch=sketch(packed.text))
            sketching += time.process_time() - began
        batch.append(packed)
        number, since = number + 1, since + 1
        if len(batch) == _BATCH:
            storing += write()
        if number % tell_every == 0:
            storing += write()
            yield _progress(since, sketching, storing)
            since, sketching, storing = 0, 0.0, 0.0
    storing += write()
    if since:
        yield _progress(since, sketching, storing)


def _progress(articles: int, sketching: float, storing: float) -> Progress:
    return Progress(
        articles=articles,
        sketch_ms=sketching / articles * 1000,
        store_ms=storing / articles * 1000,
        memory_mb=own_mb(),
    )


def cluster_texts(texts: Iterable[str]) -> list[int]:
    """Return the cluster of each text, in a store of its own."""
    with empty_store() as store:
        for _ in take_in(store, texts, with_copies=True):
            pass
        return clusters_of(store)


def clusters_of(store: Store) -> list[int]:
    """Return the clusters of a store's articles, in the order in which `take_in` took them in."""
    store.checkpoint()
    connection = sqlite3.connect(f"{store.path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        rows = connection.execute(
            "SELECT path, cluster FROM articles JOIN article_paths USING (key) WHERE died IS NULL"
        ).fetchall()
    finally:
        connection.close()
    return [cluster for _, cluster in sorted(rows, key=lambda row: int(row[0].split(".")[0]))]
