"""Flip bits of an archive's store, one at a time, and tell how many of them `doctor` notices.

    python -m tests.store_flips [--count 400] [--seed 1]

SQLite has no checksum of its pages, so a flip in what is neither text nor held against another
row stays unseen. Each flip is of a byte that is not zero, drawn by chance. The process may not end,
and what a search notices, `doctor` has to tell of; the rest is counted, and where something is
answered otherwise of which nothing tells, also by table.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from pinakes.corpus import ArchiveError, ArchiveFolder, PinakesError, check_store
from pinakes.search import Archive
from tests.flips import ask, make_small_archive
from tests.io_shim import memory_folder, run_forked


class StoreFlip(NamedTuple):
    """What became of one flipped bit.

    Attributes:
        table: What the page of the byte belongs to, `free` if to nothing.
        byte: Its place in the file.
        is_told: Whether `doctor` tells of it.
        outcome: `refused` if a search noticed it, else `same` or `other` answers.
    """

    table: str
    byte: int
    is_told: bool
    outcome: str


def flip_store(archive: Archive, chance: random.Random, *, count: int) -> Iterator[StoreFlip]:
    """Flip so many bits of a store, and put each back."""
    path = archive.root / ".pinakes" / "store.sqlite"
    folder = ArchiveFolder.open(archive.root)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
        owners = _owners(connection)
    content = path.read_bytes()
    expected = ask(archive)
    places = [at for at, byte in enumerate(content) if byte]
    for at in chance.sample(places, min(count, len(places))):
        broken = bytearray(content)
        broken[at] ^= 1 << chance.randrange(8)
        for log in path.parent.glob("store.sqlite-*"):
            log.unlink()
        path.write_bytes(broken)
        try:
            outcome = "same" if ask(archive) == expected else "other"
        except PinakesError:
            outcome = "refused"
        table = owners.get(at // page_bytes + 1, "free")
        yield StoreFlip(table, at, _is_told(folder), outcome)
    path.write_bytes(content)


def _owners(connection: sqlite3.Connection) -> dict[int, str]:
    """Return to which table or index each page belongs, as far as SQLite was built to tell."""
    try:
        return dict(connection.execute("SELECT pageno, name FROM dbstat"))
    except sqlite3.OperationalError:
        names = connection.execute("SELECT rootpage, name FROM sqlite_schema").fetchall()
        return {1: "sqlite_schema", **dict(names)}


def _is_told(folder: ArchiveFolder) -> bool:
    from pinakes.search.upkeep.checking import check_index

    try:
        return any(check_store(folder.store_path)) or any(check_index(folder))
    except ArchiveError:
        return True


def main() -> int:
    """Flip as many as the command line asks for; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=400, help="how many bits")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    unseen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(dir=memory_folder()) as place:
        chance = random.Random(asked.seed)  # noqa: S311
        make_small_archive(Path(place)).close()

        def tell() -> None:
            with Archive.open(place, exact=True) as archive:
                for flip in flip_store(archive, chance, count=asked.count):
                    sys.stdout.write(json.dumps(flip) + "\n")
                    sys.stdout.flush()

        ended = run_forked(tell)
    for line in ended.told.splitlines():
        if not line.startswith("["):
            sys.stdout.write(f"{line}\n")
            continue
        flip = StoreFlip(*json.loads(line))
        counts[f"{flip.outcome}, {'' if flip.is_told else 'not '}told by doctor"] += 1
        if flip.outcome == "other" and not flip.is_told:
            unseen[flip.table] += 1
    for what, number in sorted(counts.items()):
        sys.stdout.write(f"{what}: {number:,}\n")
    for table, number in unseen.most_common():
        sys.stdout.write(f"answers otherwise, and nothing tells of it, in {table}: {number:,}\n")
    return int(ended.status != 0 or counts["refused, not told by doctor"] > 0)


if __name__ == "__main__":
    sys.exit(main())
