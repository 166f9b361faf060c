"""Where names of organisations begin and end, and what is no name, in invented sentences."""

from __future__ import annotations

import pytest

from pinakes.corpus.tagging.taggers.names import tag_names
from tests.tagged_articles import article_of, values_of


def organisations(text: str, language: str = "en") -> list[str]:
    return values_of(tag_names, article_of(text, language=language), "org")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Way of Clay Potters Association (WOCPA) met.",
            ["Way of Clay Potters Association"] * 2,
        ),
        (
            "The Clay and Sand Workers Association (CASWA) met.",
            ["Clay and Sand Workers Association"] * 2,
        ),
        ("The District of Alder Commission met.", ["District of Alder Commission"]),
        ("He read El Alder Herald there.", ["El Alder Herald"]),
    ],
)
def test_a_name_begins_where_its_acronym_or_its_link_asks(text: str, expected: list[str]) -> None:
    assert organisations(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He speaks at the Birch .NET User Group.",
        "The Birch.Clay Council met.",
        "It is in the #Birch Council now.",
    ],
)
def test_no_name_is_cut_from_a_longer_one(text: str) -> None:
    assert organisations(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She writes for The New York Times Magazine.", ["New York Times Magazine"]),
        ("It came out at Birch University Press.", ["Birch University Press"]),
        ("They play in the Birch Authority Stadium and the NATO Arena.", []),
        ("She won the Microsoft Cup in the Verizon Theater.", []),
        ("He is at the FBI Field Office.", ["Federal Bureau of Investigation"]),
        ("Birch University Center for Clay is new.", ["Birch University", "Center for Clay"]),
    ],
)
def test_what_follows_a_name_may_make_it_another(text: str, expected: list[str]) -> None:
    assert organisations(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. House of Representatives met.", "U.S. House of Representatives"),
        ("The US House of Representatives met.", "U.S. House of Representatives"),
        ("The House of Representatives met.", "House of Representatives"),
        ("The United States Senate met.", "U.S. Senate"),
    ],
)
def test_chambers_keep_their_country(text: str, expected: str) -> None:
    assert organisations(text) == [expected]


@pytest.mark.parametrize("text", ["“Hey Google, dim the lamp.”", "Say OK Google once."])
def test_who_calls_an_assistant_names_no_firm(text: str) -> None:
    assert organisations(text) == []
    assert organisations("They sued Google.") == ["Google"]


@pytest.mark.parametrize(
    "text",
    [
        "A shop may be called a “Velvet Painting Agency” there.",
        "What matters in a Velvet Agency's plans.",
        "How to Choose the Solid Marketing Agency",
        "It holds up well.\nSecure Foundation\nThe code checks its bounds.",
        "Test Suite Organization: sort your tests into folders.",
    ],
)
def test_words_for_a_kind_of_thing_or_a_work_are_no_name(text: str) -> None:
    assert organisations(text) == []


def test_a_line_of_its_own_stays_a_name_if_its_words_are_not_common_or_stand_again() -> None:
    assert organisations("We asked them.\nRinnhofer Foundation\nIt helps.") == [
        "Rinnhofer Foundation"
    ]
    twice = "We asked them.\nSecure Foundation\nThe Secure Foundation helps."
    assert organisations(twice) == ["Secure Foundation"] * 2


def test_a_single_article_before_a_name_that_goes_on_tells_nothing() -> None:
    assert organisations("She is a Birch University professor.") == ["Birch University"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Explore Birch University's course.", ["Birch University"]),
        ("Attend Alder Clay Foundation today.", ["Alder Clay Foundation"]),
        ("We met. Watch Birch University on air.", ["Birch University"]),
        ("Watch Tower Clay Ltd grew.", ["Watch Tower Clay Ltd"]),
        ("She is at the London Royal College of Clay.", ["Royal College of Clay"]),
        ("She is at London National Health Service now.", ["National Health Service"]),
        ("The China National Clay Corporation met.", ["China National Clay Corporation"]),
        ("She writes for the N.Y. Times.", ["New York Times"]),
        ("She writes for NY Times, too.", ["New York Times"]),
    ],
)
def test_a_name_begins_after_what_only_leads_to_it(text: str, expected: list[str]) -> None:
    assert organisations(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "If you can Google it, do.",
        "We just Google the name.",
        "I Google “clay” a lot.",
        "They want to Google it.",
        "Look it up or just Google for clay.",
    ],
)
def test_a_firm_whose_name_is_a_verb_is_none(text: str) -> None:
    assert organisations(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "They sold it to Google for money.",
        "How can Google survive?",
        "It is not just Google.",
        "They said to Google that it is old.",
    ],
)
def test_a_firm_stays_where_nobody_searches(text: str) -> None:
    assert organisations(text) == ["Google"]


@pytest.mark.parametrize(
    "text",
    [
        "Install Visual Studio Community first.",
        "We use Visual Studio Community Edition.",
        "The Android Studio Group is a menu.",
        "It ran on the NATO Channel and on BBC Films.",
        "He is an Ohio Senate candidate in the Ohio Senate race.",
    ],
)
def test_products_channels_and_elections_are_no_organisations(text: str) -> None:
    assert organisations(text) == []


def test_an_acronym_of_the_article_before_films_is_another_name() -> None:
    text = "The Eastmere River Council (ERC) met. ERC Films plays. The ERC left. Ohio Senate sat."
    assert organisations(text) == [
        "Eastmere River Council", "Eastmere River Council", "Eastmere River Council", "Ohio Senate",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Walter's Elbow Country Club | Photographs",
        "Marie's Rinn Movers LLC\n109 moves",
        "WHO ARE YOU, they cried, and went home to sleep.",
        "Follow her on Google + today, or write to her.",
        "The body makes its own EPA and DHA from seeds.",
        "They found the best UNSC weapons of the game.",
    ],
)
def test_what_is_cut_or_means_something_else_as_often_is_no_organisation(text: str) -> None:
    assert organisations(text) == []


def test_letters_stand_for_what_the_article_tells_of() -> None:
    text = "The ministry asked the EPA; the court and the government agreed."
    assert organisations(text) == ["Environmental Protection Agency"]
