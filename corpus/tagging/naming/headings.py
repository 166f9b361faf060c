"""Names in headings, where capitals tell little: they need more evidence than in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pinakes.corpus.model import Kind
from pinakes.corpus.tagging.naming.name import Name, NameKind
from pinakes.corpus.tagging.naming.reading import Reading

_HEADINGS = frozenset((Kind.TITLE, Kind.HEADING))
_LOWER_WORD = re.compile(r"(?<![\w'’])[^\W\d_A-Z][^\W\d_]{3,}")
_ONLY_GIVEN = "given name "


def leave_headings(readings: Sequence[Reading]) -> None:
    """Take from headings in title case the persons that only a given name tells.

    One stays if it is all of the heading, or if the words below name its last word, or the authors.
    """
    for reading in readings:
        if reading.passage.kind not in _HEADINGS or not reading.names:
            continue
        if _LOWER_WORD.search(reading.passage.text) is None:
            reading.names[:] = (
                name
                for name in reading.names
                if not _is_only_given(name) or _is_backed(name, reading, readings)
            )


def _is_only_given(name: Name) -> bool:
    is_person = name.kind is NameKind.PERSON
    return is_person and name.reason.startswith(_ONLY_GIVEN) and ";" not in name.reason


def _is_backed(name: Name, reading: Reading, readings: Sequence[Reading]) -> bool:
    passage = reading.passage
    if passage.text.strip() == name.value and name.value.count(" ") == 1:
        return True
    last = name.value.split()[-1]
    if any(last in author for author in passage.article.authors):
        return True
    return any(
        word.text == last
        for other in readings
        if other.passage.kind not in _HEADINGS
        for run in other.runs
        for word in run
    )
