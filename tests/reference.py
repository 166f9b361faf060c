"""What evaluation means, in its plainest words: every text is read, and there is no index.

Written from docs/evaluation.md alone, one article after the other, in lists and loops. It shares
with the real thing how a text divides into words and what a query's tree looks like, nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from pinakes.corpus import Article
from pinakes.search.options import By, Scope, SearchOptions, Sort
from pinakes.search.query import (
    And,
    Boost,
    Constant,
    Node,
    Not,
    Or,
    Within,
)
from tests.reference_filters import (
    asks,
    branches,
    days_of,
    is_filter,
    narrowed,
    passes,
    tags_asked,
    text_children,
    titles,
    wants_text,
)
from tests.reference_nouns import (
    Expected,
    ExpectedArticle,
    ExpectedPassage,
    Leaf,
    Seen,
    Span,
    overlap,
    passages_of,
    united,
)
from tests.reference_tags import fits_tag, is_whole
from tests.reference_texts import CLAUSES, Occurrence, Texts, is_searchable, leaves_of, words


class Reference:
    """An archive as a list of articles; a pattern stands for at most `max_words` words."""

    def __init__(self, articles: Iterable[Article], max_words: int = 4_096) -> None:
        self.articles = [
            (
                article,
                [Seen(article, passage, words(passage.text)) for passage in article.passages],
            )
            for article in articles
        ]
        seen = [passage for _, passages in self.articles for passage in passages]
        self.texts = Texts([[word for _, _, word in passage.words] for passage in seen], max_words)
        self.found: dict[Node, dict[Seen, list[Occurrence]]] = {}
        total = len(self.articles) or 1
        self.mean_zone_words = [
            sum(len(passage.words) for passage in seen if passage.zone == zone) / total
            for zone in range(3)
        ]
        self.mean_passage_words = sum(len(p.words) for p in seen) / (len(seen) or 1)

    def evaluate(self, root: Node | None, options: SearchOptions) -> Expected:
        return _Question(self, root, options.scope, options.by).answer(options)

    def find(self, node: Node) -> dict[Seen, list[Occurrence]]:
        """Where in the words of every passage a clause stands."""
        if node not in self.found:
            self.found[node] = {
                seen: self.texts.find(node, seen.written)
                for article, passages in self.articles
                for seen in passages
            }
        return self.found[node]

    def occurrences_of(self, root: Node, clause: int) -> dict[Seen, list[Occurrence]]:
        """Where a clause of a query, by number, stands in every passage."""
        return _Question(self, root, Scope.ARTICLE).occurrences[clause]


class _Question:
    def __init__(
        self, archive: Reference, root: Node | None, scope: Scope, by: By = By.ARTICLE
    ) -> None:
        self.archive = archive
        self.scope = scope
        self.by = by
        self.root = root
        self.constants: list[float] = []
        found = [] if root is None else self.collect(root)
        self.leaves = {
            id(node): Leaf(number, node, *rest) for number, (node, *rest) in enumerate(found)
        }
        self.occurrences = [archive.find(leaf.node) for leaf in self.leaves.values()]
        self.weights = {leaf.number: self.weight(leaf) for leaf in self.leaves.values()}

    def collect(
        self,
        node: Node,
        title_only: bool = False,
        boost: float = 1.0,
        constant: int | None = None,
    ) -> list[tuple[Node, bool, float, int | None]]:
        """Find the clauses below a node."""
        if isinstance(node, CLAUSES):
            return [(node, title_only, boost, constant)] if is_searchable(node) else []
        if isinstance(node, Boost) and constant is None:
            boost *= node.factor
        if isinstance(node, Constant) and constant is None and not is_filter(node):
            constant = len(self.constants)
            self.constants.append(boost * node.score)
        title_only = title_only or isinstance(node, Within)
        return [
            leaf
            for child in branches(node)
            for leaf in self.collect(child, title_only, boost, constant)
        ]

    def answer(self, options: SearchOptions) -> Expected:
        asked = [] if self.root is None else list(leaves_of(self.root))
        found: list[tuple[Article, ExpectedArticle]] = []
        if self.root is not None and asks(self.root):
            for article, passages in self.archive.articles:
                units = [passages] if self.scope is Scope.ARTICLE else [[p] for p in passages]
                hit = self.judge(article, [unit for unit in units if unit])
                if hit is not None:
                    found.append((article, hit))
        sort = options.sort
        if sort is Sort.SCORE and (self.root is None or not wants_text(self.root)):
            sort = Sort.NEWEST
        hits = found
        if options.by is By.PASSAGE:
            hits = [(article, each) for article, hit in found for each in passages_of(hit)]
        hits.sort(key=lambda pair: _order(sort, *pair))
        page = hits[options.offset : options.offset + options.limit]
        return Expected(
            articles=len({article.key for article, _ in found}) if options.totals else None,
            passages=sum(len(hit.passages) for _, hit in found) if options.totals else None,
            hits=tuple(hit for _, hit in page),
            ignored=tuple((leaf.start, leaf.end) for leaf in asked if not is_searchable(leaf)),
            cuts=tuple(cut for leaf in asked for cut in self.archive.texts.cuts(leaf)),
        )

    def judge(self, article: Article, units: list[list[Seen]]) -> ExpectedArticle | None:
        best = -1.0
        evidence: list[ExpectedPassage] = []
        for unit in units:
            if not self.satisfied(self.root, unit):
                continue
            holding: dict[int, list[Seen]] = {}
            filtered: list[list[Seen]] = []
            self.tagged: dict[Seen, list[Node]] = {}
            self.prove(self.root, unit, holding, filtered)
            if not any(holding.values()):
                shown = [p for p in unit if any(p in some for some in filtered)]
                evidence += [self.describe(p, {}) for p in (shown if filtered else unit)]
                best = max(best, 0.0)
                continue
            proofs = [self.describe(p, holding) for p in unit]
            proofs = [proof for proof in proofs if proof.clauses]
            score = self.unit_score(unit, holding) + 0.3 * max(proof.score for proof in proofs)
            best = max(best, score)
            evidence += proofs
        if best < 0:
            return None
        evidence.sort(key=lambda p: (-len(p.clauses), -p.score, p.number))
        return ExpectedArticle(article.key, best, tuple(evidence))

    # What satisfies what

    def satisfied(self, node: Node, looked_at: list[Seen]) -> bool:
        if is_filter(node):
            return any(passes(node, seen) for seen in looked_at)
        if isinstance(node, CLAUSES):
            return any(self.find(node, seen) for seen in looked_at)
        if isinstance(node, And):
            inner = narrowed(node, looked_at)
            if any(is_filter(child) for child in node.children) and not inner:
                return False
            return all(self.satisfied(child, inner) for child in text_children(node))
        if isinstance(node, Or):
            return any(self.satisfied(child, looked_at) for child in node.children if asks(child))
        if isinstance(node, Not):
            return not self.satisfied(node.child, looked_at)
        if isinstance(node, Boost | Constant):
            return self.satisfied(node.child, looked_at)
        assert isinstance(node, Within)
        return self.satisfied(node.child, titles(looked_at))

    def prove(
        self,
        node: Node,
        looked_at: list[Seen],
        holding: dict[int, list[Seen]],
        filtered: list[list[Seen]],
    ) -> None:
        """Collect what counts below a node that is satisfied."""
        if is_filter(node):
            filtered.append([seen for seen in looked_at if passes(node, seen)])
            self.note_tags([node], filtered[-1])
        elif isinstance(node, CLAUSES):
            number = self.leaves[id(node)].number
            holding[number] = [seen for seen in looked_at if self.find(node, seen)]
        elif isinstance(node, And):
            inner = narrowed(node, looked_at)
            if any(is_filter(child) for child in node.children):
                filtered.append(inner)
                self.note_tags([child for child in node.children if is_filter(child)], inner)
            for child in text_children(node):
                self.prove(child, inner, holding, filtered)
        elif isinstance(node, Or):
            for child in node.children:
                if asks(child) and self.satisfied(child, looked_at):
                    self.prove(child, looked_at, holding, filtered)
        elif isinstance(node, Within):
            self.prove(node.child, titles(looked_at), holding, filtered)
        elif isinstance(node, Boost | Constant):
            self.prove(node.child, looked_at, holding, filtered)

    def note_tags(self, filters: list[Node], looked_at: list[Seen]) -> None:
        """Remember which conditions on tags count in passages that satisfy filters."""
        for seen in looked_at:
            for node in filters:
                self.tagged.setdefault(seen, []).extend(tags_asked(node, seen))

    # What stands where

    def find(self, node: Node, seen: Seen) -> list[Occurrence]:
        """Where in the words of a passage a clause of the question stands."""
        return self.occurrences[self.leaves[id(node)].number][seen]

    # Scores

    def weight(self, leaf: Leaf) -> float:
        holding = 0
        for _, passages in self.archive.articles:
            candidates = titles(passages) if leaf.title_only else passages
            holding += any(self.find(leaf.node, seen) for seen in candidates)
        total = len(self.archive.articles)
        idf = math.log(1 + (total - holding + 0.5) / (holding + 0.5))
        if self.by is By.ARTICLE:
            idf = idf * (idf / math.log(2 * total + 2)) ** 0.3
        return leaf.boost * idf if leaf.constant is None else 0.0

    # Operations in the order of the evaluator: what ties by the formulas ties to the last bit, or
    # comes first here as there.

    def unit_score(self, unit: list[Seen], holding: dict[int, list[Seen]]) -> float:
        score = 0.0
        for leaf in self.leaves.values():
            weight = 0.0
            for zone, (boost, b) in enumerate(((3.0, 0.5), (2.0, 0.75), (1.0, 0.75))):
                proofs = [seen for seen in holding.get(leaf.number, []) if seen.zone == zone]
                count = sum(len(self.find(leaf.node, seen)) for seen in proofs)
                if count:
                    length, mean = self.zone_length(unit, zone)
                    weight += boost * count / (1 - b + b * (length / mean))
            score += self.weights[leaf.number] * (weight / (1.5 + weight))
        for number, constant in enumerate(self.constants):
            below = [leaf.number for leaf in self.leaves.values() if leaf.constant == number]
            if any(holding.get(leaf) for leaf in below):
                score += constant
        return score

    def zone_length(self, unit: list[Seen], zone: int) -> tuple[float, float]:
        if self.scope is Scope.PASSAGE:
            return len(unit[0].words), self.archive.mean_passage_words
        length = sum(len(seen.words) for seen in unit if seen.zone == zone)
        return length, self.archive.mean_zone_words[zone]

    def describe(self, seen: Seen, holding: dict[int, list[Seen]]) -> ExpectedPassage:
        here = [x for x in self.leaves.values() if seen in holding.get(x.number, [])]
        half = len(seen.words) * (1.2 * 0.75 / (self.archive.mean_passage_words or 1)) + 1.2 * 0.25
        score = 0.0
        for leaf in here:
            count = len(self.find(leaf.node, seen))
            score += self.weights[leaf.number] * (count / (half + count))
        by_clause = {leaf.number: self.spans(leaf, seen) for leaf in here}
        asked = self.tagged.get(seen, [])
        tagged = [
            (tag.start, tag.end)
            for tag in seen.passage.tags
            if not is_whole(seen.passage, tag) and any(fits_tag(node, tag) for node in asked)
        ]
        spans = united([*tagged, *(span for some in by_clause.values() for span in some)])
        return ExpectedPassage(
            number=seen.passage.number,
            score=score,
            clauses=frozenset(leaf.number for leaf in here),
            spans=spans,
            labels=tuple(
                tuple(n for n, own in by_clause.items() if any(overlap(span, one) for one in own))
                for span in spans
            ),
        )

    def spans(self, leaf: Leaf, seen: Seen) -> list[Span]:
        """Where in the article a clause is marked in a passage."""
        base = seen.passage.start
        found: list[Span] = []
        for one in self.find(leaf.node, seen):
            found += [(base + seen.words[a][0], base + seen.words[b][1]) for a, b in one.marked]
            found += [(base + start, base + end) for start, end in one.characters]
        return found


def _order(sort: Sort, article: Article, hit: ExpectedArticle) -> tuple[float, ...]:
    if sort is Sort.SCORE:
        return -hit.score, hit.key
    days = days_of(article.published)
    if days is None:
        return math.inf, -hit.score, hit.key
    first = days[0].toordinal()
    return (first if sort is Sort.DATE else -first), -hit.score, hit.key
