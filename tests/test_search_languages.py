"""What finds what, language by language: forms of words, spellings, scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.indexer import stem
from pinakes.indexer.light_stemming import LIGHT_STEMMERS
from pinakes.indexer.stemming import LANGUAGES, LIGHT_LANGUAGES, keep_names
from pinakes.search.query import parse
from pinakes.search.questions import read_question
from tests.language_pairs import APART, MATCHING
from tests.small_archive import SmallArchive, article


def _archive(folder: Path, language: str, pairs: tuple[tuple[str, str], ...]) -> SmallArchive:
    articles = (article(key, text, language=language) for key, (_, text) in enumerate(pairs, 1))
    return SmallArchive(folder, *articles)


@pytest.mark.parametrize("language", MATCHING)
def test_a_word_is_found_by_its_forms(tmp_path: Path, language: str) -> None:
    pairs = MATCHING[language]
    archive = _archive(tmp_path, language, pairs)
    missed = [pair for key, pair in enumerate(pairs, 1) if key not in archive.keys(pair[0])]
    assert not missed
    assert len(pairs) >= 10


@pytest.mark.parametrize("language", APART)
def test_another_word_is_not_found(tmp_path: Path, language: str) -> None:
    pairs = APART[language]
    archive = _archive(tmp_path, language, pairs)
    wrong = [pair for key, pair in enumerate(pairs, 1) if key in archive.keys(pair[0])]
    assert not wrong
    assert len(pairs) >= 5


@pytest.mark.parametrize("language", MATCHING)
def test_a_word_is_found_whatever_language_its_article_was_told_to_be_in(
    tmp_path: Path, language: str
) -> None:
    """In the form in which it is asked for."""
    told = ["en", "tr", "ru", "ar", "kk", "und", language]
    asked = MATCHING[language][0][0]
    archive = SmallArchive(
        tmp_path, *(article(key, asked, language=one) for key, one in enumerate(told, 1))
    )
    assert archive.keys(asked) == set(range(1, len(told) + 1))


@pytest.mark.parametrize("language", MATCHING)
def test_a_question_finds_what_its_words_find(tmp_path: Path, language: str) -> None:
    pairs = MATCHING[language][:10]
    archive = _archive(tmp_path, language, pairs)
    question = read_question(" ".join(asked for asked, _ in pairs), archive.snapshot.languages)
    assert question.root is not None
    assert archive.keys(question.root) == set(range(1, len(pairs) + 1))
    again = parse(question.interpreted)
    assert archive.ask(again.root).hits == archive.ask(question.root).hits


def test_names_survive_stemming(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, article(1, "Tony Keating spoke."), article(2, "Toni Keats."))
    assert archive.keys("Keating") == archive.keys("keating") == {1}
    assert archive.keys('"Keating"') == archive.keys('"Tony"') == {1}
    assert archive.keys('"Keats"') == archive.keys('"Toni"') == {2}
    question = read_question("What did Keats say?", archive.snapshot.languages)
    assert question.root is not None
    assert [hit.key for hit in archive.ask(question.root).hits] == [2]


def test_names_are_kept_in_english_alone_and_lose_the_ending_of_the_plural() -> None:
    assert stem("keating", "en") == stem("keatings", "en") == "keating"
    assert stem("keating", "und") == "keating"
    assert stem("путина", "ru") == stem("путин", "ru")
    assert stem("mining", "en") == stem("mines", "en") == "mine"


@given(st.lists(st.text("aegiknstz", min_size=1, max_size=9), max_size=5))
def test_what_is_no_name_is_stemmed_as_ever(words: list[str]) -> None:
    stems = [f"{word}!" for word in words]
    kept = keep_names(words, stems, "en")
    assert all(
        new in (old, word, word[:-1]) for word, old, new in zip(words, stems, kept, strict=True)
    )
    assert keep_names(words, stems, "de") == stems


def test_a_language_has_one_stemmer() -> None:
    assert set(LIGHT_STEMMERS) == LIGHT_LANGUAGES
    assert not LIGHT_LANGUAGES & set(LANGUAGES)


@given(
    st.sampled_from(sorted(LIGHT_LANGUAGES)), st.text("абвеикмнрстыіїңтлдaeilmnrstu", max_size=12)
)
def test_what_a_light_stemmer_leaves_it_leaves_again(language: str, word: str) -> None:
    stemmed = stem(word, language)
    assert word.startswith(stemmed)
    assert stem(stemmed, language) == stemmed


def test_light_stemmers_leave_short_words_and_numbers_alone() -> None:
    assert stem("да", "kk") == "да"
    assert stem("2014", "uk") == "2014"
    assert stem("шахтами", "uk") == stem("шахта", "uk")
