"""Whether an archive is whole: settings, store and index, and what is wrong where."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pinakes.corpus import (
    ArchiveError,
    ArchiveFolder,
    DamagedArticle,
    PinakesError,
    Store,
    StoreFault,
    WriterLock,
    check_store,
)
from pinakes.indexer import IndexMissingError, Snapshot, verify_part
from pinakes.search.upkeep.erasing import finish, is_unfinished
from pinakes.search.writing import open_index

_REBUILD = "`pinakes doctor --repair` makes the index again from the store"
_RESTORE = (
    "`pinakes restore` a backup elsewhere; what it does not have: remove the damaged articles "
    "and index their files again"
)
_REREAD = (
    "of each damaged article: `pinakes index --force FILE` reads its file again; where that is "
    "gone, `pinakes restore` a backup elsewhere has the article perhaps, and `pinakes remove ID` "
    "takes it out of this archive"
)
_ERASE = "`pinakes purge --leftovers` erases what articles were before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something in an archive that is not as it should be.

    Attributes:
        part: `settings`, `store` or `index`, and which part of it.
        problem: What is wrong.
        remedy: What to do.
        is_of_index: Whether making the index again cures it.
    """

    part: str
    problem: str
    remedy: str
    is_of_index: bool = False


def check_archive(folder: ArchiveFolder) -> Iterator[Fault]:
    """Read everything below `.pinakes`, and yield what is wrong; nothing is changed.

    Others may write meanwhile: what they change is of another state, and passed over.
    """
    yield from _check_settings(folder)
    if is_unfinished(folder):
        yield Fault(
            part="store",
            problem="a purge was stopped before all was erased",
            remedy="`pinakes doctor --repair` finishes it",
            is_of_index=True,
        )
    store_faults = list(_check_store(folder))
    yield from store_faults
    yield from check_index(folder)


def repair(folder: ArchiveFolder, *, wait_s: float) -> None:
    """Make the index again from the store, and finish a purge that was stopped.

    Raises:
        ArchiveLockedError: Another process is still writing after `wait_s` seconds.
        ArchiveDamagedError: The store itself cannot be read.
    """
    with WriterLock(folder, wait_s=wait_s):
        if is_unfinished(folder):
            finish(folder)
        with Store.open(folder.store_path, read_only=False) as store:
            store.prune(open_index(folder).rebuild(store))
            store.checkpoint()


def _check_settings(folder: ArchiveFolder) -> Iterator[Fault]:
    from pinakes.search.tagging.tag_state import read_state

    try:
        folder.read_config()
        problems = read_state(folder).problems
    except PinakesError as error:
        yield Fault(part="settings", problem=str(error), remedy="mend the file")
        return
    for name, problem in problems.items():
        yield Fault(
            part=f"settings, rule {name}", problem=problem, remedy="mend or delete the rule"
        )


def _check_store(folder: ArchiveFolder) -> Iterator[Fault]:
    try:
        for fault in check_store(folder.store_path):
            yield _store_fault(fault)
    except ArchiveError as error:
        yield Fault(part="store", problem=error.problem, remedy=_RESTORE)


def _store_fault(fault: StoreFault) -> Fault:
    part, problem, remedy = f"store, {fault.part}", fault.problem, _RESTORE
    if fault.is_dead:
        remedy = _ERASE
    elif fault.article_id:
        remedy = _REREAD
        where = ", ".join(fault.paths)
        problem += f" (in {where})" if where else ""
    return Fault(part=part, problem=problem, remedy=remedy)


def check_index(folder: ArchiveFolder) -> Iterator[Fault]:
    """Read every file of the index, and yield what is wrong with it, or with what it is of."""
    if folder.may_be_elsewhere() and not folder.read_engine().is_local:
        from pinakes.search.cluster.checking import check_cluster

        yield from check_cluster(folder)
        return
    try:
        with Snapshot.open(folder.index_path) as snapshot:
            for number in range(len(snapshot.segments)):
                yield from _check_part(folder, snapshot, number)
            yield from _check_against_store(folder, snapshot)
    except IndexMissingError as error:
        if _has_generations(folder):
            yield _index_fault("index", error.problem)
    except ArchiveError as error:
        yield _index_fault(_name(error.path, folder), error.problem)


def _check_part(folder: ArchiveFolder, snapshot: Snapshot, number: int) -> Iterator[Fault]:
    try:
        verify_part(snapshot, number)
    except ArchiveError as error:
        yield _index_fault(_name(error.path, folder), error.problem)
    except (LookupError, ValueError, OverflowError) as error:
        # A checksum holds that was made of what was damaged before.
        path = snapshot.segments[number].path
        yield _index_fault(_name(path, folder), f"does not add up ({error})")


def _check_against_store(folder: ArchiveFolder, snapshot: Snapshot) -> Iterator[Fault]:
    """Hold the articles of the index against those of the store of the same generation."""
    try:
        with Store.open(folder.store_path) as store, store.snapshot():
            if store.token_of(snapshot.generation) != snapshot.token:
                if snapshot.is_latest(folder.index_path):
                    yield _index_fault("index", "is of another history than the store")
                return
            wanted = store.keys_born(0, snapshot.generation)
    except ArchiveError:
        # Told of the store.
        return
    found = [
        segment.article_key if segment.live is None else segment.article_key[segment.live]
        for segment in snapshot.segments
    ]
    keys = np.concatenate([np.zeros(0, np.int64), *found])
    lost = set(wanted).difference(keys.tolist())
    if lost and _are_damaged(folder, lost):
        # Told of the store: the index was made without them.
        wanted = [key for key in wanted if key not in lost]
    if not np.array_equal(keys, np.asarray(wanted, np.int64)):
        yield _index_fault("index", "holds other articles than the store")


def _are_damaged(folder: ArchiveFolder, keys: Collection[int]) -> bool:
    damaged: list[DamagedArticle] = []
    with Store.open(folder.store_path) as store, store.passing_over_damage(damaged.append):
        store.articles(list(keys))
    return {article.key for article in damaged} == set(keys)


def _has_generations(folder: ArchiveFolder) -> bool:
    try:
        with Store.open(folder.store_path) as store:
            return store.state().generation > 0
    except ArchiveError:
        return False


def _index_fault(part: str, problem: str) -> Fault:
    return Fault(part=part, problem=problem, remedy=_REBUILD, is_of_index=True)


def _name(path: Path, folder: ArchiveFolder) -> str:
    return (
        path.relative_to(folder.state_dir).as_posix()
        if path.is_relative_to(folder.state_dir)
        else str(path)
    )
