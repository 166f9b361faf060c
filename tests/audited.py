"""What Python does while an archive is opened and searched, told by its audit hooks (PEP 578).

    python -m tests.audited HARMLESS ARCHIVE QUERY...

A harmless archive is asked the same before, so that everything is loaded. It prints, as JSON, the
files opened and the folders listed outside of Python and of this checkout, and whatever runs code.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Any

from pinakes.corpus import PinakesError
from pinakes.search import Archive
from tests import audited_weakness

_FILES = frozenset(
    {"open", "os.listdir", "os.scandir", "sqlite3.connect", "os.rename", "os.remove"}
)
# What is loaded late is Python's and ours.
_SOURCES = frozenset({"exec", "compile"})
_NEVER = (
    "pickle.", "ctypes.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork",
    "socket.", "sqlite3.load_extension",
)  # fmt: skip
_OWN = tuple(
    os.path.realpath(place) + os.sep
    for place in (sys.prefix, sys.base_prefix, Path(__file__).parents[1], *filter(None, sys.path))
)


def main() -> None:
    """Print the events as a list of lists: event, subject."""
    harmless, archive, *queries = sys.argv[1:]
    _search(harmless, queries)
    events: list[tuple[str, str]] = []
    is_watching = True

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if not is_watching:
            return
        if event.startswith(_NEVER):
            events.append((event, repr(arguments)))
        elif event in _FILES or event in _SOURCES:
            subject = arguments[1] if event == "compile" else arguments[0]
            named = subject.co_filename if isinstance(subject, CodeType) else subject
            if not _is_own(named):
                events.append((event, os.fsdecode(named)))

    sys.addaudithook(watch)
    audited_weakness.act(Path(archive))
    with suppress(PinakesError):
        _search(archive, queries)
    is_watching = False
    sys.stdout.write(json.dumps(events))


def _search(root: str, queries: list[str]) -> None:
    with Archive.open(root) as archive:
        for query in queries:
            with suppress(PinakesError):
                archive.search(query)


def _is_own(named: Any) -> bool:
    # What is open already, and what has no name, is none of the archive's.
    return not isinstance(named, str | bytes | os.PathLike) or os.path.realpath(
        os.fsdecode(named)
    ).startswith(_OWN)


if __name__ == "__main__":
    main()
