"""The words of a query that texts are searched for, and whether the archive has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pinakes.indexer import Snapshot, encode_term, stem, words
from pinakes.search.evaluation.texts.held import WORD_FIELD
from pinakes.search.query import Node, Not, Phrase, Query, Word, children

_SHORT_CHARS = 3


class Slot(NamedTuple):
    """A word of a query's text.

    Attributes:
        start: First code point.
        end: One past the last.
        folded: As it is looked for.
        is_exact: Whether it is looked for as it is written, not by its stem.
        is_known: Whether it stands in a passage, of a deleted article maybe; one looked for by its
            stem is known by any word with the same stem, in a language of the archive.
    """

    start: int
    end: int
    folded: str
    is_exact: bool
    is_known: bool


def read_slots(query: Query, snapshot: Snapshot) -> list[Slot]:
    """Return the words of a query that are looked for in texts, in order, short ones left out."""
    return list(_slots(query, snapshot))


def _slots(query: Query, snapshot: Snapshot) -> Iterator[Slot]:
    for node in positive_nodes(query.root) if query.root else ():
        if isinstance(node, Word | Phrase):
            parts = words(query.text[node.start : node.end])
            # A tree made by hand stands nowhere in its text.
            if [part for *_, part in parts] != [part for *_, part in words(node.text)]:
                continue
            is_exact = isinstance(node, Phrase) or len(parts) > 1
            has = _has_word if is_exact else _has_stem
            for start, end, folded in parts:
                if len(folded) >= _SHORT_CHARS:
                    is_known = has(snapshot, folded)
                    yield Slot(node.start + start, node.start + end, folded, is_exact, is_known)


def positive_nodes(node: Node) -> Iterator[Node]:
    """Yield a node and what it holds, but what stands under NOT."""
    if not isinstance(node, Not):
        yield node
        for child in children(node):
            yield from positive_nodes(child)


def _has_word(snapshot: Snapshot, folded: str) -> bool:
    if snapshot.remote is not None:
        remote = snapshot.remote
        return folded in remote.held or bool(remote.terms("word", {"term": {"term": folded}}))
    return any(each.term_number(WORD_FIELD, folded) is not None for each in snapshot.segments)


def _has_stem(snapshot: Snapshot, folded: str) -> bool:
    if snapshot.remote is not None:
        from pinakes.search.cluster.vocabulary import has_stem

        return has_stem(snapshot.remote, folded)
    stems = {encode_term(stem(folded, language)) for language in snapshot.languages}
    return any(
        segment.stems.number(term) is not None for segment in snapshot.segments for term in stems
    )
