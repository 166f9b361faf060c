"""Writes and deletes many files, each whole or not at all, so that what is done lasts."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from pinakes.corpus import ArchiveReadOnlyError, make_folder, sync_files, sync_folder

_AT_ONCE = 500


class RecordFiles:
    """Files that are being written, in a `with` statement.

    What was put is in its place, and survives a loss of power, when the block is left; before that,
    or after an exception, any of it may be.
    """

    def __init__(self) -> None:
        """Be about to write."""
        self._drafts: dict[Path, Path] = {}

    def put(self, path: Path, content: bytes) -> bool:
        """Write a file unless it is as it should be; return whether it was not.

        Raises:
            ArchiveReadOnlyError: It cannot be written.
        """
        with suppress(OSError):
            if self._drafts.get(path, path).read_bytes() == content:
                return False
        try:
            draft = self._drafts.get(path)
            if draft is None:
                make_folder(path.parent)
                # A hidden file is never taken for an article, nor is half of one.
                draft = self._drafts[path] = path.with_name(f".{uuid4().hex}")
            draft.write_bytes(content)
        except OSError as error:
            raise ArchiveReadOnlyError(path, error) from error
        if len(self._drafts) >= _AT_ONCE:
            self.settle()
        return True

    def settle(self) -> None:
        """Put what was written in its place; raises as `put`."""
        # Where one of many cannot be synced, nobody tells which.
        path = next((path.parent for path in self._drafts), Path())
        try:
            # What a name stands for has to last before the name does.
            sync_files(self._drafts.values())
            folders = {path.parent for path in self._drafts}
            for path in list(self._drafts):
                self._drafts[path].replace(path)
                del self._drafts[path]
            for path in folders:
                sync_folder(path)
        except OSError as error:
            raise ArchiveReadOnlyError(path, error) from error

    def __enter__(self) -> RecordFiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        try:
            if kind is None:
                self.settle()
        finally:
            for draft in self._drafts.values():
                with suppress(OSError):
                    draft.unlink(missing_ok=True)


def delete_files(paths: Iterable[Path]) -> None:
    """Delete files, for good, and the folders that are empty then; one may be gone already.

    Raises:
        ArchiveReadOnlyError: One cannot be deleted.
    """
    folders: set[Path] = set()
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise ArchiveReadOnlyError(path, error) from error
        folders.add(path.parent)
    for folder in folders:
        with suppress(OSError):
            sync_folder(folder)
            folder.rmdir()
