"""What a run has to look into, told from names, sizes and times alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pinakes.corpus.folder import ArchiveFolder
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ingestion.walk import Found, FoundFile, is_gone
from pinakes.corpus.ledger import Status
from pinakes.corpus.store import Store

_PARENT = ".."


class Plan(NamedTuple):
    """The files of a run, by what has to be done; each in the order they were found.

    Attributes:
        unchanged: Known, of the same size and time; with what the ledger says of them.
        changed: Known, and to be read.
        new: Not known.
        purged: Not known, and not to be.
        gone: Known, and no longer there or below a folder that is ignored; in order of their names.
        doubtful: Which of those would be forgotten because of what may be a slip, or a drive that
            is not there: by the given path that is gone, or the folder that is empty.
    """

    unchanged: tuple[tuple[str, Status], ...]
    changed: tuple[FoundFile, ...]
    new: tuple[FoundFile, ...]
    purged: tuple[str, ...]
    gone: tuple[str, ...]
    doubtful: Mapping[str, tuple[str, ...]]


def make_plan(store: Store, folder: ArchiveFolder, found: Found, options: IngestOptions) -> Plan:
    """Compare the files that were found with those that the ledger knows."""
    known = known_below(store, [*found.roots, *found.vanished])
    has_records_removed = store.files_with_records_removed()
    purged = store.purged_among(path for path in found.files if path not in known)
    unchanged: list[tuple[str, Status]] = []
    changed: list[FoundFile] = []
    new: list[FoundFile] = []
    kept_out: list[str] = []
    for path, file in found.files.items():
        row = known.get(path)
        if path in purged:
            kept_out += [] if path.endswith("/") else [path]
        elif row is None:
            new.append(file)
        if row is None:
            continue
        size, mtime_ns, status = row
        comes_back = file.is_named and (status is Status.REMOVED or path in has_records_removed)
        is_same = mtime_ns != 0 and (size, mtime_ns) == (file.size, file.mtime_ns)
        is_retried = options.retry_failed and status is Status.ERROR
        if is_same and not (options.force or is_retried or comes_back or file.failure):
            unchanged.append((path, status))
        else:
            changed.append(file)
    gone = _find_gone(folder, found, known)
    return Plan(
        unchanged=tuple(unchanged),
        changed=tuple(changed),
        new=tuple(new),
        gone=gone,
        purged=tuple(kept_out),
        doubtful={} if options.prune else _find_doubtful(found, gone),
    )


def _find_gone(
    folder: ArchiveFolder, found: Found, known: Mapping[str, tuple[int, int, Status]]
) -> tuple[str, ...]:
    return tuple(
        sorted(
            path
            for path, (_size, _time, status) in known.items()
            if path not in found.files
            and (
                is_gone(folder, path)
                # What was taken out by hand must not come back when the rules change.
                or (status is not Status.REMOVED and bool(find_ignored_folder(found.files, path)))
            )
        )
    )


def _find_doubtful(found: Found, gone: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the files that are gone by the place that makes it doubtful whether they are."""
    doubtful: dict[str, list[str]] = {}
    places = {*(f"{name}/" if name else "" for name in found.empty), *found.vanished}
    for path in gone:
        place = next((name for name in _places_of(path) if name in places), None)
        if place is not None and not path.endswith("/"):
            doubtful.setdefault(place, []).append(path)
    return {place: tuple(paths) for place, paths in doubtful.items()}


def find_ignored_folder(files: Mapping[str, FoundFile], path: str) -> str:
    """Return why a folder that a file is in is left out; nothing if none is.

    Args:
        files: What was found, by name.
        path: Of the file, as the archive knows it.
    """
    folders = (files.get(folder) for folder in _folders_of(path))
    return next(
        (found.reason for found in folders if found and found.failure is Status.IGNORED), ""
    )


def _folders_of(path: str) -> Iterator[str]:
    """Yield the folders that a file is in, the nearest first, each with a `/` behind."""
    while "/" in path.rstrip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        yield path


def _places_of(path: str) -> Iterator[str]:
    """Yield what a path may be gone with: itself, a folder as given, a folder that is empty."""
    yield path
    for folder in _folders_of(path):
        yield folder.rstrip("/")
        yield folder
    if _height(path) == 0:
        yield ""


def known_below(store: Store, roots: Iterable[str]) -> Mapping[str, tuple[int, int, Status]]:
    """Return size, time and status of the files in the ledger at and below `roots`."""
    known: dict[str, tuple[int, int, Status]] = {}
    for root in roots:
        if set(root.split("/")) <= {"", _PARENT}:
            height = _height(root)
            rows = store.known_files()
            known.update((path, row) for path, row in rows.items() if _height(path) <= height)
        else:
            known.update(store.known_files(root))
    return known


def _height(path: str) -> int:
    """Return how far above the archive's folder a path begins."""
    parts = path.split("/")
    if not parts[0].strip(_PARENT):
        return next((n for n, part in enumerate(parts) if part != _PARENT), len(parts)) * bool(path)
    # A path on another drive is below no folder of this one.
    return 1 << 30 if ":" in parts[0] and len(parts[0]) == 2 else 0
