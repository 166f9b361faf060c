"""Regular expressions are read or refused, at once whatever they are, and fit what Python's do."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.search.evaluation.patterns.automaton import fitting_words
from pinakes.search.evaluation.patterns.dictionary import Dictionary, read_dictionary
from pinakes.search.evaluation.patterns.pattern_folding import fold_pattern
from pinakes.search.query import PatternError, read_regex
from tests.timing import grows_linearly

ATOMS = ["a", "b", "c", "é", "山", ".", "[ab]", "[^a]", "[a-c]", "[b-d山]", r"\w", r"\d", "1"]
COUNTS = ["*", "+", "?", "*?", "+?", "??", "{0}", "{2}", "{1,2}", "{0,3}", "{2,}", "{1,}?"]
EXPRESSIONS = st.recursive(
    st.sampled_from(ATOMS),
    lambda below: st.one_of(
        st.lists(below, min_size=2, max_size=3).map("".join),
        st.lists(below, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.tuples(below, st.sampled_from(COUNTS)).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    ),
    max_leaves=8,
)
WORDS = st.lists(st.text("abcdé山1", min_size=1, max_size=7), min_size=1, max_size=30)


def dictionary_of(*words: str) -> tuple[Dictionary, list[str]]:
    """A dictionary, and its words in the order of their numbers."""
    encoded = sorted({word.encode() for word in words})
    offsets = np.cumsum([0, *map(len, encoded)])
    made = read_dictionary(np.frombuffer(b"".join(encoded), np.uint8), offsets)
    return made, [word.decode() for word in encoded]


def fitting(expression: str, *words: str) -> list[str]:
    dictionary, ordered = dictionary_of(*words)
    pattern = fold_pattern(read_regex(expression))
    found = fitting_words(pattern, dictionary, np.arange(len(ordered)))
    return [ordered[number] for number in found.tolist()]


@settings(deadline=None)
@given(expression=EXPRESSIONS, words=WORDS)
def test_an_expression_fits_the_words_that_pythons_fits(expression: str, words: list[str]) -> None:
    dictionary, ordered = dictionary_of(*words)
    found = fitting_words(read_regex(expression), dictionary, np.arange(len(ordered)))
    expected = [word for word in ordered if re.fullmatch(expression, word)]
    assert [ordered[number] for number in found.tolist()] == expected


@settings(deadline=None)
@given(st.text(r"ab\.[](){}*+?|^$-,:0129dwbx", max_size=30))
def test_any_text_is_read_or_refused_with_a_reason_and_a_place(text: str) -> None:
    refused: PatternError | None = None
    try:
        read_regex(text)
    except PatternError as error:
        refused = error
    assert refused is None or (refused.reason and 0 <= refused.place <= len(text))


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("(a", "a parenthesis is not closed"),
        ("a)", "a parenthesis is closed that was not opened"),
        ("[a", "a bracket is not closed"),
        ("a**", "a repetition is repeated"),
        ("+a", "there is nothing to repeat"),
        ("a{2", "write a number of times"),
        ("a{3,2}", "the larger number of times stands first"),
        ("[z-a]", "no such range"),
        (r"\b", "no such sign"),
        ("(?=a)", "no look around"),
        ("a^b", "whole words"),
        ("x" * 1_001, "longer than"),
        ("a{501}", "too large"),
        ("((a{99}){99}){99}", "too large"),
        ("(?:(){9999}){9999}", "too large"),
        ("(" * 51 + ")" * 51, "too many parentheses"),
    ],
)
def test_what_is_no_expression_is_refused(expression: str, reason: str) -> None:
    with pytest.raises(PatternError, match=reason):
        read_regex(expression)


def test_signs_for_the_ends_of_a_word_say_nothing() -> None:
    assert fitting("^ab$", "ab", "abc") == fitting("ab", "ab", "abc") == ["ab"]
    assert fitting(r"a\$", "a") == []


def test_letters_are_folded_as_words_are() -> None:
    assert fitting("CAFÉ", "cafe") == ["cafe"]
    assert fitting("[À-É]b", "ab", "eb", "xb") == ["ab", "eb"]
    assert fitting("Stra(ß)e", "strasse") == ["strasse"]
    assert fitting("[^A]", "a", "b") == ["b"]
    assert fitting("Ё.*", "елка") == ["елка"]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("(a*)*b", 0),
        ("(a|aa)+b", 0),
        ("(.*a){100}", 101),
        (".*a.{199}", 1),
        ("(x?){250}a{200}", 1),
        ("(a|b)*a(a|b){20}", 180),
        ("(.*a.*a.*a.*a.*a.*)*c", 1),
    ],
)
def test_a_hostile_expression_is_answered_at_once(expression: str, found: int) -> None:
    words = ["a" * length for length in range(1, 201)]
    assert len(fitting(expression, *words, "a" * 100 + "c")) == found


def test_time_grows_with_the_words_only() -> None:
    def run(size: int) -> None:
        fitting("(a*)*b|.*a.*a.*a.*a.*c", *(f"aaaa{number:07}aaaa" for number in range(size)))

    assert grows_linearly(run, 2_000)
