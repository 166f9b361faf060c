"""Patterns that `re` finds: the same places as the automaton finds, and the same bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.search.query.regex import read_regex
from pinakes.search.tagging.flat_patterns import flatten
from pinakes.search.tagging.text_automaton import TextAutomaton, TooCostlyError

CLASSES = [
    "a",
    "b",
    "A",
    " ",
    "-",
    "[ab]",
    "[A-Z]",
    "[^a]",
    "[^ ]",
    r"\w",
    r"\d",
    r"\s",
    ".",
    r"\.",
]
TIMES = ["", "", "", "+", "*", "?", "{2}", "{1,2}", "{2,}"]
SIGNS = "aabbAB 1_-.é\u0301 ½٣\n"


def places(automaton: TextAutomaton, text: str) -> object:
    try:
        return list(automaton.find(text))
    except TooCostlyError:
        return "too costly"


def both(pattern: str) -> tuple[TextAutomaton, TextAutomaton]:
    flat, automaton = (TextAutomaton(read_regex(pattern, of_words=False)) for _ in range(2))
    automaton._flat = None
    return flat, automaton


@given(
    parts=st.lists(
        st.tuples(st.sampled_from(CLASSES), st.sampled_from(TIMES)), min_size=1, max_size=5
    ),
    texts=st.lists(st.text(alphabet=SIGNS, max_size=40), min_size=1, max_size=4),
    steps=st.sampled_from([20_000, 20_000, 30]),
)
def test_the_places_are_those_of_the_automaton(
    parts: list[tuple[str, str]], texts: list[str], steps: int
) -> None:
    pattern = "".join(f"{letters}{times}" for letters, times in parts)
    flat, automaton = both(pattern)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pinakes.search.tagging.text_automaton.MAX_STEPS", steps)
        for text in texts:
            assert places(flat, text) == places(automaton, text)


@pytest.mark.parametrize(
    "pattern",
    [r"[A-Z][a-z]+ [A-Z][a-z]+", r"\w+", r"[0-9]{4}-[0-9]{2}", r"\d+\s+\w*", "[A-Z][a-z]*", ".+"],
)
def test_what_one_letter_tells_is_left_to_re(pattern: str) -> None:
    assert flatten(read_regex(pattern, of_words=False)) is not None


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "a|b",
        "[ab]*a",
        "a+a",
        r"\w+\d",
        "a?",
        "(ab)+",
        r"[^a]+b",
        r"a*b?",
        "a+b?a",
        r"\w+[^ ]",
    ],
)
def test_what_is_told_later_is_not(pattern: str) -> None:
    assert flatten(read_regex(pattern, of_words=False)) is None


@pytest.mark.parametrize("text", ["A b " * 3000, "Ab " * 3000, "Aa" * 6000, "A" * 9000])
def test_a_long_text_costs_what_it_cost(text: str) -> None:
    flat, automaton = both("[A-Z][a-z]+ [A-Z][a-z]+")
    assert places(flat, text) == places(automaton, text)
