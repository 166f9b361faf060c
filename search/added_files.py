"""The files below `added/` that hold what an application added: a file a record, by its id."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from pinakes.corpus import ArchiveFolder
from pinakes.search.record_files import delete_files

FOLDER: Final = "added"
"""Where records are kept, below the archive's folder."""

_SLUG_CHARS: Final = 40
_OURS = re.compile(r"added/[0-9a-f]{2}/[a-z0-9-]*\.[0-9a-f]{16}\.json")


def file_name(record_id: str) -> str:
    """Return the file below the archive's folder that holds the record with this id.

    It is made of the id alone: of what can be read of it, and of 64 bits of its SHA-256.

    >>> file_name("Story 17")
    'added/11/story-17.11fd0c8f8ced116d.json'
    """
    digest = hashlib.sha256(record_id.encode("utf-8", "surrogatepass")).hexdigest()
    plain = unicodedata.normalize("NFKD", record_id).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_CHARS]
    return f"{FOLDER}/{digest[:2]}/{slug}.{digest[:16]}.json"


def is_added(path: str) -> bool:
    """Tell whether a file, as the archive knows it, is one that was made of a record."""
    return _OURS.fullmatch(path) is not None


def refuse_links(folder: ArchiveFolder) -> None:
    """Make sure that what is written and deleted below `added/` is nowhere else.

    Raises:
        ArchiveDamagedError: There is a link in the place of a folder.
    """
    folder.refuse_odd_files(folder.root / FOLDER)


def delete_added(folder: ArchiveFolder, names: Iterable[str]) -> list[str]:
    """Delete files, for good, and the folders that are empty then; return their names, sorted.

    Raises:
        ArchiveDamagedError: There is a link in the place of their folder.
        ArchiveReadOnlyError: One cannot be deleted.
    """
    refuse_links(folder)
    deleted = sorted(names)
    delete_files(map(folder.resolve, deleted))
    return deleted
