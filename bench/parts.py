"""What the files of an archive consist of, in bytes."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from pinakes.corpus import ArchiveFolder
from pinakes.indexer.segments.arrays import ArrayFile

_TABLES = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name"


def sizes_by_part(root: Path) -> dict[str, int]:
    """Return the bytes of the archive in the folder `root`: store by table, index by section.

    The names begin with `store` or `index`, and those of each add up to its files.
    """
    folder = ArchiveFolder.open(root)
    return {**_store_sizes(folder.store_path), **_index_sizes(folder.index_path)}


def _store_sizes(path: Path) -> dict[str, int]:
    total = sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*"))
    sizes: Counter[str] = Counter()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            for name, length in connection.execute(_TABLES):
                sizes[f"store {name}"] += length
        except sqlite3.OperationalError:  # SQLite can be built without this table.
            return {"store": total}
    return {**sizes, "store other": total - sizes.total()}


def _index_sizes(path: Path) -> dict[str, int]:
    files = [each for each in path.iterdir() if each.is_file()]
    sizes: Counter[str] = Counter()
    for file in files:
        if file.suffix == ".seg":
            arrays = ArrayFile(file)
            for name in arrays.names():
                sizes[f"index {name}"] += arrays.array(name).nbytes
    return {**sizes, "index other": sum(file.stat().st_size for file in files) - sizes.total()}
