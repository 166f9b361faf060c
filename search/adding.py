"""Articles that an application adds from elsewhere than files: each kept as a file of its own.

So they are as all others: what `status`, `verify`, `index` and `remove` say of files holds of them,
and a citation can be checked against the file by anyone, without the application's database.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from pinakes.corpus import (
    ArchiveFolder,
    Change,
    FileOutcome,
    IngestObserver,
    IngestReport,
    Status,
    let_back,
)
from pinakes.search.added_files import FOLDER, delete_added, file_name, is_added, refuse_links
from pinakes.search.index_options import IndexOptions
from pinakes.search.lending import Lends
from pinakes.search.record_files import RecordFiles
from pinakes.search.taking_in import take_in
from pinakes.search.writing import locked

_MOST_READ_HERE: Final = 100
_DEFAULT_OPTIONS = IndexOptions()

Progress = Callable[[FileOutcome], None] | IngestObserver | None


class AddedRecords:
    """The records of an application that an archive holds as articles."""

    def __init__(self, folder: ArchiveFolder, reader: Lends) -> None:
        """Keep them in the archive's folder, below `added/`."""
        self._folder = folder
        self._reader = reader

    def add(
        self,
        records: Iterable[Mapping[str, object]],
        *,
        is_complete: bool = False,
        wait_s: float = 10.0,
        options: IndexOptions = _DEFAULT_OPTIONS,
        progress: Progress = None,
    ) -> IngestReport:
        """Do as `Archive.add`."""
        refuse_links(self._folder)
        tell = progress.on_file if isinstance(progress, IngestObserver) else progress
        known = self._known()
        names: dict[str, bool] = {}
        bad: list[FileOutcome] = []
        id_fields = self._folder.read_config().records.id
        with RecordFiles() as files:
            for number, record in enumerate(records, start=1):
                try:
                    name, content = _as_file(record, id_fields)
                except (TypeError, ValueError) as error:
                    where = f"{FOLDER}#record {number}"
                    bad.append(FileOutcome(path=where, status=Status.ERROR, detail=str(error)))
                    if tell:
                        tell(bad[-1])
                    continue
                is_written = files.put(self._folder.resolve(name), content)
                is_new = is_written or options.force or not _is_taken_in(content, known.get(name))
                names[name] = names.get(name, False) or is_new
        changed = [name for name, is_changed in names.items() if is_changed]
        if is_complete and not bad:
            changed += delete_added(self._folder, known.keys() - names.keys())
        report = take_in(
            self._folder,
            [self._folder.resolve(name) for name in changed],
            options=replace(options, prune=True),
            wait_s=wait_s,
            progress=progress,
            is_read_here=options.limits is None and len(changed) <= _MOST_READ_HERE,
        )
        # What was purged is kept out under any id, and by any name.
        purged = (each.path for each in report.outcomes if each.status is Status.PURGED)
        delete_added(self._folder, filter(is_added, purged))
        return _with(report, bad, unchanged=len(names) - sum(names.values()))

    def remove(self, ids: Iterable[object], *, wait_s: float = 10.0) -> int:
        """Take out the records with these ids, with their files; return how many there were.

        They come back when they are added again. `Archive.remove` takes out an article so that it
        does not come back before its record changes.

        Raises:
            ArchiveLockedError: Another process is still writing after `wait_s`.
        """
        names = {file_name(str(each)) for each in ids}
        # Also the file of a record that the archive was made to forget.
        deleted = delete_added(self._folder, names)
        known = self._known()
        report = take_in(
            self._folder,
            [self._folder.resolve(name) for name in deleted if name in known],
            options=IndexOptions(prune=True),
            wait_s=wait_s,
            progress=None,
            is_read_here=True,
        )
        return report.by_change.get(Change.REMOVED, 0)

    def let_back(self, ids: Iterable[object], *, wait_s: float = 10.0) -> int:
        """Let in again, the next time they are added, records that were purged; count them.

        Raises:
            ArchiveLockedError: Another process is still writing after `wait_s`.
        """
        paths = [self._folder.resolve(file_name(str(each))) for each in ids]
        with locked(self._folder, wait_s=wait_s) as store:
            return sum(let_back(store, self._folder, path) for path in paths)

    def _known(self) -> dict[str, str]:
        """Return the SHA-256 of the records' files as they were taken in, by their names."""
        with self._reader.store() as store:
            hashes = store.sha256_by_path(FOLDER)
        return {name: sha256 for name, sha256 in hashes.items() if is_added(name)}


def _is_taken_in(content: bytes, known: str | None) -> bool:
    """Return whether a file was taken in as it is: it may have been written, and no more."""
    if not known:
        return known is not None
    return hashlib.sha256(content).hexdigest() == known


def _as_file(record: Mapping[str, object], id_fields: Iterable[str]) -> tuple[str, bytes]:
    """Return the name of a record's file, and its bytes.

    Raises:
        TypeError: It is no mapping, or holds what JSON cannot say.
        ValueError: It has no id, or cannot be written as JSON.
    """
    if not isinstance(record, Mapping):
        raise TypeError(f"a record is a mapping of fields to values, not {type(record).__name__}")
    by_name = {str(key).strip().lower(): value for key, value in record.items()}
    given = (by_name.get(key.lower()) for key in id_fields)
    found = next((value for value in given if _is_id(value)), None)
    if found is None:
        raise ValueError(f"no id: none of {', '.join(id_fields)} is filled with a text or a number")
    told = {str(key): value for key, value in record.items()}
    try:
        text = json.dumps(told, ensure_ascii=False, indent=1, default=_plain)
    except RecursionError as error:
        raise ValueError("its fields are nested more deeply than can be written") from error
    # Half of a surrogate pair becomes the escape that JSON has for it.
    return file_name(str(found)), text.encode("utf-8", "backslashreplace") + b"\n"


def _is_id(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return isinstance(value, int | UUID) and not isinstance(value, bool)


def _plain(value: Any) -> object:
    """Return what databases hand out as what JSON has."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal | os.PathLike):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"a field holds what JSON cannot say: {type(value).__name__}")


def _with(report: IngestReport, bad: list[FileOutcome], *, unchanged: int) -> IngestReport:
    """Return a report that tells of records that were not taken in, and of those left alone."""
    by_status = dict(report.by_status)
    for status, count in ((Status.UNCHANGED, unchanged), (Status.ERROR, len(bad))):
        if count:
            by_status[status] = by_status.get(status, 0) + count
    return replace(report, by_status=by_status, outcomes=(*report.outcomes, *bad))
