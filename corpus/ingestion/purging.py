"""Takes articles out of the store for good: they are kept out of it from then on, by checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from pinakes.corpus.damaged_article import DamagedArticle
from pinakes.corpus.folder import ArchiveFolder
from pinakes.corpus.ingestion.articles import leave, refresh_row
from pinakes.corpus.ingestion.removal import find_named
from pinakes.corpus.ingestion.report import PurgeTargets
from pinakes.corpus.ledger import Status
from pinakes.corpus.ledger_row import LedgerRow
from pinakes.corpus.locators import names_a_place
from pinakes.corpus.model import Article
from pinakes.corpus.readers.saved_pages import page_of_folder
from pinakes.corpus.store import Store
from pinakes.corpus.store.purged_rows import Trace, of_file, of_text
from pinakes.corpus.store.writes import StoreWriter


def find_targets(store: Store, folder: ArchiveFolder, targets: Iterable[str]) -> PurgeTargets:
    """Return what is named by the ids of articles, and by the paths of files and folders.

    An article is purged with all its files, which then hold nothing any more unless they are files
    of records; a file with all its articles, whatever other files hold them.

    Raises:
        UnknownArticleError: A target is none of these, or names several articles.
    """
    files, named = find_named(store, folder, targets)
    damaged: list[DamagedArticle] = []
    with store.passing_over_damage(damaged.append):
        held = store.held_by(files)
    articles = {article.id: article for article in (*named.values(), *held, *damaged)}
    return PurgeTargets(
        articles=tuple(each for each in articles.values() if isinstance(each, Article)),
        files=tuple(files),
        damaged=tuple(each for each in articles.values() if isinstance(each, DamagedArticle)),
    )


def purge_articles(writer: StoreWriter, targets: PurgeTargets) -> tuple[str, ...]:
    """Let articles die, forget the files that hold nothing else, and keep all of it out.

    Versions and texts are still legible in the store's file: see `store.rewriting`. Returns the
    files that are forgotten.
    """
    ids = {article.id for article in targets.all_articles}
    having = dict.fromkeys(path for article in targets.all_articles for path in article.paths)
    forgotten = dict.fromkeys(targets.files)
    for path in having:
        if all(holding.id in ids for holding in writer.holdings(path)):
            forgotten[path] = None
    for article in targets.all_articles:
        writer.purged.keep_out(_traces(writer, article, forgotten))
        writer.remove_article(article.key)
    for path in forgotten:
        _forget_file(writer, path, has_articles=path in having)
    for path in having:
        if path not in forgotten:
            refresh_row(writer, path)
    return tuple(forgotten)


def let_back(store: Store, folder: ArchiveFolder, path: Path, *, sha256: str = "") -> int:
    """Let in again, the next time, what was purged from a file; return how many articles that is.

    Args:
        store: Open for writing.
        folder: Of the same archive.
        path: Of the file.
        sha256: Of the bytes that it has now, if it is there.
    """
    with store.transaction() as writer:
        purged, name = writer.purged, folder.relative(path)
        traces = [purged.path(name), purged.source(name), *([of_file(sha256)] if sha256 else [])]
        return purged.let_back(traces)


def _traces(
    writer: StoreWriter, article: Article | DamagedArticle, forgotten: Collection[str]
) -> Iterator[tuple[Trace, bytes]]:
    if isinstance(article, Article):
        yield of_text(hashlib.sha256(article.text.encode()).digest())
    else:
        yield of_text(bytes.fromhex(article.text_sha256))
    for path in article.paths:
        if path in forgotten:
            yield writer.purged.path(path)
            yield of_file(article.sha256)
            row = writer.ledger.file(path)
            if row and row.sha256:
                yield of_file(row.sha256)
            for companion in _companions(writer, path):
                yield writer.purged.path(companion)
            continue
        yield writer.purged.source(path)
        if not names_a_place(article.record):
            yield writer.purged.record(path, article.record)


def _forget_file(writer: StoreWriter, path: str, *, has_articles: bool) -> None:
    """Drop a file from the ledger, with the folder that a browser saved beside it."""
    row = writer.ledger.file(path)
    companions = _companions(writer, path)
    if not has_articles:
        # Taken out before, or nothing that could be read.
        traces = [writer.purged.path(path), *map(writer.purged.path, companions)]
        if row and row.sha256:
            traces.append(of_file(row.sha256))
            # The id that its article had, unless the file was edited since it was first taken in.
            writer.hand.forget_dead(hashlib.sha256(bytes.fromhex(row.sha256)).hexdigest())
        writer.purged.keep_out(traces)
    leave(writer, path, writer.holdings(path))
    for name in (path, *companions):
        writer.ledger.drop(name)


def _companions(writer: StoreWriter, path: str) -> list[str]:
    """Return the ledger's rows of folders that were left out as parts of a saved page."""
    page = PurePosixPath(path)
    prefix = "" if str(page.parent) == "." else f"{page.parent}/"
    return [
        row.path for row in writer.ledger.left_out(prefix) if _is_companion(row, prefix, page.name)
    ]


def _is_companion(row: LedgerRow, prefix: str, page: str) -> bool:
    name = row.path.removeprefix(prefix).removesuffix("/")
    return row.status is Status.IGNORED and "/" not in name and page_of_folder(name, [page]) == page
