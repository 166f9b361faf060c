"""Snippets show whole sentences around what matched, and cut nothing that belongs together."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import Kind, Passage, sentence_spans
from pinakes.indexer import words
from pinakes.search.model import Snippet
from pinakes.search.snippets import MAX_CHARS, make_snippet

START = 1000
CALM = "Nobody was hurt. " * 30


def _passage(text: str) -> Passage:
    return Passage(
        number=0,
        kind=Kind.PARAGRAPH,
        section=(),
        start=START,
        end=START + len(text),
        text=text,
    )


def _spans(text: str, *marked: str) -> list[tuple[int, int]]:
    """Where the words of `text` stand that are among `marked`, offsets of the article."""
    return [(START + start, START + end) for start, end, word in words(text) if word in marked]


def _snippet(text: str, *marked: str, max_chars: int = MAX_CHARS) -> Snippet:
    return make_snippet(
        _passage(text), dict.fromkeys(_spans(text, *marked), ()), language="en", max_chars=max_chars
    )


def test_a_short_passage_is_shown_whole() -> None:
    snippet = _snippet("The mine collapsed. Two died.", "mine")
    assert snippet.text == "The mine collapsed. Two died."
    assert snippet.highlights == ((START + 4, START + 8),)


def test_the_sentences_around_the_match_are_shown_from_the_one_that_has_it() -> None:
    text = f"{CALM}The mine collapsed at noon. {CALM}".strip()
    snippet = _snippet(text, "mine")
    assert snippet.text.startswith("The mine collapsed at noon. Nobody was hurt.")
    assert snippet.text.endswith("hurt.")
    assert len(snippet.text) <= MAX_CHARS


def test_a_match_at_the_end_is_shown_with_the_sentences_before() -> None:
    snippet = _snippet(f"{CALM}The mine collapsed.", "mine")
    assert snippet.text.startswith("Nobody was hurt. Nobody")
    assert snippet.text.endswith("hurt. The mine collapsed.")


def test_different_words_together_are_worth_more_than_one_word_many_times() -> None:
    text = f"A mine, a mine, a mine, a mine. {CALM}The mine collapsed. {CALM}".strip()
    assert _snippet(text, "mine", "collapsed").text.startswith("The mine collapsed.")


def test_a_passage_without_matches_shows_its_beginning() -> None:
    text = f"It began at noon. {CALM}".strip()
    assert _snippet(text).text.startswith("It began at noon. Nobody")


def test_a_sentence_too_long_to_show_is_cut_between_words_around_the_match() -> None:
    text = "one two three " * 60 + "the mine collapsed " + "four five six " * 60
    snippet = _snippet(text, "mine", "collapsed", max_chars=60)
    assert "the mine collapsed four" in snippet.text
    assert len(snippet.text) <= 60
    assert set(snippet.text.split()) <= set(text.split())
    assert len(snippet.highlights) == 2


def test_a_highlight_longer_than_a_snippet_is_shown_whole() -> None:
    text = "before it and " * 30 + "the right to return to their homes" + " and after it" * 30
    start = START + text.index("the right")
    mark = (start, start + len("the right to return to their homes"))
    snippet = make_snippet(_passage(text), {mark: ((3, 8),)}, max_chars=20)
    assert snippet.text == "the right to return to their homes"
    assert snippet.highlights == (mark,)
    assert snippet.clauses == (((3, 8),),)


def test_a_phrase_across_two_sentences_is_not_cut_between_them() -> None:
    text = f"{CALM}They fled. Home they never went. {CALM}".strip()
    start = START + text.index("fled. Home")
    snippet = make_snippet(_passage(text), {(start, start + 10): ()}, language="en", max_chars=40)
    assert "fled. Home" in snippet.text


def test_a_tag_that_ends_in_the_space_behind_its_sentence_counts_with_the_next_one_only() -> None:
    text = f"The mine burned. {CALM}The levy. Nobody {'ever ' * 70}paid."
    tag = START + text.index("levy. "), START + text.index("Nobody ever")
    marks = dict.fromkeys([*_spans(text, "mine"), tag], ())
    snippet = make_snippet(_passage(text), marks, language="en")
    assert snippet.text.startswith("The mine burned.")
    assert snippet.highlights == (*_spans(text, "mine"),)


def test_a_word_longer_than_a_snippet_is_cut_between_characters_only() -> None:
    text = "e\u0301" * 200
    snippet = _snippet(text, max_chars=33)
    assert snippet.text == "e\u0301" * 17


PIECES = st.sampled_from(
    [
        *(
            "mine",
            "the",
            "collapse",
            "e\u0301te\u0301",
            "шахта",
            "山",
            "川",
            "\U0001f1e8\U0001f1ed",
        ),
        *("\U0001f469\u200d\U0001f52c", "\U0001f44d\U0001f3fd", "x" * 50, "किताब", "مَدْرَسَة"),
    ]
)
JOINTS = st.sampled_from([" ", " ", " ", ". ", "! ", "", ", ", "\n\n", "。"])


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    parts = draw(st.lists(st.tuples(PIECES, JOINTS), min_size=1, max_size=40))
    text = "".join(part for pair in parts for part in pair).strip()
    runs = words(text)
    marks: list[tuple[int, int]] = []
    at = 0
    for first in sorted(draw(st.sets(st.integers(0, max(0, len(runs) - 1)), max_size=5))):
        last = min(len(runs) - 1, first + draw(st.integers(0, 3)))
        if at <= first < len(runs):
            marks.append((START + runs[first][0], START + runs[last][1]))
            at = last + 1
    return text, marks


@settings(max_examples=400, deadline=None)
@given(marked=marked_texts(), max_chars=st.integers(1, 200))
def test_a_snippet_is_exact_cuts_nothing_and_shows_a_match_if_there_is_one(
    marked: tuple[str, list[tuple[int, int]]], max_chars: int
) -> None:
    text, marks = marked
    parts = {mark: ((number, number + 1),) for number, mark in enumerate(marks)}
    snippet = make_snippet(_passage(text), parts, max_chars=max_chars)
    start, end = snippet.start - START, snippet.end - START
    assert text[start:end] == snippet.text != ""
    assert snippet.text == snippet.text.strip()
    assert not any(
        first < cut < last for first, last in marks for cut in (snippet.start, snippet.end)
    )
    assert list(snippet.highlights) == [
        mark for mark in marks if snippet.start <= mark[0] and mark[1] <= snippet.end
    ]
    assert list(snippet.clauses) == [parts[mark] for mark in snippet.highlights]
    assert bool(snippet.highlights) == bool(marks)
    for cut in {start, end} - {0, len(text)}:
        assert unicodedata.category(text[cut])[0] != "M"
        assert "\u200d" not in text[cut - 1 : cut + 1]
    longest = max([last - first for first, last in marks] + [1])
    cut_words = [w for w in words(text) for cut in (start, end) if w[0] < cut < w[1]]
    if len(snippet.text) > max_chars:
        # Only a highlight, or one character with its marks, may need more room.
        assert longest > max_chars or len(snippet.text) <= max_chars + 8
    assert all(last - first > max_chars for first, last, _ in cut_words)


@settings(max_examples=400, deadline=None)
@given(marked=marked_texts(), max_chars=st.integers(20, 200))
def test_no_other_whole_sentences_show_more(
    marked: tuple[str, list[tuple[int, int]]], max_chars: int
) -> None:
    text, marks = marked

    def worth(start: int, end: int) -> tuple[int, int]:
        inside = [text[a - START : b - START] for a, b in marks if start <= a and b <= end]
        return len(set(inside)), len(inside)

    snippet = make_snippet(_passage(text), dict.fromkeys(marks, ()), max_chars=max_chars)
    sentences = sentence_spans(text)
    for number, (start, _) in enumerate(sentences):
        for _, end in sentences[number:]:
            is_cut = any(a - START < cut < b - START for a, b in marks for cut in (start, end))
            if end - start <= max_chars and not is_cut:
                shown = worth(snippet.start, snippet.end)
                assert shown >= worth(START + start, START + end)
