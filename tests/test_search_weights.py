"""Boosts and constant scores change scores, numbers of words what is looked at; nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from pinakes.search.evaluation import Ranking
from pinakes.search.options import Scope
from pinakes.search.query import Node, Not, parse
from tests.query_nodes import (
    adj,
    all_of,
    any_of,
    boost,
    constant,
    fuzzy,
    near,
    phrase,
    regex,
    wildcard,
    word,
    words_from,
)
from tests.small_archive import SmallArchive, article


@pytest.fixture
def archive(tmp_path: Path) -> SmallArchive:
    return SmallArchive(
        tmp_path,
        article(1, "title: Mine", "A roof."),
        article(2, "The mine of the town.", "A quake and a roof; a quake again."),
        article(3, "A quake."),
    )


def _scores(ranking: Ranking) -> dict[int, float]:
    return {hit.key: hit.score for hit in ranking.hits}


@pytest.mark.parametrize("scope", Scope)
def test_a_boost_multiplies_what_its_part_scores(archive: SmallArchive, scope: Scope) -> None:
    plain, doubled = (
        _scores(archive.ask(node, scope))
        for node in (any_of("mine", "quake"), any_of("mine", boost("quake", 2)))
    )
    quake = _scores(archive.ask("quake", scope))
    assert doubled[3] == pytest.approx(2 * plain[3])
    assert doubled[1] == plain[1]
    if scope is Scope.ARTICLE:
        assert plain[2] < doubled[2] <= plain[2] + quake[2] + 1e-9


def test_boosts_in_one_another_multiply_and_nought_still_finds(archive: SmallArchive) -> None:
    once = _scores(archive.ask(boost(any_of("mine", "quake"), 6)))
    nested = _scores(archive.ask(boost(boost(any_of("mine", "quake"), 2), 3)))
    assert once == nested
    assert _scores(archive.ask(boost("quake", 0))) == {2: 0.0, 3: 0.0}
    assert archive.marked(boost("quake", 0))[3] == ["quake"]


def test_a_boost_can_change_which_article_is_first(archive: SmallArchive) -> None:
    assert archive.ask(any_of("mine", "roof")).hits[0].key == 1
    assert archive.ask(any_of("mine", boost("quake", 50))).hits[0].key in (2, 3)


@pytest.mark.parametrize("scope", Scope)
def test_a_constant_is_scored_once_wherever_its_part_counts(
    archive: SmallArchive, scope: Scope
) -> None:
    assert _scores(archive.ask(constant(any_of("mine", "quake"), 2.5), scope)) == {
        1: 2.5,
        2: 2.5,
        3: 2.5,
    }


def test_a_constant_adds_to_what_stands_beside_it(archive: SmallArchive) -> None:
    plain = _scores(archive.ask("roof"))
    both = _scores(archive.ask(all_of("roof", constant("mine", 7))))
    assert both == {key: pytest.approx(score + 7) for key, score in plain.items()}


def test_of_constants_in_one_another_the_outer_one_holds(archive: SmallArchive) -> None:
    inner = boost(constant("quake", 5), 3)
    assert _scores(archive.ask(constant(inner, 2))) == {2: 2.0, 3: 2.0}
    assert _scores(archive.ask(inner)) == {2: 15.0, 3: 15.0}


def test_a_filter_scores_nothing_however_it_is_weighed(archive: SmallArchive) -> None:
    title = parse("kind:title").root
    assert title is not None
    assert _scores(archive.ask(constant(title, 3))) == {1: 0.0}
    plain = _scores(archive.ask("mine kind:title"))
    assert _scores(archive.ask(all_of("mine", boost(title, 3)))) == plain


def test_words_counts_those_of_the_whole_article(archive: SmallArchive) -> None:
    assert archive.keys(words_from(4)) == {2}
    assert archive.keys(words_from(None, 2)) == {3}
    assert archive.keys(words_from(3, 3)) == {1}
    assert archive.keys(words_from(3, 3), Scope.PASSAGE) == {1}
    assert archive.keys(all_of("mine", words_from(4))) == {2}
    assert archive.keys(Not(child=words_from(3, 3), start=0, end=1)) == {2, 3}


@pytest.mark.parametrize(
    ("node", "printed"),
    [
        (wildcard("m?n*"), "m?n*"),
        (fuzzy("mine", 2), "mine~2"),
        (regex("mines?"), "/mines?/"),
        (near(5, "a", phrase("b c")), 'a NEAR/5 "b c"'),
        (adj(0, near(5, "a", "b"), any_of("c", "d")), "(a NEAR/5 b) ADJ/0 (c OR d)"),
        (all_of(near(1, "a", "b"), "c"), "(a NEAR/1 b) AND c"),
        (Not(child=near(1, "a", "b"), start=0, end=1), "NOT (a NEAR/1 b)"),
        (boost("a", 2), "a^2"),
        (boost(any_of("a", "b"), 0.5), "(a OR b)^0.5"),
        (boost(Not(child=word("a"), start=0, end=1), 100), "(NOT a)^100"),
        (boost(boost("a", 1e-7), 1e16), "(a^0.0000001)^10000000000000000"),
        (constant(phrase("a b"), 3), '"a b"^=3'),
        (words_from(500), "words:500.."),
        (words_from(None, 9), "words:..9"),
        (words_from(7, 7), "words:7"),
    ],
)
def test_everything_that_can_be_asked_is_printed(node: Node, printed: str) -> None:
    from pinakes.search.query import print_node

    assert print_node(node) == printed
