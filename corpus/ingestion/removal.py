"""Takes articles out of the store by hand, so that they do not come back by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pinakes.corpus.damaged_article import DamagedArticle
from pinakes.corpus.folder import ArchiveFolder
from pinakes.corpus.ingestion.articles import leave, refresh_row
from pinakes.corpus.ingestion.plan import known_below
from pinakes.corpus.ingestion.report import RemoveReport
from pinakes.corpus.ledger import Status
from pinakes.corpus.model import Article
from pinakes.corpus.store import Store
from pinakes.corpus.store.writes import StoreWriter

_UPWARDS = frozenset(("", ".", ".."))


def remove(store: Store, folder: ArchiveFolder, targets: Iterable[str]) -> RemoveReport:
    """Take out files and articles, all of `targets` or, after an error, none.

    A target is a path, from the working directory or as the archive knows it, or else an article's
    id. A file that is taken out holds nothing any more; its article stays if another file holds it.
    A folder is all files below it, but the archive's own folder, or one above, is refused. An
    article taken out by its id is gone whatever files hold it; of a file of records, the others
    stay.

    The files on the disk are left alone. In the ledger they are `removed`: `ingest` passes over
    them, also under a new name, until their content changes or they are named themselves.

    Raises:
        UnknownArticleError: A target is none of these, or names several articles.
    """
    files, articles = find_named(store, folder, targets)
    gone: dict[str, None] = {}
    emptied: dict[str, None] = {}
    with store.transaction() as writer:
        for path in files:
            gone.update(dict.fromkeys(_remove_file(writer, path)))
            emptied[path] = None
        for article in articles.values():
            if article.id not in gone:
                emptied.update(dict.fromkeys(_remove_article(writer, article)))
                gone[article.id] = None
    return RemoveReport(articles=tuple(gone), files=tuple(emptied))


def find_named(
    store: Store, folder: ArchiveFolder, targets: Iterable[str]
) -> tuple[dict[str, None], dict[str, Article | DamagedArticle]]:
    """Return the files that targets name, in order, and the articles that others name, by id.

    Of an article that is damaged, what is known.

    Raises:
        UnknownArticleError: A target is neither a path nor an id, or names several articles.
    """
    generation = store.state().generation
    files: dict[str, None] = {}
    articles: dict[str, Article | DamagedArticle] = {}
    for target in targets:
        found = _files_at(store, folder, target)
        files.update(dict.fromkeys(found))
        if not found:
            article = store.find_any(target, generation=generation)
            articles[article.id] = article
    return files, articles


def _files_at(store: Store, folder: ArchiveFolder, target: str) -> list[str]:
    """Return the files of the ledger at and below a path, but nothing for the whole archive.

    An empty variable in a script makes a path of nothing, which is the working directory.
    """
    try:
        names = (folder.relative(Path(target)), target.replace("\\", "/").rstrip("/"))
    except (OSError, ValueError):
        # No file can have such a name.
        return []
    if not target.strip() or _UPWARDS.issuperset(names[0].split("/")):
        return []
    for name in names:
        known = {} if _UPWARDS.issuperset(name.split("/")) else known_below(store, [name])
        found = [path for path in known if not path.endswith("/")]
        if found:
            return sorted(found)
    return []


def _remove_file(writer: StoreWriter, path: str) -> list[str]:
    """Empty a file; return the ids of the articles that died with it."""
    held = writer.holdings(path)
    died = [holding.id for holding in held if writer.paths(holding.key) == [path]]
    leave(writer, path, held)
    writer.ledger.let_back(path)
    row = writer.ledger.file(path)
    if row:
        sha256 = row.sha256 or next((holding.sha256 for holding in held), "")
        writer.ledger.put(
            replace(
                row,
                status=Status.REMOVED,
                detail="",
                sha256=sha256,
                articles=0,
                problems=(),
                notes=(),
            )
        )
    return died


def _remove_article(writer: StoreWriter, article: Article | DamagedArticle) -> list[str]:
    """Let an article die; return the files that hold nothing any more."""
    emptied: list[str] = []
    for path in article.paths:
        held = writer.holdings(path)
        mine = [holding for holding in held if holding.id == article.id]
        for holding in mine:
            if len(held) > 1:
                writer.ledger.keep_out(path, holding.record, holding.text_sha256)
    held = [holding for path in article.paths for holding in writer.holdings(path)]
    # Its key is another if one of its files was taken out before. A damaged one may have no files.
    keys = dict.fromkeys(holding.key for holding in held if holding.id == article.id)
    for key in keys if article.paths else (article.key,):
        writer.remove_article(key)
    for path in article.paths:
        if writer.holdings(path):
            refresh_row(writer, path)
        else:
            _remove_file(writer, path)
            emptied.append(path)
    return emptied
