"""What stands near what: counted in words between, proved by the shortest stretches."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.search.evaluation.texts.proximity import find_stretches
from pinakes.search.evaluation.texts.proximity_proof import find_members
from tests.query_nodes import adj, any_of, fuzzy, near, phrase, regex, wildcard, word
from tests.small_archive import SmallArchive, article


def _one(folder: Path, text: str, language: str = "en") -> SmallArchive:
    return SmallArchive(folder, article(1, text, language=language))


def test_the_distance_is_the_number_of_words_between(tmp_path: Path) -> None:
    archive = _one(tmp_path, "mine one two three collapse")
    assert archive.keys(near(3, "mine", "collapse")) == {1}
    assert archive.keys(near(2, "mine", "collapse")) == set()
    assert archive.keys(near(3, "collapse", "mine")) == {1}
    assert archive.keys(adj(3, "mine", "collapse")) == {1}
    assert archive.keys(adj(3, "collapse", "mine")) == set()


def test_neighbours_have_no_word_between(tmp_path: Path) -> None:
    archive = _one(tmp_path, "the mine collapsed")
    assert archive.keys(adj(0, "mine", "collapse")) == {1}
    assert archive.keys(adj(0, "the", "collapse")) == set()


def test_of_several_the_words_between_are_counted_together(tmp_path: Path) -> None:
    archive = _one(tmp_path, "a x b y c")
    assert archive.keys(near(2, "c", "a", "b")) == {1}
    assert archive.keys(near(1, "c", "a", "b")) == set()


def test_what_is_near_stands_in_one_passage(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, article(1, "mine", "collapse"), article(2, "mine collapse"))
    assert archive.keys(near(1_000_000_000_000, "mine", "collapse")) == {2}


def test_a_word_is_near_in_every_form_of_its_articles_language(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path,
        article(1, "Mining companies' running mines collapsed"),
        article(2, "взрывы на шахтах", language="ru"),
        article(3, "المدارس الكبيرة", language="ar"),
    )
    assert archive.marked(near(0, "mine", "collapses")) == {1: ["mines", "collapsed"]}
    assert archive.marked(near(1, "шахты", "взрыв")) == {2: ["взрывы", "шахтах"]}
    assert archive.marked(near(0, "مدارس", "كبيرة")) == {3: ["المدارس", "الكبيرة"]}


def test_no_word_serves_two_parts(tmp_path: Path) -> None:
    archive = _one(tmp_path, "right to return x x return y mines")
    assert archive.marked(near(0, phrase("to return"), "return")) == {}
    assert archive.marked(near(2, phrase("to return"), "return")) == {1: ["to return", "return"]}
    assert archive.keys(near(9, "mine", wildcard("min*"))) == set()
    assert archive.keys(near(9, "return", "return")) == {1}
    assert archive.keys(near(9, "return", "return", "return")) == set()


def test_only_the_shortest_stretches_are_proof(tmp_path: Path) -> None:
    archive = _one(tmp_path, "mine x mine collapse x mine")
    assert archive.marked(near(5, "mine", "collapse")) == {1: ["mine", "collapse", "mine"]}
    assert archive.marked(adj(5, "mine", "collapse")) == {1: ["mine", "collapse"]}


def test_all_choices_for_a_stretch_are_marked(tmp_path: Path) -> None:
    archive = _one(tmp_path, "a b b c")
    assert archive.marked(near(1, "a", "b", "c")) == {1: ["a", "b", "b", "c"]}
    assert archive.marked(adj(1, "a", "b", "c")) == {1: ["a", "b", "b", "c"]}
    assert _one(tmp_path, "a c b c").marked(adj(1, "a", "b", "c")) == {1: ["a", "b", "c"]}


def test_many_parts_in_order_take_no_more_than_their_number(tmp_path: Path) -> None:
    letters = [f"w{number}" for number in range(100)]
    archive = _one(tmp_path, " x ".join(letters))
    assert archive.marked(adj(99, *letters)) == {1: letters}
    assert archive.keys(adj(98, *letters)) == set()


def test_a_crowded_passage_is_marked_as_fast_as_any(tmp_path: Path) -> None:
    inner = [f"w{number}" for number in range(300)]
    archive = _one(tmp_path, " ".join(["a", *inner, "b"]))
    crowded = near(500, "a", *[wildcard("w*")] * 4, "b")
    assert archive.marked(crowded) == {1: ["a", *inner, "b"]}
    common = near(5, *[wildcard("w*")] * 6)
    assert archive.marked(common) == {1: inner}


def test_parts_may_be_phrases_patterns_alternatives_and_near_themselves(tmp_path: Path) -> None:
    archive = _one(tmp_path, "The prime minister said in Geneva that mines had collapsed")
    assert archive.marked(near(5, phrase("prime minister"), wildcard("gen*"))) == {
        1: ["prime minister", "Geneva"]
    }
    assert archive.marked(adj(0, fuzzy("genva"), any_of("quake", regex("min.*")))) == {}
    assert archive.marked(adj(1, fuzzy("genva"), any_of("quake", "that", regex("min.*")))) == {
        1: ["Geneva", "that"]
    }
    assert archive.marked(adj(2, near(3, "geneva", "minister"), near(1, "collapse", "mine"))) == {
        1: ["minister", "Geneva", "mines", "collapsed"]
    }


def test_the_words_inside_a_part_are_not_between(tmp_path: Path) -> None:
    archive = _one(tmp_path, "a x x x x b c")
    assert archive.keys(near(0, near(4, "a", "b"), "c")) == {1}
    assert archive.keys(near(3, "a", "b", "c")) == set()


def test_what_is_near_in_titles_only(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path,
        article(1, "title: Mine collapse", "roof"),
        article(2, "title: x", "mine collapse"),
    )
    assert archive.keys("title:collapse mine") == {1}


def test_a_part_without_a_word_is_left_out_and_reported(tmp_path: Path) -> None:
    archive = _one(tmp_path, "a mine")
    ranking = archive.ask(near(0, "++", "mine"))
    assert (ranking.articles, ranking.ignored) == (1, ((0, 1),))
    assert archive.ask(near(0, "++", word("§"))).articles == 0


PART = st.dictionaries(
    st.integers(1, 3), st.sets(st.integers(0, 30), min_size=1, max_size=8), min_size=1, max_size=2
)


@settings(deadline=None)
@given(
    parts=st.lists(PART, min_size=2, max_size=3),
    twins=st.booleans(),
    words_between=st.integers(0, 12),
    is_ordered=st.booleans(),
    at_once=st.sampled_from([1, 3, 1_000]),
)
def test_stretches_are_those_of_all_choices_that_contain_no_other(
    parts: list[dict[int, set[int]]],
    *,
    twins: bool,
    words_between: int,
    is_ordered: bool,
    at_once: int,
) -> None:
    # Positions up to 30 in passages of 10 words.
    arrays = [
        {
            length: np.array(sorted(p // 10 << 32 | p % 10 for p in firsts))
            for length, firsts in part.items()
        }
        for part in parts
    ]
    if twins:
        arrays.append(arrays[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pinakes.search.evaluation.texts.proximity._MOST_AT_ONCE", at_once)
        firsts, lasts = find_stretches(arrays, words_between=words_between, is_ordered=is_ordered)
    expected = _all_stretches(arrays, words_between, is_ordered=is_ordered)
    assert list(zip(firsts.tolist(), lasts.tolist(), strict=True)) == expected


@settings(deadline=None)
@given(
    parts=st.lists(PART, min_size=2, max_size=3),
    words_between=st.integers(0, 12),
    is_ordered=st.booleans(),
)
def test_members_are_those_of_all_choices_that_make_up_a_stretch(
    parts: list[dict[int, set[int]]], *, words_between: int, is_ordered: bool
) -> None:
    runs = [
        [(first, first + length - 1) for length, firsts in part.items() for first in firsts]
        for part in parts
    ]
    choices = list(_choices(runs, words_between, is_ordered=is_ordered))
    for stretch in {(min(choice)[0], max(choice)[1]) for choice in choices}:
        found = find_members(runs, stretch, words_between=words_between, is_ordered=is_ordered)
        assert set(found) == {
            member
            for choice in choices
            if (min(choice)[0], max(choice)[1]) == stretch
            for member in enumerate(choice)
        }


def _all_stretches(
    parts: list[dict[int, np.ndarray]], words_between: int, *, is_ordered: bool
) -> list[tuple[int, int]]:
    runs = [
        [
            (first, first + length - 1)
            for length, firsts in part.items()
            for first in firsts.tolist()
        ]
        for part in parts
    ]
    choices = _choices(runs, words_between, is_ordered=is_ordered)
    found = {(min(choice)[0], max(choice)[1]) for choice in choices}
    return sorted(
        one
        for one in found
        if not any(one != o and one[0] <= o[0] and o[1] <= one[1] for o in found)
    )


def _choices(
    runs: list[list[tuple[int, int]]], words_between: int, *, is_ordered: bool
) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every choice of occurrences without a common word that are near enough."""
    for choice in itertools.product(*runs):
        in_text = sorted(choice)
        if any(one[1] >= other[0] for one, other in itertools.pairwise(in_text)):
            continue
        own = sum(last - first + 1 for first, last in choice)
        width = in_text[-1][1] - in_text[0][0] + 1
        if width - own <= words_between and (not is_ordered or in_text == [*choice]):
            yield choice
