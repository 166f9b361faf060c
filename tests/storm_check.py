"""What an archive has to be after its work was stopped, and after the next ingest."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from pinakes.corpus import ArchiveFolder, PinakesError, Store, check_store
from pinakes.indexer import PassageIndex, Snapshot
from pinakes.search import Archive, SearchOptions, parse
from pinakes.search.asking import answer
from pinakes.search.upkeep import read_backup, restore_backup
from pinakes.search.upkeep.checking import check_index
from pinakes.search.upkeep.erasing import is_unfinished
from tests.storm_work import AGAIN, BACKUP, Work, ingest, living_in, number_of

QUERIES = (
    "mine", '"mine bridge"', "counc* -vote", "mine NEAR/5 closed", "date:2014-03-01..2014-03-09",
    "miner", "path:a/ OR tag:topic", "*",
)  # fmt: skip
_MANY = 200

Living = Mapping[str, int]

_sound: set[bytes] = set()
"""In which states `doctor` found nothing wrong with the index, in this process."""
_finished: dict[bytes, Living] = {}
"""What lives at the end of the next ingest, by the state before, in this process."""
_compared: set[bytes] = set()
"""What was compared with an index made anew, in this process."""


def observe(root: Path) -> dict[str, int]:
    """Return what lives in the store of an archive, as `Shelf.living`."""
    folder = ArchiveFolder.open(root)
    with Store.open(folder.store_path) as store:
        return living_in(store)


def check_stopped(root: Path, work: Work, before: Living, told: Living) -> Iterator[str]:
    """Yield what is wrong with an archive whose work was stopped.

    Args:
        root: Of the archive.
        work: What was under way.
        before: What lived in it.
        told: What lived in it after the last commit that returned; `before` if none did.
    """
    with Archive.open(root, exact=True) as archive:
        for fault in _faults(root):
            if work.has_index or "no index here" not in fault:
                yield f"doctor, at once: {fault}"
        answered = {
            path: number_of(hit.article.text)
            for hit in archive.search("*", limit=_MANY).hits
            for path in hit.article.paths
        }
    yield from _differences("store", observe(root), work, before, told)
    yield from _differences("answers", answered, work, before, before)
    yield from _check_copies(root)


def _differences(
    what: str, found: Living, work: Work, before: Living, told: Living
) -> Iterator[str]:
    after = work.after
    for path, number in found.items():
        if number not in (before.get(path), after.get(path)):
            yield f"{what}: a ghost: {path} holds {number}"
    kept = set(before.values()) & set(after.values())
    for lost in sorted(kept - set(found.values())):
        yield f"{what}: {lost} is lost"
    for path in sorted(set(before) & set(after) - set(found)):
        yield f"{what}: {path} is lost"
    for path, number in told.items():
        if after.get(path) == number and found.get(path) != number:
            yield f"{what}: {path} was committed, and holds {found.get(path)}, not {number}"
    for path in set(before) - set(after) - set(told):
        if path in found:
            yield f"{what}: {path} was taken out, and is there"


def _check_copies(root: Path) -> Iterator[str]:
    """Yield what is wrong with the backup, and with the archive that was restored of it."""
    backup = root.parent / BACKUP
    if not backup.exists():
        return
    count = read_backup(backup).articles
    again = root.parent / AGAIN
    with tempfile.TemporaryDirectory(dir=root.parent) as place:
        if not (again / ".pinakes").exists():
            again = Path(place)
            restore_backup(backup, again)
        living = observe(again)
        if -1 in living.values() or len(living) != count:
            yield f"backup of {count} articles: {living}"


def finish(
    root: Path, work: Work, before: Living, told: Living
) -> tuple[dict[str, int], list[str]]:
    """Take in all files; return what lives then, and what is wrong with that."""
    ingest(root, create=not (root / ".pinakes").exists())
    found = observe(root)
    wrong = []
    if (work.is_ingest or told == work.after) and found != work.after:
        wrong.append(f"in the end: {found}, not {work.after}")
    if work.is_in_parts:
        wrong += _differences("in the end", found, work, before, told)
    elif not work.is_ingest and found not in (dict(before), work.after):
        wrong.append(f"in the end: {found}, neither {before} nor {work.after}")
    with Archive.open(root, exact=True) as archive:
        wrong += [f"doctor, at last: {each}" for each in _faults(root)]
        if is_unfinished(ArchiveFolder.open(root)):
            wrong.append("a purge is not finished")
        count = archive.search("*").articles
    if count != len(found):
        wrong.append(f"{count} articles answer of {len(found)}")
    return found, wrong + list(compare_with_rebuilt(root))


def _faults(root: Path) -> Iterator[str]:
    """Yield what `doctor` tells of store and index."""
    folder = ArchiveFolder.open(root)
    yield from (f"store, {fault.part}: {fault.problem}" for fault in check_store(folder.store_path))
    state = _index_state(folder)
    if state in _sound:
        return
    faults = [f"{fault.part}: {fault.problem}" for fault in check_index(folder)]
    if not faults:
        _sound.add(state)
    yield from faults


def _index_state(folder: ArchiveFolder) -> bytes:
    """Return a checksum of all that `doctor` looks at for the index."""
    digest = hashlib.sha256()
    with Store.open(folder.store_path) as store:
        generations = range(store.state().generation + 1)
        for each in generations:
            known = store.token_of(each), [*store.keys_born(0, each)]
            digest.update(repr(known).encode())
    if folder.index_path.is_dir():
        for path in sorted(folder.index_path.glob("*[lcg]")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.digest()


def _whole_state(root: Path) -> bytes:
    """Return a checksum of every row of the store, the index, and the names of all other files."""
    folder = ArchiveFolder.open(root)
    digest = hashlib.sha256(_index_state(folder))
    with closing(sqlite3.connect(folder.store_path)) as connection:
        tables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        for (name,) in connection.execute(tables).fetchall():
            digest.update(repr(connection.execute(f"SELECT * FROM {name}").fetchall()).encode())  # noqa: S608
    for path in sorted(root.rglob("*")):
        if not path.name.startswith("store.sqlite-"):
            digest.update(str(path.relative_to(root)).encode() + b"\0")
    return digest.digest()


def compare_with_rebuilt(root: Path) -> Iterator[str]:
    """Yield each query that an index made anew from the store answers in another way."""
    folder = ArchiveFolder.open(root)
    if (state := _digest(folder)) in _compared:
        return
    _compared.add(state)
    with (
        tempfile.TemporaryDirectory(dir=root.parent) as place,
        Store.open(folder.store_path) as store,
    ):
        rebuilt = PassageIndex.create(Path(place))
        rebuilt.rebuild(store)
        survived = _answers(folder.index_path, store)
        expected = _answers(Path(place), store)
    for query, one, other in zip(QUERIES, survived, expected, strict=True):
        if one != other:
            yield f"{query}: {one} instead of {other}"


def _digest(folder: ArchiveFolder) -> bytes:
    """Return a checksum of all that answers are made of."""
    digest = hashlib.sha256()
    with Store.open(folder.store_path) as store:
        for article in store.living(store.state().generation):
            digest.update(repr((article.key, article.id, article.paths, article.text)).encode())
    with Snapshot.open(folder.index_path) as snapshot:
        for entry in snapshot.toc.segments:
            for name in filter(None, (f"{entry.name}.seg", entry.deletions)):
                digest.update((folder.index_path / name).read_bytes())
    return digest.digest()


def _answers(index: Path, store: Store) -> list[object]:
    options = SearchOptions(limit=_MANY)
    answers: list[object] = []
    with Snapshot.open(index) as snapshot, store.snapshot():
        if store.token_of(snapshot.generation) != snapshot.token:
            return [f"an index of generation {snapshot.generation}, which is of another history"]
        for query in QUERIES:
            found = answer(parse(query), options, snapshot, store)
            answers.append((found.articles, found.passages, found.hits))
    return answers


def try_all(root: Path, work: Work, before: Living, told: Living) -> tuple[Living, list[str]]:
    """Check an archive as it was left, then after the next ingest; what raises is wrong too.

    Of states that hold the same, only the first is taken further than that, in one process.
    """
    wrong: list[str] = []
    state = b""
    try:
        if before or told or (root / ".pinakes").exists():
            wrong += check_stopped(root, work, before, told)
            state = _whole_state(root) + repr((work.after, told)).encode()
            if state in _finished and not wrong:
                return _finished[state], []
        found, more = finish(root, work, before, told)
        if state and not more:
            _finished[state] = found
        return found, wrong + more
    except (PinakesError, OSError, AssertionError, LookupError, ValueError) as error:
        return {}, [*wrong, f"{type(error).__name__}: {error}"]
