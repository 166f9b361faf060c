"""Laws in invented sentences, in seven languages, and what only looks like one."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus.tagging.laws.citations import find_citations
from pinakes.corpus.tagging.taggers.laws import tag_laws
from tests.tagged_articles import article_of
from tests.tagging_texts import tags_of
from tests.timing import grows_linearly

UDHR = "Universal Declaration of Human Rights"
ICCPR = "International Covenant on Civil and Political Rights"
ECHR = "European Convention on Human Rights"
COUNCIL = "UN Security Council Resolution"


def values(*texts: str, language: str = "en") -> list[str]:
    return [value for _, value in tags_of(tag_laws, *texts, language=language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "She read Article 13 of the Universal Declaration of Human Rights aloud.",
            [f"{UDHR}, Article 13", UDHR],
        ),
        (
            "en",
            "The ICCPR and the 1951 Refugee Convention were quoted.",
            [ICCPR, "1951 Refugee Convention"],
        ),
        (
            "en",
            "The Convention for the Protection of Human Rights and Fundamental Freedoms binds.",
            [ECHR],
        ),
        (
            "en",
            "He signed the Framework Convention for the Protection of National Minorities.",
            ["Framework Convention for the Protection of National Minorities"],
        ),
        (
            "en",
            "Resolutions 822 and 853 of the Security Council",
            [f"{COUNCIL} 822", f"{COUNCIL} 853"],
        ),
        (
            "en",
            "UNSCR 1325, S/RES/822 (1993) and A/RES/60/147",
            [f"{COUNCIL} 1325", f"{COUNCIL} 822", "UN General Assembly Resolution 60/147"],
        ),
        (
            "en",
            "General Assembly resolution 217 A (III) came first.",
            ["UN General Assembly Resolution 217 A (III)"],
        ),
        (
            "en",
            "Regulation (EU) 2016/679 replaced Directive 95/46/EC.",
            ["General Data Protection Regulation", "Data Protection Directive"],
        ),
        (
            "en",
            "Under section 5 of the Data Protection Act 2018 the mine paid.",
            ["Data Protection Act 2018, Section 5", "Data Protection Act 2018"],
        ),
        (
            "en",
            "Articles 13 to 15 of the UDHR",
            [f"{UDHR}, Article 13", f"{UDHR}, Article 14", f"{UDHR}, Article 15", UDHR],
        ),
        (
            "ru",
            "По статье 282 УК РФ его не судили.",
            ["Уголовный кодекс РФ, Article 282", "Уголовный кодекс РФ"],
        ),
        (
            "ru",
            "В соответствии со статьёй 13 Всеобщей декларации прав человека",
            [f"{UDHR}, Article 13", UDHR],
        ),
        (
            "ru",
            "Резолюции Совета Безопасности ООН 822 и 853 и Женевские конвенции",
            [f"{COUNCIL} 822", f"{COUNCIL} 853", "Geneva Conventions"],
        ),
        ("ru", "Федеральный закон от 27 июля 2006 года № 152-ФЗ", ["Федеральный закон № 152-ФЗ"]),
        (
            "de",
            "Nach § 263 StGB und der Genfer Flüchtlingskonvention",
            ["Strafgesetzbuch, § 263", "Strafgesetzbuch", "1951 Refugee Convention"],
        ),
        (
            "de",
            "Artikel 14 der Allgemeinen Erklärung der Menschenrechte",
            [f"{UDHR}, Article 14", UDHR],
        ),
        (
            "fr",
            "La loi n° 2004-575 du 21 juin 2004 et le RGPD",
            ["Loi n° 2004-575", "General Data Protection Regulation"],
        ),
        (
            "fr",
            "l’article 3 de la Convention européenne des droits de l’homme",
            [f"{ECHR}, Article 3", ECHR],
        ),
        (
            "es",
            "Artículo 14 de la Declaración Universal de Derechos Humanos y Ley Orgánica 3/2018",
            [f"{UDHR}, Article 14", UDHR, "Ley Orgánica 3/2018"],
        ),
        (
            "tr",
            "İnsan Hakları Evrensel Beyannamesi'nin 13. maddesi okundu.",
            [UDHR, f"{UDHR}, Article 13"],
        ),
        (
            "tr",
            "BM Güvenlik Konseyi'nin 822 ve 853 sayılı kararları",
            [f"{COUNCIL} 822", f"{COUNCIL} 853"],
        ),
        ("ar", "المادة 13 من الإعلان العالمي لحقوق الإنسان", [f"{UDHR}, Article 13", UDHR]),
        (
            "ar",
            "قرار مجلس الأمن رقم 822 والقانون رقم 10 لسنة 2018",
            [f"{COUNCIL} 822", "القانون رقم 10 لسنة 2018"],
        ),
    ],
)
def test_laws_are_found_in(language, text, expected):
    assert values(text, language=language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The cat sat by the CAT scanner while a CRC was checked."),
        ("en", "The ECHR ruled on Monday that the mine must close."),
        ("en", "It was a Class Act, a Balancing Act and Sister Act 2."),
        ("en", "The town convention agreed on a declaration of love."),
        ("en", "Article 5 of the magazine cites the convention of the club."),
        ("en", "The screen has a resolution of 1080 lines; Resolution 822 pleased nobody."),
        ("en", "HE CITES NOBODY. SHE CITES EVERYBODY."),
        ("en", "The committee acted under the Act."),
        ("ru", "Договор аренды и статья 5 газеты о декларации доходов."),
        ("de", "Der Artikel 5 Minuten später, Absatz 1 der Rede."),
        ("fr", "La convention collective et l’article 3 du journal."),
        ("es", "La convención del partido y el artículo 3 de la revista."),
        ("tr", "Genel kurul kararı ve gazetenin 5. maddesi."),
        ("ar", "المادة الأولى في المدرسة وقرار المدير رقم 5."),
    ],
)
def test_no_law_is_found_in(language, text):
    assert tags_of(tag_laws, text, language=language) == []


def test_a_short_name_means_the_only_such_instrument_of_the_article():
    text = "Articles 2(1) and 26 of the Covenant forbid it."
    assert values("They joined the ICCPR.", text) == [
        f"{ICCPR}, Article 2(1)",
        f"{ICCPR}, Article 26",
    ]
    assert values("They joined the ICCPR and the ICESCR.", text) == []
    assert values(text) == []


@pytest.mark.parametrize(
    "context",
    [
        "They joined the Convention against Torture.",
        "The Convention against Torture (CAT) binds them.",
    ],
)
def test_an_acronym_that_means_other_things_needs_the_long_name_in_the_article(context):
    assert values(context, "The CAT was quoted.") == ["Convention against Torture"]
    assert values("The pet slept.", "The CAT was quoted.") == []


def test_an_acronym_that_is_a_court_too_needs_an_article_or_its_definition():
    assert values("Under Article 8 ECHR they won.") == [f"{ECHR}, Article 8", ECHR]
    defined = "The European Convention on Human Rights (ECHR) is old."
    assert values(defined, "The ECHR protects them.") == [ECHR]
    assert values("The European Convention on Human Rights is old.", "The ECHR ruled.") == []


def test_the_year_of_another_treaty_is_not_that_of_the_one_on_the_list():
    assert tags_of(tag_laws, "the 1997 Kyoto Protocol")[0] == (
        "1997 Kyoto Protocol",
        "Kyoto Protocol",
    )
    assert tags_of(tag_laws, "the 1864 Geneva Convention") == []


def test_a_security_council_resolution_without_its_organ_needs_it_in_the_article():
    assert values("The Security Council met.", "Resolution 822 was read.") == [f"{COUNCIL} 822"]
    named_others = "The Security Council and the Parliamentary Assembly met."
    assert values(named_others, "Resolution 822 was read.") == []


def test_the_name_of_an_act_begins_after_what_leads_to_it():
    text = "Ten Reasons to Limit the War Crimes Act. In Norland the Mine Safety Act 1971 fell."
    assert values(text) == ["War Crimes Act", "Mine Safety Act 1971"]
    assert values("It lies in Norland. The Mine Safety Act 1971 fell.") == ["Mine Safety Act 1971"]
    assert values("Norland's Mine Safety Act 1971 fell.") == ["Mine Safety Act 1971"]


def test_articles_and_their_instrument_are_told_apart_by_their_variant():
    (passage,) = article_of("Article 7 of the Rome Statute").passages
    found = {tag.value: tag.variant for tag in tag_laws.find(passage)}
    assert found == {"Rome Statute": "", "Rome Statute, Article 7": "article"}


def test_numbers_of_articles_have_one_form():
    cited = [one.articles for one in find_citations("Art. 14, para. 3; § 263 Abs. 1; ч. 2 ст. 105")]
    assert cited == [("Article 14(3)",), ("§ 263(1)",), ("Article 105(2)",)]


def test_every_instrument_of_the_list_is_found_by_each_of_its_names():
    table = files("pinakes.corpus.tagging.laws") / "instruments.csv"
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert len(rows) >= 150
    for row in rows:
        for column, language in [
            ("en", "en"),
            *((code, code) for code in ("ru", "de", "fr", "es", "tr", "ar")),
        ]:
            forms = [form for form in row[column].split(";") if form and form[0] not in "?!"]
            for form in [*forms, *([row["name"]] if column == "en" else [])]:
                assert row["name"] in values(form, language=language), form


_PIECES = st.sampled_from(
    [
        "Article",
        "13",
        "of",
        "the",
        "Universal",
        "Declaration",
        "Human",
        "Rights",
        "ICCPR",
        "CAT",
        "(",
        ")",
        ",",
        ".",
        "§",
        "263",
        "StGB",
        "1951",
        "Refugee",
        "Convention",
        "UNSCR",
        "1325",
        "S/RES/822",
        "resolution",
        "Security",
        "Council",
        "Act",
        "2018",
        "Data",
        "Protection",
        "статьи",
        "УК",
        "РФ",
        "№",
        "152-ФЗ",
        "المادة",
        "١٣",
        "من",
        "İ",
        "ß",
        "日",
        "and",
        "-",
        "–",
        "Covenant",
        "Treaty",
        "on",
    ]
)


@given(
    st.lists(_PIECES, max_size=30).map(" ".join),
    st.sampled_from(["en", "ru", "de", "fr", "es", "tr", "ar", "und"]),
)
def test_spans_stand_in_the_passage_and_the_same_passage_gives_the_same_tags(text, language):
    (passage,) = article_of(text, language=language).passages
    found = list(tag_laws.find(passage))
    (again,) = article_of(text, language=language).passages
    assert found == list(tag_laws.find(passage)) == list(tag_laws.find(again))
    for tag in found:
        assert 0 <= tag.start < tag.end <= len(text)
        assert tag.value
        assert tag.type == "law"


@pytest.mark.parametrize(
    "part", ["Title IX of the Civil Rights Act. ", "Article 5 of the Geneva Convention. "]
)
def test_many_citations_take_time_in_proportion_to_their_number(part):
    def work(count):
        (passage,) = article_of(part * count, language="en").passages
        list(tag_laws.find(passage))

    assert grows_linearly(work, 250)
