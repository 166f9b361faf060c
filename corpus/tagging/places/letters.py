"""Tells names by their letters: what programs write in capitals is mostly no place."""

from __future__ import annotations

import re

from pinakes.corpus.tagging.places.place import Place, PlaceKind

_SHOUTED_BEFORE = re.compile(r"\b[A-ZÀ-ÝА-Я]{2,}(?:[ \u00a0-]| [–—-] )$")
_SHOUTED_AFTER = re.compile(r"(?:['’]S)?[ \u00a0-][A-ZÀ-ÝА-Я]{2,}\b")
_DATELINE = re.compile(r",|:|\s?[—–(]|\s--?\s")
# `en-US`, not `ex-USSR`
_LANGUAGE_CODE_BEFORE = re.compile(r"(?<![\w-])(?!ex|un|in|of|to|by)[a-z]{2}(?:-[A-Z][a-z]{3})?-$")


def is_of_a_program(text: str, start: int, end: int, place: Place) -> bool:
    """Whether a name in capitals is that of a constant (`AUSTRIA = 1`), or part of a code.

    A name in capitals among others, alone on its line or before a dash, a comma or a bracket as
    in a report that tells first whence it comes is that of a place; of a people, only among
    others.
    """
    written = text[start:end]
    if not written.isupper():
        return False
    before = text[max(0, start - 24) : start]
    if _LANGUAGE_CODE_BEFORE.search(before):
        return True
    is_people = place.kind is PlaceKind.DEMONYM
    if not is_people and written.casefold() != place.name.casefold():
        return False
    if _SHOUTED_BEFORE.search(before) or _SHOUTED_AFTER.match(text, end):
        return False
    if is_people or (before and not before[-1].isspace()):
        return True
    is_line = text[end : end + 1] in ("", "\n") and before[-1:] in ("", "\n")
    return not (is_line or _DATELINE.match(text, end))
