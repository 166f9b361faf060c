"""The files below `added/` that hold what an application added: a file a record, by its id."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from typing import Final
from uuid import uuid4

from pinakes.corpus import ArchiveFolder, ArchiveReadOnlyError

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


def write_added(folder: ArchiveFolder, name: str, content: bytes) -> bool:
    """Write a file unless it is as it should be; return whether it was not.

    Raises:
        ArchiveReadOnlyError: It cannot be written.
    """
    path = folder.resolve(name)
    with suppress(OSError):
        if path.read_bytes() == content:
            return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A hidden file is never taken for an article, nor is half of one.
        draft = path.with_name(f".{uuid4().hex}")
        try:
            draft.write_bytes(content)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise ArchiveReadOnlyError(path, error.strerror or str(error)) from error
    return True


def delete_added(folder: ArchiveFolder, names: Iterable[str]) -> list[str]:
    """Delete files, and the folders that are empty then; return their names, sorted.

    Raises:
        ArchiveReadOnlyError: One cannot be deleted.
    """
    deleted = sorted(names)
    for name in deleted:
        path = folder.resolve(name)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise ArchiveReadOnlyError(path, error.strerror or str(error)) from error
        with suppress(OSError):
            path.parent.rmdir()
    return deleted
