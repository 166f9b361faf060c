"""The two files of a segment, in a folder or in whatever else Whoosh calls a storage."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from pinakes.indexer.segments.array_writer import Section, write_sections
from pinakes.indexer.segments.arrays import Array, ArrayFile

DOCUMENTS = ".documents"
TERMS = ".terms"


def write_file(storage: Any, name: str, arrays: Mapping[str, Array], *, documents: int = 0) -> None:
    """Write a file of arrays; in a folder it is on the disk when this returns."""
    with storage.create_file(name) as file:
        write_sections(file, _sections(arrays), passages=documents, articles=0)
        # What is in memory only has no number of a file.
        with suppress(io.UnsupportedOperation, AttributeError):
            file.flush()
            os.fsync(file.fileno())


def open_file(storage: Any, name: str) -> ArrayFile:
    """Map a file of a folder; read one that is elsewhere.

    Raises:
        IndexDamagedError: It is not such a file.
        OSError: It is not there.
    """
    folder = getattr(storage, "folder", "")
    if folder:
        return ArrayFile(Path(folder) / name)
    with storage.open_file(name) as file:
        return ArrayFile(Path(name), file.read())


def hold_file(name: str, arrays: Mapping[str, Array]) -> ArrayFile:
    """Return what `open_file` would, had a file of no documents been written."""
    content = io.BytesIO()
    write_sections(content, _sections(arrays), passages=0, articles=0)
    return ArrayFile(Path(name), content.getvalue())


def _sections(arrays: Mapping[str, Array]) -> list[Section]:
    ordered = {
        name: np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
        for name, values in arrays.items()
    }
    return [(name, values.dtype, [values]) for name, values in ordered.items()]
