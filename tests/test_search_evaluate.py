"""What satisfies a query, what proves it, and what comes first, on articles written out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus import Kind
from pinakes.search.evaluation.evaluate import evaluate
from pinakes.search.evaluation.passage_choice import choose_passages
from pinakes.search.evaluation.plan import make_plan
from pinakes.search.evaluation.ranking import RankedArticle, RankedPassage
from pinakes.search.evaluation.units import view_segment
from pinakes.search.options import Scope, SearchOptions, Sort
from pinakes.search.query import Word, parse
from tests.small_archive import SmallArchive, article


def test_words_joined_by_and_may_stand_in_different_passages_of_anarticle(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path, article(1, "A mine.", "It collapsed."), article(2, "A mine."), article(3, "x")
    )
    assert archive.keys("mine collapse") == {1}
    assert archive.keys("mine collapse", Scope.PASSAGE) == set()


def test_of_two_articles_the_one_with_the_words_together_comes_first(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path,
        article(1, "A mine in town.", "A roof has collapsed."),
        article(2, "A mine has collapsed.", "A roof in town."),
    )
    assert [hit.key for hit in archive.ask("mine collapse").hits] == [2, 1]


def test_a_branch_of_or_that_is_not_satisfied_proves_nothing(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path, article(1, "mine and quarry"), article(2, "mine, collapse, quarry")
    )
    marked = archive.marked("(mine collapse) OR quarry")
    assert marked == {1: ["quarry"], 2: ["mine", "collapse", "quarry"]}
    alone = SmallArchive(tmp_path, *archive.articles.values()).ask("quarry").hits
    scored = {hit.key: hit.score for hit in archive.ask("(mine collapse) OR quarry").hits}
    assert scored[1] == next(hit.score for hit in alone if hit.key == 1)


def test_what_is_excluded_is_looked_for_in_the_wholearticle(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, article(1, "A mine.", "It collapsed."), article(2, "A mine."))
    assert archive.marked("mine -collapse") == {2: ["mine"]}
    assert archive.keys("mine -collapse", Scope.PASSAGE) == {1, 2}


def test_a_filter_restricts_the_passages_in_which_words_are_looked_for(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path,
        article(1, "quote: the mine", "the roof"),
        article(2, "quote: the roof", "a mine"),
    )
    assert archive.keys("mine kind:quote") == {1}
    assert archive.keys("mine -kind:quote") == {2}
    assert archive.keys("mine (kind:quote OR kind:title)") == {1}
    assert archive.keys("-mine kind:quote") == {2}


def test_an_article_without_a_passage_to_look_at_satisfies_nothing(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, article(1, "a roof"), article(2, "quote: the roof"))
    assert archive.keys("kind:quote -mine") == {2}
    assert archive.keys("-mine") == {1, 2}


def test_a_filter_in_parentheses_restricts_what_stands_with_it(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path,
        article(1, "quote: the mine", "the roof"),
        article(2, "quote: the roof", "a mine"),
    )
    assert archive.marked("(mine kind:quote) roof") == {1: ["mine", "roof"]}
    assert archive.marked("mine -(roof kind:quote)") == {1: ["mine"]}
    assert archive.marked("(mine kind:quote) OR (roof kind:paragraph)") == {1: ["mine", "roof"]}


def test_a_filter_under_or_is_satisfied_by_any_passage_and_shown_where_no_word_counts(
    tmp_path: Path,
) -> None:
    archive = SmallArchive(tmp_path, article(1, "a mine", "b"), article(2, "b", "quote: c"))
    hits = {hit.key: hit.passages for hit in archive.ask("mine OR kind:quote").hits}
    assert {key: [p.number for p in passages] for key, passages in hits.items()} == {1: [0], 2: [1]}


def test_a_phrase_never_runs_from_one_passage_into_the_next(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path, article(1, "the right", "to return"), article(2, "Right to return")
    )
    assert archive.keys('"right to return"') == {2}
    assert archive.keys('"rights to return"') == set()


def test_title_looks_in_titles_only(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path, article(1, "title: Mine", "roof"), article(2, "title: Roof", "mine")
    )
    assert archive.marked("title:mine") == {1: ["Mine"]}
    assert archive.keys("title:(mine OR roof) -title:roof") == {1}


def test_a_word_is_found_in_every_form_of_its_articles_language(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path, article(1, "Речь Путина", language="ru"), article(2, "Two mines", language="en")
    )
    assert archive.keys("Путин") == {1}
    assert archive.keys("mining OR путину") == {1, 2}


def test_what_no_index_can_hold_is_left_out_and_reported(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, article(1, "a mine"))
    nothing, mine = Word(text="++", start=5, end=7), parse("mine").root
    assert mine is not None
    both = parse("a b").root
    assert both is not None
    ranking = evaluate(both._replace(children=(mine, nothing)), archive.snapshot)
    assert (ranking.articles, ranking.ignored) == (1, ((5, 7),))
    ranking = evaluate(nothing, archive.snapshot)
    assert (ranking.articles, ranking.hits, ranking.ignored) == (0, (), ((5, 7),))


@pytest.mark.parametrize("path", ["./d/a.txt", "d//a.txt", "d/./a.txt", "./d/", "d/../d", "."])
def test_a_path_may_be_written_as_a_shell_would_take_it(path: str, tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path, replace(article(1, "a"), paths=("d/a.txt",)), replace(article(2, "a"), paths=())
    )
    assert archive.keys(f"path:{path}") == ({1, 2} if path == "." else {1})
    assert archive.keys("path:d/a.txt/") == archive.keys("path:a.txt") == set()


def test_equal_words_are_read_from_the_index_once(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, article(1, "a mine"))
    plan = make_plan(parse('mine title:mine mine "mine"').root, languages=["en"])
    (segment,) = archive.snapshot.segments
    first, in_title, again, quoted = view_segment(segment, plan, Scope.ARTICLE).held
    assert first is again
    assert len({id(first), id(in_title), id(quoted)}) == 3


def test_nothing_asked_finds_nothing(tmp_path: Path) -> None:
    assert evaluate(None, SmallArchive(tmp_path, article(1, "a")).snapshot).articles == 0


def test_without_words_the_newest_come_first_and_the_undated_last(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path,
        article(1, "a", published="2014"),
        article(2, "a"),
        article(3, "a", published="2014-03-04"),
        article(4, "a", published="2014-03-04T10:00"),
    )
    hits = archive.ask("*").hits
    assert [(hit.key, hit.score) for hit in hits] == [(3, 0.0), (4, 0.0), (1, 0.0), (2, 0.0)]
    assert [hit.key for hit in archive.ask("-mine").hits] == [3, 4, 1, 2]
    assert [hit.key for hit in archive.ask("a", sort=Sort.DATE).hits] == [1, 3, 4, 2]


def test_a_date_known_by_its_month_satisfies_every_range_that_shares_a_day(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path, article(1, "a", published="2014-03"), article(2, "a", published="")
    )
    assert archive.keys("date:2014-03-04") == {1}
    assert archive.keys("date:2014-04") == set()
    assert archive.keys("-date:2014-04") == {1, 2}


def test_an_article_without_a_date_satisfies_no_range_of_dates(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, article(1, "a", published="2014"), article(2, "a"))
    assert archive.keys("before:2015") == archive.keys("after:2013") == {1}


def test_ties_go_by_key(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, *(article(key, "a mine") for key in range(1, 40)))
    ranking = evaluate(parse("mine").root, archive.snapshot, SearchOptions(limit=5, offset=7))
    assert [hit.key for hit in ranking.hits] == [8, 9, 10, 11, 12]
    assert ranking.articles == 39


def _ranked(number: int, *clauses: int, kind: Kind = Kind.PARAGRAPH) -> RankedPassage:
    return RankedPassage(number=number, kind=kind, score=1.0, clauses=frozenset(clauses))


def _chosen(count: int, *passages: RankedPassage) -> list[int]:
    article = RankedArticle(key=1, score=1.0, passages=passages)
    return [passage.number for passage in choose_passages(article, count)]


def test_the_passages_shown_cover_every_clause_before_any_is_shown_twice() -> None:
    assert _chosen(2, _ranked(3, 1, 2), _ranked(5, 1, 2), _ranked(1, 0)) == [3, 1]
    assert _chosen(5, _ranked(3, 1, 2), _ranked(5, 1, 2), _ranked(1, 0)) == [3, 1, 5]


def test_once_everything_is_shown_only_passages_as_good_as_the_best_follow() -> None:
    assert _chosen(5, _ranked(3, 1, 2), _ranked(1, 0), _ranked(7, 1)) == [3, 1]
    assert _chosen(5, _ranked(3, 1), _ranked(1, 1), _ranked(7, 1)) == [3, 1, 7]
    assert _chosen(5, _ranked(3), _ranked(1), _ranked(7)) == [3, 1, 7]


def test_text_is_shown_before_a_title_that_holds_as_much() -> None:
    title = _ranked(0, 0, 1, kind=Kind.TITLE)
    assert _chosen(1, title, _ranked(4, 0, 1)) == [4]
    assert _chosen(1, title, _ranked(4, 0)) == [0]


@given(
    st.lists(st.tuples(st.frozensets(st.integers(0, 4)), st.booleans()), max_size=7),
    st.integers(0, 5),
)
def test_passages_are_chosen_one_by_one(
    held: list[tuple[frozenset[int], bool]], count: int
) -> None:
    passages = [
        _ranked(number, *clauses, kind=Kind.TITLE if is_title else Kind.PARAGRAPH)
        for number, (clauses, is_title) in enumerate(held)
    ]
    expected: list[RankedPassage] = []
    while len(expected) < min(count, len(passages)):
        shown = frozenset[int]().union(*(each.clauses for each in expected))
        left = [each for each in passages if each not in expected]
        best = max(left, key=lambda each: (len(each.clauses - shown), each.kind != Kind.TITLE))
        if expected and best.clauses <= shown:
            most = max(len(each.clauses) for each in passages)
            left = [each for each in left if len(each.clauses) == most]
            if not left:
                break
            best = max(left, key=lambda each: each.kind != Kind.TITLE)
        expected.append(best)
    assert _chosen(count, *passages) == [each.number for each in expected]


def test_a_name_and_a_treaty_in_different_passages_are_both_shown(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path,
        article(
            1,
            "title: The Refugee Convention",
            "The Refugee Convention was signed; the Refugee Convention binds.",
            "The Refugee Convention again.",
            "President Aliyev spoke.",
        ),
    )
    (hit,) = archive.ask("Aliyev Refugee Convention").hits
    assert {passage.number for passage in choose_passages(hit, 2)} == {1, 3}
