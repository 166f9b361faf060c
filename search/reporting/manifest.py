"""Which articles an archive holds, and one checksum over all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from pinakes.corpus import Store


class ArticleEntry(NamedTuple):
    """An article, and which text and file it was.

    Attributes:
        id: The article's id.
        text_sha256: Of its text in UTF-8, hexadecimal.
        file_sha256: Of its raw file, hexadecimal.
    """

    id: str
    text_sha256: str
    file_sha256: str


def read_entries(store: Store, generation: int) -> tuple[ArticleEntry, ...]:
    """Return the articles alive at `generation`, sorted."""
    return tuple(sorted(ArticleEntry(*entry) for entry in store.checksums(generation)))


def manifest_sha256(entries: Iterable[ArticleEntry]) -> str:
    """Return the SHA-256 of all articles, hexadecimal, whatever order they are given in.

    It is that of a text in ASCII: a line `ID TEXT_SHA256 FILE_SHA256` for each article, parted by
    one space each, ended by a line feed, and the lines sorted. Of no article it is that of nothing.
    """
    lines = sorted(f"{entry.id} {entry.text_sha256} {entry.file_sha256}\n" for entry in entries)
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
    return digest.hexdigest()
