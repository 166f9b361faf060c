"""Erases what was taken out of an archive from its files: begun, and finished whatever happens."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pinakes.corpus import (
    ArchiveDamagedError,
    ArchiveFolder,
    Store,
    UnknownArticleError,
    rewrite_store,
    sync_folder,
)
from pinakes.search.added_files import delete_added, is_added
from pinakes.search.reading import UNUSABLE
from pinakes.search.writing import PURGE_MARK, catch_up, open_index, rebuild


def mark(folder: ArchiveFolder, ids: Iterable[str], *, files: Iterable[str] = ()) -> None:
    """Note on the disk that articles are to be erased: the dead, and all of those with these ids.

    Until `erase` is done, every writer begins by finishing it. Of `files`, those go too that were
    made of records that an application added: nobody else has a use for them.
    """
    path = _mark_path(folder)
    draft = path.with_suffix(".part")
    known = _read_mark(folder) if is_unfinished(folder) else _Mark()
    noted = {
        "articles": sorted({*known.articles, *ids}),
        "files": sorted({*known.files, *filter(is_added, files)}),
    }
    with draft.open("w", encoding="utf-8") as file:
        json.dump(noted, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(folder.state_dir)


def is_unfinished(folder: ArchiveFolder) -> bool:
    """Return whether a purge was stopped before it was done."""
    return _mark_path(folder).exists()


def finish(folder: ArchiveFolder) -> None:
    """Finish a purge that was stopped, whoever began it; under the archive's `WriterLock`.

    One that was stopped before its articles were taken out is as if it had never been asked for.
    """
    erase(folder, _dead_among(folder.store_path, _read_mark(folder).articles))


def marked_ids(folder: ArchiveFolder) -> list[str] | None:
    """Return the ids of what is to be erased; None if no purge is under way, or was stopped."""
    try:
        return [*_read_mark(folder).articles]
    except FileNotFoundError:
        return None


def erase_copy(path: Path, ids: Iterable[str]) -> None:
    """Erase from a copy of the store, which nobody else knows, what `finish` would of the store."""
    rewrite_store(path, forgotten=_dead_among(path, ids))


def erase(folder: ArchiveFolder, ids: Iterable[str]) -> None:
    """Write store and index anew, without the dead and without any trace of those with these ids.

    Under the archive's `WriterLock`.

    Raises:
        ArchiveLockedError: A reader keeps a file where the system does not let go of it.
        ArchiveDamagedError: A table of the store cannot be read.
    """
    index = open_index(folder)
    with Store.open(folder.store_path, read_only=False) as store:
        catch_up(index, store)
        try:
            index.compact()
        except UNUSABLE as error:
            rebuild(index, store, error)
        files = _read_mark(folder).files if is_unfinished(folder) else ()
        delete_added(folder, (each for each in files if not store.known_files(each)))
    rewrite_store(folder.store_path, forgotten=ids)
    _mark_path(folder).unlink(missing_ok=True)


def _dead_among(store_path: Path, ids: Iterable[str]) -> list[str]:
    with Store.open(store_path) as store:
        return [each for each in ids if not _is_living(store, each)]


def _is_living(store: Store, article_id: str) -> bool:
    try:
        found = store.find_any(article_id, generation=store.state().generation)
        return found.id == article_id
    except UnknownArticleError:
        return False


def _mark_path(folder: ArchiveFolder) -> Path:
    return folder.state_dir / PURGE_MARK


class _Mark(NamedTuple):
    articles: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def _read_mark(folder: ArchiveFolder) -> _Mark:
    path = _mark_path(folder)
    try:
        noted = json.loads(path.read_text("utf-8"))
        articles, files = noted["articles"], noted.get("files", ())
        return _Mark(tuple(map(str, articles)), tuple(filter(is_added, map(str, files))))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ArchiveDamagedError(
            path, "cannot be understood; delete it, and purge again what is to go"
        ) from error
