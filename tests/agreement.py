"""Whether an answer is what the reference expects, and in what it differs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from pinakes.corpus import Article
from pinakes.search.evaluation import Clause, Ranking
from pinakes.search.evaluation.ranking import RankedArticle
from pinakes.search.highlight import match_parts
from tests.reference_nouns import Expected, ExpectedArticle

RELATIVE = 1e-9
"""The issue of exactness asks for 1e-5: the same formulas, in the same order, give more."""


def differences(
    found: Ranking, expected: Expected, articles: Mapping[int, Article]
) -> Iterator[tuple[str, Any, Any]]:
    """Yield what differs: its name, what is expected, what is found. `articles` are by key."""
    yield from _unequal("articles", expected.articles, found.articles)
    yield from _unequal("passages", expected.passages, found.passages)
    yield from _unequal("ignored", expected.ignored, found.ignored)
    cuts = tuple((cut.start, cut.end, cut.kept, cut.found) for cut in found.cuts)
    yield from _unequal("cuts", expected.cuts, cuts)
    wanted_keys, keys = [[hit.key for hit in each.hits] for each in (expected, found)]
    yield from _unequal("keys", wanted_keys, keys)
    if wanted_keys == keys:
        for hit, wanted in zip(found.hits, expected.hits, strict=True):
            yield from _hit_differences(hit, wanted, articles[hit.key], found)


def _hit_differences(
    hit: RankedArticle, wanted: ExpectedArticle, article: Article, found: Ranking
) -> Iterator[tuple[str, Any, Any]]:
    where = f"article {hit.key}: "
    if not _is_close(wanted.score, hit.score):
        yield where + "score", wanted.score, hit.score
    proofs = [(proof.number, proof.clauses) for proof in wanted.passages]
    passages = [(passage.number, passage.clauses) for passage in hit.passages]
    yield from _unequal(where + "passages", proofs, passages)
    if proofs != passages:
        return
    for passage, proof in zip(hit.passages, wanted.passages, strict=True):
        here = f"{where}passage {passage.number}: "
        if not _is_close(proof.score, passage.score):
            yield here + "score", proof.score, passage.score
        clauses = [found.clauses[number] for number in sorted(passage.clauses)]
        text = article.passages[passage.number]
        matched = match_parts(text, clauses, language=article.language, tags=passage.tags)
        yield from _unequal(here + "spans", proof.spans, tuple(matched))
        labels = tuple(
            tuple(part.number for part in each if isinstance(part, Clause))
            for each in matched.values()
        )
        yield from _unequal(here + "labels", proof.labels, labels)


def _unequal(name: str, expected: Any, found: Any) -> Iterator[tuple[str, Any, Any]]:
    if expected != found:
        yield name, expected, found


def _is_close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=RELATIVE)
