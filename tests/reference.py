"""What evaluation means, in its plainest words: every text is read, and there is no index.

Written from docs/evaluation.md alone, one article after the other, in lists and loops. It shares
with the real thing how a text divides into words and what a query's tree looks like, nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pinakes.corpus import Article, Kind, Passage
from pinakes.indexer import fold_value, stem, words
from pinakes.search.options import Scope, SearchOptions, Sort
from pinakes.search.query import (
    And,
    DateRange,
    Everything,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Within,
    Word,
)

Span = tuple[int, int]


@dataclass(frozen=True)
class Seen:
    """A passage, its words, and the article it is of."""

    article: Article
    passage: Passage
    words: list[tuple[int, int, str]]

    @property
    def zone(self) -> int:
        return {Kind.TITLE: 0, Kind.HEADING: 1}.get(self.passage.kind, 2)


@dataclass(frozen=True)
class ExpectedPassage:
    number: int
    score: float
    clauses: frozenset[int]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class ExpectedArticle:
    key: int
    score: float
    passages: tuple[ExpectedPassage, ...]


@dataclass(frozen=True)
class Expected:
    articles: int
    passages: int
    hits: tuple[ExpectedArticle, ...]
    ignored: tuple[Span, ...]


@dataclass(frozen=True)
class Leaf:
    """A clause of the query and what its stems are in this archive."""

    number: int
    node: Word | Phrase
    title_only: bool


class Reference:
    """An archive as a list of articles."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = [
            (
                article,
                [Seen(article, passage, words(passage.text)) for passage in article.passages],
            )
            for article in articles
        ]
        seen = [passage for _, passages in self.articles for passage in passages]
        total = len(self.articles) or 1
        self.mean_zone_words = [
            sum(len(passage.words) for passage in seen if passage.zone == zone) / total
            for zone in range(3)
        ]
        self.mean_passage_words = sum(len(p.words) for p in seen) / (len(seen) or 1)

    def evaluate(self, root: Node | None, options: SearchOptions) -> Expected:
        return _Question(self, root, options.scope).answer(options)


