"""Tells firms, works and products that are named like persons."""

from __future__ import annotations

import re

from pinakes.corpus.tagging.naming.known_organisations import is_firm_at
from pinakes.corpus.tagging.naming.lexicon import given_names
from pinakes.corpus.tagging.naming.runs import Word

_FIRM_AFTER = re.compile(
    r" ?(?:&|and) (?:Co|Company|Sons|Brothers|Bros|Associates|Partners)\b"
    r"|,? (?:Inc|LLC|Ltd|LLP|Corp|GmbH|AG|plc|PLC|SA|Limited)\b"
)
# `SecureLink` and `M2Us`, but `McKinsey` and `DiCaprio`.
_OF_A_PRODUCT = re.compile(
    r"\w*\d|(?!Ma?c|D[eiu]|L[aeou]|V[ao]n|Fitz|O['’]|St|Al|El|Ben|Abd)\w*[a-zß-ÿ][A-Z]"
)
_THE_QUOTED = re.compile('["“‘«]The $')
# In lower case these are other words: `45 ms`.
_SHORT_TITLES = frozenset(("ms", "mr", "mrs", "dr", "st", "sen", "rep", "gen", "col", "lt", "gov"))


def is_thing(words: list[Word], title: str, text: str) -> bool:
    """Whether words with a given name are of a firm, a work, a product, or of two persons."""
    if title in _SHORT_TITLES or _FIRM_AFTER.match(text, words[-1].end):
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
