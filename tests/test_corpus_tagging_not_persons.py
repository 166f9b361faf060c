"""What is named like a person and is none, in invented sentences, by its cause."""

from __future__ import annotations

import pytest

from pinakes.corpus.model import Kind
from pinakes.corpus.tagging.naming.lexicon import given_names, words_listed
from pinakes.corpus.tagging.tagger import ArticleText
from pinakes.corpus.tagging.taggers.names import tag_names
from tests.tagged_articles import article_of, tags_of, values_of


def persons(article: ArticleText) -> list[str]:
    return values_of(tag_names, article, "person")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We compared the Martha Certification with two others."),
        ("en", "They sell the Oliver Espresso Machine and the Jenny M3Go."),
        ("en", "Look at the Clara Plumbers Price Data first."),
        ("en", "It runs on Edith Common Sense. Then came the Hugo Heating Systems."),
        ("en", "They played Super Walter Run, and sang at the Grand Walter Opry."),
        ("en", "“Super Walter Run” is old."),
        ("en", "It belongs to Phase I. Ursula explained it."),
        ("de", "Die Anna Zertifizierung ist teuer, der Paul Vergleich auch."),
        ("fr", "La Claire Formation est chère, comme le Paul Atelier."),
        ("es", "La Carmen Formación es cara, como el Pablo Taller."),
        ("ru", "Мы купили Анна Сертификация и Павел Мебель."),
        ("tr", "Yeni Ayşe Sertifikası ve Mehmet Kursu pahalı."),
    ],
)
def test_words_for_products_and_services_make_no_person(language: str, text: str) -> None:
    assert persons(article_of(text, language=language)) == []


def test_what_is_no_person_has_no_short_form() -> None:
    article = article_of("The Edith Common Sense guide is out.", "Open Edith for a course.")
    assert tags_of(tag_names, article) == []


def test_family_names_that_are_words_stay() -> None:
    article = article_of(
        "They met Edith Cash, Paul Driver, the heirs of Saint Paul Rinn, and Antoine de la Tour.",
        "Owner Clara Holm spoke.",
    )
    assert persons(article) == [
        "Edith Cash", "Paul Driver", "Paul Rinn", "Antoine de la Tour", "Clara Holm",
    ]  # fmt: skip


def test_a_given_name_alone_means_who_was_named_before_and_nobody_named_later() -> None:
    article = article_of(
        "Our child loves Walter, who teaches drums.",
        "He plays like Walter Rinnhofer. Walter never toured here.",
    )
    assert persons(article) == ["Walter Rinnhofer", "Walter Rinnhofer"]


def test_a_given_name_alone_means_who_is_named_in_the_title() -> None:
    article = article_of(
        "Walter slept.", "Then Walter Rinnhofer sang.", title="The Walk of Walter Rinnhofer"
    )
    assert persons(article) == ["Walter Rinnhofer"] * 2


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("She left the consulting firm Walter Rinn, which is old.", "Walter Rinn"),
        ("It belongs to the Walter Rinn brand.", "Walter Rinn"),
        ("All Walter Rinn stores are closed.", "Walter Rinn"),
        ("It came out at the music publisher Walter Rinn.", "Walter Rinn"),
        ("They own Walter Rinn Inc now.", "Walter Rinn"),
    ],
)
def test_one_place_that_tells_of_a_firm_is_enough(text: str, firm: str) -> None:
    article = article_of(text, f"Yesterday {firm} had no comment.")
    assert persons(article) == []
    assert values_of(tag_names, article, "org")[-1] == firm


@pytest.mark.parametrize(
    "text",
    [
        "It is the company Walter Rinn founded. It is small.",
        "The company of Walter Rinn is small.",
        "He met publisher Walter Rinn, who was tired.",
        "Walter Rinn, head of the firm, left. The Walter Rinn brand is old.",
        "Walter Rinn, who paints, opened the Walter Rinn stores.",
    ],
)
def test_who_founded_or_leads_a_firm_is_a_person(text: str) -> None:
    assert "Walter Rinn" in persons(article_of(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She wore Calvin Klein and drove to T.J. Maxx.", []),
        ("He shops at Eddie Bauer; Robert Half found him the job.", []),
        ("The Wells Fargo Arena and the Eli Lilly Endowment are old.", []),
        ("Few knew Bob Evans then. Evans said nothing.", ["Bob Evans"] * 2),
        ("By Bob Evans\nThe road is closed.", ["Bob Evans"]),
        ("She sells Perry Ellis. Then Perry Ellis Rinn came.", ["Perry Ellis Rinn"]),
        ("The designer Calvin Klein was born there. Calvin Klein left.", ["Calvin Klein"] * 2),
        ("Kate Spade, who drew bags, and Mr. Boss met.", ["Kate Spade", "Boss"]),
    ],
)
def test_known_firms_named_like_persons_need_a_person_in_the_article(
    text: str, expected: list[str]
) -> None:
    assert persons(article_of(text)) == expected


