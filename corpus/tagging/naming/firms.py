"""Firms and brands that are named like persons, told by what an article says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pinakes.corpus.tagging.naming.lexicon import words_listed
from pinakes.corpus.tagging.naming.name import Name, NameKind
from pinakes.corpus.tagging.naming.persons import AGE
from pinakes.corpus.tagging.naming.reading import Reading
from pinakes.corpus.tagging.naming.runs import words_before

# `the Anna Larsen brand`
_FIRM_AFTER = re.compile(
    r" (?:outlets?|boutiques?|franchises?|dealerships?|brand)\b(?! new| ambassador| manager| of)"
    r"| stores\b(?=[.,;)]| (?:across|are|were|have|will|nationwide|worldwide)\b)"
)
# `the company Anna Larsen founded` names whose it is.
_NO_CLAUSE = re.compile(r"\Z|[.;:!?)”\"»]|['’]s?\b| (?:and|or|in|for|with|by|to|at|on|from|as)\b")
# Only where a word before tells what kind of firm it is: `consulting firm Anna Larsen has …`.
_CLAUSE = re.compile(r", which\b| (?:has|is|was|will|said|says|also|which|that|offers|announced)\b")
_FIRMS_PROPER = frozenset(("company", "firm", "retailer"))
_OF_A_PERSON = re.compile(
    r",? (?:who|whose|qui|quien)\b| \((?:born|geboren|né|nacid)"
    r"|,? (?:and|with) (?:his|her) | (?:was born|died|married|divorced|retired|resigned)\b"
    r"| [^.!?\n]{0,40}\b(?:his|her) (?:wife|husband|son|daughter|mother|father|brother|sister)\b"
)
# `Anna Larsen, an old building firm, …`, but not `a partner at the firm`, nor `a chair maker`.
_FIRM_APPOSED = re.compile(
    r", an? "
    r"(?:(?!(?:of|for|at|from|with|who|in|by|to|the|an?|and|on|whose|which|that|his|her|their|"
    r"its|into|as|is|was) )[\w-]+ ){0,5}?"
    r"(?:company|firm|brand|start-?up|brokerage|consultancy|agency|brewery|winery|distillery|bank|"
    r"restaurant|retailer|chain|newspaper|magazine|nonprofit)"
    r"(?:[.;)]| (?:that|which|based|headquartered|specialising|specializing|with|in)\b"
    r"|, (?:has|is|was|will|said|says|that|which|bought|sold|[a-z]+ed)\b)"
)
_DETERMINERS = frozenset(
    ("the", "a", "an", "this", "that", "his", "her", "its", "their", "our", "my")
)
_BYLINE = re.compile(r"(?:\A|\n)By $")
_TOLD_AS_PERSON = ("title ", "an age", "a role", "a verb of speaking")
_ALSO_TOLD = ("; title ", "; role: ")
_FIRM_WORDS_BEFORE = 4
_PLACED = frozenset(("at", "in", "joining", "joined", "told"))


def leave_firms(readings: Sequence[Reading]) -> None:
    """Take from persons those names that are of firms; those an article calls so become theirs.

    One place is enough for all of an article, unless it tells elsewhere of a person of that name.
    Firms that everyone knows have no tag by that, for what is named after them is as often meant.
    """
    persons = [(reading, name) for reading in readings for name in _of_two_words(reading)]
    if not persons:
        return
    values = {name.value for _, name in persons}
    firms = {name.value for reading, name in persons if _is_called_firm(reading, name)}
    firms |= {value for reading in readings for value in _with_end_of_firm(reading, values)}
    known = values & _namesakes()
    if not firms and not known:
        return
    told = told_as_persons(readings, firms | known)
    firms -= told
    known -= told | firms
    for reading in readings:
        reading.names[:] = (
            _as_firm(name) if name.value in firms else name
            for name in reading.names
            if name.value not in known
        )


def told_as_persons(readings: Sequence[Reading], values: set[str]) -> set[str]:
    """Return those of the names of two words or more that more than a given name tells."""
    told = {
        name.value
        for reading in readings
        for name in _of_two_words(reading)
        if name.value in values and _is_told(name, reading)
    }
    titled = _titled(readings) | _alone(readings, {value.split()[-1] for value in values})
    return told | {value for value in values if value.split()[-1] in titled}


def _of_two_words(reading: Reading) -> Iterator[Name]:
    for name in reading.names:
        if name.kind is NameKind.PERSON and " " in name.value:
            yield name


def _is_called_firm(reading: Reading, name: Name) -> bool:
    """Whether a word for a firm stands beside a name: `consulting firm Anna Larsen`."""
    text = reading.passage.text
    if _FIRM_AFTER.match(text, name.end) or _FIRM_APPOSED.match(text, name.end):
        return True
    before = words_before(text, name.start, _FIRM_WORDS_BEFORE)
    if not before or "of" in before:
        # `the head of the company Anna Larsen` is she.
        return False
    kind = before[-2] if len(before) > 1 else ""
    is_firm = before[-1] in words_listed("firm_words") or (
        before[-1] == "publisher" and kind in words_listed("published_by_firms")
    )
    if not is_firm:
        return False
    if _NO_CLAUSE.match(text, name.end):
        return not (_PLACED.intersection(before[:-1]) and kind in _DETERMINERS)
    is_of_kind = before[-1] in _FIRMS_PROPER and kind and kind not in _DETERMINERS
    return bool(is_of_kind) and _CLAUSE.match(text, name.end) is not None


def _with_end_of_firm(reading: Reading, values: set[str]) -> Iterator[str]:
    """Yield those of the names that stand with the end of a firm's in a passage."""
    for run in reading.runs:
        for place, word in enumerate(run[2:], start=2):
            if word.bare in words_listed("firm_ends"):
                value = f"{run[place - 2].text} {run[place - 1].text}"
                if value in values:
                    yield value


def _titled(readings: Sequence[Reading]) -> set[str]:
    """Return what stands alone after a title: `Mr. Larsen`."""
    return {
        name.value
        for reading in readings
        for name in reading.names
        if name.kind is NameKind.PERSON and " " not in name.value
    }


def _alone(readings: Sequence[Reading], families: set[str]) -> set[str]:
    """Return those of the family names that stand alone, as persons' do: `Larsen left`."""
    return {
        run[0].text
        for reading in readings
        for run in reading.runs
        if len(run) == 1 and run[0].text in families
    }


def _is_told(name: Name, reading: Reading) -> bool:
    """Whether a place, or the authors, tell that a name is a person's."""
    text = reading.passage.text
    if name.reason.startswith(_TOLD_AS_PERSON) or any(told in name.reason for told in _ALSO_TOLD):
        return True
    if AGE.match(text, name.end) or _OF_A_PERSON.match(text, name.end):
        return True
    if name.value in reading.passage.article.authors:
        return True
    return _BYLINE.search(text, max(0, name.start - len("\nBy ")), name.start) is not None


def _as_firm(name: Name) -> Name:
    reason = f"called a firm in the article: {name.value}"
    return name._replace(kind=NameKind.ORGANISATION, reason=reason)


@cache
def _namesakes() -> frozenset[str]:
    return frozenset(name.replace("/", " ") for name in words_listed("namesakes"))
