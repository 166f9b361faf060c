from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.model import Kind
from pinakes.corpus.tagging.level import TagLevel
from pinakes.corpus.tagging.taggers.keyphrases import tag_key_phrases
from tests.tagged_articles import article_of, tags_of, values_of

ARTICLES = [
    ("en", ("The mine rescue began at night. Mine rescue teams came from Eastmere.",
            "Nobody believed in the mine rescue, but the pumps worked.",), "mine rescue"),
    ("ru", ("Горный перевал закрыт. Горный перевал завалило снегом.",
            "Жители ждут, когда горный перевал откроют.",), "горный перевал"),
    ("de", ("Die Alte Brücke ist fertig. Über die Alte Brücke fahren Busse.",
            "Viele loben die Alte Brücke.",), "Alte Brücke"),
    ("tr", ("Köy okulu açıldı. Köy okulu yıllardır kapalıydı.",
            "Herkes köy okulu için sevindi.",), "köy okulu"),
    ("fr", ("La marée noire avance. La marée noire inquiète.",
            "Personne ne voit la marée noire.",), "marée noire"),
    ("es", ("El agua potable falta. El agua potable es cara.",
            "Nadie tiene agua potable.",), "agua potable"),
    ("ar", ("الجسر الجديد مفتوح. الجسر الجديد طويل.",
            "يحب الناس الجسر الجديد.",), "الجسر الجديد"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "paragraphs", "phrase"), ARTICLES)
def test_what_an_article_says_again_and_again_is_its_key_phrase(
    language: str, paragraphs: tuple[str, ...], phrase: str
) -> None:
    values = [
        v.lower()
        for v in values_of(tag_key_phrases, article_of(*paragraphs, language=language), "keyphrase")
    ]
    assert values.count(phrase.lower()) == 3


def test_a_phrase_is_tagged_where_it_stands_in_any_case() -> None:
    article = article_of(
        "Mine rescue teams came.", "The mine rescue took days; mine rescue is hard."
    )
    spans = [
        passage.text[tag.start : tag.end]
        for passage in article.passages
        for tag in tag_key_phrases.find(passage)
    ]
    assert spans == ["Mine rescue", "mine rescue", "mine rescue"]
    assert set(values_of(tag_key_phrases, article, "keyphrase")) == {"mine rescue"}


def test_an_article_that_says_nothing_twice_has_no_key_phrase() -> None:
    assert tags_of(tag_key_phrases, article_of("Every word differs here, honestly.")) == []


def test_no_phrase_starts_or_ends_with_a_small_word_or_crosses_a_stop() -> None:
    article = article_of("of the mine. Rescue of the mine. Rescue of the mine. Rescue of the mine.")
    assert set(values_of(tag_key_phrases, article, "keyphrase")) <= {"mine", "Rescue", "rescue"}


def test_few_phrases_are_chosen_however_long_the_article() -> None:
    paragraphs = [
        f"Silver mine {letter}. Copper mill {letter}. Iron road {letter}." * 3
        for letter in "abcdefgh" * 12
    ]
    assert len(set(values_of(tag_key_phrases, article_of(*paragraphs), "keyphrase"))) <= 10


def test_tables_are_left_out_of_the_count() -> None:
    article = article_of("Net price Net price Net price", "A mine here.", kinds=(Kind.TABLE,))
    assert values_of(tag_key_phrases, article, "keyphrase") == []


def test_key_phrases_are_tagged_only_where_all_is_asked_for() -> None:
    assert tag_key_phrases.level is TagLevel.ALL


SCRAPS = """
the mine rescue Mine RESCUE of pump pumps İstanbul ß ﬁ , . 3 x-ray it’s горный перевал 国连 الجسر
"""
WORDS = st.sampled_from([*SCRAPS.split(), "\n", "\n\n", "\u00a0"])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=40).map(" ".join), min_size=1, max_size=4),
    st.sampled_from(("en", "ru", "tr", "ar", "zh", "und")),
)
def test_spans_lie_in_their_passage_apart_and_are_always_the_same(
    paragraphs: list[str], language: str
) -> None:
    article = article_of(*paragraphs, language=language)
    for passage in article.passages:
        last = 0
        for tag in tag_key_phrases.find(passage):
            assert last <= tag.start < tag.end <= len(passage.text)
            last = tag.end
    again = article_of(*paragraphs, language=language)
    assert tags_of(tag_key_phrases, article) == tags_of(tag_key_phrases, again)


@pytest.mark.parametrize(
    ("sentence", "there", "not_there"),
    [
        ("the process took years, and the process went on.", None, "process"),
        ("ferries to New Zealand sail.", "New Zealand", "Zealand"),
        ("they met the generative AI and left.", "generative AI", "generative"),
        ("the Ostrel Chamber of Ferries met.", None, "Ostrel Chamber"),
        ("the best mattress was soft.", "mattress", "best mattress"),
        ("the agency's ferry sank.", "ferry", "agency's"),
        ("on Aug 9, 2012, at 10:15 AM EDT the ferry sank.", "ferry", "EDT"),
        ("one may block certain types.", None, "block certain types"),
    ],
)
def test_what_tells_nothing_of_an_article_or_is_cut_is_no_key_phrase(
    sentence: str, there: str | None, not_there: str
) -> None:
    openings = ("Long ago, ", "Then again, ", "By now, ", "In the end, ", "As before, ")
    found = set(
        values_of(tag_key_phrases, article_of(*(each + sentence for each in openings)), "keyphrase")
    )
    assert not_there not in found
    assert there is None or any(there in each for each in found)
