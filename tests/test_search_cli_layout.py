"""Columns, lines and what may reach a terminal."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.search.cli.layout import column_count, line_spans, pad, shorten, wrap
from pinakes.search.cli.terminal import escape, one_line, terminal_for

MIXED = st.text(
    st.one_of(
        st.sampled_from("ab c  日本語、。「」한국ｱ\u0301\u0308\u200d\n\t"),
        st.characters(codec="utf-8"),
    ),
    max_size=80,
)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("mine", 4),
        ("日本", 4),
        ("ｱ", 1),
        ("cafe\u0301", 4),
        ("\u0939\u093f", 2),
        ("Путин", 5),
        ("لاجئ", 4),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),
        ("a\u200db", 2),
    ],
)
def test_wide_characters_count_twice_and_combining_marks_not_at_all(text, columns):
    assert column_count(text) == columns


def test_padding_counts_columns_not_characters():
    assert pad("日本", 6) == "日本  "
    assert pad("e\u0301", 3) == "e\u0301  "


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("Halvik", 6, "Halvik"),
        ("Halvik mine", 6, "Halvi…"),
        ("Halvik mine", 8, "Halvik…"),
        ("日本語版", 6, "日本…"),
        ("", -3, ""),
        ("Halvik mine", 1, "…"),
        ("Halvik mine", 0, ""),
        ("日本語版", 8, "日本語版"),
    ],
)
def test_what_is_too_long_is_cut_with_an_ellipsis(text, columns, shown):
    assert shorten(text, columns) == shown


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("two words here", 9, ["two words", "here"]),
        ("  two   words ", 40, ["two   words"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("a abcdefghij b", 4, ["a", "abcd", "efgh", "ij b"]),
        ("日本語です", 5, ["日本", "語で", "す"]),
        ("日本。語", 4, ["日", "本。", "語"]),
        ("日「本」語", 6, ["日", "「本」", "語"]),
        ("cafe\u0301cafe\u0301", 4, ["cafe\u0301", "cafe\u0301"]),
        ("", 9, []),
        (" \n ", 9, []),
    ],
)
def test_lines_break_where_the_script_allows(text, columns, lines):
    assert wrap(text, columns) == lines


@settings(deadline=None, max_examples=300)
@given(MIXED, st.integers(min_value=2, max_value=30))
def test_no_line_is_too_wide_and_only_white_space_is_lost(text, columns):
    spans = line_spans(text, columns)
    assert all(column_count(text[start:end]) <= columns for start, end in spans)
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert spans == sorted(spans)


@settings(deadline=None, max_examples=300)
@given(MIXED, st.integers(min_value=2, max_value=30))
def test_a_shortened_text_fits(text, columns):
    assert column_count(shorten(text, columns)) <= columns


@settings(deadline=None, max_examples=300)
@given(st.text())
def test_nothing_that_acts_on_a_terminal_gets_through(text):
    for shown in (escape(text), one_line(text)):
        assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in shown)
        assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
        shown.encode("utf-8")


def test_escapes_are_spelled_out():
    assert escape("a\x1b[31mb\u202ec\ud800") == "a\\x1b[31mb\\u202ec\\ud800"
    assert one_line("a\n\n  b\tc") == "a b c"


def test_marks_that_persian_and_hebrew_need_stay():
    assert escape("می\u200cخواهم\u200f") == "می\u200cخواهم\u200f"


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("color", "stream", "environment", "has_colour"),
    [
        ("auto", _Screen(), {}, True),
        ("auto", io.StringIO(), {}, False),
        ("auto", _Screen(), {"NO_COLOR": "1"}, False),
        ("auto", _Screen(), {"NO_COLOR": ""}, True),
        ("auto", _Screen(), {"TERM": "dumb"}, False),
        ("always", io.StringIO(), {"NO_COLOR": "1"}, True),
        ("never", _Screen(), {}, False),
    ],
)
def test_colour_is_for_terminals_and_no_color_is_heeded(
    color, stream, environment, has_colour, monkeypatch
):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert terminal_for(stream, color=color).has_colour is has_colour


def test_columns_sets_the_width_but_not_below_forty(monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    assert terminal_for(io.StringIO()).width == 120
    monkeypatch.setenv("COLUMNS", "12")
    assert terminal_for(io.StringIO()).width == 40
