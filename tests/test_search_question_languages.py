"""Questions to archives of several languages: in which they are, and how rare their words are."""

from __future__ import annotations

from pathlib import Path

import pytest

from pinakes.corpus import Article
from pinakes.search.question_languages import LEAST_ARTICLES, recognise
from pinakes.search.questions import DEFAULT_WEIGHTS, ask_snapshot, read_question
from tests.small_archive import SmallArchive, article

ENGLISH = ("The miners said that the shaft of {} was closed.", "It was the salt that they sold.")
GERMAN = ("Der Schacht von {} war geschlossen.", "Es war das Salz, und der Berg war alt.")


def _articles(first: int, language: str, texts: tuple[str, ...], count: int) -> list[Article]:
    return [
        article(first + number, texts[number % 2].format("Halvik"), language=language)
        for number in range(count)
    ]


@pytest.fixture
def archive(tmp_path: Path) -> SmallArchive:
    english = _articles(1, "en", ENGLISH, 60)
    german = _articles(100, "de", GERMAN, 30)
    return SmallArchive(tmp_path, *english, *german, article(200, "Halvik", language="fi"))


def test_a_question_is_in_the_language_whose_articles_have_its_words(
    archive: SmallArchive,
) -> None:
    asked = {"en": ["who", "sold", "the", "salt"], "de": ["war", "der", "schacht", "alt"]}
    for language, words in asked.items():
        found = recognise(words, archive.snapshot)
        assert found is not None
        assert found.code == language


def test_what_is_not_clear_is_left_open(archive: SmallArchive, tmp_path: Path) -> None:
    assert recognise(["halvik"], archive.snapshot) is None
    assert recognise([], archive.snapshot) is None
    few = [*_articles(1, "en", ENGLISH, 60), *_articles(100, "de", GERMAN, LEAST_ARTICLES - 1)]
    (tmp_path / "few").mkdir()
    small = SmallArchive(tmp_path / "few", *few)
    assert recognise(["war", "der", "schacht", "alt"], small.snapshot) is None


def test_stop_words_stay_such_where_most_articles_were_told_to_be_in_no_language(
    tmp_path: Path,
) -> None:
    short = [article(200 + number, "Who was the man?", language="und") for number in range(60)]
    archive = SmallArchive(
        tmp_path, *_articles(1, "en", ENGLISH, 40), *_articles(100, "de", GERMAN, 40), *short
    )
    found = recognise(["who", "was", "the", "man"], archive.snapshot)
    assert found is not None
    assert found.code == "und"
    asked = ask_snapshot("Who was the man?", archive.snapshot).interpreted
    assert asked.startswith("who^0.5 OR was^0.5 OR the^0.5 OR man^")


def test_a_word_counts_as_in_an_archive_of_its_language_alone(archive: SmallArchive) -> None:
    """A third of all articles are German: half of these, a sixth of all, have `Schacht`."""
    found = recognise(["der", "schacht", "halvik", "war"], archive.snapshot)
    assert found is not None
    assert found.code == "de"
    assert found.factors["war"] < found.factors["schacht"] < 1.0 < found.factors["halvik"]
    assert "perkele" not in found.factors


def test_the_question_says_what_its_words_count(archive: SmallArchive) -> None:
    asked = ask_snapshot("Wo war der Schacht?", archive.snapshot)
    assert "schacht^0." in asked.interpreted
    assert "war^0.5" in asked.interpreted
    plain = ask_snapshot(
        "Wo war der Schacht?", archive.snapshot, weights=DEFAULT_WEIGHTS._replace(language=0.0)
    )
    assert plain == read_question("Wo war der Schacht?", archive.snapshot.languages)
    assert archive.keys(asked.root) == archive.keys(plain.root)


def test_an_archive_of_one_language_is_asked_as_it_is(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, *_articles(1, "en", ENGLISH, 30))
    assert ask_snapshot("the salt", archive.snapshot) == read_question("the salt", ["en"])
