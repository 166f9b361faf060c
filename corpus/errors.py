"""What can go wrong, as one tree: catch `PinakesError` and be done.

Every class carries its facts as attributes; its message says what, where, and what to do.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TypeGuard

FREE_SPACE = "free some space and try again"
# A disk that is full, and a user who has used up what is theirs of it.
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT))


def is_full(error: BaseException) -> TypeGuard[OSError]:
    """Return whether something cannot be written as there is no room for it."""
    return isinstance(error, OSError) and error.errno in _FULL


def unwritten(error: OSError, *, remedy: str = "") -> str:
    """Return that something cannot be written, why, and what to do.

    Args:
        error: What the system says.
        remedy: What to do where there is room; empty to leave it to the reader.
    """
    told = f"cannot be written ({error.strerror or error})"
    remedy = FREE_SPACE if is_full(error) else remedy
    return f"{told}; {remedy}" if remedy else told


class PinakesError(Exception):
    """The root of every error that Pinakes raises on purpose."""


class ArchiveError(PinakesError):
    """Something is wrong with the archive at `path`."""

    def __init__(self, path: Path, problem: str) -> None:
        # Not at the top: most questions go well.
        from pinakes.corpus.spelling_out import spelled

        super().__init__(f"{spelled(path)}: {problem}")
        self.path = path
        self.problem = problem


class ArchiveMissingError(ArchiveError):
    """There is no archive at `path`, nor, unless that alone was asked for, above it."""

    def __init__(self, path: Path, *, is_exact: bool = False) -> None:
        where = "here" if is_exact else "here or above"
        super().__init__(path, f"no archive {where}; make one with `pinakes index PATH`")


class ArchiveExistsError(ArchiveError):
    """`path` holds an archive already."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "holds an archive already; add to it with `pinakes index PATH`")


class ArchiveFormatError(ArchiveError):
    """The archive was written in a format that this version does not read."""

    def __init__(self, path: Path, *, found: int, supported: int) -> None:
        problem = (
            f"up to {supported}; install a newer Pinakes"
            if found > supported
            else f"{supported}; move its folder away, index the articles again and copy "
            "config.toml back"
        )
        super().__init__(
            path, f"written in format {found}, this version of Pinakes reads {problem}"
        )
        self.found = found
        self.supported = supported


class ArchiveDamagedError(ArchiveError):
    """A part of the archive cannot be read; `problem` says which and what to do."""


class ArchiveLockedError(ArchiveError):
    """Another process is writing; `owner` says which, where known."""

    def __init__(self, path: Path, *, owner: str) -> None:
        super().__init__(path, f"being written by {owner}; wait for it, or try again with --wait")
        self.owner = owner


class ArchiveReadOnlyError(ArchiveError):
    """The archive cannot be written: a permission, a read-only medium or a full disk."""

    def __init__(self, path: Path, reason: str | OSError) -> None:
        """Say why, in words or as the system does."""
        error = reason if isinstance(reason, OSError) else OSError(reason)
        super().__init__(path, unwritten(error, remedy="check its permissions"))


class UnknownArticleError(PinakesError):
    """The archive holds no article, or more than one, that `article_id` names."""

    def __init__(self, article_id: str, *, candidates: tuple[str, ...] = ()) -> None:
        problem = (
            f"names {len(candidates)} articles ({', '.join(candidates[:5])}); give more of the id"
            if candidates
            else "no such article in this archive; `pinakes search` prints ids, of which the first "
            "4 digits or more are enough"
        )
        super().__init__(f"{article_id}: {problem}")
        self.article_id = article_id
        self.candidates = candidates


class SourceError(PinakesError):
    """One source file, or one record of it, cannot be read; the ingest goes on."""


class UnsupportedSourceError(SourceError):
    """The file is of a kind that no reader reads."""


class SourceGoneError(SourceError):
    """The file that an article was read from is not there any more, or has changed since."""


class EmptySourceError(SourceError):
    """The file holds no text that could be searched."""
