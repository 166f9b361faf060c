"""Tells firms, works and products that are named like persons."""

from __future__ import annotations

import re

from pinakes.corpus.tagging.naming.known_organisations import is_firm_at
from pinakes.corpus.tagging.naming.lexicon import given_names
from pinakes.corpus.tagging.naming.runs import Word
from pinakes.corpus.tagging.places.names import places_in

_FIRM_AFTER = re.compile(
    r" ?(?:&|and) (?:Co|Company|Sons|Brothers|Bros|Associates|Partners)\b"
    r"|,? (?:Inc|LLC|Ltd|LLP|Corp|GmbH|AG|plc|PLC|SA|Limited)\b"
)
# `SecureLink` and `M2Us`, but `McKinsey` and `DiCaprio`.
_OF_A_PRODUCT = re.compile(
    r"\w*\d|(?!Ma?c|D[eiu]|L[aeou]|V[ao]n|Fitz|O['’]|St|Al|El|Ben|Abd)\w*[a-zß-ÿ][A-Z]"
)
_UNIVERSITIES = frozenset(
    ("UC", "UCLA", "SUNY", "CUNY", "MIT", "UNC", "UT", "UNSW", "LSE", "UW", "NYU")
)
# `President Lincoln` is no town.
_FEWEST_OF_PLACE = 2
_THE_QUOTED = re.compile('["“‘«]The $')
# `Gen Z`
_GENERATIONS = re.compile("(?:[XYZ](?:er)?|Alpha|Beta)s?")
# In lower case these are other words: `45 ms`.
_SHORT_TITLES = frozenset(("ms", "mr", "mrs", "dr", "st", "sen", "rep", "gen", "col", "lt", "gov"))


def is_thing(words: list[Word], title: str, text: str) -> bool:
    """Whether words with a given name are of a firm, a work, a product, or of two persons."""
    is_generation = title.endswith("Gen") and _GENERATIONS.fullmatch(words[0].text) is not None
    if is_generation or title in _SHORT_TITLES or _FIRM_AFTER.match(text, words[-1].end):
        return True
    if any(_OF_A_PRODUCT.match(word.text) for word in words) or is_firm_at(words[0], text):
        return True
    is_joined = any(
        part in given_names().plain
        for word in words[1:-1]
        for part in re.split("[-‑]", word.text)[1:]
    )
    if is_joined:
        return True
    return _THE_QUOTED.search(text, max(0, words[0].start - 5), words[0].start) is not None


def is_place_after_title(words: list[Word], text: str) -> bool:
    """Whether a university or a place stands after a title: `Professor UC San Diego`."""
    if words[0].text in _UNIVERSITIES:
        return True
    if len(words) < _FEWEST_OF_PLACE or words[0].text in given_names().plain:
        return False
    written = text[words[0].start : words[-1].end]
    return any(match.end - match.start == len(written) for match in places_in("en").find(written))
