"""Whether any package may register taggers, told without loading what reads their metadata."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib.machinery import PathFinder
from pathlib import Path


def may_be_registered(group: str, places: Iterable[str]) -> bool:
    """Return whether a package that is installed in any place may have entry points of a group.

    `importlib.metadata` tells which, and takes longer to load than to read the files of a hundred
    packages. It is to be asked wherever it might find what is not looked at here: in archives, and
    where finders of others have packages.
    """
    return any(map(_knows_packages, sys.meta_path)) or any(
        _may_be_in(Path(place), group) for place in places
    )


def _knows_packages(finder: object) -> bool:
    return finder is not PathFinder and hasattr(finder, "find_distributions")


def _may_be_in(place: Path, group: str) -> bool:
    if place.suffix.lower() == ".egg":
        return True
    try:
        names = os.listdir(place)  # noqa: PTH208 - names suffice.
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return any(
        _may_name(place / name / "entry_points.txt", group)
        for name in names
        if name.lower().endswith((".dist-info", ".egg-info"))
    )


def _may_name(file: Path, group: str) -> bool:
    try:
        return group.encode() in file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
