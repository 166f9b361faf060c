"""What a run has to look into, told from names, sizes and times alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pinakes.corpus.folder import ArchiveFolder
from pinakes.corpus.ingestion.walk import Found, FoundFile, is_gone
from pinakes.corpus.ledger import Status
from pinakes.corpus.store import Store

_PARENT = ".."


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The files of a run, by what has to be done; each in the order they were found.

    Attributes:
        unchanged: Known, of the same size and time.
        changed: Known, and to be read.
        new: Not known.
        gone: Known, and no longer there; in order of their names.
    """

    unchanged: tuple[str, ...]
    changed: tuple[FoundFile, ...]
    new: tuple[FoundFile, ...]
    gone: tuple[str, ...]


def make_plan(store: Store, folder: ArchiveFolder, found: Found, *, force: bool) -> Plan:
    """Compare the files that were found with those that the ledger knows."""
    known = known_below(store, found.roots)
    has_records_removed = store.files_with_records_removed()
    unchanged: list[str] = []
    changed: list[FoundFile] = []
    new: list[FoundFile] = []
    for path, file in found.files.items():
        row = known.get(path)
        if row is None:
            new.append(file)
            continue
        size, mtime_ns, status = row
        comes_back = file.is_named and (status is Status.REMOVED or path in has_records_removed)
        is_same = mtime_ns != 0 and (size, mtime_ns) == (file.size, file.mtime_ns)
        if is_same and not (force or comes_back or file.failure):
            unchanged.append(path)
        else:
            changed.append(file)
    gone = (path for path in known if path not in found.files and is_gone(folder, path))
    return Plan(
        unchanged=tuple(unchanged),
        changed=tuple(changed),
        new=tuple(new),
        gone=tuple(sorted(gone)),
    )


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
