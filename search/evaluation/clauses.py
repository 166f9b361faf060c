"""What a query looks for in texts: a word by its stems, or words in a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pinakes.indexer import stem, words
from pinakes.search.query import Phrase, Word

Sought: TypeAlias = tuple[tuple[tuple[str, str], ...], tuple[str, ...], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing looked for in texts: words with a stem, or `words` in a row.

    Exactly one of `stems` and `words` is not empty.

    Attributes:
        number: Its place among the clauses of the query, counting from 0.
        start: First code point in the query's text.
        end: One past the last.
        stems: By language, the stem that a word in an article of that language has to have.
        words: Folded words that must follow each other in one passage; a single one for a word
            in quotes, which is looked for unstemmed.
        title_only: Looked for in titles only.
    """

    number: int
    start: int
    end: int
    stems: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    title_only: bool = False

    @property
    def sought(self) -> Sought:
        """What is looked for, wherever it stands in the query; equal ones are held alike."""
        return tuple(self.stems.items()), self.words, self.title_only


def read_clause(
    node: Word | Phrase, *, number: int, title_only: bool, languages: Iterable[str]
) -> Clause | None:
    """Return what `node` looks for, or None if it holds nothing that an index could.

    A word of several parts (`covid-19`, `AT&T`) is the phrase of its parts. Nobody says in which
    language he asks, so a single word is stemmed for each language of the archive by that
    language's rules, and looked for in its articles only: `mine` is `m` in Turkish, and `m` in an
    English text is no mine.
    """
    parts = tuple(folded for _, _, folded in words(node.text))
    if not parts:
        return None
    stems: dict[str, str] = {}
    if isinstance(node, Word) and len(parts) == 1:
        stems = {language: stem(parts[0], language) for language in languages}
        parts = ()
    return Clause(
        number=number,
        start=node.start,
        end=node.end,
        stems=stems,
        words=parts,
        title_only=title_only,
    )
