"""What queries find, written out by hand: every operator, every pitfall, and what is marked."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest

from pinakes.search import Archive, SearchOptions
from tests import (
    answers_dates,
    answers_fields,
    answers_patterns,
    answers_phrases,
    answers_proximity,
    answers_scripts,
    answers_signs,
    answers_words,
)
from tests.answer_table import Case, ask, make_archive, read_cases

TOPICS: tuple[ModuleType, ...] = (
    answers_words,
    answers_signs,
    answers_phrases,
    answers_proximity,
    answers_patterns,
    answers_scripts,
    answers_fields,
    answers_dates,
)
CASES = [(topic, case) for topic in TOPICS for case in read_cases(topic.CASES)]


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[ModuleType, Archive]]:
    made: dict[ModuleType, Archive] = {}
    for topic in TOPICS:
        folder = tmp_path_factory.mktemp(topic.__name__.rpartition(".")[2])
        made[topic] = make_archive(folder, topic.ARCHIVE, getattr(topic, "FILES", {}))
    yield made
    for archive in made.values():
        archive.close()


@pytest.mark.parametrize(
    ("topic", "case"), [pytest.param(*each, id=each[1].query[:60]) for each in CASES]
)
def test_a_query_finds_and_marks_what_the_table_says(
    archives: dict[ModuleType, Archive], topic: ModuleType, case: Case
) -> None:
    found, codes = ask(archives[topic], case.query)
    assert "\n".join(found) == "\n".join(case.found)
    assert codes == case.codes


@pytest.mark.parametrize(
    ("query", "occurrences"),
    [
        ("red", 3),
        ("re*", 3),
        ('"red red"', 1),
        ('"red red"~2', 1),
        ("red ADJ/2 red", 1),
        ("r?d", 3),
    ],
)
def test_patterns_and_distances_count_each_occurrence_once(
    archives: dict[ModuleType, Archive], query: str, occurrences: int
) -> None:
    options = SearchOptions(occurrences=True)
    found = archives[answers_proximity].search(f"{query} path:articles flag", options=options)
    flags = 2
    assert found.occurrences == occurrences + flags


def test_the_tables_hold_three_hundred_different_cases() -> None:
    assert len({(topic.__name__, case.query) for topic, case in CASES}) == len(CASES)
    assert len(CASES) >= 300
