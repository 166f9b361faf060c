"""Commit again and again under readers, and look whether files, handles or threads are left behind.

    python -m tests.many_commits --commits 10000

One process writes an archive of a few hundred articles, which change and go. Meanwhile a reader in
another process, and one in this one, ask, and hold old states for a while, whose answers must not
change. What a handful of commits needs, ten thousand must need too: files of the index, handles,
threads, memory mapped, and, but for what articles take, bytes of the store.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pinakes.corpus import ArchiveFolder, Store
from pinakes.indexer import Snapshot
from pinakes.search import Archive, SearchOptions, parse
from pinakes.search.asking import answer
from tests.io_shim import memory_folder
from tests.storm_check import compare_with_rebuilt, observe
from tests.storm_work import Shelf, change_files, fill, ingest

_TOP = Path(__file__).parent.parent
_FILES = 40
_CHANGES = 12
_HELD = 3
_PAUSE_S = 0.02
_ALL = SearchOptions(limit=200, snippets=1)


class Needs(NamedTuple):
    """What the archive and this process take at one moment.

    Attributes:
        commits: How many there were, of the index.
        index_files: In the folder of the index.
        handles: Open files of this process.
        threads: Of this process.
        maps: Files of the index that this process has mapped into memory.
        store_bytes: Of the store and its log.
    """

    commits: int
    index_files: int
    handles: int
    threads: int
    maps: int
    store_bytes: int


def commit(root: Path, commits: int, chance: random.Random) -> Iterator[Needs]:
    """Make commits, and yield now and then what there is."""
    shelf = Shelf()
    fill(root, shelf, files=_FILES)
    ingest(root, create=True)
    held: list[tuple[Snapshot, Store, object]] = []
    folder = ArchiveFolder.open(root)
    first = _commit_number(folder)
    while (done := _commit_number(folder) - first) < commits:
        for _ in range(_CHANGES):
            change_files(root, shelf, chance)
        shelf.living = dict(shelf.files)
        ingest(root, batch=1)
        if len(held) == _HELD:
            # All of them: SQLite's log cannot shrink as long as anybody holds a state.
            for each in held:
                _let_go(each)
            held.clear()
        else:
            held.append(_hold(folder))
        yield _needs(folder, done)
    for each in held:
        _let_go(each)
    assert observe(root) == shelf.files
    assert list(compare_with_rebuilt(root)) == []


def _hold(folder: ArchiveFolder) -> tuple[Snapshot, Store, object]:
    snapshot, store = Snapshot.open(folder.index_path), Store.open(folder.store_path)
    store._connection.execute("BEGIN")
    return snapshot, store, _ask(snapshot, store)


def _let_go(held: tuple[Snapshot, Store, object]) -> None:
    snapshot, store, expected = held
    assert _ask(snapshot, store) == expected
    snapshot.close()
    store.close()


def _ask(snapshot: Snapshot, store: Store) -> object:
    found = answer(parse("mine OR council"), _ALL, snapshot, store)
    return found.articles, [(hit.article.id, hit.score) for hit in found.hits]


def _commit_number(folder: ArchiveFolder) -> int:
    with Snapshot.open(folder.index_path) as snapshot:
        return snapshot.toc.number


def _needs(folder: ArchiveFolder, commits: int) -> Needs:
    maps = Path("/proc/self/maps").read_text("utf-8").splitlines()
    return Needs(
        commits=commits,
        index_files=len(list(folder.index_path.iterdir())),
        handles=len(list(Path("/proc/self/fd").iterdir())),
        threads=threading.active_count(),
        maps=sum(str(folder.index_path) in line for line in maps),
        store_bytes=sum(path.stat().st_size for path in folder.state_dir.glob("store.sqlite*")),
    )


def read_meanwhile(root: Path) -> None:
    """Ask until this process is killed."""
    while True:
        with Archive.open(root, exact=True) as archive:
            for _ in range(20):
                found = archive.search("mine", options=_ALL)
                assert found.articles == len(found.hits)
                time.sleep(_PAUSE_S)


def grown(needs: list[Needs]) -> list[str]:
    """Return what there is more of at the end than there was in the first half."""
    half = len(needs) // 2
    wrong = []
    for name in Needs._fields[1:]:
        early, late = (
            max(getattr(each, name) for each in part) for part in (needs[:half], needs[half:])
        )
        # Files of an index come and go as its segments are merged.
        allowed = early * 1.5 if name in ("index_files", "maps", "store_bytes") else early + 2
        if late > allowed:
            wrong.append(f"{name}: {early} in the first half, {late} in the other")
    return wrong


def run(commits: int, seed: int) -> tuple[Needs, list[str]]:
    """Make so many commits under readers; return what there is at last, and what is wrong."""
    chance = random.Random(seed)  # noqa: S311
    with tempfile.TemporaryDirectory(dir=memory_folder()) as place:
        root = Path(place) / "desk"
        root.mkdir()
        rounds = commit(root, commits, chance)
        needs = [next(rounds)]
        # No fork: this process has databases open.
        command = [sys.executable, "-m", "tests.many_commits", "--reader", str(root)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=_TOP) as reader:
            needs += rounds
            reader.kill()
            _, text = reader.communicate()
    wrong = grown(needs[1:])
    if text:
        wrong.append(f"the reader: {text}")
    return needs[-1], wrong


def main() -> int:
    """Do as the command line says; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--commits", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reader", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.reader:
        read_meanwhile(asked.reader)
    last, wrong = run(asked.commits, asked.seed)
    sys.stdout.write("\n".join([str(last), *wrong, f"{len(wrong)} faults", ""]))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
