"""Runs of words with capitals, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from pinakes.corpus.model import Kind
from pinakes.corpus.tagging.naming.lexicon import Lexicon, lexicon_of

_CASED = ((0x41, 0x250), (0x370, 0x590), (0x1E00, 0x2000))


def _capitals() -> Iterator[str]:
    """Yield the capitals of Latin, Greek, Cyrillic and Armenian, those in a row as a range."""
    for low, high in _CASED:
        rows = groupby(range(low, high), lambda code: chr(code).isupper())
        for codes in (list(row) for is_capital, row in rows if is_capital):
            yield f"{chr(codes[0])}-{chr(codes[-1])}" if len(codes) > 1 else chr(codes[0])


UPPER = "".join(_capitals())
"""Capitals, for a set of a regular expression."""
# A full stop after these ends no sentence and belongs to the word.
_SHORTENED = (
    "Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Cpl|Maj|Adm|Cmdr|Rev|Hon|Jr|Sr|Inc|Corp|Ltd|Co|Sra|Srta|Dra|"
    "Mme|Mlle|Doç|Yrd|Av|Bn|Ing|Lic|Pres|Amb|Insp|Supt|Ph|Dott|Sig|Т|Св|Акад|Проф|Ген"
)
# What names begin with beside a capital, which follows a hyphen.
_ARTICLES = ("al", "el", "as", "ad", "ash", "an", "ar", "аль", "эль", "ас", "аш")
_WORD = (
    rf"(?:[{UPPER}]\.(?:-?[{UPPER}]\.)*|(?:{_SHORTENED})\.|(?:{'|'.join(_ARTICLES)})-[{UPPER}][^\W_]+|"
    rf"[{UPPER}](?:[^\W_]|[-‑](?=[^\W_])|['’](?=[{UPPER}])|['’ʼ](?=[а-яґєії]))*)"
)
_SPACE = "[ \u00a0\u202f]"
# No word begins with anything else: to look for these first takes a third of the time.
_FIRSTS = "".join(dict.fromkeys(article[0] for article in _ARTICLES))
_MAY_START = rf"(?=[{UPPER}{_FIRSTS}])(?<![^\W_])"
_BEFORE = 48
_ENDS = frozenset(".!?…:;•–—|>؟\n\t")
_HEADINGS = frozenset((Kind.TITLE, Kind.HEADING))
_FINISHED = tuple('.!?…:;»”"')
_OPENERS = "\"'“‘„«‹([¿¡"


class Word(NamedTuple):
    """A word of a run.

    Attributes:
        text: As written, without a possessive.
        start: Its first code point in the passage.
        end: One past the last code point.
        is_possessive: Whether `'s` follows.
        bare: The word in lower case, without full stops.
        has_capital: Whether it has a capital that starts it, or follows a particle (`al-Assad`).
    """

    text: str
    start: int
    end: int
    is_possessive: bool
    bare: str
    has_capital: bool


Run = list[Word]


def runs_in(text: str, language: str) -> Iterator[Run]:
    """Yield the runs of words with capitals of a passage, in order.

    A run holds the small words that may join names (`of`, `van der`), never as its first or last.
    """
    run_pattern, word_pattern = _patterns(language)
    for found in run_pattern.finditer(text):
        written, (start, end) = found[0], found.span()
        if written.isalpha():
            yield [Word(written, start, end, False, written.lower(), written[0].isupper())]
        else:
            yield [_word(word) for word in word_pattern.finditer(text, start, end)]


def _word(found: re.Match[str]) -> Word:
    written = found[1]
    return Word(
        written,
        found.start(),
        found.end(1),
        found[2] is not None,
        written.lower().replace(".", ""),
        written[0].isupper() or "-" in written,
    )


def starts_sentence(text: str, start: int) -> bool:
    """Whether a sentence starts at `start`, or a line, or a quotation."""
    before = text[max(0, start - 6) : start].rstrip(" \u00a0" + _OPENERS + "*-")
    if not before:
        return True
    return before[-1] in _ENDS or text[start - 1] in _OPENERS


def words_before(text: str, start: int, count: int) -> list[str]:
    """Return up to `count` words before `start`, in lower case, from the same sentence."""
    words = text[max(0, start - _BEFORE) : start].lower().rsplit(None, count)[-count:]
    for place in range(len(words) - 1, -1, -1):
        if _ends_sentence(words[place]):
            return words[place + 1 :]
    return words


def word_before(text: str, start: int) -> str | None:
    """Return the word before `start`, in lower case, if the same sentence has one."""
    words = text[max(0, start - _BEFORE) : start].rsplit(None, 1)
    if not words or _ends_sentence(words[-1]):
        return None
    return words[-1].lower()


def _ends_sentence(word: str) -> bool:
    return word[-1] in ".!?:;" and word.count(".") < 2 and len(word) > 4


def has_idle_capitals(text: str, kind: Kind) -> bool:
    """Whether a passage has so many capitals that they tell nothing: a heading or a list."""
    if text.isupper():
        return True
    if kind not in _HEADINGS and text.rstrip()[-1:] in _FINISHED:
        return False
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    with_capital = sum(word[0].isupper() for word in words)
    return with_capital > 3 and with_capital > 0.6 * len(words)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon = lexicon_of(language)
    small = "|".join(re.escape(word) for word in _small_words(lexicon))
    small = rf"(?:(?:{small}|&){_SPACE}|[dl]['’])"
    joint = rf"(?:['’]s?)?(?:,?{_SPACE}(?=(?:Inc|LLC|Ltd|Corp|LLP)\b)|{_SPACE}{small}{{0,3}})"
    run = re.compile(rf"{_MAY_START}{_WORD}(?:{joint}{_WORD})*")
    word = re.compile(
        rf"(?<![^\W_])({_WORD}|&|[dl]['’]|[^\W_\d]+(?:['’](?=[^\W\dst]))?)(['’]s?(?={_SPACE}|\Z))?"
    )
    return run, word


def _small_words(lexicon: Lexicon) -> list[str]:
    words = {part for link in lexicon.head_links for part in link.split()} | {"and"}
    small = {word for word in words | lexicon.particles if not word.endswith(("'", "’"))}
    return sorted(small | lexicon.lower_words, key=lambda word: (-len(word), word))