class _Question:
    def __init__(self, archive: Reference, root: Node | None, scope: Scope) -> None:
        self.archive = archive
        self.scope = scope
        self.root = root
        self.leaves = {} if root is None else {id(x.node): x for x in _leaves(root)}
        self.occurrences: dict[tuple[int, int, int], list[Span]] = {}
        self.weights = {leaf.number: self.weight(leaf) for leaf in self.leaves.values()}

    def answer(self, options: SearchOptions) -> Expected:
        ignored = tuple(_ignored(self.root)) if self.root is not None else ()
        found: list[tuple[Article, ExpectedArticle]] = []
        if self.root is not None and _asks(self.root):
            for article, passages in self.archive.articles:
                units = [passages] if self.scope is Scope.ARTICLE else [[p] for p in passages]
                hit = self.judge(article, [unit for unit in units if unit])
                if hit is not None:
                    found.append((article, hit))
        sort = options.sort
        if sort is Sort.SCORE and (self.root is None or not _wants_text(self.root)):
            sort = Sort.NEWEST
        found.sort(key=lambda pair: _order(sort, *pair))
        page = found[options.offset : options.offset + options.limit]
        return Expected(
            articles=len(found),
            passages=sum(len(hit.passages) for _, hit in found),
            hits=tuple(hit for _, hit in page),
            ignored=ignored,
        )

    def judge(self, article: Article, units: list[list[Seen]]) -> ExpectedArticle | None:
        best = -1.0
        evidence: list[ExpectedPassage] = []
        for unit in units:
            if not self.satisfied(self.root, unit):
                continue
            holding: dict[int, list[Seen]] = {}
            filtered: list[list[Seen]] = []
            self.prove(self.root, unit, holding, filtered)
            if not any(holding.values()):
                shown = [p for p in unit if any(p in some for some in filtered)]
                evidence += [self.describe(p, {}) for p in (shown if filtered else unit)]
                best = max(best, 0.0)
                continue
            proofs = [self.describe(p, holding) for p in unit]
            proofs = [proof for proof in proofs if proof.clauses]
            score = self.unit_score(unit, holding) + max(proof.score for proof in proofs)
            best = max(best, score)
            evidence += proofs
        if best < 0:
            return None
        evidence.sort(key=lambda p: (-len(p.clauses), -p.score, p.number))
        return ExpectedArticle(article.key, best, tuple(evidence))

    # What satisfies what

    def satisfied(self, node: Node, looked_at: list[Seen]) -> bool:
        if _is_filter(node):
            return any(_passes(node, seen) for seen in looked_at)
        if isinstance(node, Word | Phrase):
            return any(self.find(node, seen) for seen in looked_at)
        if isinstance(node, And):
            inner = _narrowed(node, looked_at)
            if any(_is_filter(child) for child in node.children) and not inner:
                return False
            return all(self.satisfied(child, inner) for child in _text_children(node))
        if isinstance(node, Or):
            return any(self.satisfied(child, looked_at) for child in node.children if _asks(child))
        if isinstance(node, Not):
            return not self.satisfied(node.child, looked_at)
        assert isinstance(node, Within)
        return self.satisfied(node.child, _titles(looked_at))

    def prove(
        self,
        node: Node,
        looked_at: list[Seen],
        holding: dict[int, list[Seen]],
        filtered: list[list[Seen]],
    ) -> None:
        """Collect what counts below a node that is satisfied."""
        if _is_filter(node):
            filtered.append([seen for seen in looked_at if _passes(node, seen)])
        elif isinstance(node, Word | Phrase):
            number = self.leaves[id(node)].number
            holding[number] = [seen for seen in looked_at if self.find(node, seen)]
        elif isinstance(node, And):
            inner = _narrowed(node, looked_at)
            if any(_is_filter(child) for child in node.children):
                filtered.append(inner)
            for child in _text_children(node):
                self.prove(child, inner, holding, filtered)
        elif isinstance(node, Or):
            for child in node.children:
                if _asks(child) and self.satisfied(child, looked_at):
                    self.prove(child, looked_at, holding, filtered)
        elif isinstance(node, Within):
            self.prove(node.child, _titles(looked_at), holding, filtered)

    # What stands where

    def find(self, node: Word | Phrase, seen: Seen) -> list[Span]:
        """Where in the article's text a clause stands in a passage."""
        key = (id(node), seen.article.key, seen.passage.number)
        if key not in self.occurrences:
            self.occurrences[key] = list(self._find(node, seen))
        return self.occurrences[key]

    def _find(self, node: Word | Phrase, seen: Seen) -> Iterator[Span]:
        parts = [folded for _, _, folded in words(node.text)]
        base = seen.passage.start
        if isinstance(node, Word) and len(parts) == 1:
            language = seen.article.language
            for start, end, folded in seen.words:
                if stem(folded, language) == stem(parts[0], language):
                    yield base + start, base + end
            return
        for first in range(len(seen.words)):
            run = seen.words[first : first + len(parts)]
            if [folded for _, _, folded in run] == parts:
                yield base + run[0][0], base + run[-1][1]

    # Scores

    def weight(self, leaf: Leaf) -> float:
        holding = 0
        for _, passages in self.archive.articles:
            candidates = _titles(passages) if leaf.title_only else passages
            holding += any(self.find(leaf.node, seen) for seen in candidates)
        total = len(self.archive.articles)
        return math.log(1 + (total - holding + 0.5) / (holding + 0.5))

    # Operations in the order of the formulas: ties between articles are ties to the last bit.

    def unit_score(self, unit: list[Seen], holding: dict[int, list[Seen]]) -> float:
        score = 0.0
        for leaf in self.leaves.values():
            weight = 0.0
            for zone, boost in enumerate((3.0, 2.0, 1.0)):
                proofs = [seen for seen in holding.get(leaf.number, []) if seen.zone == zone]
                count = sum(len(self.find(leaf.node, seen)) for seen in proofs)
                if count:
                    length, mean = self.zone_length(unit, zone)
                    weight += boost * count / (0.25 + 0.75 * (length / mean))
            score += self.weights[leaf.number] * (weight / (1.2 + weight))
        return score

    def zone_length(self, unit: list[Seen], zone: int) -> tuple[float, float]:
        if self.scope is Scope.PASSAGE:
            return len(unit[0].words), self.archive.mean_passage_words
        length = sum(len(seen.words) for seen in unit if seen.zone == zone)
        return length, self.archive.mean_zone_words[zone]

    def describe(self, seen: Seen, holding: dict[int, list[Seen]]) -> ExpectedPassage:
        here = [x for x in self.leaves.values() if seen in holding.get(x.number, [])]
        norm = 0.25 + 0.75 * (len(seen.words) / (self.archive.mean_passage_words or 1))
        score = 0.0
        for leaf in here:
            count = len(self.find(leaf.node, seen))
            score += self.weights[leaf.number] * (count / (1.2 * norm + count))
        spans = [span for leaf in here for span in self.find(leaf.node, seen)]
        return ExpectedPassage(
            number=seen.passage.number,
            score=score,
            clauses=frozenset(leaf.number for leaf in here),
            spans=_united(spans),
        )


def _order(sort: Sort, article: Article, hit: ExpectedArticle) -> tuple[float, ...]:
    if sort is Sort.SCORE:
        return -hit.score, hit.key
    days = _days(article.published)
    if days is None:
        return math.inf, -hit.score, hit.key
    first = days[0].toordinal()
    return (first if sort is Sort.DATE else -first), -hit.score, hit.key


