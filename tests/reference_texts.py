"""What stands where in a text, in plain words: the part of the reference that reads words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pinakes.corpus import Passage, sentence_spans
from pinakes.indexer import fold, stem
from pinakes.indexer import words as divide
from pinakes.search.query import (
    Fuzzy,
    Literal,
    Near,
    Node,
    Or,
    Phrase,
    Regex,
    Together,
    Wildcard,
    Word,
    children,
    is_about_tags,
)
from tests.reference_tags import covered, fits_tag, is_whole

CLAUSES = (Word, Phrase, Literal, Wildcard, Fuzzy, Regex, Near, Together)
LEAVES = (Word, Phrase, Literal, Wildcard, Fuzzy, Regex)


@lru_cache(maxsize=100_000)
def words(text: str) -> list[tuple[int, int, str]]:
    """The words of a text, divided once."""
    return divide(text)


@dataclass(frozen=True)
class Written:
    """A passage: its words, their language, and all its characters."""

    words: list[str]
    language: str
    text: str
    passage: Passage


@dataclass(frozen=True)
class Occurrence:
    """From which word to which, the last one included; and what is marked: words, characters."""

    first: int
    last: int
    marked: frozenset[tuple[int, int]]
    characters: frozenset[tuple[int, int]] = frozenset()


def leaves_of(node: Node) -> Iterator[Node]:
    if isinstance(node, LEAVES):
        yield node
    for child in children(node):
        yield from leaves_of(child)


def is_searchable(node: Node) -> bool:
    if is_about_tags(node):
        return True
    if isinstance(node, Near | Together | Or):
        return any(is_searchable(child) for child in node.children)
    if isinstance(node, Wildcard):
        return "?" in node.text or bool(words(node.text))
    return isinstance(node, Regex) or bool(words(node.text))


class Texts:
    """All living passages as lists of words; a pattern stands for at most `max_words` words."""

    def __init__(self, passages: Iterable[list[str]], max_words: int) -> None:
        self.max_words = max_words
        self.expansions: dict[Node, list[list[str]]] = {}
        self.passages_with: dict[str, int] = {}
        for passage in passages:
            for word in set(passage):
                self.passages_with[word] = self.passages_with.get(word, 0) + 1

    def find(self, node: Node, written: Written) -> list[Occurrence]:
        """Where in a passage a clause stands."""
        text = written.words
        if is_about_tags(node):
            return _distinct(self._tagged(node, written.passage))
        if isinstance(node, Near):
            return self._near(node, written)
        if isinstance(node, Together):
            return self._together(node, written)
        if isinstance(node, Literal):
            return as_written(node.text, written.text)
        if isinstance(node, Or):
            asked = [child for child in node.children if is_searchable(child)]
            return _distinct(one for child in asked for one in self.find(child, written))
        if isinstance(node, Word) and len(words(node.text)) == 1:
            language = written.language
            asked = stem(words(node.text)[0][2], language)
            return [_mark(i, i) for i, word in enumerate(text) if stem(word, language) == asked]
        places = self.places(node)
        return [
            _mark(first, first + len(places) - 1)
            for first in range(len(text) - len(places) + 1)
            if all(text[first + i] in place for i, place in enumerate(places))
        ]

    def _tagged(self, node: Node, passage: Passage) -> Iterator[Occurrence]:
        """Where tags stand; one on the whole passage is at all of its words, and not marked."""
        for tag in passage.tags:
            if fits_tag(node, tag):
                whole = is_whole(passage, tag)
                touched = range(len(words(passage.text))) if whole else covered(passage, tag)
                span = (tag.start - passage.start, tag.end - passage.start)
                if touched:
                    marked = frozenset[tuple[int, int]]() if whole else frozenset({span})
                    yield Occurrence(touched[0], touched[-1], frozenset(), marked)

    def _together(self, node: Together, written: Written) -> list[Occurrence]:
        """All that stands together; as many as it counts, the first of them with all marks."""
        asked = [child for child in node.children if is_searchable(child)]
        parts = [self.find(child, written) for child in asked]
        if len(parts) == 1:
            return parts[0]
        count = min(map(len, parts))
        if node.unit == "sentence":
            spans = [(start, end) for start, end, _ in words(written.text)]

            def inside(part: list[Occurrence], start: int, end: int) -> list[Occurrence]:
                return [o for o in part if start <= spans[o.first][0] and spans[o.last][1] <= end]

            sentences = [
                [inside(part, start, end) for part in parts]
                for start, end in sentence_spans(written.text, language=written.language)
            ]
            whole = [sentence for sentence in sentences if all(sentence)]
            count = len(whole)
            parts = [part for sentence in whole for part in sentence]
        every = _distinct(one for part in parts for one in part)
        marked = frozenset(run for one in every for run in one.marked)
        characters = frozenset(run for one in every for run in one.characters)
        return [Occurrence(place, place, marked, characters) for place in range(count)]

    def _near(self, node: Near, written: Written) -> list[Occurrence]:
        asked = [child for child in node.children if is_searchable(child)]
        if len(asked) == 1:
            return self.find(asked[0], written)
        stretches: list[Occurrence] = []
        for choice in itertools.product(*(self.find(child, written) for child in asked)):
            if node.is_ordered and any(a.last >= b.first for a, b in itertools.pairwise(choice)):
                continue
            taken = [place for one in choice for place in range(one.first, one.last + 1)]
            first, last = min(taken), max(taken)
            is_disjoint = len(set(taken)) == len(taken)
            if is_disjoint and last - first + 1 - len(taken) <= node.words_between:
                marked = frozenset(run for one in choice for run in one.marked)
                characters = frozenset(span for one in choice for span in one.characters)
                stretches.append(Occurrence(first, last, marked, characters))
        found = _distinct(stretches)
        return [
            one
            for one in found
            if not any(
                one.first <= other.first
                and other.last <= one.last
                and (one.first, one.last) != (other.first, other.last)
                for other in found
            )
        ]

    def places(self, node: Node) -> list[list[str]]:
        """The words that a leaf asks for: in a row, at each place one of some."""
        if isinstance(node, Word | Phrase | Literal):
            return [[word] for _, _, word in words(node.text)]
        return [self._most_frequent(found, most) for found, most in self.expand(node)]

    def cuts(self, node: Node) -> Iterator[tuple[int, int, int, int]]:
        """Where more words are found than are looked for."""
        if not isinstance(node, Word | Phrase | Literal):
            for found, most in self.expand(node):
                if len(found) > most:
                    yield node.start, node.end, most, len(found)

    def expand(self, node: Node) -> list[tuple[list[str], int]]:
        """The words of all texts that each part of a pattern fits; how many it may stand for."""
        if node not in self.expansions:
            self.expansions[node] = self._expand(node)
        return self.expansions[node]

    def _expand(self, node: Node) -> list[tuple[list[str], int]]:
        every, most = self.passages_with, self.max_words
        if isinstance(node, Fuzzy):
            parts = [word for _, _, word in words(node.text)]
            return [([w for w in every if distance(part, w) <= node.edits], most) for part in parts]
        if isinstance(node, Regex):
            pattern = node.text.lower()
            return [([word for word in every if re.fullmatch(pattern, word)], most)]
        assert isinstance(node, Wildcard)
        if not is_searchable(node):
            return []
        parts = [part for part in re.split(r"[^\w*?]+", node.text) if part]
        # Of several parts, one that any word fits stands for all.
        is_open = ["*" in part and part.strip("*") in ("", "?") for part in parts]
        if is_open and all(is_open):
            is_open[0] = False
        return [
            ([word for word in every if fits(fold_pattern(p), word)], len(every) if o else most)
            for p, o in zip(parts, is_open, strict=True)
        ]

    def _most_frequent(self, found: list[str], most: int) -> list[str]:
        return sorted(found, key=lambda word: (-self.passages_with[word], word))[:most]


def as_written(asked: str, text: str) -> list[Occurrence]:
    """Where a text stands, of whole words, whatever the white space between them."""
    pattern = r"\s+".join(re.escape(part) for part in asked.split())
    found = words(text)
    count = len(words(asked))
    occurrences: list[Occurrence] = []
    for match in re.finditer(f"(?=({pattern}))", text):
        start, end = match.span(1)
        inside = [i for i, (first, last, _) in enumerate(found) if first < end and start < last]
        is_whole = all(start <= found[i][0] and found[i][1] <= end for i in inside)
        if is_whole and len(inside) == count:
            occurrences.append(
                Occurrence(inside[0], inside[-1], frozenset(), frozenset({(start, end)}))
            )
    return occurrences


def _mark(first: int, last: int) -> Occurrence:
    return Occurrence(first, last, frozenset({(first, last)}))


def _distinct(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    marked: dict[tuple[int, int], tuple[set[tuple[int, int]], set[tuple[int, int]]]] = {}
    for one in occurrences:
        runs, characters = marked.setdefault((one.first, one.last), (set(), set()))
        runs.update(one.marked)
        characters.update(one.characters)
    return [Occurrence(*at, *map(frozenset, both)) for at, both in marked.items()]


def fold_pattern(part: str) -> str:
    return "".join(x if x in "*?" else fold(x) for x in re.split(r"([*?])", part))


def fits(pattern: str, word: str) -> bool:
    """Whether a wildcard fits a word."""
    if not pattern:
        return not word
    if pattern[0] == "*":
        return fits(pattern[1:], word) or (bool(word) and fits(pattern, word[1:]))
    return bool(word) and pattern[0] in ("?", word[0]) and fits(pattern[1:], word[1:])


@lru_cache(maxsize=100_000)
def distance(one: str, other: str) -> int:
    """How many edits make one word of another, no letter edited twice."""
    if not one or not other:
        return len(one) + len(other)
    fewest = min(
        distance(one[:-1], other) + 1,
        distance(one, other[:-1]) + 1,
        distance(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    )
    if len(one) > 1 and len(other) > 1 and one[-2:] == other[-2:][::-1]:
        fewest = min(fewest, distance(one[:-2], other[:-2]) + 1)
    return fewest
