"""What a query looks for in texts, read from the leaves of its tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pinakes.corpus import Article
from pinakes.indexer import stem, words
from pinakes.search.evaluation.texts.targets import (
    AnyPart,
    AnyWord,
    AsWritten,
    EveryWord,
    InSentence,
    Nearby,
    Row,
    Stems,
    Tagged,
    Target,
    Texts,
    Together,
    name_target,
)
from pinakes.search.query import (
    Fuzzy,
    Literal,
    Near,
    Node,
    Or,
    Phrase,
    Regex,
    TextLeaf,
    Wildcard,
    Word,
    is_about_tags,
)
from pinakes.search.query import Together as TogetherNode

if TYPE_CHECKING:
    from pinakes.indexer import Segment
    from pinakes.search.evaluation.patterns.expansion import Cut, Misspelling, Shape
    from pinakes.search.query.regex import Pattern


class Clause(NamedTuple):
    """One thing looked for in texts.

    Attributes:
        number: Its place among the clauses of the query, counting from 0.
        start: First code point in the query's text.
        end: One past the last.
        target: What is looked for.
        kept_as: A name for it, and for where; equal ones have equal names, others have not.
        title_only: Looked for in titles only.
        boost: What its weight is multiplied by.
        constant: The number of the constant score that its own is replaced by, if any.
    """

    number: int
    start: int
    end: int
    target: Target
    kept_as: str
    title_only: bool = False
    boost: float = 1.0
    constant: int | None = None


def name_clause(target: Target, *, title_only: bool) -> str:
    """Return what to keep the list of a clause as; no other has this name."""
    return f"title {name_target(target)}" if title_only else name_target(target)


def no_texts(_keys: Sequence[int]) -> Mapping[int, Article]:
    """Stand for the articles of an archive where a query needs none of them.

    Raises:
        ValueError: It does need some.
    """
    raise ValueError("to look for what is written, or for sentences, give `texts`")


class Expands(Protocol):
    """Whatever knows which words a pattern stands for."""

    def expand(self, shape: Pattern | Misspelling) -> tuple[AnyWord, int]:
        """Return the words that a pattern stands for, and how many there are in all."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class TargetReader:
    """Reads what the leaves of one query look for.

    Attributes:
        languages: Those of the archive.
        segments: Those of the archive: their words are what patterns stand for,
        lexicon: unless this knows others.
        texts: Its articles, for what its lists cannot tell.
        ignored: Spans of the query's text in which there is nothing that an index could hold.
        cuts: Patterns that stand for more words than are looked for.
    """

    languages: tuple[str, ...]
    segments: Sequence[Segment] = ()
    lexicon: Expands | None = None
    texts: Texts = no_texts
    ignored: list[tuple[int, int]] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)

    def read(self, node: Node) -> Target | None:
        """Return what a leaf of the plan looks for, or None if there is nothing to look for.

        Raises:
            PatternError: A regular expression is none; those of parsed queries are.
            TypeError: It is no such leaf.
        """
        match node:
            case Near():
                parts = self._read_parts(node.children)
                if len(parts) > 1:
                    return Nearby(tuple(parts), node.words_between, node.is_ordered)
                return parts[0] if parts else None
            case TogetherNode():
                parts = self._read_parts(node.children)
                if len(parts) < 2:
                    return parts[0] if parts else None
                if node.unit == "passage":
                    return Together(tuple(parts))
                return InSentence(tuple(parts), self.texts)
            case Literal():
                written = self._read_literal(node)
                if written is None:
                    self.ignored.append((node.start, node.end))
                return written
            case Or():
                parts = self._read_parts(node.children)
                return AnyPart(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
            case Word() | Phrase() | Wildcard() | Fuzzy() | Regex():
                target = self._read_leaf(node)
                if target is None:
                    self.ignored.append((node.start, node.end))
                return target
        if is_about_tags(node):
            return Tagged(node)
        raise TypeError(f"{type(node).__name__} is nothing to look for in a text")

    def _read_literal(self, node: Literal) -> AsWritten | None:
        # Loaded with all that reads files, which only a literal has to wait for.
        from pinakes.corpus import clean

        # Texts are kept without soft hyphens and their like.
        text = clean(node.text)
        found = words(text)
        if not found:
            return None
        start, end = found[0][0], found[-1][1]
        around = text[:start], text[start:end], text[end:]
        places = tuple(AnyWord((folded,)) for _, _, folded in found)
        return AsWritten(Row(places) if len(places) > 1 else places[0], around, self.texts)

    def _read_parts(self, nodes: tuple[Node, ...]) -> list[Target]:
        parts = [self.read(node) for node in nodes]
        return [part for part in parts if part is not None]

    def _read_leaf(self, node: Word | Phrase | Wildcard | Fuzzy | Regex) -> Target | None:
        """Return what a leaf looks for.

        A word of several parts (`covid-19`, `AT&T`) is the phrase of its parts. Nobody says in
        which language he asks, so a single word is stemmed for each language of the archive by
        that language's rules, and looked for in its articles only: `mine` is `m` in Turkish, and
        `m` in an English text is no mine.
        """
        if isinstance(node, Word | Phrase):
            found = [folded for _, _, folded in words(node.text)]
            if isinstance(node, Word) and len(found) == 1:
                return self._read_stems(found[0])
            places: tuple[AnyWord | EveryWord, ...] = tuple(AnyWord((each,)) for each in found)
        else:
            # Loaded with the automata that they may become, which plain words need not wait for.
            from pinakes.search.evaluation.patterns.shapes import fits_every_word, read_shapes

            shapes = read_shapes(node)
            # Every word would be too many to look for, and needs no looking for beside another one.
            are_every = list(map(fits_every_word, shapes))
            if are_every and all(are_every):
                are_every[0] = False
            places = tuple(
                EveryWord() if is_every else self._expand(shape, node)
                for shape, is_every in zip(shapes, are_every, strict=True)
            )
        if len(places) > 1:
            return Row(places)
        return next((place for place in places if isinstance(place, AnyWord)), None)

    def _read_stems(self, folded: str) -> Stems:
        return Stems(tuple((language, stem(folded, language)) for language in self.languages))

    def _expand(self, shape: Shape, node: TextLeaf) -> AnyWord:
        if isinstance(shape, str):
            return AnyWord((shape,))
        from pinakes.search.evaluation.patterns.expansion import Cut, Lexicon

        if self.lexicon is None:
            self.lexicon = Lexicon(self.segments)
        target, found = self.lexicon.expand(shape)
        if found > (kept := len(target.words)):
            self.cuts.append(Cut(start=node.start, end=node.end, kept=kept, found=found))
        return target
