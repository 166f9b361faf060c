"""From a ranking to what a reader sees: articles, passages, snippets, citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pinakes.corpus import Article
from pinakes.search.citation import cite
from pinakes.search.evaluation import Clause, RankedArticle, RankedPassage, Ranking, choose_passages
from pinakes.search.highlight import match_clauses, spans_of
from pinakes.search.model import Hit, PassageHit
from pinakes.search.options import SearchOptions
from pinakes.search.snippets import make_snippet


def are_at_hand(ranking: Ranking, articles: Mapping[int, Article]) -> bool:
    """Return whether all that the ranking names, articles and passages, is in `articles`."""
    return all(
        hit.key in articles
        and all(0 <= each.number < len(articles[hit.key].passages) for each in hit.passages)
        for hit in ranking.hits
    )


def present(
    ranking: Ranking, articles: Mapping[int, Article], options: SearchOptions
) -> tuple[Hit, ...]:
    """Return the hits of a page, with the passages that prove each and what matched in them.

    Args:
        ranking: In order.
        articles: Those of the ranking by key; all of them.
        options: What was asked for; its `offset` numbers the first hit.
    """
    return tuple(
        _hit(rank, ranked, articles[ranked.key], ranking.clauses, options)
        for rank, ranked in enumerate(ranking.hits, start=options.offset + 1)
    )


def _hit(
    rank: int,
    ranked: RankedArticle,
    article: Article,
    clauses: Sequence[Clause],
    options: SearchOptions,
) -> Hit:
    chosen = choose_passages(ranked, options.snippets)
    return Hit(
        rank=rank,
        score=ranked.score,
        article=article,
        passages=tuple(_passage_hit(passage, article, clauses) for passage in chosen),
    )


def _passage_hit(ranked: RankedPassage, article: Article, clauses: Sequence[Clause]) -> PassageHit:
    passage = article.passages[ranked.number]
    proof = [clauses[number] for number in sorted(ranked.clauses)]
    matched = match_clauses(passage, proof, language=article.language)
    snippet = make_snippet(passage, tuple(matched), language=article.language)
    labels = tuple(spans_of(matched[span]) for span in snippet.highlights)
    return PassageHit(
        passage=passage,
        score=ranked.score,
        snippets=(replace(snippet, clauses=labels),),
        citation=cite(article, passage),
    )
