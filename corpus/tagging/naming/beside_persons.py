"""What is named like a person and is told to be a variety, a work or a part of a town."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pinakes.corpus.tagging.naming.firms import told_as_persons
from pinakes.corpus.tagging.naming.name import Name, NameKind
from pinakes.corpus.tagging.naming.reading import Reading

_SINGLE_MARKS = frozenset("'‘‚‛")
_SINGLE_END = re.compile("[,.;!?]?['’‘](?!\\w)")
_PART_OF_TOWN = re.compile(
    r"(?:/[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2})?"
    r" (?:neighbou?rhoods?|subdivisions?|Row\b(?!,? \d)|"
    r"(?:historic )?district(?! (?:attorney|court|judge|manager|leader|director|chief|officer|"
    r"super\w+|president|champion\w*|council\w*|nurse|govern\w+|admin\w+|representative|staff)))\b"
)
_CREDITED = re.compile(r"(?P<apart> )?['’]s ")
_FEWEST_WORDS = 2


def leave_other_things(readings: Sequence[Reading]) -> None:
    """Take from persons the varieties between single quotation marks, works and parts of towns.

    Only where they stand so, as the article may tell of a person of that name, too; nowhere, if
    more than a given name tells of one.
    """
    others = {name.value for reading in readings for name in _others(reading)}
    if not others:
        return
    others -= told_as_persons(readings, others)
    bare = {name.value for each in readings for name in set(each.names).difference(_others(each))}
    for reading in readings:
        beside = set(_others(reading))
        reading.names[:] = (
            name
            for name in reading.names
            if name.value not in others or (name.value in bare and name not in beside)
        )


def _others(reading: Reading) -> Iterator[Name]:
    text = reading.passage.text
    following = {name.start for name in reading.names if _is_whole(name)}
    for name in reading.names:
        if _is_whole(name) and (
            _is_quoted(name, text)
            or _PART_OF_TOWN.match(text, name.end)
            or _is_credited_work(name, text, following)
        ):
            yield name


def _is_whole(name: Name) -> bool:
    return name.kind is NameKind.PERSON and len(name.value.split()) >= _FEWEST_WORDS


def _is_quoted(name: Name, text: str) -> bool:
    """Whether a name is all that stands between single quotation marks: `‘Anna Larsen’`."""
    is_opened = name.start > 0 and text[name.start - 1] in _SINGLE_MARKS
    return is_opened and _SINGLE_END.match(text, name.end) is not None


def _is_credited_work(name: Name, text: str, following: set[int]) -> bool:
    """Whether a work is named to tell who made it: `(Anna Larsen's Ruth Amis)`."""
    found = _CREDITED.match(text, name.end)
    if found is None or found.end() not in following:
        return False
    return found["apart"] is not None or text.startswith("(", max(0, name.start - 1))
