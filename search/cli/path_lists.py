"""Paths that are listed in a file or on standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path


def listed(paths: tuple[str, ...], *, files_from: str | None, is_null: bool) -> Iterator[str]:
    """Yield the paths given, and for `-` and `files_from` those that are listed there."""
    for path in paths:
        if path == "-":
            yield from _names_in(sys.stdin.buffer.read(), is_null=is_null)
        else:
            yield path
    if files_from == "-":
        yield from _names_in(sys.stdin.buffer.read(), is_null=is_null)
    elif files_from:
        yield from _names_in(Path(files_from).read_bytes(), is_null=is_null)


def _names_in(content: bytes, *, is_null: bool) -> Iterator[str]:
    # Not splitlines: a name may hold a form feed.
    names = content.split(b"\0") if is_null else content.replace(b"\r\n", b"\n").split(b"\n")
    yield from (os.fsdecode(name) for name in names if name)
