"""Commits to an index, one at a time: under the lock that Whoosh's writers take too."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pinakes.corpus import ArchiveError, is_full, lock_file, logger_of
from pinakes.indexer.errors import IndexMissingError
from pinakes.indexer.toc import (
    INDEX_NAME,
    SegmentEntry,
    Toc,
    current_toc,
    fingerprint,
    latest_toc,
    leftover_files,
    write_toc,
)

_log = logger_of(__name__)


@contextmanager
def locked(folder: Path, *, wait_s: float) -> Iterator[None]:
    """Keep every other writer out of the index in `folder`, as Whoosh does.

    What ends in an error inside leaves no files behind that nothing names, if the table of contents
    can be read.

    Args:
        folder: Where the index is.
        wait_s: How long to wait for another writer, in seconds.

    Raises:
        ArchiveLockedError: Another writer has not finished in time.
        ArchiveReadOnlyError: The folder cannot be written.
        ArchiveError: The drive cannot lock files.
    """
    path = folder / f"{INDEX_NAME}_WRITELOCK"
    lock = lock_file(path, wait_s=wait_s, owner=lambda: "another process")
    try:
        yield
    except BaseException as error:
        remove_unused(folder)
        # A full disk does not say by itself where it is.
        if is_full(error) and not error.filename:
            error.filename = os.fspath(folder)
        raise
    finally:
        lock.release()


def publish(folder: Path, entries: Iterable[SegmentEntry], *, generation: int, token: str) -> None:
    """Commit these segments as the whole index, made from this generation of the store.

    Whoever calls this holds the lock.

    Args:
        folder: Where the index is.
        entries: The segments, whose files are durable.
        generation: Of the store.
        token: Of the commit that made that generation.
    """
    try:
        number = latest_toc(folder) + 1
    except IndexMissingError:
        number = 1
    toc = Toc(
        number=number,
        generation=generation,
        analysis=fingerprint(),
        token=token,
        segments=tuple(entries),
    )
    write_toc(folder, toc)
    remove_leftovers(folder, toc)


def remove_unused(folder: Path) -> None:
    """Remove the files of the index in `folder` that its latest state does not use."""
    try:
        toc = current_toc(folder)
    except ArchiveError:
        return
    remove_leftovers(folder, toc)


def remove_leftovers(folder: Path, toc: Toc) -> None:
    """Remove the files of the index that `toc` does not use."""
    for path in leftover_files(folder, toc):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            # Windows keeps files that a reader has open: the next commit tries.
            _log.info("a leftover stays: %s", error)
