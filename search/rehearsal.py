"""What files would make of an archive, also of one that there is not yet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pinakes.corpus import (
    ArchiveFolder,
    IngestObserver,
    IngestOptions,
    IngestReport,
    ReadingLimits,
    Store,
    ingest,
)
from pinakes.search.index_options import IndexOptions
from pinakes.search.tagging.settings import tag_settings

if TYPE_CHECKING:
    from pinakes.search.tagging.rule_files import Rules

_DEFAULT_INDEX = IndexOptions()
_NOBODY = IngestObserver()


def rehearse(
    root: Path,
    paths: Iterable[Path | str],
    *,
    options: IndexOptions = _DEFAULT_INDEX,
    observer: IngestObserver = _NOBODY,
) -> IngestReport:
    """Return what would become of files if the folder `root` were an archive; make none."""
    import tempfile

    folder = ArchiveFolder(root.resolve())
    asked = ingest_options(folder, options)
    with (
        tempfile.TemporaryDirectory(prefix="pinakes-rehearsal-") as place,
        Store.create(Path(place) / "store.sqlite") as store,
    ):
        return ingest(store, folder, map(Path, paths), options=asked, observer=observer)


def ingest_options(
    folder: ArchiveFolder, options: IndexOptions, rules: Rules | None = None
) -> IngestOptions:
    """Return what is asked for, with what is set for the archive where nothing is.

    The user's rules are read, unless they have been.
    """
    config = folder.read_config()
    return IngestOptions(
        size=config.passages,
        fields=config.records,
        containers=config.containers,
        tags=tag_settings(folder, options.tags, rules),
        copies=config.copies.find,
        limits=limits_of(options, config.reading),
        force=options.force,
        retry_failed=options.retry_failed,
        prune=options.prune,
        is_rehearsal=options.dry_run,
    )


def limits_of(options: IndexOptions, configured: ReadingLimits) -> ReadingLimits | None:
    """Return the limits that hold; None would read files in this process, without any."""
    return options.limits or configured
