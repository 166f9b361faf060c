"""A pattern stands for the words of the archive that fit it, and says when these are too many."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.indexer import build_segment, snapshot_of
from pinakes.search.evaluation import evaluate
from pinakes.search.evaluation.patterns.expansion import Cut
from pinakes.search.evaluation.patterns.fuzzy import similar_words
from pinakes.search.query import Node, PatternError, parse
from tests.query_nodes import all_of, any_of, fuzzy, regex, wildcard
from tests.reference_texts import distance
from tests.small_archive import SmallArchive, article
from tests.test_search_query_regex import dictionary_of


def _found(folder: Path, node: Node, *texts: str) -> set[int]:
    return SmallArchive(folder, *(article(i, text) for i, text in enumerate(texts))).keys(node)


def test_a_wildcard_stands_for_whole_words_unstemmed(tmp_path: Path) -> None:
    texts = ("a mine", "two mines", "the minister", "undermine")
    assert _found(tmp_path, wildcard("min*"), *texts) == {0, 1, 2}
    assert _found(tmp_path, wildcard("*mine"), *texts) == {0, 3}
    assert _found(tmp_path, wildcard("*in?"), *texts) == {0, 3}
    assert _found(tmp_path, wildcard("m?n*s*"), *texts) == {1, 2}
    assert _found(tmp_path, wildcard("?"), *texts) == {0}
    assert _found(tmp_path, wildcard("mine"), *texts) == {0}


def test_a_wildcard_is_folded_as_words_are(tmp_path: Path) -> None:
    texts = ("Café", "ёлкой", "STRASSE", "山川")
    assert _found(tmp_path, wildcard("CAF?"), *texts) == {0}
    assert _found(tmp_path, wildcard("Ёлк*"), *texts) == {1}
    assert _found(tmp_path, wildcard("*ße"), *texts) == {2}
    assert _found(tmp_path, wildcard("山?"), *texts) == set()
    assert _found(tmp_path, wildcard("山川*"), *texts) == {3}


def test_the_parts_of_a_wildcard_follow_each_other_and_are_marked_as_one(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path, article(1, "On COVID-19 and covid."), article(2, "19 covid"), article(3, "covid")
    )
    assert archive.marked(wildcard("covid-1*")) == {1: ["COVID-19"]}
    assert archive.keys(wildcard("covid-*")) == {1}
    assert archive.keys(wildcard("*-covid")) == {1, 2}


def test_a_part_that_every_word_fits_wants_a_word_in_its_place(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path,
        *(article(1, "covid", "On COVID."), article(2, "covid 19, covid", "one more covid case")),
        *(article(3, "an end"), article(4, "covid x", language="tr")),
    )
    assert archive.marked(wildcard("covid-*")) == {2: ["covid 19", "covid case"], 4: ["covid x"]}
    assert archive.marked(wildcard("*-covid")) == {
        1: ["On COVID"],
        2: ["19, covid", "more covid"],
    }
    assert archive.marked(wildcard("*-covid-?*")) == {2: ["more covid case"]}
    assert archive.marked(wildcard("*-*-covid")) == {2: ["covid 19, covid", "one more covid"]}
    assert archive.marked(wildcard("?-covid")) == {}
    assert archive.marked(wildcard("?*-*-?*")) == {2: ["one more covid case", "covid 19, covid"]}
    assert archive.marked(wildcard("covid-??*")) == {2: ["covid 19", "covid case"]}
    near = parse("one NEAR/1 covid-*").root
    assert near is not None
    assert archive.marked(near) == {2: ["one", "covid case"]}


def test_a_letter_that_folds_to_nothing_leaves_parts_that_every_word_fits(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, article(1, "a mine"), article(2, "mine"))
    for text in ("?*\u0640*", "*\u0640?*", "\u0640*", "*\u0640"):
        query = f"{text} OR mine"
        assert archive.keys(query) == {1, 2}


def test_what_stands_for_every_word_is_not_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pinakes.search.evaluation.patterns.expansion.MAX_WORDS", 1)
    ranking = SmallArchive(tmp_path, article(1, "covid a b", "covid b")).ask(wildcard("covid-*"))
    assert (ranking.passages, ranking.cuts) == (2, ())


def test_a_wildcard_without_letters_is_left_out_and_reported(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, article(1, "a mine"))
    for text in ("*", "**", "§*", "…", ""):
        ranking = archive.ask(all_of("mine", wildcard(text)))
        assert (ranking.articles, ranking.ignored) == (1, ((0, 1),))


def test_words_of_all_forms_that_fit_are_marked(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, article(1, "Mines, a mine, the Ministry; undermine"))
    assert archive.marked(wildcard("MIN*")) == {1: ["Mines", "mine", "Ministry"]}
    assert archive.marked(fuzzy("mone")) == {1: ["mine"]}
    assert archive.marked(regex("mines?")) == {1: ["Mines", "mine"]}


def test_a_misspelt_word_finds_the_right_one(tmp_path: Path) -> None:
    texts = ("recieve", "receive", "received", "relieve", "retrieve")
    assert _found(tmp_path, fuzzy("receive"), *texts) == {0, 1, 2}
    assert _found(tmp_path, fuzzy("receive", 2), *texts) == {0, 1, 2, 3}
    assert _found(tmp_path, fuzzy("covid-18"), "covid-19", "covd 18", "covid") == {0, 1}


@settings(deadline=None)
@given(
    words=st.lists(st.text("abcß山", min_size=1, max_size=7), min_size=1, max_size=40),
    asked=st.text("abcß山", min_size=1, max_size=7),
    edits=st.sampled_from([1, 2]),
)
def test_similar_words_are_those_at_that_distance(words: list[str], asked: str, edits: int) -> None:
    dictionary, ordered = dictionary_of(*words)
    found = similar_words(dictionary, asked, edits=edits)
    assert [ordered[number] for number in found.tolist()] == [
        other for other in ordered if distance(asked, other) <= edits
    ]


def test_a_letter_is_not_edited_twice() -> None:
    dictionary, _ = dictionary_of("abc")
    assert len(similar_words(dictionary, "ca", edits=2)) == 0


@settings(deadline=None)
@given(
    words=st.lists(st.text("ab山", min_size=1, max_size=6), min_size=1, max_size=40),
    run=st.text("ab山c", min_size=1, max_size=3),
    ends=st.tuples(st.integers(0, 40), st.integers(0, 40)),
)
def test_words_containing_a_run_of_letters_are_all_of_them(
    words: list[str], run: str, ends: tuple[int, int]
) -> None:
    dictionary, ordered = dictionary_of(*words)
    first, end = sorted(min(place, len(ordered)) for place in ends)
    found = dictionary.containing(run, first, end).tolist()
    assert found == [i for i in range(first, end) if run in ordered[i]]


def test_of_too_many_words_the_most_frequent_are_kept_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pinakes.search.evaluation.patterns.expansion.MAX_WORDS", 2)
    archive = SmallArchive(
        tmp_path, article(1, "ma", "mb"), article(2, "mc", "mb mb"), article(3, "md", "mc md md")
    )
    ranking = archive.ask(wildcard("m*"))
    assert ranking.cuts == (Cut(start=0, end=1, kept=2, found=4),)
    assert {hit.key for hit in ranking.hits} == {1, 2, 3}
    # In two passages each: mb and mc; in one: ma and md.
    assert archive.marked(wildcard("m*")) == {1: ["mb"], 2: ["mb", "mb", "mc"], 3: ["mc"]}
    assert archive.ask(wildcard("m?")).cuts == ranking.cuts
    assert archive.ask(regex("m[ab]")).cuts == ()
    # Of those in as many passages, the first.
    monkeypatch.setattr("pinakes.search.evaluation.patterns.expansion.MAX_WORDS", 1)
    assert archive.marked(regex("m[bc]")) == {1: ["mb"], 2: ["mb", "mb"]}


def test_all_segments_decide_together_which_words_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pinakes.search.evaluation.patterns.expansion.MAX_WORDS", 1)
    texts = ["ma ma", "ma", "mb", "mb", "mb", "mc"]
    for cut in range(len(texts)):
        parts = [texts[:cut], texts[cut:]]
        numbers = itertools.count(1)
        segments = [
            build_segment(
                [article(next(numbers), text) for text in part], tmp_path / f"MAIN_{cut}_{i}.seg"
            )
            for i, part in enumerate(parts)
        ]
        ranking = evaluate(wildcard("m*"), snapshot_of(*segments))
        assert [hit.key for hit in ranking.hits] == [3, 4, 5]
        assert ranking.cuts == (Cut(start=0, end=1, kept=1, found=3),)


@pytest.mark.parametrize(
    "node",
    [
        *(wildcard("?" * 50), wildcard("*" * 10_000 + "a"), wildcard("a*" * 5_000)),
        *(wildcard("a" * 10_000 + "*"), wildcard("?" * 10_000), wildcard("-".join("a?" * 3_000))),
        *(fuzzy("a" * 10_000, 2), fuzzy("-".join("a" * 3_000)), regex(""), regex("(a*)*b")),
        *(any_of(*(wildcard(f"{letter}*") for letter in "abcdefgh" * 20)),),
    ],
)
def test_hostile_patterns_are_answered(node: Node, tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, article(1, "a" * 150, "aaaa bbbb", "a-a-a"))
    ranking = archive.ask(node)
    assert ranking.articles in (0, 1)
    archive.marked(node)


def test_an_expression_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match="not closed"):
        SmallArchive(tmp_path, article(1, "a")).ask(regex("(a"))
