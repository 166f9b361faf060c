"""How an article inside a file is called: `archive.zip!/a/page.html`, `mail.mbox#message 12`."""

from __future__ import annotations

import re

INSIDE = "!/"
"""Between a container and the path of a file in it."""
_PLACE = re.compile(r"(?:.*#)?(?:line|item|message|entry|record|attachment) \d+", re.DOTALL)


def join_record(outer: str, inner: str) -> str:
    """Return how a record of a record is called; one that has no name of its own has the outer's.

    >>> join_record("!/mail.mbox", "message 12")
    '!/mail.mbox#message 12'
    """
    if not outer or not inner:
        return outer or inner
    return f"{outer}{inner}" if inner.startswith(INSIDE) else f"{outer}#{inner}"


def locate(path: str, record: str) -> str:
    """Return where an article is, for a person to go there: the path of its file, and the record.

    >>> locate("saved/archive.zip", "!/a/page.html")
    'saved/archive.zip!/a/page.html'
    """
    return join_record(path, record)


def names_a_place(record: str) -> bool:
    """Whether a record is called by its place in the file, for want of a name."""
    return _PLACE.fullmatch(record) is not None
