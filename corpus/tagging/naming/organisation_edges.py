"""Where the name of an organisation begins and ends, and which words only look like a name."""

from __future__ import annotations

import re
from itertools import pairwise

from pinakes.corpus.tagging.naming.lexicon import Lexicon, words_listed
from pinakes.corpus.tagging.naming.runs import Run

_ACRONYM_AFTER = re.compile(r" ?\(([^\W\d_]{2,10})\)")
# `.NET User Group`, `ISO/IEC Moving Picture Experts Group`
_CUT_BEFORE = frozenset("./\\@#_$+")
# What bears the name of an organisation and is another thing.
_OTHER_THING = re.compile(
    r"[ \u00a0](?:Stadium|Arena|Field(?! Office)|Park|Theat(?:er|re)|Challenge|Cup|"
    r"(?:Center|Centre)s?(?! (?:for|of|on)\b)|Open(?! [A-Z])|Towers?|Building|Bowl|"
    r"Pavilion|Amphitheat(?:er|re)|Stadion|Halle|Turm|Pokal)\b"
)
# `National Health Service Corps` is another organisation.
_ANOTHER_NAME = re.compile(
    r"[ \u00a0](?:Corps|Trust|Foundation|Networks?|Channels?|Films|Studios)\b"
)
_STUDIO = re.compile(r"(?:Visual|Android) Studio\b")
_ELECTED = re.compile(
    r" (?:candida(?:tes?|cy)|races?|seats?|primary|primaries|bids?|runs?|runoff|campaigns?|"
    r"contests?|hopefuls?|nominees?|nomination)\b"
)
_WHO_SEARCHES = re.compile(
    r"(?<![\w'’])(?:[Yy]ou|I|[Ww]e|[Tt]hey)(?:['’](?:ll|d|ve))?"
    r"(?: (?:can|could|should|would|will|may|might|must|just|simply|always|often))* $"
)
_MAY_SEARCH = re.compile(
    r"(?<!\w)(?:can|could|should|would|will|might|must|[Jj]ust|[Ss]imply|[Pp]lease) $"
)
_TO = re.compile(r"(?<!\w)to(?: just)? $")
_SEARCHED_PRONOUN = re.compile(r" (?:it|them|him|her|(?:my|your|him|her|it|them)sel(?:f|ves))\b")
_SEARCHED = re.compile(r" (?:it|them|him|her|this|that|the|an?|your|my|for)\b| [\"“‘']")
_LONGEST_SUBJECT = 32
_OWNER_BEFORE = re.compile(r"(?:\A|[\n|])[A-Z][\w-]*['’]s? \Z")
_LONGEST_OWNER = 24
_PRINTED = frozenset(("Magazine", "Press"))
_WITH_A_PRESS = frozenset(("university", "college", "institute"))
_QUOTED_A = re.compile("\\ban? [\"“‘«']$")
_A = re.compile(r"(?<!\w)an? $")
_ENDS = re.compile(r"\Z|[,.;:!?)\"”]|['’]s?\b")
_LONGEST_LEAD = 6


def widened(run: Run, whole: int, ends: tuple[int, int], text: str) -> tuple[int, int]:
    """Return the ends of a name with the words around that belong to it.

    Args:
        run: Words with capitals, and the small ones between them.
        whole: Where the name began before words were taken from its start.
        ends: Its first word and one past its last.
        text: The passage.
    """
    first, last = ends
    first = _by_acronym(run, whole, first, last, text)
    # `District of Columbia Commission`
    if (
        first > 1
        and run[first - 1].text == "of"
        and run[first - 2].bare in words_listed("of_leads")
    ):
        first -= 2
    if last < len(run) and run[last].text in _PRINTED and not run[last - 1].is_possessive:
        is_press = run[last].text == "Press"
        if not is_press or run[last - 1].bare in _WITH_A_PRESS:
            last += 1
    return first, last


def is_other_thing(text: str, end: int) -> bool:
    """Whether what follows a name makes it that of a place or an event: `Alder Council Arena`."""
    return _OTHER_THING.match(text, end) is not None


def is_searching(text: str, start: int, end: int) -> bool:
    """Whether `Google` between `start` and `end` is a verb: `you can Google it`."""
    before = text[max(0, start - _LONGEST_SUBJECT) : start]
    if _WHO_SEARCHES.search(before):
        return _SEARCHED.match(text, end) is not None
    if _TO.search(before):
        return _SEARCHED_PRONOUN.match(text, end) is not None
    return bool(_MAY_SEARCH.search(before)) and _SEARCHED.match(text, end) is not None


def is_another_name(text: str, end: int) -> bool:
    """Whether what follows a known name or an acronym makes it another's: `NATO Channel`."""
    return _ANOTHER_NAME.match(text, end) is not None


def is_no_name(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether words are cut from a longer name, of a work, or tell what kind a thing is."""
    if text[start - 1 : start] in _CUT_BEFORE and start:
        return True
    if _STUDIO.search(text, start, end):
        return True
    # `Walter's Elbow Country Club`, where no sentence tells whose it is.
    head = text[start:end].rsplit(None, 1)[-1].lower().strip(".,")
    if (head == "club" or head in lexicon.firms) and _OWNER_BEFORE.search(
        text, max(0, start - _LONGEST_OWNER), start
    ):
        return True
    if text.endswith(" Senate", start, end) and _ELECTED.match(text, end):
        return True
    before = text[max(0, start - 6) : start]
    if _QUOTED_A.search(before):
        return True
    is_english = "the" in lexicon.stop_words
    return is_english and bool(_A.search(before)) and _ENDS.match(text, end) is not None


def _by_acronym(run: Run, whole: int, first: int, last: int, text: str) -> int:
    """Return where a name begins: with the word that its acronym in brackets begins with.

    `Clay Research Institute (CRI)` keeps a first word that seemed to start the sentence only, and
    `Word of Clay Institute (WOCI)` goes over small words.
    """
    found = _ACRONYM_AFTER.match(text, run[last - 1].end)
    if found is None:
        return first
    letter = found[1][0]
    is_begun = run[first].text.startswith(letter)
    if whole < first and not is_begun and run[whole].text.startswith(letter):
        return whole
    for start in range(first - 1, max(-1, first - _LONGEST_LEAD), -1):
        if _is_spelled(run[start:last], found[1]):
            return start
    return first


def _is_spelled(words: Run, acronym: str) -> bool:
    """Whether words begin with the letters of an acronym, all of them or those with capitals."""
    if not words[0].has_capital or any(a.is_possessive for a, _ in pairwise(words)):
        return False
    letters = "".join(word.text[0].upper() for word in words)
    capitals = "".join(word.text[0] for word in words if word.has_capital)
    return acronym.upper() in (letters, capitals)
