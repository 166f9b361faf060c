"""What only looks like a place, a law or a name, in invented sentences, by its cause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus.tagging.places.teams import is_on_sport
from pinakes.corpus.tagging.taggers.laws import tag_laws
from pinakes.corpus.tagging.taggers.names import tag_names
from pinakes.corpus.tagging.taggers.places import tag_places
from pinakes.corpus.tagging.taggers.quotes import tag_quotes
from tests.tagged_articles import article_of
from tests.tagging_texts import tags_of

_MATCH = "The quarterback threw a touchdown before halftime. "


def places(text: str, language: str = "en") -> list[str]:
    return [value for _, value in tags_of(tag_places, text, language=language)]


def organisations(text: str) -> list[str]:
    return [value for _, value in tags_of(tag_names, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seattle beat Denver, and Texas lost to Boston.", []),
        ("He was born in Chicago and flew to Seattle.", ["Chicago", "Seattle"]),
        ("Chicago police closed the road to Dallas, Texas.", ["Chicago", "Dallas"]),
        ("Brazil play Norway on Sunday.", ["Brazil", "Norway"]),
    ],
)
def test_a_city_in_an_article_on_sport_stands_for_its_team(text: str, expected: list[str]) -> None:
    assert places(f"{_MATCH}{text}") == expected


def test_a_report_of_a_match_tells_first_whence_it_comes() -> None:
    assert places(f"CHICAGO (AP) — {_MATCH}Seattle won.") == ["Chicago"]


def test_lists_of_what_players_did_are_of_sport() -> None:
    text = "Chicago: Rolf Tanner 3 goals, Ida Berg 2 assists, 1 save, Jo Stein 4 points, 2 saves."
    assert not places(text)


def test_a_few_words_of_sport_in_a_long_text_make_no_article_on_sport() -> None:
    assert places(f"Seattle rests. {_MATCH}{'The river rose again that night. ' * 80}") == [
        "Seattle"
    ]


@given(st.text(max_size=400))
def test_an_article_on_sport_has_three_words_of_it(text: str) -> None:
    assert is_on_sport(f"{_MATCH}{text}")
    assert not is_on_sport("touchdown halftime")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", 'con.run()\nAUSTRIA = "x" ; assert row == AUSTRIA', []),
        ("en", "public static final Locale TAIWAN is a constant.", []),
        ("en", "The DANE records and the block THAI are read.", []),
        ("en", "CHINA", ["China"]),
        ("en", "A FLOOD IN CHINA AND INDIA", ["China", "India"]),
        ("en", "MOSCOW (AP) — Villagers left. VIENNA, May 3.", ["Moscow", "Vienna"]),
        ("en", "The locale en-US is set; a non-US firm is not.", ["United States"]),
        ("en", "German in Austria differs.", ["Austria"]),
        ("en", "Thai digits are drawn by Thai printers.", ["Thailand"]),
        ("en", "Two French presses stood by the French door of a French inn.", ["France"]),
        ("en", "America's Got Talent is on, America's farms are dry.", ["United States"]),
        ("en", "The coat of Louis XIV of France, drawn by Ana de Lima.", []),
        ("en", "The deck has Kings and Queens. She left Ohio.", ["Ohio"]),
        ("en", "From Ohio he moved to Queens.", ["Ohio", "Queens"]),
        ("en", "Ian ‘Boston’ Reed wrote the song “Vienna” in Rome.", ["Rome"]),
        ("en", "From North Africa to Western Europe.", ["North Africa", "Western Europe"]),
        ("en", "Oxford chose its word of the year.", []),
        ("en", "He lives in Oxford, England.", ["Oxford", "England"]),
        ("en", "French bread, French fries, Swiss army knives, a Danish pastry, a Dutch oven.", []),
        ("en", "Two Persian cats on a Turkish rug ate Swiss cheese, said a German shepherd.", []),
        (
            "en",
            "Turkish farmers bake bread; French cats and Danish goats eat it.",
            ["Turkey", "France", "Denmark"],
        ),
        (
            "fr",
            "Un berger allemand dort sur un tapis persan ; un soldat allemand passe.",
            ["Germany"],
        ),
        ("es", "El pastor alemán duerme; el soldado alemán pasa.", ["Germany"]),
        ("en", "The French leave Mali.", ["France", "Mali"]),
        (
            "en",
            "The French kiss, the Dutch treat the sick, the Spanish fly home.",
            ["France", "Netherlands", "Spain"],
        ),
        ("en", "French onion growers strike; French onion soup is warm.", ["France"]),
        ("en", "Indian corn farmers protest, Mexican waves of visitors come.", ["India", "Mexico"]),
        ("en", "Chinese cabbage imports and Swiss cheese exports grow.", ["China", "Switzerland"]),
        ("en", "Wash the kale and the Chinese cabbage.", []),
        ("en", "The Swiss roll out a plan; she baked a Swiss roll.", ["Switzerland"]),
        ("fr", "Des bergers belges, les couteaux suisses et les montagnes russes.", []),
        (
            "fr",
            "Les montagnes suisses, des bergers grecs, un couteau turc, des chats français.",
            ["Switzerland", "Greece", "Turkey", "France"],
        ),
        ("es", "Las montañas rusas y los baños turcos; un gato persa.", []),
        (
            "es",
            "Las montañas suizas, los pastores griegos y los baños rusos.",
            ["Switzerland", "Greece", "Russia"],
        ),
        ("de", "Ein deutscher Schäferhund folgt dem deutschen Soldaten.", ["Germany"]),
        ("ru", "Самое важное — болгарский перец и болгарские города.", ["Bulgaria"]),
    ],
)
def test_what_only_looks_like_a_place(language: str, text: str, expected: list[str]) -> None:
    assert places(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It follows from Article II, Section 3 of the U.S. Constitution.",
            ["United States Constitution, Article II, Section 3", "United States Constitution"],
        ),
        (
            "The European Convention on Human Rights and Fundamental Freedoms applies.",
            ["European Convention on Human Rights"],
        ),
        ("The USA Patriot Act was renewed.", ["USA PATRIOT Act"]),
        (
            "It is funded by Title IIC of the Rural Education Act of 1965.",
            ["Rural Education Act of 1965, Title IIC", "Rural Education Act of 1965"],
        ),
        ("It follows Part B of the Clean Rivers Act of 1987.", ["Clean Rivers Act of 1987"]),
        ("Forms: Appeals, Parental Leave, Child Health Act of 1987.", ["Child Health Act of 1987"]),
        ("The Roads, Rail and Transport Act of 1987.", ["Roads, Rail and Transport Act of 1987"]),
        ("The Affordable Care Act stays.", ["Patient Protection and Affordable Care Act"]),
    ],
)
def test_a_law_is_told_with_all_that_belongs_to_it(text: str, expected: list[str]) -> None:
    assert [value for _, value in tags_of(tag_laws, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The National Institute of Justice was silent.", ["National Institute of Justice"]),
        (
            "She reads at the Royal Academy of Arts and Sciences.",
            ["Royal Academy of Arts and Sciences"],
        ),
        ("They moved it from Alder General Hospital to Birch Clinic.", ["Alder General Hospital"]),
        ("The Embassy to Chad is shut.", ["Embassy to Chad"]),
        ("He formed a Texas LLC and a New York LLC.", []),
        ("The clause EXCLUDE GROUP is rare.", []),
        ("New York Department of Rivers staff came. A new day.", ["New York Department of Rivers"]),
        ("Motor Valley Electric Co. grew. The motor ran.", ["Motor Valley Electric Co."]),
        ("A professor at the University of Texas, Austin, spoke.", ["University of Texas, Austin"]),
        ("The National Health Service Corps sends doctors.", []),
        ("Each unit speaks Bluetooth Low Energy (BLE).", []),
        ("Component JTable Anna is drawn.", []),
    ],
)
def test_a_name_of_an_organisation_is_neither_cut_nor_too_long(
    text: str, expected: list[str]
) -> None:
    assert organisations(text) == expected


def test_an_acronym_in_brackets_keeps_the_first_word_of_the_name() -> None:
    text = "Physical Safety Research Alliance (PSRA) met. The physical risk is low."
    assert organisations(text) == ["Physical Safety Research Alliance"] * 2


def test_who_is_of_an_organisation_speaks_and_not_the_organisation() -> None:
    text = "“We have never seen such water,” Rolf Tanner of the Alder Fire Company told reporters."
    assert "Rolf Tanner" in [value for _, value in tags_of(tag_quotes, text)]


@pytest.mark.parametrize(
    "text",
    [
        "“We will wait until spring,” He Doe, the former head for Chad at the World Bank, said.",
        "As a Tanner adviser told reporters in May, “we will wait until spring.” He won.",
        "“We went to an old house downtown.” Rolf Tanner added that it was cold.",
    ],
)
def test_who_is_told_of_beside_a_quotation_has_not_said_it(text: str) -> None:
    article = article_of("Rolf Tanner came.", text)
    tags = [tag for passage in article.passages for tag in tag_quotes.find(passage)]
    assert not [tag.value for tag in tags if tag.type == "said"]


def test_a_given_name_that_signs_a_comment_is_nobody_named_in_full() -> None:
    texts = (
        "Todd Bowen runs the mill.",
        "It was dull. Todd — June 27th, 2012",
        "Todd was tired.",
        "Todd sang —",
    )
    article = article_of(*texts)
    values = [[tag.value for tag in tag_names.find(passage)] for passage in article.passages]
    assert values == [["Todd Bowen"], [], ["Todd Bowen"], ["Todd Bowen"]]


def test_an_article_with_words_that_sport_shares_is_not_on_sport() -> None:
    text = "The Arab League met again. It saves lives; the roster is yards long. "
    assert not is_on_sport(text)
    assert is_on_sport(f"{text}A touchdown before halftime won it.")
