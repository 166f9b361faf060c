"""Finds where sentences begin and end, by rules: no model, no state, any script.

A candidate is an end mark followed by white space (none needed after 。！？). Abbreviations,
initials, ordinals and a following lower-case letter turn it down. How well that goes is measured by
`python -m bench.sentences`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from pinakes.corpus.abbreviations import (
    BEFORE_NAME,
    BEFORE_NUMBER,
    EITHER,
    FIRST_WORDS,
    ORDINAL_LANGUAGES,
)
from pinakes.corpus.model import UNKNOWN_LANGUAGE

_MARKS = ".!?…‽؟۔।॥։።"
_CLOSERS = "\"'”’»›)]」』）】“‘"
_CJK_CLOSERS = "\"'”’」』）】》"
_OPENERS = "\"'“‘„‚«‹([¿¡「『（【”’»*•–—-"
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_ARMENIAN = "\u0531-\u0589"
# A quotation with its own mark goes on to say that it is one: `「…？」と`, `“…？”他问`.
_CITED = "と|って|との|という|、|，|[^\\s。！？“”「」，、]{0,6}[问問说說道喊答叫][道。，：]"

_CANDIDATE = re.compile(
    rf"""
    # One class first: the search for it is quick, and most of a text is passed over.
    (?P<head>[{_MARKS};:\n。！？｡．])
    (?:
        (?:
            # From the start of a run only: linear time.
            (?<=[{_MARKS}])(?<![{_MARKS}]{{2}})(?P<more>[{_MARKS}]*)
            |
            (?<=[{_GREEK}];)|(?<=[{_ARMENIAN}]:)
        )
        # Footnote marks and closing quotes, which French sets apart.
        (?:\[\d{{1,3}}\]|[{re.escape(_CLOSERS)}]|[ \u00a0\u202f]»(?=\s))*
        (?P<gap>\s+)
        (?=[{re.escape(_OPENERS)}\s]*(?P<next>\w*)(?P<dot>\.?))
        |
        (?<=[。！？｡．])[。！？｡．]*
        (?:[{re.escape(_CJK_CLOSERS)}]+(?!{_CITED}))?(?![{re.escape(_CJK_CLOSERS)}])(?P<cjk>\s*)
        |
        (?<=\n)(?P<line>\s*)
    )
    """,
    re.VERBOSE,
)
_GAP = _CANDIDATE.groupindex["gap"]
_LOOK_BACK = 40
_REMEMBERED_WORDS = 4096
_ADDRESSES = frozenset({"http", "https", "www"})
_ORDINAL = re.compile(r"\d{1,2}|[ivxIVX]{1,5}")
_ROMAN = re.compile(r"[IVXLCDM]{2,}")
# No capitals tell the initials of these from words.
_CASELESS = re.compile("[\u0590-\u06ff\u0900-\u097f]")
_BETWEEN_INITIALS = re.compile(r"[.\-]+")


class _Words(NamedTuple):
    before_name: frozenset[str]
    before_number: frozenset[str]
    either: frozenset[str]
    first: frozenset[str]
    has_ordinals: bool
    ends_for_sure: Callable[[str], bool]


def sentence_spans(text: str, *, language: str = UNKNOWN_LANGUAGE) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences of `text`, in order, stripped of white space.

    Only white space lies outside the spans. A line end always ends a sentence: an article's text
    has one only between blocks, table rows and verses. No span starts with a combining mark.

    Args:
        text: Any text.
        language: ISO 639-1; for one without lists here, the lists of all languages hold.
    """
    words = _words_of(language)
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    end_of_text = len(text.rstrip())
    for match in _CANDIDATE.finditer(text, start, end_of_text):
        next_start = match.end()
        if next_start >= end_of_text:
            continue
        after = text[next_start]
        if not after.isascii() and unicodedata.category(after)[0] == "M":
            # It hangs on the character before it, be that a space.
            continue
        head, more, gap, following, _, _, line = match.groups()
        if gap is None:
            end = match.start("cjk") if line is None else match.start()
        else:
            end = match.start(_GAP)
            # A mark may follow in `. . .`, as some write an ellipsis.
            if "\n" not in gap and (
                after in _MARKS
                or (following[:1].islower() and following not in _ADDRESSES)
                or (head == "." and not more and not _ends(text, match, start, words))
            ):
                continue
        # Only before a line end may there be white space.
        spans.append((start, end if gap else start + len(text[start:end].rstrip())))
        start = next_start
    if start < end_of_text:
        spans.append((start, end_of_text))
    return spans


