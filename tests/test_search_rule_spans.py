"""A rule's query is found, from where to where, as an answer marks it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from pinakes.corpus import Kind, Passage, PassageTable, article_text
from pinakes.corpus.tagging.applying import ArticleFacts
from pinakes.indexer import stem, words
from pinakes.search.query.regex import Pattern
from pinakes.search.tagging import rule_queries, rule_spans
from pinakes.search.tagging.passage_words import words_of
from pinakes.search.tagging.rule_queries import RuleQuery, RuleQueryError
from pinakes.search.tagging.text_automaton import TextAutomaton

WORDS = [
    "mine",
    "mines",
    "salt",
    "salty",
    "in",
    "the",
    "Café",
    "cafe",
    "ship-mine",
    "1951",
    "шахта",
]
MARKS = [" ", " ", " ", ", ", ". ", "! ", ": ", "\n", " (", ") "]
LEAVES = [
    "mine",
    "salt",
    "the",
    "cafe",
    "ship-mine",
    '"the mine"',
    '"in the salt"',
    "m*",
    "?alt",
    "*in*",
    '"the m*"',
    "/mines?/",
    "/[0-9]+/",
    "шахта",
]
UNIONS = ["({} OR {})"]
JOINED = [
    "({} NEAR/0 {})",
    "({} NEAR/2 {})",
    "({} NEAR/9 {})",
    "({} ADJ/1 {})",
    "({} ADJ/4 {})",
    "({} SENT {})",
    "({} PARA {})",
]
TREES = ["({} AND {})", "({} OR {})", "({} AND NOT {})", "({} OR kind:quote {})", "(NOT {}) {}"]

texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(MARKS)), max_size=24).map(
    lambda pairs: "".join(word + mark for word, mark in pairs)
)

# Things stand just near enough, or just not.
sparse = st.lists(st.sampled_from(["mine", "salt", "x", "x", "x", "x."]), max_size=9).map(" ".join)


def joined(ways: list[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(LEAVES),
        lambda inner: st.tuples(st.sampled_from(ways), inner, inner).map(
            lambda three: three[0].format(*three[1:])
        ),
        max_leaves=4,
    )


leaves = joined(UNIONS + JOINED)
pairs = st.tuples(st.sampled_from(JOINED), st.sampled_from(LEAVES), st.sampled_from(LEAVES)).map(
    lambda three: three[0].format(*three[1:])
)
queries = st.one_of(
    pairs,
    pairs,
    leaves,
    st.tuples(st.sampled_from(TREES), leaves, leaves).map(
        lambda three: three[0].format(*three[1:])
    ),
)


class AllWords:
    """All words of some texts: see `rule_words.KnownWords`."""

    def __init__(self, texts: Sequence[str], languages: Sequence[str]) -> None:
        self.languages = languages
        self._words = {folded for text in texts for _, _, folded in words(text)}

    def of_stem(self, stemmed: str) -> set[str]:
        return {
            word for word in self._words for each in self.languages if stem(word, each) == stemmed
        }

    def fitting(self, shape: Pattern, most: int) -> set[str] | None:
        automaton = TextAutomaton(shape)
        found = {word for word in self._words if (0, len(word)) in automaton.find(word)}
        return found if len(found) <= most else None


def found(query: str, text: str, language: str, *, is_known: bool = False) -> object:
    passage = Passage(
        number=0, kind=Kind.PARAGRAPH, section=(), start=0, end=len(text), text=text, tags=()
    )
    table = PassageTable.of((passage,), text)
    seen = article_text(table, ArticleFacts(language=language)).passages[0]
    known = AllWords([text, "Minen aus Salz"], ["de", language]) if is_known else None
    return RuleQuery(query, known).find(seen, words_of(seen))


@settings(max_examples=400)
@given(
    query=queries,
    text=texts | sparse,
    language=st.sampled_from(["en", "ru", "und", "de"]),
    most_known=st.sampled_from([2, 5, 1000]),
)
def test_from_where_to_where_a_query_stands_is_as_an_answer_marks_it(
    query: str, text: str, language: str, most_known: int
) -> None:
    try:
        quickly = found(query, text, language)
    except RuleQueryError:
        # Not everything can stand beside everything.
        reject()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rule_spans, "_MOST_KNOWN", most_known)
        assert found(query, text, language, is_known=True) == quickly
        patched.setattr(rule_queries, "compile_leaf", lambda *_: None)
        assert quickly == found(query, text, language)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("mine NEAR/0 salt", None),
        ("mine NEAR/1 salt", "mine of salt. A mine"),
        ("mine ADJ/0 salt", None),
        ("mine NEAR/1 old", "old mine of salt. A mine, Old"),
        ("mine SENT old", "old mine of salt. A mine, Old"),
        ("sal* ADJ/2 mine", "salt. A mine"),
        ('"salt A"', "salt. A"),
    ],
)
def test_examples(query: str, expected: str | None) -> None:
    check(query, "An old mine of salt. A mine, Old", expected)


def test_a_word_may_be_of_several_parts() -> None:
    check("min* NEAR/2 mine", "A mine minor x", "mine minor")
    check("mine NEAR/2 min*", "A mine x", None)


def check(query: str, text: str, expected: str | None) -> None:
    for is_known in (False, True):
        span = found(query, text, "en", is_known=is_known)
        assert (span and text[span[0] : span[1]]) == expected
