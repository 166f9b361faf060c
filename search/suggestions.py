"""What may have been meant by a query: words of the archive that are spelt alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from pinakes.indexer import Snapshot, words
from pinakes.search.known_words import Slot, positive_nodes
from pinakes.search.options import By, Scope, SearchOptions, Sort
from pinakes.search.query import Node, Phrase, Query, Word, parse
from pinakes.search.vocabulary import KnowsWords, vocabulary_of

if TYPE_CHECKING:
    from pinakes.search.why import Ask

MAX_SUGGESTIONS = 3
MAX_TRIALS = 24
"""Queries that are asked to find such as have hits, at the most."""

_ASKED_AHEAD = 8
_ALTERNATIVES = 6
_TRIED = 4
_LONG_CHARS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Another query, which finds something.

    Attributes:
        text: In the query language.
        total: How many articles satisfy it.
    """

    text: str
    total: int


class _Alternative(NamedTuple):
    """What can stand in a slot instead; the likelier the less.

    Attributes:
        edits: How far it is from what stands there.
        rarity: Minus the passages in which its stem stands.
        word: Itself.
    """

    edits: int
    rarity: int
    word: str


def suggest(
    query: Query,
    slots: Sequence[Slot],
    snapshot: Snapshot,
    ask: Ask,
    scope: Scope,
) -> tuple[Suggestion, ...]:
    """Return queries that may have been meant, the likeliest first; each has hits.

    For a query that finds nothing, or has a word that is nowhere in the archive. Words are replaced
    by those of the archive at a Damerau-Levenshtein distance of 1, of longer words 2: all words
    that are nowhere; if there are none, one word at a time. Nearer words go first, then those that
    more passages hold.

    Args:
        query: What was asked.
        slots: Its words.
        snapshot: The state of the index that answered.
        ask: Evaluates a tree.
        scope: Of the query.
    """
    counting = SearchOptions(limit=0, scope=scope, by=By.ARTICLE, sort=Sort.SCORE, collapse=False)
    found: list[Suggestion] = []
    vocabulary = vocabulary_of(snapshot)
    asked = set(_phrases(query.root)) if query.root else set()
    trials = _read_each(query, slots, vocabulary)
    while some := list(islice(trials, _ASKED_AHEAD)):
        ask.ahead([root for _, root in some], counting)
        for text, root in some:
            if not (total := ask(root, counting).articles):
                continue
            # `"mine colapse" OR quarry` has hits whatever its phrase is, which must stand
            # somewhere.
            new = (each for each in _phrases(root) if each not in asked)
            if all(ask(each, counting).articles for each in new):
                found.append(Suggestion(text=text, total=total))
                if len(found) == MAX_SUGGESTIONS:
                    return tuple(found)
    return tuple(found)


def _read_each(
    query: Query, slots: Sequence[Slot], vocabulary: KnowsWords
) -> Iterator[tuple[str, Node]]:
    """Yield other texts of a query, the likeliest first, with their trees."""
    for text in islice(_rewritten(query.text, slots, vocabulary), MAX_TRIALS):
        root = _read(text, query.saved, vocabulary.tag_types)
        if root is not None:
            yield text, root


def _read(text: str, saved: Mapping[str, Node], types: Collection[str]) -> Node | None:
    """Return the tree of a query, with those of its saved searches in their places."""
    root = parse(text, types=types).root
    if root is None or not saved:
        return root
    from pinakes.search.query.saved_clauses import substitute

    return substitute(root, saved)


def _phrases(root: Node) -> Iterator[Word | Phrase]:
    """Yield what of a query stands for several words in a row."""
    for node in positive_nodes(root):
        if isinstance(node, Word | Phrase) and len(words(node.text)) > 1:
            yield node


def _rewritten(text: str, slots: Sequence[Slot], vocabulary: KnowsWords) -> Iterator[str]:
    """Yield other texts of a query, the likeliest first."""
    unknown = [slot for slot in slots if not slot.is_known]
    vocabulary.expect(each for slot in unknown or slots for each in _looked_for(slot))
    if unknown:
        ways = product(*(_alternatives(slot, vocabulary) for slot in unknown))
        for chosen in sorted(islice(ways, 1000), key=_unlikelihood):
            yield _replace(text, unknown, [alternative.word for alternative in chosen])
        return
    single = [(one, slot) for slot in slots for one in _alternatives(slot, vocabulary)]
    for alternative, slot in sorted(single, key=lambda pair: (pair[0], pair[1].start)):
        yield _replace(text, [slot], [alternative.word])


def _looked_for(slot: Slot) -> Iterator[tuple[str, int]]:
    """Yield what words are looked for that are like one: itself, and at how many edits."""
    yield slot.folded, 1
    if len(slot.folded) >= _LONG_CHARS:
        yield slot.folded, 2


def _alternatives(slot: Slot, vocabulary: KnowsWords) -> list[_Alternative]:
    found: list[_Alternative] = []
    known: set[str] = set()
    for folded, edits in _looked_for(slot):
        counts = vocabulary.similar(folded, edits=edits)
        found += [_Alternative(edits, -counts[word], word) for word in counts.keys() - known]
        known.update(counts)
    likely = sorted(found)[: _TRIED * _ALTERNATIVES]
    counted = [one._replace(rarity=-vocabulary.count_found(one.word)) for one in likely]
    chosen: dict[object, _Alternative] = {}
    for one in sorted(one for one in counted if one.rarity):
        # Words of one stem find the same.
        same = one.word if slot.is_exact else vocabulary.stems_of(one.word)
        if one.word != slot.folded:
            chosen.setdefault(same, one)
    return list(chosen.values())[:_ALTERNATIVES]


def _unlikelihood(chosen: Sequence[_Alternative]) -> tuple[int, int]:
    return sum(one.edits for one in chosen), sum(one.rarity for one in chosen)


def _replace(text: str, slots: Sequence[Slot], chosen: Sequence[str]) -> str:
    for slot, word in sorted(zip(slots, chosen, strict=True), key=lambda pair: -pair[0].start):
        text = text[: slot.start] + word + text[slot.end :]
    return text
