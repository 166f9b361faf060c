"""The words of a text: spans, folded forms and stems."""

from __future__ import annotations

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.indexer import analysis, characters
from pinakes.indexer.analysis import (
    MAX_WORD_CHARS,
    fold,
    fold_value,
    raw_words,
    words,
)
from pinakes.indexer.characters import PATTERNS
from pinakes.indexer.stemming import LANGUAGES, keeps_initials, stem, stem_words
from pinakes.indexer.text_words import TextWords, row_pattern, spaced_text

# Scripts and signs that folding has something to do with, beside arbitrary text.
TRICKY = st.text(
    alphabet="aZéİıßŁøæΣςΐйЁё\u0301\u0300\u0308كِإأآـ٠٣۴שָ日本ｶﾞไก็한"
    "½⒈①㎏ﬁǅᾳ_-'’/ \n\u00ad\u200c\u2044\ufdfa"
)
TEXTS = TRICKY | st.text()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two mines.", ["two", "mines"]),
        ("snake_case, don't; covid-19 a/b", ["snake", "case", "don", "t", "covid", "19", "a", "b"]),
        ("AT&T C++ § 12", ["at", "t", "c", "12"]),
        ("Café cafe\u0301 CAFÉ", ["cafe", "cafe", "cafe"]),
        ("Łódź Ærø Straße", ["lodz", "aero", "strasse"]),
        ("İstanbul ILIK ılık", ["istanbul", "ilik", "ilik"]),
        ("Ёлка ёлка елка", ["елка", "елка", "елка"]),
        ("Мой мо\u0301й мои", ["мой", "мой", "мои"]),
        ("їжа Київ", ["їжа", "київ"]),
        ("Ὀδυσσεύς ΟΔΥΣΣΕΥΣ", ["οδυσσευσ", "οδυσσευσ"]),
        ("كِتَابٌ كتـاب", ["كتاب", "كتاب"]),
        ("أحمد إلى آخر", ["احمد", "الي", "اخر"]),
        ("٢٠١٤ ２０１４", ["2014", "2014"]),
        ("ﬁne ①", ["fine", "1"]),
        ("日本語", ["日", "本", "語"]),
        ("ไทยก็", ["ไ", "ท", "ย", "ก็"]),
        ("ｶﾞス", ["ガ", "ス"]),
        ("한국어 भारत", ["한", "국", "어", "भारत"]),
        ("a\u00adb x\u200cy", ["ab", "xy"]),
        ("Əliyev", ["əliyev"]),
        ("… — «»", []),
        ("", []),
    ],
)
def test_words_are_searched_by_their_folded_form(text: str, expected: list[str]) -> None:
    assert [folded for _, _, folded in words(text)] == expected


def test_spans_are_code_points_of_the_text_as_written() -> None:
    text = "Der Fußweg, 𝔘nd İz"
    assert [text[start:end] for start, end, _ in words(text)] == ["Der", "Fußweg", "𝔘nd", "İz"]


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_spans_stand_in_order_and_fold_to_their_word(text: str) -> None:
    last = 0
    for start, end, folded in words(text):
        assert last <= start < end <= len(text)
        assert folded == fold(text[start:end]) != ""
        last = end


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_value(fold_value(text)) == fold_value(text)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_raw_words_are_those_of_words_and_the_ones_that_fold_to_nothing(text: str) -> None:
    folded = [fold(word) for word in raw_words(text)]
    assert [word for word in folded if word] == [folded for _, _, folded in words(text)]


def test_plain_texts_have_no_character_that_a_table_names() -> None:
    tables = (characters.MARKS, characters.IGNORED, characters.UNSPACED)
    named = {
        code
        for table in tables
        for first, last in characters.code_ranges(table)
        for code in range(first, last + 1)
    } | {ord(characters.FRACTION_SLASH)}
    plain = [chr(code) for code in range(0x110000) if PATTERNS.plain.fullmatch(chr(code))]
    assert len(plain) > 1000
    assert not named & set(map(ord, plain))


@given(st.text(alphabet="aZ09_ '’—éØßΣяё…«»²½€\n"))
def test_words_of_plain_texts_are_those_that_the_tables_find(text: str) -> None:
    assert PATTERNS.plain.fullmatch(text)
    assert PATTERNS.plain_word.findall(text) == PATTERNS.word.findall(text)


ODD_TEXTS = (
    "\N{ARABIC TATWEEL} a\N{ARABIC TATWEEL} Straße",
    "x" * 300 + " y",
    "the miner’s “mine” " + "x" * 300,
)


