"""`name:` finds a name however Latin, Cyrillic and Arabic letters write it."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.indexer import words
from pinakes.search.query import Or, Regex, parse, read_regex
from pinakes.search.query.name_variants import find_variants
from pinakes.search.query.transliteration import SOUNDS, read_sounds
from tests.small_archive import SmallArchive, article

SPELLINGS = (
    ("Алиев", "Aliyev", "Aliev", "Əliyev", "علییف", "Alijev"),
    ("Путин", "Putin", "Poutine", "بوتين", "پوتین"),
    ("Хрущёв", "Хрущев", "Khrushchev", "Khrushchov"),
    ("Мамедов", "Məmmədov", "Mammadov", "Mamedov"),
    ("Гасымов", "Qasımov", "Gasimov", "قاسموف"),
    ("Зеленский", "Зеленський", "Zelensky", "Zelenskyy", "زلنسکی"),
    ("Джафаров", "Cəfərov", "Jafarov", "Dzhafarov", "جعفروف"),
    ("Садыков", "Sadıkov", "Sadykov", "صادقوف"),
    ("Назарбаев", "Nazarbayev", "نظربایف", "نزارباييف"),
    ("Гейдар", "Heydər", "Heydar", "حيدر"),
    ("Ильхам", "İlham", "Ilham", "إلهام"),
    ("Эрдоган", "Erdoğan", "أردوغان"),
    ("Асад", "Assad", "الأسد"),
    ("Мухаммад", "Mohammad", "Muhammad", "محمد"),
    ("Шахин", "Şahin", "Shahin", "شاهین"),
    ("Лукашенко", "Lukashenko", "Łukaszenko", "لوكاشينكو"),
    ("Горбачёв", "Gorbachev", "Gorbachov", "گورباچف"),
    ("Ельцин", "Yeltsin", "Eltsin", "یلتسین"),
)
OTHERS = ("Smith", "Молотов", "كتاب", "alive", "олово", "Keats", "پنجره", "putting", "Мамонтов")


@pytest.fixture(scope="module")
def spelled(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallArchive, dict[str, int]]:
    keys: dict[str, int] = {}
    for spelling in (*(one for row in SPELLINGS for one in row), *OTHERS):
        keys.setdefault(spelling, len(keys) + 1)
    articles = (article(key, f"… {spelling} …", language="und") for spelling, key in keys.items())
    return SmallArchive(tmp_path_factory.mktemp("spelled"), *articles), keys


@pytest.mark.parametrize("row", SPELLINGS, ids=lambda row: row[0])
def test_each_spelling_finds_the_others_and_no_other_name(
    spelled: tuple[SmallArchive, dict[str, int]], row: tuple[str, ...]
) -> None:
    archive, keys = spelled
    wanted = {keys[one] for one in row}
    found = {asked: archive.keys(f"name:{asked}") for asked in row}
    missed = [pair for pair in permutations(row, 2) if keys[pair[1]] not in found[pair[0]]]
    assert not missed
    assert all(keys_found <= wanted for keys_found in found.values())


def test_a_name_of_several_words_is_found_in_any_order_with_another_among_them(
    tmp_path: Path,
) -> None:
    archive = SmallArchive(
        tmp_path,
        article(1, "Aliyev, Ilham said no."),
        article(2, "Ильхам Гейдар оглы Алиев сказал."),
        article(3, "Ilham met a Mr Rezayev and his brother, then Aliyev."),
        article(4, "Ilham Sadykov was there."),
    )
    assert archive.keys('name:"Ilham Aliyev"') == {1, 2}
    assert archive.keys("name:(Aliyev OR Sadıkov) -name:Rezayev") == {1, 2, 4}


def test_exact_search_is_left_as_it_is(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, article(1, "Aliyev"), article(2, "Алиев"))
    assert archive.keys('"Aliyev"') == archive.keys("Aliyev") == {1}
    assert archive.keys("name:Aliyev") == {1, 2}


def test_what_is_short_or_has_no_sounds_is_looked_for_as_it_is() -> None:
    assert parse("name:Li").interpreted == '"li"'
    assert parse("name:山田").interpreted == '"山田"'
    assert parse("name:R2D2").interpreted == '"r2d2"'
    assert parse('name:"al-Li"').interpreted == '"li"'


def test_a_name_longer_than_any_pattern_is_looked_for_as_it_is(tmp_path: Path) -> None:
    archive = SmallArchive(tmp_path, article(1, "kj" * 100), article(2, "ch" * 30))
    assert archive.keys("name:" + "kj" * 100) == {1}
    assert archive.keys("name:" + "ch" * 30) == {2}


def test_a_pattern_is_no_name() -> None:
    assert [found.code for found in parse("name:Ali*").diagnostics] == ["bad-value"]
    assert parse("name:...").root is None
    assert parse('name:"a^2"').root is not None


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzəабвгджзийлнхщьюя اعبتسشقكيوه-'", max_size=30))
def test_whatever_a_name_is_it_finds_itself_and_can_be_printed(text: str) -> None:
    found = find_variants(text, (0, 0))
    assert (found is None) is (not words(text))
    if found is not None:
        query = parse(f'name:"{text}"')
        assert query.root == found
        assert parse(query.interpreted).root == found


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzabcəабвгджзийлнхщьюяاعبتسشقكيوه", max_size=20))
def test_sounds_are_known(word: str) -> None:
    assert set(read_sounds(word)) <= set(SOUNDS)


@given(st.text(alphabet="achijkosuyzаеийчшщьاعتشكيو", min_size=3, max_size=200))
def test_patterns_of_a_name_can_be_read_however_long_it_is(word: str) -> None:
    found = find_variants(word, (0, 0))
    for part in found.children if isinstance(found, Or) else ():
        if isinstance(part, Regex):
            read_regex(part.text)


@pytest.mark.parametrize(
    ("query", "printed"),
    [
        ("name:Алиев AND mine", "name:алиев AND mine"),
        ('name:"Adalat Aliyev" OR x', 'name:"adalat aliyev" OR x'),
        ("(name:Aliyev OR name:Putin) NEAR/3 mine", "(name:aliyev OR name:putin) NEAR/3 mine"),
        ('"a" NEAR/2 "b"', '"a" NEAR/2 "b"'),
        ('"a" OR /b+/', '"a" OR /b+/'),
    ],
)
def test_a_name_is_printed_as_a_name(query: str, printed: str) -> None:
    read = parse(query)
    assert read.interpreted == printed
    assert parse(printed).root == read.root
