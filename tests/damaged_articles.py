"""An archive of a few pages, in which what the store holds of some is damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pinakes.search import Archive


def make_archive(root: Path, *, pages: int = 8) -> Archive:
    """Make an archive of pages that all have one word, and each one of its own, and names."""
    folder = root / "pages"
    folder.mkdir(parents=True)
    for number in range(pages):
        text = f"The harbour of Quay{number}ville was dredged; Zorb{number}kin said so.\n"
        (folder / f"page{number}.txt").write_text(text * 3, "utf-8")
    archive = Archive.create(root)
    archive.index(folder)
    return archive


def damage(archive: Archive, *numbers: int) -> list[str]:
    """Flip a byte in the midst of what the store holds of these pages; return the ids of these."""
    ids = []
    path = archive.root / ".pinakes" / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        for number in numbers:
            query = (
                "SELECT id, content, packed FROM articles JOIN article_paths USING (key)"
                " JOIN contents USING (content) WHERE path = ? AND died IS NULL"
            )
            row = connection.execute(query, (f"pages/page{number}.txt",)).fetchone()
            id_, content, packed = row
            broken = bytearray(packed)
            broken[len(broken) // 2] ^= 0x41
            statement = "UPDATE contents SET packed = ? WHERE content = ?"
            connection.execute(statement, (bytes(broken), content))
            ids.append(id_)
    return ids


def told(archive: Archive) -> list[str]:
    """Return of which articles `doctor` tells, by what it tells of."""
    return [fault.part.removeprefix("store, article ") for fault in archive.upkeep.check()]
