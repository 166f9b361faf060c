"""Forgets articles for good: text, postings, tags and names, and proves it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pinakes.corpus import (
    ArchiveFolder,
    Article,
    DamagedArticle,
    PurgeTargets,
    Store,
    WriterLock,
    find_targets,
    purge_articles,
)
from pinakes.search.added_files import is_added
from pinakes.search.saved import SavedSearches
from pinakes.search.upkeep.erasing import erase, finish, is_unfinished, mark
from pinakes.search.upkeep.refusing import refuse_damaged
from pinakes.search.upkeep.residue import Residue, find_residue
from pinakes.search.upkeep.vocabulary import (
    Telling,
    WordList,
    add_file,
    find_telling,
    words_of,
)
from pinakes.search.writing import catch_up, open_index


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeReport:
    """What was purged, or would be.

    Attributes:
        articles: Ids and titles of the articles; of one without a title, its file.
        files: Those that the ledger forgets; they are kept out, and left alone on the disk, but for
            those that were made of records that an application added: `deleted`.
        searches: Names of saved searches that had a word in them that no article has any more.
        copies: The same of articles that are copies of these (docs/copies.md), and stay.
        residue: What is left of such words in the archive's files; None if nothing was purged.
        unread: Ids of articles that are damaged, and whose files are others now, or gone: their
            words could not be looked for.
    """

    articles: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    searches: tuple[str, ...]
    copies: tuple[tuple[str, str], ...] = ()
    residue: Residue | None = None
    unread: tuple[str, ...] = ()

    @property
    def is_proved(self) -> bool:
        """Whether all words were looked for, and none is left."""
        return self.residue is not None and self.residue.is_clean and not self.unread

    @property
    def deleted(self) -> tuple[str, ...]:
        """The files below `added/`, which are deleted."""
        return tuple(filter(is_added, self.files))


def find_all(folder: ArchiveFolder, targets: Sequence[str]) -> PurgeTargets:
    """Return what `targets` name; raises `UnknownArticleError` as `corpus.find_targets`."""
    with Store.open(folder.store_path) as store, store.snapshot():
        return find_targets(store, folder, targets)


def rehearse(folder: ArchiveFolder, targets: Sequence[str], *, keeps_saved: bool) -> PurgeReport:
    """Return what `purge` would do, or be refused as it would; nothing is changed."""
    found = find_all(folder, targets)
    refuse_damaged(folder, purged={article.id for article in found.all_articles})
    telling, unread = _telling(folder, found)
    return PurgeReport(
        articles=_named(found.all_articles),
        files=_files_of(found),
        searches=() if keeps_saved else _quoting(folder, telling),
        copies=_copies_of(folder, found),
        unread=unread,
    )


def purge(
    folder: ArchiveFolder, targets: Sequence[str], *, keeps_saved: bool, wait_s: float
) -> PurgeReport:
    """Do as `ArchiveUpkeep.purge`, of targets that are a list."""
    with WriterLock(folder, wait_s=wait_s):
        if is_unfinished(folder):
            finish(folder)
        found = find_all(folder, targets)
        ids = [article.id for article in found.all_articles]
        refuse_damaged(folder, purged=set(ids))
        telling, unread = _telling(folder, found)
        searches = () if keeps_saved else _quoting(folder, telling)
        copies = _copies_of(folder, found)
        mark(folder, ids, files=_files_of(found))
        with Store.open(folder.store_path, read_only=False) as store:
            index = open_index(folder)
            with store.transaction() as writer:
                files = purge_articles(writer, found)
                for name in searches:
                    store.saved.remove(name)
            catch_up(index, store)
        erase(folder, ids)
        return PurgeReport(
            articles=_named(found.all_articles),
            files=files,
            searches=searches,
            copies=copies,
            residue=find_residue(folder, telling, names=_names(folder)),
            unread=unread,
        )


def erase_leftovers(folder: ArchiveFolder, *, wait_s: float) -> None:
    """Erase what articles have left behind that were removed, or are others now.

    Tags that were set on them by hand too, which would have been theirs again if they came back.
    """
    with WriterLock(folder, wait_s=wait_s):
        if is_unfinished(folder):
            finish(folder)
        refuse_damaged(folder)
        mark(folder, ())
        with Store.open(folder.store_path, read_only=False) as store, store.transaction() as writer:
            writer.hand.forget_dead()
        erase(folder, ())


def _telling(folder: ArchiveFolder, found: PurgeTargets) -> tuple[Telling, tuple[str, ...]]:
    """Return what to look for, and the ids of damaged articles of which that is not known."""
    ids = [article.id for article in found.all_articles]
    with Store.open(folder.store_path) as store:
        marks = [mark for each in ids for mark in store.tags.by_hand(each).values()]
    by_hand = [tag.value for tags in marks for tag in tags]
    names = [path for damaged in found.damaged for path in (*damaged.paths, damaged.record)]
    candidates = words_of(found.articles, [*found.files, *by_hand, *names])
    unread = tuple(
        damaged.id for damaged in found.damaged if not _add_files(candidates, damaged, folder)
    )
    known = {path for article in found.all_articles for path in article.paths}
    for path in map(folder.resolve, sorted({*found.files} - known)):
        # Taken out before: its words are only there.
        with suppress(OSError):
            add_file(candidates, path, folder)
    return find_telling(folder, candidates, without=ids), unread


def _add_files(candidates: WordList, damaged: DamagedArticle, folder: ArchiveFolder) -> bool:
    """Add the words of a file that a damaged article was read from; return whether there is one."""
    for path in map(folder.resolve, damaged.paths):
        with suppress(OSError):
            if hashlib.sha256(path.read_bytes()).hexdigest() == damaged.sha256:
                add_file(candidates, path, folder)
                return True
    return False


def _names(folder: ArchiveFolder) -> list[str]:
    """Return the names of all files that the ledger has."""
    with Store.open(folder.store_path) as store:
        return [*store.known_files()]


def _quoting(folder: ArchiveFolder, telling: Telling) -> tuple[str, ...]:
    """Return the names of saved searches that hold a word that no article has any more."""
    return tuple(
        search.name
        for search in SavedSearches(folder)
        if telling.holds(f"{search.name}\n{search.query}")
    )


def _copies_of(folder: ArchiveFolder, found: PurgeTargets) -> tuple[tuple[str, str], ...]:
    damaged: list[DamagedArticle] = []
    with Store.open(folder.store_path) as store, store.passing_over_damage(damaged.append):
        copies = store.copies_of([article.id for article in found.all_articles])
    return _named([*copies, *damaged])


def _named(articles: Iterable[Article | DamagedArticle]) -> tuple[tuple[str, str], ...]:
    return tuple((each.id, _title_of(each) or next(iter(each.paths), "")) for each in articles)


def _title_of(article: Article | DamagedArticle) -> str:
    return article.title if isinstance(article, Article) else ""


def _files_of(found: PurgeTargets) -> tuple[str, ...]:
    """Return the files that hold nothing else; of files of records, those below `added/`."""
    paths = (
        path
        for article in found.all_articles
        for path in article.paths
        if not article.record or is_added(path)
    )
    return tuple(dict.fromkeys([*found.files, *paths]))