def test_known_firms_are_organisations() -> None:
    article = article_of("He worked for Robert Half and at Oliver Wyman.")
    assert values_of(tag_names, article, "org") == ["Robert Half", "Oliver Wyman"]


@pytest.mark.parametrize(
    ("heading", "below", "expected"),
    [
        ("Velvet Paul Rinn", "Nothing else.", []),
        ("Velvet Paul Rinn", "Then Rinn left.", ["Paul Rinn", "Paul Rinn"]),
        ("Paul Rinn", "Nothing else.", ["Paul Rinn"]),
        ("Paul van der Rinn", "Nothing else.", ["Paul van der Rinn"]),
        ("How we met Paul Rinn again", "Nothing else.", ["Paul Rinn"]),
    ],
)
def test_a_person_in_a_heading_in_title_case_is_told_below(
    heading: str, below: str, expected: list[str]
) -> None:
    assert persons(article_of(heading, below, kinds=(Kind.HEADING,))) == expected


def test_short_forms_stand_in_no_firm_no_address_and_no_list_of_books() -> None:
    article = article_of(
        "Walter Rinnhofer spoke.",
        "Holm & Rinnhofer sells hats. Write to Walter.Rinnhofer@hats.example.",
        "Holm, Walter (2009). On Hats. Then Walter left, as Rinnhofer said.",
    )
    assert persons(article) == ["Walter Rinnhofer"] * 3


def test_who_lives_nearby_is_told_without_that() -> None:
    assert persons(article_of("Neighbor Clara Holm, 22, slept.")) == ["Clara Holm"]


@pytest.mark.parametrize(
    "text",
    [
        "Plant the clematis ‘Walter Rinn’ in spring.",
        "We keep 'Edith Holm', a fern, and 'Clara Amis.'",
        "They live in the Walter Rinn neighborhood.",
        "It is in the Edith Holm/Clay Row neighbourhood.",
        "The Walter Rinn historic district is old.",
        "The Walter Rinn subdivision grew.",
    ],
)
def test_varieties_and_parts_of_towns_are_no_persons(text: str) -> None:
    assert persons(article_of(text)) == []


def test_a_name_between_single_marks_stays_where_more_tells_of_a_person() -> None:
    article = article_of("The card said ‘Walter Rinn’.", "Mr. Walter Rinn came later.")
    assert persons(article) == ["Walter Rinn"] * 2
    assert persons(article_of("Walter Rinn, the district attorney, left.")) == ["Walter Rinn"]
    assert persons(article_of("They sued Walter Rinn district attorney.")) == ["Walter Rinn"]


def test_a_work_that_tells_who_made_it_is_no_person() -> None:
    for text in (
        "It is by two makers (Walter Rinn's Clara Amis).",
        "Made by Walter Rinn 's Clara Amis.",
    ):
        assert persons(article_of(text)) == ["Clara Amis"]
    assert persons(article_of("It is Walter Rinn's Clara Amis doll.")) != ["Clara Amis"]


@pytest.mark.parametrize("name", ["Zers", "Xers", "X", "Alpha"])
def test_a_generation_has_no_general(name: str) -> None:
    assert persons(article_of(f"Many Gen {name} like it. Young Gen {name} came.")) == []
    assert persons(article_of("Then Gen. Rinn came.")) == ["Rinn"]


@pytest.mark.parametrize(
    "text",
    [
        "Clara is an Associate Professor UC San Diego.",
        "Ask our Director MIT Clay Rinn.",
        "She is Professor SUNY Albright Rinn.",
        "She is Mayor Costa Mesa.",
        "He is the Governor New Jersey had.",
        "He was Mayor Los Angeles.",
        "She is Ambassador Hong Kong.",
    ],
)
def test_a_place_or_a_university_after_a_title_is_no_person(text: str) -> None:
    assert persons(article_of(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Walter Rinn, an old real estate firm, bought it. Walter Rinn sells.",
        "Walter Rinn, a start-up based in Eastmere, bought it. Walter Rinn sells.",
    ],
)
def test_a_firm_may_be_told_with_a_comma(text: str) -> None:
    article = article_of(text)
    assert persons(article) == []
    assert values_of(tag_names, article, "org") == ["Walter Rinn"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "The founder of the firm, Walter Rinn, bought it.",
        "The head of a building firm, Walter Rinn, bought it.",
        "At the firm, Walter Rinn, bought it.",
        "Walter Rinn, a partner at the law firm, bought it.",
        "Walter Rinn, a company driver, bought it.",
        "Walter Rinn, a bank manager, bought it.",
        "Walter Rinn, the firm's founder, bought it.",
        "Walter Rinn, the firm, and the city met.",
    ],
)
def test_who_is_told_beside_a_firm_stays_a_person(text: str) -> None:
    assert persons(article_of(text)) == ["Walter Rinn"]


