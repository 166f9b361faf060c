"""Changes which articles a file holds, and what the ledger says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from pinakes.corpus.ingestion.matching import match_records
from pinakes.corpus.ingestion.prepared import Prepared
from pinakes.corpus.ledger import Status
from pinakes.corpus.locators import names_a_place
from pinakes.corpus.store.holding import Holding
from pinakes.corpus.store.packing import PackedArticle
from pinakes.corpus.store.purged_rows import of_text
from pinakes.corpus.store.writes import StoreWriter

HOLDING = (Status.INDEXED, Status.DUPLICATE_OF)
"""What a file is that holds the articles in the bytes it has."""


class Written:
    """How many articles were written, and how many passages they have."""

    def __init__(self) -> None:
        """Count none yet."""
        self.articles = 0
        self.passages = 0

    def count(self, packed: PackedArticle) -> None:
        """Count one more."""
        self.articles += 1
        self.passages += packed.passage_count


def leave(writer: StoreWriter, path: str, held: Iterable[Holding]) -> list[str]:
    """Take articles from a file; those that no other file holds die.

    Returns the files that have inherited some as their own.
    """
    heirs: dict[str, None] = {}
    for holding in held:
        heir = writer.drop_path(holding.key, path)
        if heir and holding.is_owned:
            heirs[heir] = None
    for heir in heirs:
        refresh_row(writer, heir)
    return list(heirs)


def refresh_row(writer: StoreWriter, path: str) -> None:
    """Say in the ledger what a file holds, after that has changed without the file."""
    row = writer.ledger.file(path)
    if row is None:
        return
    held = writer.holdings(path)
    if row.status in HOLDING and held:
        is_own = held[0].is_owned
        row = replace(
            row,
            status=Status.INDEXED if is_own else Status.DUPLICATE_OF,
            detail="" if is_own else name_original(held),
        )
    writer.ledger.put(replace(row, articles=len(held)))


def name_original(held: list[Holding]) -> str:
    """Return the id of the article that a file duplicates; of several, the first, and how many."""
    return f"{held[0].id} and {len(held) - 1} more" if held[1:] else held[0].id


def without_kept_out(
    writer: StoreWriter, path: str, prepared: Prepared
) -> Mapping[str, PackedArticle]:
    """Return the articles of a file but those that were taken out by hand and are as they were.

    And but those that were purged, whatever they are now.
    """
    kept_out = writer.ledger.kept_out(path)
    purged = writer.purged
    if not kept_out and purged.is_empty():
        return prepared.articles
    texts = set(kept_out.values())
    records = [
        record
        for record, packed in prepared.articles.items()
        if kept_out.get(record) != packed.text_sha256
        and not (names_a_place(record) and packed.text_sha256 in texts)
        and not purged.holds(of_text(packed.text_sha256), purged.record(path, record))
    ]
    return _Chosen(prepared.articles, records)


class _Chosen(Mapping[str, PackedArticle]):
    """Some of the articles of a file, read from where they lie when they are asked for."""

    def __init__(self, articles: Mapping[str, PackedArticle], records: Iterable[str]) -> None:
        self._articles = articles
        self._records = dict.fromkeys(records)

    def __getitem__(self, record: str) -> PackedArticle:
        if record not in self._records:
            raise KeyError(record)
        return self._articles[record]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


def write_articles(
    writer: StoreWriter,
    path: str,
    sha256: str,
    held: list[Holding],
    articles: Mapping[str, PackedArticle],
) -> Written:
    """Make `articles` those of a file that holds `held` as its own; return how much changed.

    The file's ids stay with it. If its bytes are others than those that `held` was read from, other
    files that had these too keep them, as an article of their own.
    """
    others: list[str] = []
    if any(holding.sha256 != sha256 for holding in held):
        _split(writer, held)
        held = writer.holdings(path)
    elif held:
        others = writer.paths(held[0].key)[1:]
    matched = match_records(held, articles)
    written = Written()
    pairs = ((packed, record) for record, packed in articles.items())
    # Of a file that is known, most records are as they were, and need not be compressed.
    for packed, record in pairs if matched else writer.ahead(pairs):
        if old := matched.get(record):
            if writer.set_content(old.key, packed, record=record, sha256=sha256):
                written.count(packed)
            continue
        key = writer.add_article(packed, path=path, record=record, sha256=sha256)
        for other in others:
            writer.add_path(key, other)
        written.count(packed)
    continued = {holding.key for holding in matched.values()}
    for holding in held:
        if holding.key not in continued:
            writer.remove_article(holding.key)
    for other in others:
        refresh_row(writer, other)
    return written


def format_of(path: str) -> str:
    """Return the part of a file's name that chooses its reader."""
    return PurePosixPath(path).suffix.lower()


def _split(writer: StoreWriter, held: list[Holding]) -> None:
    others: dict[str, None] = {}
    for holding in held:
        others.update(dict.fromkeys(writer.split_article(holding.key)))
    for other in others:
        refresh_row(writer, other)
