"""Which archive a command works on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from pinakes.corpus import ArchiveMissingError
from pinakes.indexer import LISTS_MB
from pinakes.search.archive import Archive
from pinakes.search.cli.messages import say
from pinakes.search.cli.settings import Settings


def open_archive(settings: Settings, *, lists_mb: float = LISTS_MB) -> Archive:
    """Open the archive that was named, else the nearest one from the working directory upwards."""
    if settings.archive:
        return Archive.open(settings.archive, exact=True, lists_mb=lists_mb)
    return Archive.open(Path.cwd(), lists_mb=lists_mb)


def open_or_create_archive(settings: Settings, targets: Sequence[str]) -> Archive:
    """Open the archive; if there is none, make one in the folder named or the working directory.

    None is made for a slip of the pen: at least one of `targets` must be there.
    """
    try:
        return open_archive(settings)
    except ArchiveMissingError:
        if not any(os.path.lexists(target) for target in targets):
            raise click.UsageError(f"nothing at {', '.join(targets) or 'no path'}") from None
        archive = Archive.create(settings.archive or Path.cwd())
        say(f"Made a new archive in {archive.root}")
        return archive
