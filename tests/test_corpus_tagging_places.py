"""Places in invented sentences, in seven languages, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus.tagging.places.names import LANGUAGES
from pinakes.corpus.tagging.places.russian import decline, decline_adjective
from pinakes.corpus.tagging.taggers.places import tag_places
from tests.tagged_articles import article_of, values_of
from tests.tagging_texts import tags_of


def values(*texts: str, language: str = "en") -> list[str]:
    return [value for _, value in tags_of(tag_places, *texts, language=language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They drove from Lebanon, Pennsylvania to Moscow, TN.", ["Pennsylvania"]),
        ("en", "Help came from Turkey, Georgia and Armenia.", ["Turkey", "Georgia", "Armenia"]),
        ("en", "Talks moved from Geneva to Baku.", ["Geneva", "Baku"]),
        (
            "en",
            "The UK, the U.S. and the UAE agreed.",
            ["United Kingdom", "United States", "United Arab Emirates"],
        ),
        (
            "en",
            "A Czech mayor met two Norwegians in Côte d’Ivoire.",
            ["Czechia", "Norway", "Côte d'Ivoire"],
        ),
        ("en", "The depot in Fort Worth, Texas, burned down.", ["Fort Worth", "Texas"]),
        ("en", "South Korean and North Korean envoys sat down.", ["South Korea", "North Korea"]),
        ("en", "Armenia's border with Azerbaijan stayed shut.", ["Armenia", "Azerbaijan"]),
        (
            "ru",
            "Делегация прибыла в Женеву из Москвы, затем вернулась в Баку.",
            ["Geneva", "Moscow", "Baku"],
        ),
        (
            "ru",
            "Шахтёры и премьер Грузии говорили о Южной Корее.",
            ["Georgia", "South Korea"],
        ),
        ("ru", "В Афинах турецкие шахтёры ждали поезда до Парижа.", ["Athens", "Turkey", "Paris"]),
        (
            "ru",
            "Послы США и Саудовской Аравии покинули Нью-Йорк.",
            ["United States", "Saudi Arabia", "New York"],
        ),
        (
            "de",
            "Die türkische Delegation reiste aus Genf nach Aserbaidschan.",
            ["Turkey", "Geneva", "Azerbaijan"],
        ),
        (
            "de",
            "Frankreichs Botschafter verließ die Vereinigten Staaten.",
            ["France", "United States"],
        ),
        (
            "fr",
            "Les mineurs turcs sont partis de Genève pour l’Azerbaïdjan.",
            ["Turkey", "Geneva", "Azerbaijan"],
        ),
        ("fr", "Une ministre grecque est arrivée aux États-Unis.", ["Greece", "United States"]),
        ("es", "La ministra turca voló de Ginebra a Nueva York.", ["Turkey", "Geneva", "New York"]),
        ("es", "Los mineros peruanos llegaron a Alemania.", ["Peru", "Germany"]),
        (
            "tr",
            "Heyet Cenevre'den Bakü'ye, sonra Ankara’nın dışına gitti.",
            ["Geneva", "Baku", "Ankara"],
        ),
        ("tr", "Toplantıya Türk madenciler ve Fransız bir bakan geldi.", ["Turkey", "France"]),
        ("ar", "التقت الوزيرة الفرنسية والحكومة التركية.", ["France", "Turkey"]),
        ("tr", "Türkiye ve Almanya İsviçre'de görüştü.", ["Turkey", "Germany", "Switzerland"]),
        ("ar", "سافر الوفد من جنيف إلى باكو وتركيا.", ["Geneva", "Baku", "Turkey"]),
        (
            "ar",
            "وصل الوزير إلى القاهرة ثم للسعودية بطلب من فرنسا.",
            ["Cairo", "Saudi Arabia", "France"],
        ),
    ],
)
def test_places_are_found_in(language, text, expected):
    assert values(text, language=language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Michael Jordan and Paris Hilton spoke to the Washington Post."),
        ("en", "She studied at the University of Geneva and joined the Bank of England."),
        ("en", "The Geneva Conventions and the Paris agreement were cited."),
        ("en", "The Colorado potato beetle came, and the band Europe sang of the film Brooklyn."),
        ("en", "It costs 500 US dollars, 20 Swiss francs or 40 Canadian dollars."),
        ("en", "The turkey was dry. Turkey sandwiches were sold out."),
        ("en", "It is nice to be reading in Bath with a mobile phone of orange plastic."),
        ("en", "Nice work, said Chad. Reading helps; Mobile banking too."),
        ("en", "The manual was translated into Turkish; he speaks French and Polish."),
        ("en", "The French translation has no index, and the German language no such word."),
        ("en", "Turkish Airlines and British Airways cancelled flights."),
        ("en", "Manchester United beat FC Barcelona."),
        ("en", "Write to info@london.example or see paris.example."),
        ("en", "It costs US$40."),
        ("en", "The zone is Europe/Paris, not Australia/Sydney."),
        ("en", "Georgia said the peaches were ripe, and Jordan laughed."),
        ("en", "Norma Cairo came late. Cairo said that she had missed the bus."),
        ("en", "The Duke of York waited in the Gulf of Mexico."),
        ("ru", "Того, кто пришёл в порту первым, наградили."),
        ("ru", "Груз доставили, а вены на руках вздулись."),
        ("de", "Das Essen war gut, und der Vertrag von Lissabon ist alt."),
        ("fr", "Dominique et Maurice ont parlé en français de la convention de Genève."),
        ("es", "Habla en francés con León y busca la paz."),
        ("tr", "Ordu ve batman aynı cümlede; sana söyledim."),
        ("tr", "Türk Ceza Kanunu okundu."),
        ("ar", "ترجم من اللغة التركية."),
        ("ar", "درس في جامعة القاهرة ووقع اتفاق مالي."),
    ],
)
def test_no_place_is_found_in(language, text):
    assert tags_of(tag_places, text, language=language) == []


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("Turkey closed the strait.", "The Greek navy waited.", ["Turkey"]),
        ("Turkey goes well with chestnuts.", "Serve at noon.", []),
        ("Georgia reopened the pass.", "Armenian drivers had queued.", ["Georgia"]),
        ("Georgia reopened the pass.", "A judge in Ohio agreed.", []),
        ("Talks resumed in Jordan.", "Syria sent a minister.", ["Jordan"]),
        ("Talks resumed in Jordan.", "Nobody came.", []),
    ],
)
def test_a_name_shared_with_others_is_a_place_where_the_article_names_what_belongs_to_it(
    text, context, expected
):
    assert values(context, text) == expected


def test_people_and_things_of_a_country_are_told_apart_by_their_variant():
    (passage,) = article_of("Turkish miners left Ankara.").passages
    found = [(tag.value, tag.variant) for tag in tag_places.find(passage)]
    assert found == [("Turkey", "demonym"), ("Ankara", "")]


def test_russian_names_change_by_their_endings():
    assert set(decline("Женева")) == {"Женева", "Женевы", "Женеве", "Женеву", "Женевой"}
    assert "Южной Корее" in set(decline("Южная Корея"))
    assert "Боснии и Герцеговине" in set(decline("Босния и Герцеговина"))
    assert "Стамбулом" in set(decline("Стамбул"))
    assert set(decline("Баку")) == {"Баку"}
    assert set(decline("США")) == {"США"}
    assert "турецкими" in set(decline_adjective("турецкий"))


_WORDS = st.sampled_from(
    [
        "Geneva",
        "Turkey",
        "Turkish",
        "the",
        "in",
        "Jordan",
        "of",
        "Bank",
        "University",
        ",",
        ".",
        "'s",
        "Женеве",
        "Москвы",
        "Cenevre'de",
        "جنيف",
        "New",
        "York",
        "Korea",
        "South",
        "Paris",
        "Hilton",
        "US",
        "$",
        "-",
        "İ",
        "ı",
        "ß",
        "日",
        "Texas",
        "Fort",
        "Worth",
        "französische",
    ]
)


@given(st.lists(_WORDS, max_size=25).map(" ".join), st.sampled_from([*LANGUAGES, "und", "pl"]))
def test_spans_stand_in_the_passage_and_the_same_passage_gives_the_same_tags(text, language):
    (passage,) = article_of(text, language=language).passages
    found = list(tag_places.find(passage))
    (again,) = article_of(text, language=language).passages
    assert found == list(tag_places.find(passage)) == list(tag_places.find(again))
    for tag in found:
        assert 0 <= tag.start < tag.end <= len(text)
        assert tag.value
        assert tag.type == "place"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Germany 2, Ghana 1. Nobody scored after the break.", []),
        ("It ended Turkey 0, Norway 3, in the rain.", []),
        ("Then Turkey 2-1 Norway was the score of the day.", []),
        (
            "Ferries carried, in millions: Iraq 43, Norway 41, Ghana 40.",
            ["Iraq", "Norway", "Ghana"],
        ),
        ("In the polls stand Norway 44.5, Ghana 43.7 per cent.", ["Norway", "Ghana"]),
        ("In Norway 2 men and in Ghana 1 woman drowned.", ["Norway", "Ghana"]),
    ],
)
def test_the_sides_of_a_score_are_no_places(text: str, values: list[str]) -> None:
    assert values_of(tag_places, article_of(text, language="en"), "place") == values
