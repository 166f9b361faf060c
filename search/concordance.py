"""Every occurrence of what a query looks for, with the words around it (KWIC)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from pinakes.corpus import Article, Passage
from pinakes.indexer import words
from pinakes.search.evaluation import Clause, RankedPassage
from pinakes.search.highlight import Span, match_spans
from pinakes.search.options import OptionsError, Scope, Sort
from pinakes.search.query import Query, TagCondition, is_about_tags, walk
from pinakes.search.snippets import joins
from pinakes.search.windows import FoundArticle


class ConcordSort(StrEnum):
    """In which order occurrences come.

    As the archive took their articles in; by the words before them, read backwards, or after
    them; by the day of their article, oldest or newest first.
    """

    ARTICLE = "article"
    LEFT = "left"
    RIGHT = "right"
    DATE = "date"
    NEWEST = "-date"


class Unit(StrEnum):
    """What context is measured in."""

    CHARS = "characters"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """How much is shown on either side of an occurrence.

    Raises:
        OptionsError: `count` is below 0.
    """

    count: int = 40
    unit: Unit = Unit.CHARS

    def __post_init__(self) -> None:
        if self.count < 0:
            raise OptionsError("the context of an occurrence is 0 or more characters or words")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `40`, characters, or `8w`, words.

        Raises:
            OptionsError: It is neither.
        """
        digits = text.removesuffix("w")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 7):
            raise OptionsError(f"{text!r} is neither a number of characters (40) nor of words (8w)")
        return cls(count=int(digits), unit=Unit.CHARS if digits == text else Unit.WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcordOptions:
    """What a concordance is asked for beside its query.

    Raises:
        OptionsError: A word is none of those that an option takes.
    """

    sort: ConcordSort = ConcordSort.ARTICLE
    context: Context = Context()
    scope: Scope = Scope.ARTICLE
    strict: bool = False

    def __post_init__(self) -> None:
        for name, kind in (("sort", ConcordSort), ("scope", Scope)):
            try:
                object.__setattr__(self, name, kind(getattr(self, name)))
            except ValueError as error:
                choices = ", ".join(kind)
                raise OptionsError(f"{name} is one of {choices}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class SatisfiedClause:
    """A part of the query that an occurrence satisfies.

    Attributes:
        number: Its place among what the query looks for, counting from 0.
        text: As it was typed.
    """

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One place where what a query looks for stands: a highlight, with the text around it.

    Attributes:
        article_id: The article's id.
        passage_number: Counting from 0.
        start: First code point of the match in the article's text.
        end: One past the last.
        left: The article's text before it, up to `start`; may reach into passages before.
        match: `article.text[start:end]`, exactly.
        right: The article's text after it, from `end`.
        title: Of the article; as are the source, the day (ISO 8601) and the language.
        clauses: What of the query stands there, in its order; at least one.
    """

    article_id: str
    passage_number: int
    start: int
    end: int
    left: str
    match: str
    right: str
    title: str
    source: str
    published: str
    language: str
    clauses: tuple[SatisfiedClause, ...]

    @property
    def id(self) -> str:
        """`ARTICLE#NUMBER`, as `show` takes it."""
        return f"{self.article_id}#{self.passage_number}"


def article_order(sort: ConcordSort) -> Sort | None:
    """Return in which order the articles are to be looked at; None is the archive's own."""
    return {ConcordSort.DATE: Sort.DATE, ConcordSort.NEWEST: Sort.NEWEST}.get(sort)


def list_occurrences(
    query: Query, found: Iterator[FoundArticle], options: ConcordOptions
) -> Iterator[Occurrence]:
    """Yield the occurrences in articles that satisfy `query`, in the order of `options`.

    In the order of articles or days, one article after the other, and no more is held than one. By
    context, all of them are held to be sorted; equal ones stay in the order of articles.
    """
    occurrences = (one for each in found for one in _in_article(query, each, options.context))
    match options.sort:
        case ConcordSort.LEFT:
            yield from sorted(occurrences, key=lambda one: _folded(one.left)[::-1])
        case ConcordSort.RIGHT:
            yield from sorted(occurrences, key=lambda one: _folded(one.right))
        case _:
            yield from occurrences


def _in_article(query: Query, found: FoundArticle, context: Context) -> Iterator[Occurrence]:
    article = found.article
    for ranked in sorted(found.ranked.passages, key=lambda each: each.number):
        passage = article.passages[ranked.number]
        parts = list(_parts(query, found, ranked))
        for span, labels in _labelled(passage, parts, article.language):
            yield _occurrence(article, passage, span, context, labels)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the query that counts in a passage: a clause, or a condition on tags."""

    label: SatisfiedClause
    clauses: tuple[Clause, ...] = ()
    tags: tuple[TagCondition, ...] = ()

    def spans(self, passage: Passage, language: str) -> tuple[Span, ...]:
        return match_spans(passage, self.clauses, language=language, tags=self.tags)


def _parts(query: Query, found: FoundArticle, ranked: RankedPassage) -> Iterator[_Part]:
    """Yield what counts in a passage; conditions on tags are numbered after the clauses."""
    for number in sorted(ranked.clauses):
        clause = found.clauses[number]
        text = query.text[clause.start : clause.end]
        yield _Part(SatisfiedClause(number=number, text=text), clauses=(clause,))
    if ranked.tags and query.root is not None:
        asked = dict.fromkeys(node for node in walk(query.root) if is_about_tags(node))
        for number, node in enumerate(asked, start=len(found.clauses)):
            if node in ranked.tags:
                text = query.text[node.start : node.end]
                yield _Part(SatisfiedClause(number=number, text=text), tags=(node,))


def _labelled(
    passage: Passage, parts: list[_Part], language: str
) -> Iterator[tuple[Span, tuple[SatisfiedClause, ...]]]:
    """Yield the highlights of a passage, each with what stands there."""
    clauses = [clause for part in parts for clause in part.clauses]
    tags = [condition for part in parts for condition in part.tags]
    spans = match_spans(passage, clauses, language=language, tags=tags)
    if len(parts) == 1:
        yield from ((span, (parts[0].label,)) for span in spans)
        return
    alone = [(part.label, part.spans(passage, language)) for part in parts]
    for start, end in spans:
        standing = [
            label
            for label, own in alone
            if any(first < end and start < last for first, last in own)
        ]
        yield (start, end), tuple(standing)


def _occurrence(
    article: Article,
    passage: Passage,
    span: Span,
    context: Context,
    clauses: tuple[SatisfiedClause, ...],
) -> Occurrence:
    start, end = span
    text = article.text
    first, last = _surroundings(text, span, context)
    return Occurrence(
        article_id=article.id,
        passage_number=passage.number,
        start=start,
        end=end,
        left=text[first:start],
        match=text[start:end],
        right=text[end:last],
        title=article.title,
        source=article.source,
        published=article.published,
        language=article.language,
        clauses=clauses,
    )


def _surroundings(text: str, span: Span, context: Context) -> Span:
    """Return where the context begins and ends; no character is cut from its marks."""
    start, end = span
    if context.unit is Unit.WORDS:
        return _words_around(text, span, context.count)
    first, last = max(0, start - context.count), min(len(text), end + context.count)
    while first < start and joins(text, first):
        first += 1
    while last > end and joins(text, last):
        last -= 1
    return first, last


def _words_around(text: str, span: Span, count: int) -> Span:
    start, end = span
    if not count:
        return span
    # Words are looked for in ever wider windows: articles may be long.
    reach = 16 * count
    while True:
        low, high = max(0, start - reach), min(len(text), end + reach)
        before = [low + first for first, _, _ in words(text[low:start])]
        after = [end + last for _, last, _ in words(text[end:high])]
        # The outermost word may be cut by the window.
        is_left = low == 0 or len(before) > count
        is_right = high == len(text) or len(after) > count
        if is_left and is_right:
            first = before[-count] if len(before) >= count else low
            last = after[count - 1] if len(after) >= count else high
            return first, last
        reach *= 4


def _folded(text: str) -> list[str]:
    return [word for _, _, word in words(text)]
