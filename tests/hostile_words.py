"""An archive whose every word means harm to a terminal, written past the readers by its enemy."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pinakes.corpus import (
    ArchiveFolder,
    Extract,
    Kind,
    LedgerRow,
    MetadataValue,
    Problem,
    Status,
    Store,
    TagPattern,
    split,
)
from pinakes.corpus.readers.assemble import TextBuilder
from pinakes.corpus.store.packing import pack
from pinakes.corpus.store.repacking import repack

HARM = "\x1b]0;owned\x07\x9b31m\x1b[2J\u202e\u2066\x08\r\x7f"
# As long, so that what stands where does not change.
_HARMLESS = "q" * len(HARM)
_TEXTS = (
    "A talk of rivers qq",
    "The delegates qq met in the old hall.",
    "They spoke qq of rivers.",
)


def make_archive(root: Path) -> str:
    """Make the archive in the folder `root`; return the id of one of its articles."""
    folder = ArchiveFolder.create(root)
    with Store.open(folder.store_path, read_only=False) as store:
        with store.transaction() as writer:
            for number in range(2):
                extract = _extract(f"{number}")
                table = split(extract)
                tags = (
                    TagPattern(type="place", value=f"Geneva{HARM}", rule=f"r{HARM}/1", span=(0, 4)),
                )
                table = replace(table, tag_lists=(tags,), tag_list_of=(0,) * len(table))
                packed = repack(pack(extract, split(extract)), table, stamps=(f"t{HARM}/1",))
                path = f"page{number}{HARM}.html"
                writer.add_article(packed, path=path, record=f"r{HARM}", sha256="ab" * 32)
                problem = Problem(where=f"w{HARM}", reason=f"reason {HARM}")
                writer.ledger.put(
                    LedgerRow(
                        path=path,
                        status=Status.INDEXED,
                        sha256="ab" * 32,
                        articles=1,
                        problems=(problem,),
                        notes=(f"note {HARM}",),
                    )
                )
            writer.ledger.put(
                LedgerRow(path=f"bad{HARM}.pdf", status=Status.ERROR, detail=f"why {HARM}")
            )
        (article, _) = store.living(store.state().generation)
    with sqlite3.connect(folder.store_path) as raw:
        raw.execute(
            "INSERT INTO saved_searches VALUES (?, ?, 1, ?, NULL)",
            (f"s{HARM}", f"rivers {HARM}", f"2014{HARM}"),
        )
    raw.close()
    folder.rules_dir.mkdir()
    # Not every system lets a file be called so.
    with suppress(OSError):
        (folder.rules_dir / f"r{HARM}.toml").write_text(f'words = ["{HARM}"]')
    (folder.rules_dir / "harm.toml").write_text("value = 'x'\nqueries = ['title:\x7f(']\n")
    return article.id


def _extract(name: str) -> Extract:
    builder = TextBuilder()
    for kind, text in zip((Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH), _TEXTS, strict=True):
        builder.add(kind, text.replace("qq", f"{name} {_HARMLESS}"))
    values = {
        "title": "A talk", "author": "Jane", "source": "example.org", "published": "2014-03-04",
        "url": "https://example.org/", "saved": "2014", "language": "en",
    }  # fmt: skip
    metadata = tuple(
        MetadataValue(field=field, value=f"{value}{HARM}" if field != "language" else value,
                      origin=f"o{HARM}")
        for field, value in values.items()
    )  # fmt: skip
    extract = builder.build(metadata=metadata, record=f"r{HARM}")
    return replace(extract, text=extract.text.replace(_HARMLESS, HARM))
