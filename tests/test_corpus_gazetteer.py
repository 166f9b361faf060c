"""Forms of a list found in a text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus.tagging.gazetteer import Entry, Gazetteer, Letters


def found(text: str, *forms: str, letters: Letters = Letters.CAPITALS, accents: bool = False):
    gazetteer = Gazetteer(
        Entry(form=form, value=form, letters=letters, accents=accents) for form in forms
    )
    return [text[match.start : match.end] for match in gazetteer.find(text)]


def test_the_longest_of_the_forms_that_begin_together_is_found():
    forms = ("New York", "New York City", "York")
    assert found("in New York City, New York and York", *forms) == [
        "New York City",
        "New York",
        "York",
    ]


def test_a_form_whose_longer_one_fails_is_found_itself():
    assert found("New York Cite", "New York", "New York City Hall") == ["New York"]


def test_words_are_whole():
    assert found("Omani Oman's Omanis (Oman) Oman-based", "Oman") == ["Oman", "Oman", "Oman"]


def test_white_space_hyphens_and_apostrophes_are_written_in_many_ways():
    assert found("Côte\n d’Ivoire", "Côte d'Ivoire") == ["Côte\n d’Ivoire"]
    assert found("Guinea‑Bissau, Guinea Bissau", "Guinea-Bissau") == ["Guinea‑Bissau"]


def test_case_counts_as_the_entry_says():
    text = "Nice nice NICE niCe"
    assert found(text, "Nice") == ["Nice", "NICE"]
    assert found(text, "Nice", letters=Letters.AS_WRITTEN) == ["Nice"]
    assert found(text, "nice", letters=Letters.ANY) == text.split()


def test_accents_count_as_the_entry_says():
    text = "Genève Geneve GENÈVE"
    assert found(text, "Genève") == text.split()
    assert found(text, "Genève", accents=True) == ["Genève", "GENÈVE"]
    assert found("İzmir Izmir ızmir", "İzmir") == ["İzmir", "Izmir"]
    assert found("Йод Иод", "Йод") == ["Йод"]
    assert found("الأردن الاردن", "الأردن") == ["الأردن", "الاردن"]


def test_signs_at_the_ends_of_a_form_must_stand_there():
    assert found("C++ and C, the U.S. and US", "C++", "U.S.") == ["C++", "U.S."]
    assert found("C++ C", "C", "C++") == ["C++", "C"]


def test_a_script_without_spaces_has_a_word_in_each_character():
    assert found("会议在日内瓦举行", "日内瓦") == ["日内瓦"]


def test_a_stem_makes_inflected_forms_alike():
    gazetteer = Gazetteer(
        [Entry(form="Genfer Konvention", value="x")], stem=lambda word: word.removesuffix("en")
    )
    text = "Genfer Konventionen, genfer Konvention"
    assert [text[one.start : one.end] for one in gazetteer.find(text)] == ["Genfer Konventionen"]


def test_all_entries_of_a_form_are_named():
    gazetteer = Gazetteer([Entry(form="Georgia", value="country"), Entry(form="Georgia", value=2)])
    (match,) = gazetteer.find("Georgia")
    assert [entry.value for entry in match.entries] == ["country", 2]


def test_a_form_without_a_word_is_refused():
    with pytest.raises(ValueError, match="no letter and no digit"):
        Gazetteer([Entry(form="--", value=1)])


_WORDS = st.sampled_from(["a", "B", "ç", "İ", "日", "-", "'", ".", " ", "и", "й", "م", "1", "ß"])
_TEXTS = st.lists(_WORDS, max_size=20).map("".join)
_FORMS = st.lists(_TEXTS.filter(lambda text: any(map(str.isalnum, text))), max_size=8)


@given(_TEXTS, _FORMS, st.sampled_from(Letters), st.booleans())
def test_matches_stand_in_the_text_in_order_and_a_form_finds_itself(text, forms, letters, accents):
    entries = [Entry(form=form, value=form, letters=letters, accents=accents) for form in forms]
    gazetteer = Gazetteer(entries)
    matches = list(gazetteer.find(text))
    assert matches == list(gazetteer.find(text))
    end = 0
    for match in matches:
        assert end <= match.start < match.end <= len(text)
        end = match.end
    for entry in entries:
        (alone,) = list(Gazetteer([entry]).find(entry.form))
        assert (alone.start, alone.end) == _inside(entry.form)


def _inside(form: str) -> tuple[int, int]:
    return len(form) - len(form.lstrip()), len(form.rstrip())


def test_a_text_that_begins_every_form_again_and_again_is_read_in_linear_time():
    forms = [" ".join(["a"] * length) + " b" for length in range(1, 40)]
    gazetteer = Gazetteer(Entry(form=form, value=form) for form in forms)

    def seconds(words: int) -> float:
        text = "a " * words
        before = time.process_time()
        assert not list(gazetteer.find(text))
        return time.process_time() - before

    assert seconds(20_000) < 12 * max(seconds(5_000), 0.01)
