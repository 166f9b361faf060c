"""Keeps an archive up to date with folders while files in them change."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from pinakes.corpus import IngestObserver, IngestReport, PinakesError
from pinakes.search.archive import Archive
from pinakes.search.index_options import IndexOptions

_NOBODY = IngestObserver()
_IGNORE_NAME = ".pinakesignore"
# Files that keep coming are taken in after so many quiet times, however long they go on.
_MOST_QUIET_TIMES = 10
_WAKE_MS = 500


class WatchingMissingError(PinakesError):
    """The package that tells of changes in folders is not installed."""

    def __init__(self) -> None:
        super().__init__("to watch folders, install watchfiles: pip install 'pinakes[watch]'")


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchOptions:
    """How folders are watched.

    Attributes:
        index: How files are taken in.
        quiet_s: Seconds without a change before changes are taken in.
    """

    index: IndexOptions = field(default_factory=IndexOptions)
    quiet_s: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What came of changes that were seen together.

    Attributes:
        report: What became of the files; None if they could not be taken in for now.
        error: Why not. They are tried again with the next change, or after a while.
    """

    report: IngestReport | None = None
    error: PinakesError | OSError | None = None


_DEFAULT = WatchOptions()


def watch(
    archive: Archive,
    paths: Iterable[Path | str],
    *,
    options: WatchOptions = _DEFAULT,
    observer: IngestObserver = _NOBODY,
    stop: Event | None = None,
) -> Iterator[Update]:
    """Take in folders as `Archive.index` does, then again whatever changes below them.

    Ends when `stop` is set, within half a second.

    Args:
        archive: What is kept up to date.
        paths: Folders that are there.
        options: How files are taken in, and when.
        observer: Told of every file.
        stop: Set it to end.

    Raises:
        WatchingMissingError: The package `watchfiles` is not installed.
        OSError: A path is not there, or there are more folders than the system watches.
    """
    try:
        import watchfiles
    except ImportError as error:
        raise WatchingMissingError from error
    roots = [Path(os.path.realpath(path)) for path in paths]
    for root in roots:
        root.stat()
    quiet_ms = max(1, round(options.quiet_s * 1000))
    # It begins to listen before it first comes back, so that nothing is missed meanwhile.
    batches = watchfiles.watch(
        *roots,
        watch_filter=lambda _change, path: _is_seen(Path(path), roots),
        debounce=quiet_ms * _MOST_QUIET_TIMES,
        step=quiet_ms,
        rust_timeout=_WAKE_MS,
        yield_on_timeout=True,
        stop_event=stop,
    )
    waiting: set[Path] = set(roots)
    for batch in batches:
        waiting |= {folder for _, path in batch if (folder := _folder_of(Path(path), roots))}
        if not waiting:
            continue
        try:
            report = archive.index(_topmost(waiting), options=options.index, progress=observer)
        except (PinakesError, OSError) as error:
            yield Update(error=error)
        else:
            waiting.clear()
            yield Update(report=report)


def _is_seen(path: Path, roots: list[Path]) -> bool:
    """Whether a change may matter: not that of a hidden file, nor of the archive itself."""
    for root in roots:
        if path.is_relative_to(root):
            parts = path.relative_to(root).parts
            hidden = [part for part in parts if part.startswith(".")]
            return not hidden or (hidden == [_IGNORE_NAME] and parts[-1] == _IGNORE_NAME)
    return False


def _folder_of(path: Path, roots: list[Path]) -> Path | None:
    """Return the nearest folder there is in which a change shows; None if a whole root is gone."""
    for folder in (path, *path.parents):
        if not any(folder.is_relative_to(root) for root in roots):
            return None
        if folder.is_dir():
            return folder
    return None


def _topmost(folders: set[Path]) -> list[Path]:
    """Return the folders that are below no other one."""
    return sorted(folder for folder in folders if folders.isdisjoint(folder.parents))
