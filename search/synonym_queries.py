"""Makes a query look for synonyms, too, where that is asked for; what is exact is left as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pinakes.indexer import words
from pinakes.search.query import (
    And,
    Boost,
    Code,
    Diagnostic,
    Near,
    Node,
    Or,
    Phrase,
    Query,
    Severity,
    Word,
)
from pinakes.search.query.ast import Together, Within
from pinakes.search.synonym_file import Synonyms

WEIGHT = 0.5
"""What a synonym counts beside the word that is asked for."""


def add_synonyms(query: Query, synonyms: Synonyms, languages: frozenset[str]) -> Query:
    """Return a query that looks for the synonyms of its words, too, and tells which.

    A word is a word outside quotes, alone, or several of them next to each other that are wanted
    together. Phrases, patterns, fields, and what NOT leaves out stay as they are.

    Args:
        query: As `parse` returned it, or `read_question`.
        synonyms: The user's; what is wrong with their file is told, too.
        languages: Those of the archive, by whose stems words are alike.
    """
    widener = _Widener(query.text, synonyms, languages)
    root = None if query.root is None else widener.widen(query.root)
    told = (*query.diagnostics, *_tell_problems(synonyms), *widener.told)
    return replace(query, root=root, diagnostics=told, is_widened=bool(widener.told))


def _tell_problems(synonyms: Synonyms) -> Iterator[Diagnostic]:
    path = synonyms.path
    for line, reason in synonyms.problems:
        # Whoever asks over HTTP need not know in which folder the archive is.
        where = f"{path.name}, line {line}" if line else f"{path.parent.name}/{path.name}"
        yield Diagnostic(
            code=Code.BAD_SYNONYMS, severity=Severity.WARNING, message=f"{where}: {reason}.",
            start=0, end=0,
        )  # fmt: skip


@dataclass(slots=True)
class _Widener:
    text: str
    synonyms: Synonyms
    languages: frozenset[str]
    told: list[Diagnostic] = field(default_factory=list)

    def widen(self, node: Node, *, is_weighed: bool = True) -> Node:
        """Return a node with the synonyms of its words; no weights where none can stand."""
        match node:
            case Word():
                return _any_of((node, *self._find([node], (), is_weighed=is_weighed)))
            case Or():
                return self._widen_or(node, is_weighed=is_weighed)
            case And():
                return node._replace(children=tuple(self._widen_run(node.children)))
            case Near() | Together():
                parts = (self.widen(child, is_weighed=False) for child in node.children)
                return node._replace(children=tuple(parts))
            case Boost() | Within():
                return node._replace(child=self.widen(node.child, is_weighed=is_weighed))
        return node

    def _widen_or(self, node: Or, *, is_weighed: bool) -> Or:
        """Return alternatives with theirs beside them: what stands there already is not added."""
        kept: list[Node] = []
        words_kept = [_strip(child) for child in node.children]
        for child in node.children:
            if isinstance(child, Word):
                found = self._find([child], words_kept, is_weighed=is_weighed)
                kept += (child, *found)
                words_kept += map(_strip, found)
            elif not isinstance(_strip(child), Word):
                kept.append(self.widen(child, is_weighed=is_weighed))
            else:
                kept += (child, *self._find_weighed(child, words_kept))
        return node._replace(children=tuple(kept))

    def _find_weighed(self, child: Node, known: list[Node]) -> list[Node]:
        """Return the synonyms of a word that is weighed, weighed as it is."""
        word = _strip(child)
        if not isinstance(child, Boost) or not isinstance(word, Word):
            return []
        found = [_strip(each) for each in self._find([word], known, is_weighed=False)]
        known += found
        return [
            Boost(each.start, each.end, each, round(child.factor * WEIGHT, 4)) for each in found
        ]

    def _widen_run(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """Yield what is wanted together, the longest runs of words with synonyms as one."""
        place = 0
        while place < len(nodes):
            size = self._longest_run(nodes[place:])
            if size > 1:
                run = list(nodes[place : place + size])
                together = And(run[0].start, run[-1].end, tuple(run))
                yield _any_of((together, *self._find(run, (), is_weighed=True)))
            else:
                yield self.widen(nodes[place])
            place += max(1, size)

    def _longest_run(self, nodes: Sequence[Node]) -> int:
        """Return how many words at the beginning of some nodes have synonyms together; or 0."""
        count = 0
        while count < min(len(nodes), self.synonyms.most_words) and isinstance(nodes[count], Word):
            count += 1
        for size in range(count, 1, -1):
            if self.synonyms.find(_words_of(nodes[:size]), self.languages):
                return size
        return 0

    def _find(
        self, asked: Sequence[Node], known: Sequence[Node], *, is_weighed: bool
    ) -> list[Node]:
        """Return what finds the synonyms of some words in a row that are not `known`; tell them."""
        span = asked[0].start, asked[-1].end
        found: list[Node] = []
        for entry, line in self.synonyms.find(_words_of(asked), self.languages):
            kind = Word if len(entry.words) == 1 else Phrase
            node = kind(*span, " ".join(entry.words))
            if node in known:
                continue
            found.append(Boost(*span, node, WEIGHT) if is_weighed else node)
            self._tell(span, entry.text, line)
        return found

    def _tell(self, span: tuple[int, int], found: str, line: int) -> None:
        self.told.append(
            Diagnostic(
                code=Code.SYNONYMS,
                severity=Severity.INFO,
                message=f"`{self.text[slice(*span)]}` finds `{found}`, too "
                f"({self.synonyms.path.name}, line {line}).",
                start=span[0],
                end=span[1],
            )
        )


def _words_of(nodes: Sequence[Node]) -> list[str]:
    return [word for node in nodes if isinstance(node, Word) for _, _, word in words(node.text)]


def _strip(node: Node) -> Node:
    """Return a node without its weight."""
    return node.child if isinstance(node, Boost) else node


def _any_of(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Or(nodes[0].start, nodes[0].end, tuple(nodes))
