"""Which taggers an archive's articles go through."""

from __future__ import annotations

from pinakes.corpus import ArchiveFolder, TagLevel, TagSettings


def tag_settings(folder: ArchiveFolder, level: TagLevel | None = None) -> TagSettings:
    """Return what is asked for, or set for the archive where nothing is."""
    return TagSettings(level=level or folder.read_config().tags.level)
