"""Finds the many forms of a list in a text: whole words, longest first, in linear time.

    gazetteer = Gazetteer([Entry(form="Côte d'Ivoire", value="Ivory Coast")])
    for match in gazetteer.find("In Cote d’Ivoire"):
        match.start, match.end, match.entries[0].value  # 3, 16, 'Ivory Coast'

A form is words with what stands between them. White space of any width stands for white space,
any hyphen or dash for a hyphen, any apostrophe for an apostrophe; other signs are as written, those
at the ends of a form too (`C++`). Words are runs of letters, digits and their marks; a character of
a script written without spaces is a word of its own. Whether case and accents count, each entry
says. Matches do not overlap: of two that begin together the longer is found, of others the first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

Value = TypeVar("Value")

_ALONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3040-\ua4cf\uf900-\ufaff"
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u0963\u0981-\u0dff"
)
_WORD = re.compile(rf"[{_ALONE}]|(?:[^\W_{_ALONE}]|[{_MARKS}])+")
# The same, faster, for a text that has none of these.
_PLAIN_WORD = re.compile(rf"[\w{_MARKS}]+")
_NOT_PLAIN = re.compile(f"[_{_ALONE}]")
_ASCII_WORD = re.compile("[A-Za-z0-9]+")
_SPACES = re.compile(r"\s+")
_SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("’‘ʼ′`´", "'"))
# Letters that no decomposition takes apart, and marks that are not accents.
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "Ø": "O", "Ł": "L", "Đ": "D"})
_KEPT = {"и\u0306": "й", "И\u0306": "Й"}


class Letters(StrEnum):
    """How the case of a form counts."""

    AS_WRITTEN = "as-written"
    """Every letter: `US` is not `us`."""
    CAPITALS = "capitals"
    """As written, or all in capitals: `Nice` is `NICE`, not `nice`."""
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Generic[Value]):
    """A form to find and what it stands for.

    Attributes:
        form: At least one letter or digit.
        value: Whatever the caller wants back.
        letters: How its case counts.
        accents: Whether accents count; else `Genève` is `Geneve`, and `ё` is `е`.
    """

    form: str
    value: Value
    letters: Letters = Letters.CAPITALS
    accents: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Generic[Value]):
    """Where a form stands.

    Attributes:
        start: First code point in the text.
        end: One past the last code point.
        entries: Those of the same words that the text satisfies, in the order they were given.
    """

    start: int
    end: int
    entries: tuple[Entry[Value], ...]


@dataclass(slots=True)
class _Node(Generic[Value]):
    """Where a run of words leads: to entries that end with it, and to longer runs."""

    entries: list[Entry[Value]] = field(default_factory=list)
    longer: dict[str, _Node[Value]] = field(default_factory=dict)
    only_spaces: bool = True

    def may_match(self, words: tuple[str, ...], place: int) -> bool:
        """Whether a form may begin with the word at `place`, by the word after it."""
        if self.entries or not self.only_spaces:
            return True
        return place + 1 < len(words) and " " + words[place + 1] in self.longer


class Gazetteer(Generic[Value]):
    """The forms of a list, ready to be found; safe to share between threads.

    Args:
        entries: In the order in which a match names them.
        stem: What makes inflected words alike, if they shall be: it is given a word without case
            and accents. Then `accents` of an entry says nothing, and of its case only the first
            letter of each word counts, so that `Konvention` finds `Konventionen`.

    Raises:
        ValueError: A form has no letter and no digit.
    """

    def __init__(
        self, entries: Iterable[Entry[Value]], *, stem: Callable[[str], str] | None = None
    ) -> None:
        self._stem = lru_cache(maxsize=16_384)(stem) if stem else None
        self._first: dict[str, _Node[Value]] = {}
        for entry in entries:
            self._add(entry)

    def find(self, text: str) -> Iterator[Match[Value]]:
        """Yield what stands in `text`, in order.

        The words of the last few texts are remembered: to look for several lists in one text
        costs little more than for one.
        """
        words = _words_of(text)
        if self._stem:
            words = tuple(map(self._stem, words))
        first, after = self._first, 0
        if first.keys().isdisjoint(words):
            return
        for place in [place for place, word in enumerate(words) if word in first]:
            node = first[words[place]]
            if place < after or not node.may_match(words, place):
                continue
            if found := self._longest(text, words, place, node):
                match, after = found
                yield match

    def _add(self, entry: Entry[Value]) -> None:
        spans, words = _spans_of(entry.form), _words_of(entry.form)
        if not words:
            raise ValueError(f"the form {entry.form!r} has no letter and no digit")
        if self._stem:
            words = tuple(map(self._stem, words))
        node = self._first.setdefault(words[0], _Node())
        for place in range(1, len(words)):
            gap = _plain_signs(entry.form[spans[place - 1][1] : spans[place][0]])
            node.only_spaces = node.only_spaces and gap == " "
            node = node.longer.setdefault(gap + words[place], _Node())
        node.entries.append(entry)

    def _longest(
        self,
        text: str,
        words: tuple[str, ...],
        place: int,
        node: _Node[Value] | None,
    ) -> tuple[Match[Value], int] | None:
        """Return the longest match that begins with the word at `place`, and the place after it."""
        best, first, spans = None, place, _spans_of(text)
        while node:
            if node.entries and (match := self._match(text, spans[first], spans[place], node)):
                best = match, place + 1
            place += 1
            if place == len(words) or not node.longer:
                break
            gap = text[spans[place - 1][1] : spans[place][0]]
            node = node.longer.get((gap if gap == " " else _plain_signs(gap)) + words[place])
        return best

    def _match(
        self, text: str, first: tuple[int, int], last: tuple[int, int], node: _Node[Value]
    ) -> Match[Value] | None:
        """Return the match whose first and last word stand there, if an entry agrees with it."""
        start, end = first[0], last[1]
        agreed: list[Entry[Value]] = []
        for entry in node.entries:
            before, after = _ends(entry.form)
            begin, stop = first[0] - len(before), last[1] + len(after)
            if begin < 0 or text[begin : first[0]].translate(_SIGNS) != before:
                continue
            if text[last[1] : stop].translate(_SIGNS) != after:
                continue
            if not self._agrees(text[first[0] : last[1]], entry):
                continue
            if (begin, stop) != (start, end) and stop - begin > end - start:
                # With its signs the form is longer than those found without them.
                start, end, agreed = begin, stop, []
            if (begin, stop) == (start, end):
                agreed.append(entry)
        return Match(start=start, end=end, entries=tuple(agreed)) if agreed else None

    def _agrees(self, written: str, entry: Entry[Value]) -> bool:
        if self._stem:
            return entry.letters is Letters.ANY or _initials(written, entry.form)
        if entry.letters is Letters.ANY and not entry.accents:
            return True
        form = entry.form[slice(*_inner(entry.form))]
        shown, wanted = _plain_signs(written), _plain_signs(form)
        if not entry.accents:
            shown, wanted = _without_accents(shown), _without_accents(wanted)
        if entry.letters is Letters.ANY:
            return shown.casefold() == wanted.casefold()
        if shown == wanted:
            return True
        return entry.letters is Letters.CAPITALS and shown.isupper() and shown == wanted.upper()


def fold_word(word: str) -> str:
    """Return a word without case and accents; Cyrillic `й` stays a letter of its own.

    >>> fold_word("Genève"), fold_word("İZMİR"), fold_word("Ёлкой")
    ('geneve', 'izmir', 'елкой')
    """
    if word.isascii():
        return word.lower()
    return _fold_word(word)


@lru_cache(maxsize=32_768)
def _fold_word(word: str) -> str:
    return _without_accents(_without_accents(word).casefold())


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    for pair, letter in _KEPT.items():
        apart = apart.replace(pair, letter)
    # The Arabic tatweel stretches a word and means nothing.
    kept = (sign for sign in apart if sign != "ـ" and unicodedata.category(sign) != "Mn")
    return "".join(kept).translate(_PLAIN)


@lru_cache(maxsize=8)
def _words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, each without case and accents."""
    lowered = text.lower()
    if text.isascii():
        return tuple(_ASCII_WORD.findall(lowered))
    # To lower a text moves nothing, but for a few letters.
    found = _word_in(text).findall(lowered if len(lowered) == len(text) else text)
    return tuple([one if one.isascii() and one.islower() else fold_word(one) for one in found])


