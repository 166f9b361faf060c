"""From a ranking to what a reader sees: articles, passages, snippets, citations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pinakes.corpus import Article
from pinakes.search.citation import cite
from pinakes.search.evaluation import RankedArticle, RankedPassage, Ranking, choose_passages
from pinakes.search.highlight import Highlighter, spans_of
from pinakes.search.model import ArchiveState, Copies, Hit, PassageHit
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
    ranking: Ranking,
    articles: Mapping[int, Article],
    options: SearchOptions,
    state: ArchiveState,
    copies: Mapping[int, Copies],
) -> tuple[Hit, ...]:
    """Return the hits of a page, with the passages that prove each and what matched in them.

    Args:
        ranking: In order.
        articles: Those of the ranking by key; all of them.
        options: What was asked for; its `offset` numbers the first hit.
        state: Of the archive, for citations.
        copies: What articles stand for by key, if they have copies.
    """
    proofs = _Proofs(Highlighter(ranking.clauses), options.snippets, state, copies)
    return tuple(
        proofs.hit(rank, ranked, articles[ranked.key])
        for rank, ranked in enumerate(ranking.hits, start=options.offset + 1)
    )


class _Proofs(NamedTuple):
    """Makes the hits of a page.

    Attributes:
        highlighter: Of the clauses of the query.
        most: Passages to show of a hit, at the most.
        state: Of the archive.
        copies: What articles stand for by key.
    """

    highlighter: Highlighter
    most: int
    state: ArchiveState
    copies: Mapping[int, Copies]

    def hit(self, rank: int, ranked: RankedArticle, article: Article) -> Hit:
        chosen = choose_passages(ranked, self.most)
        return Hit(
            rank=rank,
            score=ranked.score,
            article=article,
            passages=tuple([self._passage_hit(passage, article) for passage in chosen]),
            copies=self.copies.get(ranked.key),
        )

    def _passage_hit(self, ranked: RankedPassage, article: Article) -> PassageHit:
        passage = article.passages[ranked.number]
        matched = self.highlighter.mark(
            passage, ranked.clauses, language=article.language, tags=ranked.tags
        )
        highlights = {span: spans_of(parts) for span, parts in matched.items()}
        return PassageHit(
            passage=passage,
            score=ranked.score,
            snippets=(make_snippet(passage, highlights, language=article.language),),
            citation=cite(article, passage, self.state),
        )
