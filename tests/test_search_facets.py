"""Facets, totals and explanations of what satisfies a query, against loops over the articles."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from operator import add, mul

import pytest

from pinakes.corpus import Article
from pinakes.indexer import Snapshot, fold_value
from pinakes.search.evaluation import Clause, Matches, ScorePart, prepare, rank
from pinakes.search.evaluation.bm25 import K1, B
from pinakes.search.evaluation.explain import explain_hits
from pinakes.search.facets import count_facets
from pinakes.search.options import FACETS, OptionsError, SearchOptions, read_facet
from pinakes.search.query import Node
from tests.quick_rounds import Round, draw_rounds
from tests.reference import Reference

FIELDS = (*FACETS, "tag:law", "tag:place", "tag:nothing")


def values_of(article: Article, field: str) -> set[str]:
    """The values of an article for a facet that counts articles, folded."""
    values = {
        "source": [article.source],
        "author": article.authors,
        "year": [article.published[:4]],
        "language": [article.language],
    }
    return {fold_value(value) for value in values[field] if value}


def count_in_loops(field: str, found: list[tuple[Article, list[int]]]) -> dict[str, int]:
    """How often each value of a field occurs in articles and in their passages of these numbers."""
    counts: Counter[str] = Counter()
    for article, numbers in found:
        if field == "kind" or field.startswith("tag:"):
            for passage in (article.passages[number] for number in numbers):
                if field == "kind":
                    counts[passage.kind.value] += 1
                else:
                    type_ = field.removeprefix("tag:")
                    counts.update({fold_value(t.value) for t in passage.tags if t.type == type_})
        else:
            counts.update(values_of(article, field))
    return dict(counts)


def in_a_row(snapshot: Snapshot, matches: Matches) -> dict[int, list[int]]:
    """The numbers of the matching passages by key of their articles."""
    keys = [int(key) for segment in snapshot.segments for key in segment.article_key]
    assert [keys[place] for place in matches.articles.tolist()] == sorted(
        {keys[place] for place in matches.articles.tolist()}
    )
    found: dict[int, list[int]] = {keys[place]: [] for place in matches.articles.tolist()}
    places = [
        (int(segment.article_key[article]), number)
        for segment in snapshot.segments
        for article in range(segment.article_count)
        for number in range(
            int(segment.article_first[article + 1]) - int(segment.article_first[article])
        )
    ]
    for place in matches.passages.tolist():
        key, number = places[place]
        found[key].append(number)
    return found


def test_facets_and_totals_are_those_of_a_loop_over_the_articles() -> None:
    for round_ in draw_rounds(5, archives=50, questions=8):
        reference = Reference(round_.archive.living)
        for root, options in round_.questions:
            _compare_with_loops(round_, reference, root, options)


def _compare_with_loops(
    round_: Round, reference: Reference, root: Node, options: SearchOptions
) -> None:
    articles = {article.key: article for article in round_.archive.living}
    ranking = rank(prepare(root, round_.snapshot, texts=round_.texts), round_.snapshot, options)
    every = replace(options, limit=10_000, offset=0, by="article", totals=True)
    expected = reference.evaluate(root, every)
    wanted = {hit.key: sorted(p.number for p in hit.passages) for hit in expected.hits}
    matches = ranking.found.matches()
    assert in_a_row(round_.snapshot, matches) == wanted
    counting = {
        (hit.key, passage.number, number)
        for hit in expected.hits
        for passage in hit.passages
        for number in distinct(passage.clauses, ranking.clauses)
    }
    assert ranking.found.count_occurrences() == sum(
        len(places)
        for number in range(len(ranking.clauses))
        for seen, places in reference.occurrences_of(root, number).items()
        if (seen.article.key, seen.passage.number, number) in counting
    )
    found = [(articles[key], numbers) for key, numbers in wanted.items()]
    facets = count_facets(
        matches, round_.snapshot, FIELDS, values=2, spell=lambda _field, value: value
    )
    for facet in facets:
        counts = count_in_loops(facet.field, found)
        ordered = sorted(counts, key=lambda value: (-counts[value], value))
        first = [(value, counts[value]) for value in ordered[:2]]
        assert [(one.value, one.count) for one in facet.values] == first
        assert facet.further == max(0, len(counts) - 2)


def distinct(numbers: frozenset[int], clauses: tuple[Clause, ...]) -> Iterator[int]:
    """One clause of each that look for the same."""
    yield from {clauses[number].kept_as: number for number in numbers}.values()


def recomputed(part: ScorePart) -> float:
    """The value of a part by its formula, from the leaves up."""
    values = [recomputed(below) for below in part.parts]
    if not part.formula:
        assert not part.parts
        return part.value
    if part.formula == "sum":
        return reduce(add, values, 0.0)
    if part.formula == "product":
        return reduce(mul, values)
    names = dict(zip([below.name for below in part.parts], values, strict=True))
    formula = part.formula.replace("ln(", "log(").replace("len", "length")
    if "len" in names:
        names["length"] = names.pop("len")
    return eval(formula, {"log": math.log, "k1": K1, "b": B}, names)  # noqa: S307


def test_every_explanation_adds_up_to_the_score_of_its_hit_to_the_last_digit() -> None:
    for round_ in draw_rounds(6, archives=50, questions=8):
        snapshot = round_.snapshot
        for root, options in round_.questions:
            plan = prepare(root, snapshot, texts=round_.texts)
            ranking = rank(plan, snapshot, options)
            texts = [f"clause {clause.number}" for clause in plan.clauses]
            parts = explain_hits(plan, snapshot, options, ranking.hits, texts)
            assert [part.value for part in parts] == [hit.score for hit in ranking.hits]
            assert [recomputed(part) for part in parts] == [hit.score for hit in ranking.hits]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Source", "source"),
        ("site", "source"),
        ("lang", "language"),
        ("date", "year"),
        ("tag:Person", "tag:person"),
        ("tag:law:*", "tag:law"),
    ],
)
def test_a_facet_has_other_names_too(name: str, field: str) -> None:
    assert read_facet(name) == field
    assert SearchOptions(facets=(name, field)).facets == (field,)
    assert SearchOptions(facets=name).facets == (field,)


@pytest.mark.parametrize("name", ["", "title", "tag", "tag:", "tag:*", "colour"])
def test_what_is_no_facet_is_told_with_those_that_there_are(name: str) -> None:
    with pytest.raises(OptionsError, match="source, author, year, language, kind"):
        SearchOptions(facets=(name,))
