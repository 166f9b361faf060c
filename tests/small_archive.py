"""A few articles written out in a test, in one segment, asked as a user asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pinakes.corpus import Article, Kind, Passage
from pinakes.indexer import build_segment, snapshot_of
from pinakes.search.evaluation import RankedArticle, Ranking, evaluate
from pinakes.search.highlight import match_spans
from pinakes.search.options import Scope, SearchOptions, Sort
from pinakes.search.query import Node, parse


def article(key: int, *parts: str, published: str = "", language: str = "en") -> Article:
    """An article of passages, each `kind: text` or only text, a paragraph then."""
    passages: list[Passage] = []
    at = 0
    for number, part in enumerate(parts):
        name, colon, text = part.partition(": ")
        kind, text = (Kind(name), text) if colon else (Kind.PARAGRAPH, part)
        passages.append(
            Passage(number=number, kind=kind, section=(), start=at, end=at + len(text), text=text)
        )
        at += len(text) + 2
    return Article(
        id=f"{key:08x}",
        key=key,
        title="",
        text="\n\n".join(passage.text for passage in passages),
        authors=(),
        source=f"site{key}.org",
        url="",
        published=published,
        language=language,
        paths=(),
        record="",
        sha256="",
        text_sha256="",
        metadata=(),
        passages=tuple(passages),
    )


class SmallArchive:
    """Articles in one segment, asked as a user asks."""

    def __init__(self, folder: Path, *articles: Article) -> None:
        self.articles = {article.key: article for article in articles}
        self.snapshot = snapshot_of(build_segment(articles, folder / "MAIN_1.seg"))

    def ask(
        self, query: str | Node, scope: Scope = Scope.ARTICLE, sort: Sort = Sort.SCORE
    ) -> Ranking:
        root = parse(query).root if isinstance(query, str) else query
        return evaluate(root, self.snapshot, SearchOptions(scope=scope, sort=sort))

    def keys(self, query: str | Node, scope: Scope = Scope.ARTICLE) -> set[int]:
        return {hit.key for hit in self.ask(query, scope).hits}

    def marked(self, query: str | Node) -> dict[int, list[str]]:
        """By article, the words marked in its passages, in order of their rank."""
        ranking = self.ask(query)
        return {hit.key: list(self._marked(hit, ranking)) for hit in ranking.hits}

    def _marked(self, hit: RankedArticle, ranking: Ranking) -> Iterator[str]:
        article = self.articles[hit.key]
        for ranked in hit.passages:
            clauses = [ranking.clauses[number] for number in ranked.clauses]
            passage = article.passages[ranked.number]
            for start, end in match_spans(passage, clauses, language=article.language):
                yield article.text[start:end]
