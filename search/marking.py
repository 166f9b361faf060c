"""An article with what satisfies a query in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pinakes.corpus import Article
from pinakes.search.highlight import Part, match_parts, spans_of
from pinakes.search.options import By, SearchOptions, Sort
from pinakes.search.query import And, Diagnostic, Filter, Query
from pinakes.search.why import Ask

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedArticle:
    """An article, and where a query is satisfied in it.

    Attributes:
        article: The article.
        query: The text as it was asked.
        interpreted: What was understood.
        diagnostics: Findings about the query.
        holds: Whether the article satisfies it.
        highlights: By the numbers of the passages that prove it, ascending: half-open ranges in the
            article's text, in order, not overlapping; none in a passage that only filters chose.
        clauses: By the same numbers, for each highlight the parts of the query that stand there:
            half-open ranges in its text, in order; at least one.
    """

    article: Article
    query: str
    interpreted: str
    diagnostics: tuple[Diagnostic, ...]
    holds: bool
    highlights: Mapping[int, tuple[Span, ...]]
    clauses: Mapping[int, tuple[tuple[Span, ...], ...]]

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from pinakes.search.notebook import marked_html

        return marked_html(self)

    def near(self, context: int) -> tuple[int, ...]:
        """Return the numbers of the passages that prove the query, and of `context` around each."""
        last = len(self.article.passages)
        return tuple(
            sorted(
                {
                    number
                    for proof in self.highlights
                    for number in range(max(0, proof - context), min(last, proof + context + 1))
                }
            )
        )


def mark_article(query: Query, article: Article, ask: Ask, options: SearchOptions) -> MarkedArticle:
    """Return an article with the same spans marked as in the hits of a search.

    All of its passages that prove the query are looked at, not only those that a hit shows.
    """
    matched: dict[int, dict[Span, tuple[Part, ...]]] = {}
    holds = False
    if query.root is not None:
        only = Filter(field="id", value=article.id, start=0, end=0)
        here = And(children=(query.root, only), start=query.root.start, end=query.root.end)
        one = SearchOptions(limit=1, scope=options.scope, by=By.ARTICLE, sort=Sort.NEWEST)
        ranking = ask(here, one)
        holds = bool(ranking.hits)
        proof = ranking.hits[0].passages if holds else ()
        for ranked in sorted(proof, key=lambda ranked: ranked.number):
            clauses = [ranking.clauses[number] for number in sorted(ranked.clauses)]
            passage = article.passages[ranked.number]
            matched[ranked.number] = match_parts(
                passage, clauses, language=article.language, tags=ranked.tags
            )
    return MarkedArticle(
        article=article,
        query=query.text,
        interpreted=query.interpreted,
        diagnostics=query.diagnostics,
        holds=holds,
        highlights={number: tuple(found) for number, found in matched.items()},
        clauses={number: tuple(map(spans_of, found.values())) for number, found in matched.items()},
    )
