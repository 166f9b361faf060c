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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import compress, count
from typing import Generic, NamedTuple, TypeVar

from pinakes.corpus.tagging.folded_words import (
    WORD,
    find_spans,
    find_words,
    spans_of,
    without_accents,
    words_of,
)

Value = TypeVar("Value")

# A first word of letters that no decomposition takes apart, and that ends where no mark could go on
# with it.
_PLAIN_START = re.compile(
    r"(?:[A-Za-z0-9]+|[А-ИК-Яа-ик-я]+|[\u0621\u0627-\u063a\u0641-\u064a]+)(?=[ '-]|$)"
)
_SPACES = re.compile(r"\s+")
_SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("’‘ʼ′`´", "'"))


class Letters(StrEnum):
    """How the case of a form counts."""

    AS_WRITTEN = "as-written"
    """Every letter: `US` is not `us`."""
    CAPITALS = "capitals"
    """As written, or all in capitals: `Nice` is `NICE`, not `nice`."""
    ANY = "any"


class Entry(NamedTuple, Generic[Value]):
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


class Match(NamedTuple, Generic[Value]):
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
    following: set[str] = field(default_factory=set)

    def may_match(self, words: tuple[str, ...], place: int) -> bool:
        """Whether a form may begin with the word at `place`, by the word after it."""
        if self.entries:
            return True
        return place + 1 < len(words) and words[place + 1] in self.following


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
        self._by_first: dict[str, list[Entry[Value]]] = {}
        self._nodes: dict[str, _Node[Value]] = {}
        for entry in entries:
            first = self._first_word(entry.form)
            if first in self._by_first:
                self._by_first[first].append(entry)
            else:
                self._by_first[first] = [entry]

    def find(self, text: str) -> Iterator[Match[Value]]:
        """Yield what stands in `text`, in order.

        The words of the last few texts are remembered: to look for several lists in one text
        costs little more than for one.
        """
        words = words_of(text)
        if self._stem:
            words = tuple(map(self._stem, words))
        after = 0
        for place in compress(count(), map(self._by_first.__contains__, words)):
            if place < after:
                continue
            node = self._nodes.get(words[place]) or self._make_node(words[place])
            if not node.may_match(words, place):
                continue
            if found := self._longest(text, words, place, node):
                match, after = found
                yield match

    def _first_word(self, form: str) -> str:
        plain = _PLAIN_START.match(form)
        if plain:
            first = plain[0].lower()
        elif words := words_of(form):
            first = words[0]
        else:
            raise ValueError(f"the form {form!r} has no letter and no digit")
        return self._stem(first) if self._stem else first

    def _make_node(self, first: str) -> _Node[Value]:
        """Return where a word leads: of a long list, texts ask for few, so that they wait for it.

        Two threads that ask for one together make it twice, and either is as good.
        """
        node: _Node[Value] = _Node()
        for entry in self._by_first[first]:
            self._add(entry, node)
        self._nodes[first] = node
        return node

    def _add(self, entry: Entry[Value], node: _Node[Value]) -> None:
        """Add what follows the first word of an entry to where that leads."""
        spans, words = find_spans(entry.form), find_words(entry.form)
        if self._stem:
            words = tuple(map(self._stem, words))
        for place in range(1, len(words)):
            gap = _plain_signs(entry.form[spans[place - 1][1] : spans[place][0]])
            node.following.add(words[place])
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
        best, first, spans = None, place, spans_of(text)
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
            shown, wanted = without_accents(shown), without_accents(wanted)
        if entry.letters is Letters.ANY:
            return shown.casefold() == wanted.casefold()
        if shown == wanted:
            return True
        return entry.letters is Letters.CAPITALS and shown.isupper() and shown == wanted.upper()


@lru_cache(maxsize=32_768)
def _inner(form: str) -> tuple[int, int]:
    """Return where the first word of a form begins and the last one ends."""
    spans = find_spans(form)
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
    shown, wanted = WORD.findall(written), WORD.findall(form)
    pairs = zip(shown, wanted, strict=False)
    return all(one[0].isupper() == other[0].isupper() for one, other in pairs)
