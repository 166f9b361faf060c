"""From a ranking to what a reader sees: articles, passages, snippets, citations."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import islice

from pinakes.corpus import Article
from pinakes.search.citation import cite
from pinakes.search.evaluation import Ranking, choose_passages
from pinakes.search.highlight import Highlighter, ToMark
from pinakes.search.model import ArchiveState, Copies, Hit, PassageHit
from pinakes.search.options import SearchOptions
from pinakes.search.snippets import make_snippet


def are_at_hand(ranking: Ranking, articles: Mapping[int, Article], damaged: Container[int]) -> bool:
    """Return whether all that the ranking names, articles and passages, is in `articles`.

    But for articles that are damaged.
    """
    for hit in ranking.hits:
        if hit.key in damaged:
            continue
        numbers = [each.number for each in hit.passages]
        article = articles.get(hit.key)
        if article is None or min(numbers, default=0) < 0:
            return False
        if max(numbers, default=-1) >= len(article.passages):
            return False
    return True


def present(
    ranking: Ranking,
    articles: Mapping[int, Article],
    options: SearchOptions,
    state: ArchiveState,
    copies: Mapping[int, Copies],
) -> tuple[Hit, ...]:
    """Return the hits of a page, with the passages that prove each and what matched in them.

    Args:
        ranking: In order.
        articles: Those of the ranking by key; hits of others are left out, and keep their ranks.
        options: What was asked for; its `offset` numbers the first hit.
        state: Of the archive, for citations.
        copies: What articles stand for by key, if they have copies.
    """
    numbered = [
        (rank, hit)
        for rank, hit in enumerate(ranking.hits, start=options.offset + 1)
        if hit.key in articles
    ]
    ranking = ranking._replace(hits=[hit for _, hit in numbered])
    proofs = _prove(ranking, articles, options.snippets, state)
    return tuple(
        Hit(
            rank=rank,
            score=ranked.score,
            article=articles[ranked.key],
            passages=passages,
            copies=copies.get(ranked.key),
        )
        for (rank, ranked), passages in zip(numbered, proofs, strict=True)
    )


def _prove(
    ranking: Ranking, articles: Mapping[int, Article], most: int, state: ArchiveState
) -> Iterator[tuple[PassageHit, ...]]:
    """Yield of each hit the passages to show, `most` at the most.

    All of the page go through one step before the next: that takes a processor less time than all
    steps of one passage after another.
    """
    chosen = [(articles[hit.key], choose_passages(hit, most)) for hit in ranking.hits]
    ranked = [(article, each) for article, several in chosen for each in several]
    passages = [article.passages[each.number] for article, each in ranked]
    marked = Highlighter(ranking.clauses).mark_spans(
        [
            ToMark(passage, each.clauses, article.language, each.tags)
            for (article, each), passage in zip(ranked, passages, strict=True)
        ]
    )
    snippets = [
        make_snippet(passage, highlights, language=article.language)
        for (article, _), passage, highlights in zip(ranked, passages, marked, strict=True)
    ]
    citations = [
        cite(article, passage, state)
        for (article, _), passage in zip(ranked, passages, strict=True)
    ]
    hits = (
        PassageHit(passage=passage, score=each.score, snippets=(snippet,), citation=citation)
        for (_, each), passage, snippet, citation in zip(
            ranked, passages, snippets, citations, strict=True
        )
    )
    for _, several in chosen:
        yield tuple(islice(hits, len(several)))
