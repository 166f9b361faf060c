"""An archive whose articles are tagged by the tests themselves, in its store."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pinakes.corpus import ArchiveFolder, Extract, Kind, MetadataValue, Passage, Store, Tag
from pinakes.corpus.store.packing import pack
from pinakes.indexer import PassageIndex

Marked = list[tuple[str, list[tuple[str, str, str]]]]
"""Passages with their tags: type, value, the words that it is on, or none if on all of them."""

MINE: Marked = [
    ("Mine collapse in Donvik", [("place", "Donvik", "Donvik")]),
    (
        "On 5 December 2014 the mine near Genève collapsed, and 1.5 million people saw it.",
        [
            ("mentions", "2014-12-05", "5 December 2014"),
            ("place", "Geneva", "Genève"),
            ("number", "1500000 people", "1.5 million people"),
            ("topic", "mining", ""),
        ],
    ),
]
TALKS: Marked = [
    (
        "“They will return,” said Adalat Aliyev, who knows the Ottawa Treaty by heart.",
        [
            ("quote", "They will return", "“They will return,”"),
            ("said", "Adalat Aliyev", "“They will return,”"),
            ("person", "Adalat Aliyev", "Adalat Aliyev"),
            ("law", "Ottawa Treaty", "Ottawa Treaty"),
            ("place", "Ottawa", "Ottawa"),
        ],
    ),
    (
        "Between 1987 and 1989 about 45 % of Geneva read ISBN 3-16-148410-0.",
        [
            ("mentions", "1987..1989", "Between 1987 and 1989"),
            ("number", "45 %", "45 %"),
            ("place", "Geneva", "Geneva"),
            ("isbn", "3-16-148410-0", "3-16-148410-0"),
            ("my-type", "x", "read"),
        ],
    ),
]


def make_passages(parts: Marked) -> tuple[str, tuple[Passage, ...]]:
    """Return the text of an article and its passages, the first of which is its title."""
    passages: list[Passage] = []
    at = 0
    for number, (text, tags) in enumerate(parts):
        kind = Kind.PARAGRAPH if number else Kind.TITLE
        spans = [("kind", kind.value, "", "structure/1")]
        spans += [(type_, value, on, "test/1") for type_, value, on in tags]
        made = [
            Tag(
                type=type_,
                value=value,
                start=at + text.index(on),
                end=at + text.index(on) + len(on or text),
                rule=rule,
            )
            for type_, value, on, rule in spans
        ]
        made.sort(key=lambda tag: (tag.start, tag.type, tag.value))
        passages.append(
            Passage(
                number=number,
                kind=kind,
                section=(),
                start=at,
                end=at + len(text),
                text=text,
                tags=tuple(made),
            )
        )
        at += len(text) + 2
    return "\n\n".join(text for text, _ in parts), tuple(passages)


def write_tagged(root: Path, *articles: Marked) -> Path:
    """Make an archive of articles in the folder `root`; return it."""
    folder = ArchiveFolder.create(root)
    index = PassageIndex.create(folder.index_path)
    english = MetadataValue(field="language", value="en", origin="test")
    with Store.open(folder.store_path, read_only=False) as store:
        with store.transaction() as writer:
            for number, parts in enumerate(articles):
                text, passages = make_passages(parts)
                title = MetadataValue(field="title", value=parts[0][0], origin="test")
                extract = Extract(text=text, blocks=(), metadata=(title, english))
                sha256 = hashlib.sha256(text.encode()).hexdigest()
                writer.add_article(
                    pack(extract, passages), path=f"{number}.txt", record="", sha256=sha256
                )
        index.update(store)
    return root