@lru_cache(maxsize=8)
def _spans_of(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the words of a text stand."""
    return tuple([match.span() for match in _word_in(text).finditer(text)])


@lru_cache(maxsize=8)
def _word_in(text: str) -> re.Pattern[str]:
    """Return the fastest pattern that finds the words of a text."""
    if text.isascii():
        return _ASCII_WORD
    return _WORD if _NOT_PLAIN.search(text) else _PLAIN_WORD


@lru_cache(maxsize=32_768)
def _inner(form: str) -> tuple[int, int]:
    """Return where the first word of a form begins and the last one ends."""
    spans = _spans_of(form)
    return spans[0][0], spans[-1][1]


def _ends(form: str) -> tuple[str, str]:
    """Return the signs before the first word of a form and after the last one."""
    if form[0].isalnum() and form[-1].isalnum():
        return "", ""
    start, end = _inner(form)
    return form[:start].lstrip().translate(_SIGNS), form[end:].rstrip().translate(_SIGNS)


def _plain_signs(text: str) -> str:
    return _SPACES.sub(" ", text.translate(_SIGNS))


def _initials(written: str, form: str) -> bool:
    """Whether each word begins with a capital where the form's does, or all is in capitals."""
    if written.isupper() and len(written) > 1:
        return True
    shown, wanted = _WORD.findall(written), _WORD.findall(form)
    pairs = zip(shown, wanted, strict=False)
    return all(one[0].isupper() == other[0].isupper() for one, other in pairs)