def _ends(text: str, match: re.Match[str], start: int, words: _Words) -> bool:
    """Whether a full stop that white space follows ends a sentence that begins at `start`."""
    dot = match.start()
    look_from = max(start, dot - _LOOK_BACK)
    # Most words are sure to, whatever follows.
    if words.ends_for_sure(text[max(look_from, text.rfind(" ", look_from, dot) + 1) : dot]):
        return True
    before = text[look_from:dot].split()
    if not before:
        return True
    following = match["next"]
    word = _bare(before[-1])
    if word in words.before_name:
        return False
    is_counted = word in words.before_number or word.endswith("str")
    if is_counted and (following[:1].isdigit() or _ROMAN.fullmatch(following)):
        return False
    is_followed_by_initial = len(following) == 1 and bool(match["dot"])
    if is_followed_by_initial and len(word) == 1 and word.isalpha():
        return False
    opens_sentence = not is_followed_by_initial and following.casefold() in words.first
    if word in words.either or _is_initial(before[-1], word):
        return opens_sentence
    if _ORDINAL.fullmatch(word):
        return _ends_after_number(before, opens_sentence, dot - len(before[-1]) <= start, words)
    return True


def _bare(word: str) -> str:
    """Return a word without what stands before it: an opening quote, an elided article."""
    return word.lstrip(_OPENERS).casefold().rpartition("’")[2].rpartition("'")[2]


def _is_initial(written: str, word: str) -> bool:
    """Whether it is one letter, or several with full stops or hyphens between: `J.-J`, `U.S`."""
    if len(word) == 1:
        return word.isalpha() and (written[-1:].isupper() or _CASELESS.match(word) is not None)
    if "." not in word and "-" not in word:
        return False
    parts = _BETWEEN_INITIALS.split(word)
    return all(len(part) == 1 and part.isalpha() for part in parts)


def _ends_after_number(
    before: list[str], opens_sentence: bool, starts_sentence: bool, words: _Words
) -> bool:
    """Whether a number is the last word, not an ordinal (`5. Oktober`) nor that of an item."""
    if starts_sentence:
        return False
    above = _bare(before[-2]).removesuffix(".") if len(before) > 1 else ""
    is_counted = above in words.before_number or above in words.before_name or above.endswith("str")
    return not words.has_ordinals or is_counted or opens_sentence


@cache
def _words_of(language: str) -> _Words:
    def union(table: dict[str, str]) -> frozenset[str]:
        rows = (table.get("", ""), table[language]) if language in table else table.values()
        return frozenset(word.casefold() for row in rows for word in row.split())

    before = {
        "before_name": union(BEFORE_NAME),
        "before_number": union(BEFORE_NUMBER),
        "either": union(EITHER),
    }
    known = frozenset[str]().union(*before.values())

    @lru_cache(_REMEMBERED_WORDS)
    def ends_for_sure(written: str) -> bool:
        """Whether a full stop after it ends a sentence, whatever follows."""
        word = _bare(written)
        may_go_on = word in known or word.endswith("str") or _is_initial(written, word)
        is_one = written.split() == [written] and len(word) > 1
        return is_one and not may_go_on and not _ORDINAL.fullmatch(word)

    return _Words(
        **before,
        first=union(FIRST_WORDS),
        has_ordinals=language in ORDINAL_LANGUAGES.split(),
        ends_for_sure=ends_for_sure,
    )