@pytest.mark.parametrize("name", ["Benjamin Moore", "Peter Thomas Roth"])
def test_more_brands_that_everyone_knows_are_no_persons(name: str) -> None:
    assert persons(article_of(f"We like {name} best.")) == []
    assert persons(article_of(f"We asked Mr. {name} there.")) == [name]


@pytest.mark.parametrize(
    "code",
    ["f(name='Walter')", "{'name': 'Walter'}", '["Walter"]', "['Edith', 'Walter']", 'x = "Walter"'],
)
def test_a_value_in_a_program_is_no_short_form(code: str) -> None:
    article = article_of("Walter Rinnhofer wrote it.", f"Run {code} first.")
    assert persons(article) == ["Walter Rinnhofer"]


def test_a_name_between_quotation_marks_in_a_sentence_is_a_short_form() -> None:
    article = article_of("Walter Rinnhofer wrote it.", 'They call him "Walter" there.')
    assert persons(article) == ["Walter Rinnhofer"] * 2


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Angela Larsen's brand of politics won.", "Angela Larsen"),
        ("At the bank Anna Larsen was arrested.", "Anna Larsen"),
        ("Before joining the bank Peter Holm was a teacher.", "Peter Holm"),
        ("According to the agency Peter Holm has died.", "Peter Holm"),
        ("She told the magazine Anna Larsen was wrong.", "Anna Larsen"),
        ("Anna Larsen stores apples.", "Anna Larsen"),
        ("The director of the company Anna Larsen, said no.", "Anna Larsen"),
        ("He is head of the company Anna Larsen.", "Anna Larsen"),
        ("The consulting firm Anna Larsen has lost. Larsen wept.", "Anna Larsen"),
        ("She met Russell Brand, Katy Larsen, and the others.", "Katy Larsen"),
    ],
)
def test_who_is_named_beside_a_word_for_a_firm_may_be_a_person(text: str, person: str) -> None:
    assert person in persons(article_of(text))


@pytest.mark.parametrize(
    ("language", "text", "person"),
    [
        ("ru", "Глава компании Иван Петров и его сын ушли.", "Иван Петров"),
        ("fr", "Le chef de la société Jean Dupont est mort.", "Jean Dupont"),
        ("es", "La dueña de la tienda María García y su hijo.", "María García"),
        ("tr", "Şirket Ahmet Yılmaz ve ortağı.", "Ahmet Yılmaz"),
        ("de", "Bundespräsident Roman Herzog sagte nein.", "Roman Herzog"),
        ("es", "El presidente Alfredo Palacio dijo que no.", "Alfredo Palacio"),
    ],
)
def test_persons_of_other_languages_stay(language: str, text: str, person: str) -> None:
    assert person in persons(article_of(text, language=language))


@pytest.mark.parametrize(
    "text",
    [
        "Prime Minister Anna Certification said so.",
        "Anna Certification said so.",
        "Anna Certification, 70, left.",
    ],
)
def test_a_title_an_age_or_a_verb_outranks_a_word_for_a_thing(text: str) -> None:
    assert persons(article_of(text)) == ["Anna Certification"]
    assert persons(article_of("They sell Anna Certification.")) == []


def test_no_word_for_a_thing_is_a_given_name() -> None:
    assert not words_listed("things") & {name.lower() for name in given_names().plain}


def test_a_family_and_a_firm_are_no_person() -> None:
    article = article_of("Steve Larsen left.", "The Larsen family came.", "Larsen wept.")
    assert persons(article) == ["Steve Larsen"] * 2
    assert persons(article_of("They bought Nora Networks and Nora Systems.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Known as ‘Anna Larsen’, she fled. Police found Anna Larsen in Leeds.",
        "Anna Larsen, a veteran newspaper, radio and television reporter, joined.",
        "The car maker, Anna Larsen, was found guilty.",
        "The policy maker Anna Larsen announced a plan.",
        "Anna Larsen stores and sells wine.",
        "He left the oil company, Anna Larsen, a friend, said.",
        "Consulting firm Anna Larsen has lost. Anna Larsen, 45, wept.",
        "Tory Anna Larsen spoke.",
    ],
)
def test_ordinary_sentences_keep_their_person(text: str) -> None:
    assert "Anna Larsen" in persons(article_of(text))
