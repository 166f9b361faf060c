"""What a query looks for in texts: a word by its stems, or words in a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pinakes.indexer import stem, words
from pinakes.search.query import Phrase, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing looked for in texts: any of `stems`, or `words` in a row.

    Exactly one of `stems` and `words` is not empty.

    Attributes:
        number: Its place among the clauses of the query, counting from 0.
        start: First code point in the query's text.
        end: One past the last.
        stems: A word stands for it whose stem, in its article's language, is one of them.
        words: Folded words that must follow each other in one passage; a single one for a word
            in quotes, which is looked for unstemmed.
        title_only: Looked for in titles only.
    """

    number: int
    start: int
    end: int
    stems: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    title_only: bool = False


def read_clause(
    node: Word | Phrase, *, number: int, title_only: bool, languages: Iterable[str]
) -> Clause | None:
    """Return what `node` looks for, or None if it holds nothing that an index could.

    A word of several parts (`covid-19`, `AT&T`) is the phrase of its parts. A single word is
    stemmed by every language that the archive holds, since nobody says in which one he asks, and
    found unstemmed in the articles of the others.
    """
    parts = tuple(folded for _, _, folded in words(node.text))
    if not parts:
        return None
    stems: frozenset[str] = frozenset()
    if isinstance(node, Word) and len(parts) == 1:
        word = parts[0]
        stems = frozenset({word, *(stem(word, language) for language in languages)})
        parts = ()
    return Clause(
        number=number,
        start=node.start,
        end=node.end,
        stems=stems,
        words=parts,
        title_only=title_only,
    )
