"""Questions: what their words become, and that no sign in them means anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.indexer import words
from pinakes.search.feedback import widen
from pinakes.search.query import parse
from pinakes.search.questions import DEFAULT_WEIGHTS, read_question
from pinakes.search.stop_words import find_stop_words, stop_words
from tests.small_archive import SmallArchive, article


def read(text: str, *languages: str, **weights: float) -> str:
    own = DEFAULT_WEIGHTS._replace(**weights)
    return read_question(text, languages or ("en",), weights=own).interpreted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mine", 'mine OR "mine"^0.2'),
        ("the mine", 'the^0.5 OR mine OR "mine"^0.2'),
        (
            "Mine collapse?",
            'mine OR "mine"^0.2 OR collapse OR "collapse"^0.2 OR "mine collapse"^0.32',
        ),
        ("mine the mine", 'mine^2 OR "mine"^0.4 OR the^0.5'),
        ("the of", "the^0.5 OR of^0.5"),
        ("北京", '北 OR 京 OR "北京"'),
        (
            'Who played "The Mine"?',
            'who^0.5 OR played OR "played"^0.2 OR the^0.5 OR mine OR "mine"^0.2 OR "the mine"^0.2',
        ),
        ("«mine» “mine”", 'mine^2 OR "mine"^0.4 OR "mine mine"^0.32'),
        ("", ""),
        ("?! -- ()", ""),
    ],
)
def test_a_question_is_any_of_its_words(text: str, expected: str) -> None:
    assert read(text) == expected


def test_each_part_can_be_left_out() -> None:
    assert read("the mine collapse", exact=0, pair=0, stop=1) == "the OR mine OR collapse"
    assert read("the mine", stop=0, exact=0) == "mine"
    assert read("the", stop=0) == ""


@given(st.text(alphabet="aé山 ORNT\"'()[]{}^~*?/:-=+!\\0#@&|<>$%\n\u0301", max_size=30))
def test_no_sign_in_a_question_means_anything(text: str) -> None:
    query = read_question(text, ("en",))
    assert (query.root is None) is (not words(text))
    assert parse(query.interpreted).root == query.root or query.root is None


def test_stop_words_are_those_of_the_language_that_most_words_speak_for() -> None:
    asked = {"die", "stadt", "und", "der", "fluss"}
    assert {"die", "und", "der"} <= find_stop_words(asked, ["de", "en"])
    assert "die" not in find_stop_words({"when", "did", "she", "die"}, ["de", "en"])
    assert not find_stop_words({"mine"}, ["xx"])
    assert not stop_words("xx")


def test_stop_words_are_folded_as_texts_are() -> None:
    assert "fur" in stop_words("de")
    assert "因为" not in stop_words("zh")
    assert "的" in stop_words("zh")


def test_the_exact_form_comes_before_others_and_neighbours_before_apart(tmp_path: Path) -> None:
    archive = SmallArchive(
        tmp_path,
        article(1, "Mines here and a roof that fell."),
        article(2, "A mine here and a roof that fell."),
        article(3, "A roof fell and a town saw it; salt."),
        article(4, "A town saw it; the salt roof fell."),
    )
    first = archive.ask(read_question("mine", ["en"]).root)
    assert [hit.key for hit in first.hits] == [2, 1]
    near = archive.ask(read_question("salt roof", ["en"]).root)
    assert near.hits[0].key == 4


def test_feedback_widens_a_question_by_words_of_what_answers_it(tmp_path: Path) -> None:
    articles = [
        article(1, "The quarry fell; gravel and gravel and dust, they said."),
        article(2, "Gravel came from the quarry."),
        article(3, "Gravel on the road, in 1999."),
        article(4, "A choir sang."),
    ]
    archive = SmallArchive(tmp_path, *articles)
    asked = read_question("quarry", ["en"])
    assert archive.keys(asked.root) == {1, 2}
    answers = [(archive.articles[hit.key], hit.score) for hit in archive.ask(asked.root).hits]
    widened = widen(asked, answers)
    assert archive.keys(widened.root) == {1, 2, 3}
    assert archive.ask(widened.root).hits[-1].key == 3
    assert "gravel^" in widened.interpreted
    assert not {"the", "and", "they", "1999"} & set(widened.interpreted.split())
    added = [node.factor for node in widened.root.children[2:]]
    assert sum(added) == pytest.approx(0.4 / 0.6, abs=0.01)
    assert widen(asked, []) == asked
    told = parse("...").diagnostics
    assert told
    assert widen(replace(asked, diagnostics=told), answers).diagnostics == told
    assert widen(read_question("?", ["en"]), answers).root is None