def _united(spans: Sequence[Span]) -> tuple[Span, ...]:
    left = sorted(set(spans))
    for one in left:
        for other in left:
            if one != other and one[0] < other[1] and other[0] < one[1]:
                rest = [span for span in left if span not in (one, other)]
                return _united([*rest, (min(one[0], other[0]), max(one[1], other[1]))])
    return tuple(left)


# What a query's tree says, whatever the archive


def _is_filter(node: Node) -> bool:
    if isinstance(node, And | Or):
        return all(_is_filter(child) for child in node.children)
    if isinstance(node, Not):
        return _is_filter(node.child)
    return isinstance(node, Filter | DateRange | Everything)


def _asks(node: Node) -> bool:
    """Whether there is anything in it to look for."""
    if isinstance(node, Word | Phrase):
        return bool(words(node.text))
    if isinstance(node, And | Or):
        return any(_asks(child) for child in node.children)
    if isinstance(node, Not | Within):
        return _asks(node.child)
    return True


def _wants_text(node: Node) -> bool:
    if isinstance(node, Word | Phrase):
        return _asks(node)
    if isinstance(node, And | Or):
        return any(_wants_text(child) for child in node.children)
    return isinstance(node, Within) and _wants_text(node.child)


def _text_children(node: And) -> list[Node]:
    return [child for child in node.children if not _is_filter(child) and _asks(child)]


def _narrowed(node: And, looked_at: list[Seen]) -> list[Seen]:
    filters = [child for child in node.children if _is_filter(child)]
    return [seen for seen in looked_at if all(_passes(child, seen) for child in filters)]


def _titles(looked_at: list[Seen]) -> list[Seen]:
    return [seen for seen in looked_at if seen.passage.kind is Kind.TITLE]


def _texts(node: Node, *, title_only: bool = False) -> Iterator[tuple[Word | Phrase, bool]]:
    if isinstance(node, Word | Phrase):
        yield node, title_only
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from _texts(child, title_only=title_only)
    elif isinstance(node, Not | Within):
        yield from _texts(node.child, title_only=title_only or isinstance(node, Within))


def _leaves(root: Node) -> list[Leaf]:
    asked = [(node, title_only) for node, title_only in _texts(root) if words(node.text)]
    return [Leaf(number, node, title_only) for number, (node, title_only) in enumerate(asked)]


def _ignored(root: Node) -> list[Span]:
    return [(node.start, node.end) for node, _ in _texts(root) if not words(node.text)]


# Filters


def _passes(node: Node, seen: Seen) -> bool:
    if isinstance(node, And):
        return all(_passes(child, seen) for child in node.children)
    if isinstance(node, Or):
        return any(_passes(child, seen) for child in node.children)
    if isinstance(node, Not):
        return not _passes(node.child, seen)
    if isinstance(node, DateRange):
        days = _days(seen.article.published)
        if days is None:
            return False
        first, last = node.first or date.min, node.last or date.max
        return days[0] <= last and first <= days[1]
    return isinstance(node, Everything) or (isinstance(node, Filter) and _has_value(node, seen))


def _has_value(node: Filter, seen: Seen) -> bool:
    article, passage = seen.article, seen.passage
    value = fold_value(node.value)
    if node.field in ("author", "section"):
        texts = article.authors if node.field == "author" else passage.section
        there = {folded for text in texts for _, _, folded in words(text)}
        wanted = {folded for _, _, folded in words(node.value)}
        return bool(wanted) and wanted <= there
    if node.field == "tag":
        return any(
            value in (fold_value(tag.type), fold_value(f"{tag.type}:{tag.value}"))
            for tag in passage.tags
        )
    if node.field == "path":
        is_folder = value.endswith("/")
        root = "/" if value.startswith("/") else ""
        value = root + "/".join(part for part in value.split("/") if part not in ("", "."))
        if not value:
            return True
        folder = value.rstrip("/") + "/"
        paths = [fold_value(path) for path in article.paths]
        return any((path == value and not is_folder) or path.startswith(folder) for path in paths)
    if node.field == "source":
        return bool(article.source) and fold_value(article.source) == value.removeprefix("www.")
    found = {
        "kind": passage.kind.value,
        "lang": article.language,
        "url": article.url,
        "id": article.id,
    }[node.field]
    return found != "" and fold_value(found) == value


def _days(published: str) -> tuple[date, date] | None:
    """The first and the last day that a date of an article can mean."""
    parts = [int(part) for part in published[:10].split("-") if part]
    if not parts:
        return None
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    lasts = [31, 29 if parts[0] % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return date(*parts, 1), date(*parts, lasts[parts[1] - 1])