@settings(deadline=None, max_examples=200)
@given(
    TEXTS
    | st.sampled_from(ODD_TEXTS)
    | st.text(alphabet="aB1 _-.\n’‘“”–—…•\u00a0«»é", max_size=40),
    st.randoms(use_true_random=False),
)
def test_words_of_a_text_stand_where_they_stand_in_whatever_order_they_are_asked_for(
    text: str, order: random.Random
) -> None:
    expected = words(text)
    found = TextWords(text)
    assert found.folded == [folded for _, _, folded in expected]
    numbers = list(range(len(expected)))
    order.shuffle(numbers)
    for number in numbers:
        assert found.span(number) == expected[number][:2]


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(ODD_TEXTS) | st.text(alphabet="aB1 -\n’“”é", max_size=40),
    st.sampled_from(["a", "b", "ab", "e", "y", "x" * MAX_WORD_CHARS, "x" * 300, "elsewhere"]),
)
def test_words_that_are_looked_for_stand_where_all_words_do(text: str, other: str) -> None:
    every = words(text)
    wanted = {other, *(folded for _, _, folded in every[::2])}
    expected = [word for word in every if word[2] in wanted]
    assert TextWords(text).spans_of(wanted) == expected


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(ODD_TEXTS) | st.text(alphabet="abC -\n’“”é", max_size=40),
    st.lists(
        st.lists(
            st.sampled_from(["a", "b", "c", "ab", "é", "x" * 199, "x" * 200]),
            min_size=1,
            max_size=3,
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_rows_of_words_are_found_from_the_first_on_the_longest_there(
    text: str, rows: list[list[str]]
) -> None:
    pattern = row_pattern(rows)
    if pattern is None:
        assert any("x" * MAX_WORD_CHARS in row for row in rows)
        return
    every = words(text)
    expected: list[tuple[int, int]] = []
    at = 0
    while at < len(every):
        here = [len(row) for row in rows if [word for *_, word in every[at : at + len(row)]] == row]
        if here:
            expected.append((every[at][0], every[at + max(here) - 1][1]))
        at += max(here, default=1)
    found = TextWords(text).find_rows(pattern)
    assert (found is None) == (spaced_text(text) is None)
    if found is not None:
        assert [(start, end) for start, end, _ in found] == expected
        assert all(row.split() in rows for *_, row in found)


@settings(deadline=None, max_examples=200)
@given(TEXTS, TEXTS)
def test_a_word_does_not_depend_on_the_words_around_it(left: str, right: str) -> None:
    both = [word for _, _, word in words(left + " \n" + right)]
    assert both == [word for text in (left, right) for _, _, word in words(text)]


def test_a_word_beyond_all_language_is_found_by_its_beginning() -> None:
    assert fold("A" * 70_000) == "a" * MAX_WORD_CHARS


def test_values_keep_their_punctuation_and_lose_case_accents_and_extra_space() -> None:
    assert fold_value(" Jane  Doé\n(AP) ") == "jane doe (ap)"
    assert fold_value("News/2014/Café.html") == "news/2014/cafe.html"


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("running", "en", "run"),
        ("mines", "en", "mine"),
        ("путина", "ru", "путин"),
        ("hauser", "de", "haus"),
        ("mines", "und", "mines"),
        ("日", "zh", "日"),
    ],
)
def test_stems_are_those_of_the_language(word: str, language: str, expected: str) -> None:
    assert stem(word, language) == expected


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@settings(deadline=None, max_examples=10)
@given(text=TEXTS)
def test_a_stem_is_folded_and_never_empty(language: str, text: str) -> None:
    for _, _, folded in words(text):
        stemmed = stem(folded, language)
        assert stemmed
        assert fold(stemmed) == stemmed


@pytest.mark.parametrize("language", ["en", "ar", "und"])
@settings(deadline=None, max_examples=50)
@given(texts=st.lists(TEXTS))
def test_words_are_stemmed_together_as_alone(language: str, texts: list[str]) -> None:
    folded = [word for text in texts for _, _, word in words(text)]
    assert stem_words(folded, language) == [stem(word, language) for word in folded]


@pytest.mark.parametrize("language", [*sorted(LANGUAGES), "und", "ja"])
@given(
    # Among them what some stemmers take off.
    st.sampled_from(
        ["", "ge", "ber", "di", "me", "ter", "ke", "pe", "bp", "mb", "naj", "un", "re"]
    ),
    st.from_regex("[a-z0-9]{1,12}", fullmatch=True),
)
def test_words_begin_as_their_stems_where_that_is_promised(
    language: str, beginning: str, rest: str
) -> None:
    word = beginning + rest
    assert not keeps_initials(language) or stem(word, language)[0] == word[0]


def test_threads_stem_alike() -> None:
    vocabulary = [
        f"{prefix}{suffix}"
        for prefix in ("r", "st", "pl")
        for suffix in ("unning", "opped", "anning", "ations", "ies", "ively")
    ] * 40
    alone = [stem(word, "en") for word in vocabulary]
    with ThreadPoolExecutor(6) as pool:
        for stems in pool.map(lambda _: [stem(word, "en") for word in vocabulary], range(12)):
            assert stems == alone


def test_analysis_loads_neither_numpy_nor_whoosh_nor_a_stemmer_before_it_stems() -> None:
    # The package itself loads more: a bare one of its name stands in for it.
    code = (
        "import sys, types; indexer = types.ModuleType('pinakes.indexer');"
        "indexer.__path__ = [sys.argv[1]]; sys.modules['pinakes.indexer'] = indexer;"
        "import pinakes.indexer.stemming, pinakes.indexer.analysis as analysis;"
        "analysis.words('Élan');"
        "sys.exit(any(m in sys.modules for m in ('numpy', 'whoosh', 'Stemmer')))"
    )
    command = [sys.executable, "-c", code, str(Path(analysis.__file__).parent)]
    assert subprocess.run(command, check=False).returncode == 0


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.text("abcéßŁжЁπتبרदकա9", min_size=1, max_size=6), min_size=2, max_size=5),
    st.text("\u00ad\u200b\u200c\u200d\u2060\ufeff", min_size=1, max_size=3),
)
def test_signs_that_are_not_seen_change_no_word_but_its_span(parts: list[str], signs: str) -> None:
    plain, written = "".join(parts), signs.join(parts)
    assert fold(written) == fold(plain)
    text = f"{signs}see {written}\u00a0{written}{signs}, {plain}"
    assert [word for _, _, word in words(text)] == ["see", *[fold(plain)] * 3]
    spans = [text[start:end] for start, end, _ in words(text)[1:]]
    assert [span.strip(signs) for span in spans] == [written, written, plain]
