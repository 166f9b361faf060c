from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.tagging.level import TagLevel
from pinakes.corpus.tagging.taggers.quotes import tag_quotes
from tests.tagged_articles import article_of, tags_of, values_of

SAID = [
    ("en", "“We will return,” said Anna Larsen, head of the village council. “Nobody stops us.”",
     ["Anna Larsen"] * 2),
    ("en", "Minister Jane Porter said in a statement: \"The road will be open by Friday.\"",
     ["Jane Porter"]),
    ("en", "According to Peter Novak, “the bridge was never safe for lorries”.", ["Peter Novak"]),
    ("en", "“It is over for us,” Novak’s neighbour, Dr. Ruth Amis, told the court.", ["Ruth Amis"]),
    ("en", "“It is over for all of us,” said Northern Ferries Association director Ruth Amis.",
     ["Ruth Amis"]),
    ("en", "Ruth Amis came late. “The road was closed again,” she said.", ["Ruth Amis"]),
    ("en", "Anna Larsen's car and Ruth Amis came late. “The road was closed again,” she said.",
     ["Ruth Amis"]),
    ("en", "“The road is closed to all,” deputy head Ruth Amis said on air, according to Reuters.",
     ["Ruth Amis"]),
    ("en", "“The road is closed to all of us,” according to Reuters.", ["Reuters"]),
    ("en", "“The road is closed to all of us,” a spokesman said, according to Microsoft.",
     ["Microsoft"]),
    ("en", "“Nobody may close the road to us,” the statement said, according to Amnesty "
     "International.", ["Amnesty International"]),
    ("en", "“The road is closed to all of us,” Ruth Amis said, according to Microsoft.",
     ["Ruth Amis"]),
    ("ru", "«Мы вернёмся домой», — заявил министр Пётр Ковалёв. «Это наше право», — добавил он.",
     ["Пётр Ковалёв"] * 2),
    ("ru", "Как сообщил Иван Сомов: «Дорога будет открыта весной».", ["Иван Сомов"]),
    ("ru", "— Мы пойдём вместе, — сказал Иван Сомов. — Другого пути нет.", ["Иван Сомов"] * 2),
    ("de", "„Die Brücke bleibt geschlossen“, sagte Bürgermeisterin Anna Weber am Montag.",
     ["Anna Weber"]),
    ("de", "Anna Weber erklärte: »Wir bauen eine neue Brücke für alle.«", ["Anna Weber"]),
    ("tr", "Bakan Mehmet Kaya, \"Yol bu yıl bitecek ve herkes geçecek\" dedi.", ["Mehmet Kaya"]),
    ("tr", "\"Yol bu yıl bitecek ve herkes geçecek\" diyen Mehmet Kaya sustu.", ["Mehmet Kaya"]),
    ("fr", "« La route sera ouverte au printemps », a déclaré la ministre Claire Dupont.",
     ["Claire Dupont"]),
    ("fr", "Selon Claire Dupont, « la route ne sera jamais assez large ».", ["Claire Dupont"]),
    ("es", "«La carretera estará abierta en primavera», afirmó la alcaldesa María López.",
     ["María López"]),
    ("es", "El presidente Juan Pérez dijo: “La carretera estará abierta mañana”.", ["Juan Pérez"]),
    ("ar", "وقال الرئيس محمود سالم: \"سنعود إلى قريتنا قبل الشتاء\".", ["محمود سالم"]),
    ("ar", "\"سنعود إلى قريتنا قبل الشتاء\"، قال الوزير خالد حسن.", ["خالد حسن"]),
]  # fmt: skip
UNTOLD = [
    ("en", "“We will all return one day,” a woman in the market said. Anna Larsen was not there."),
    ("en", "Anna Larsen and Ruth Amis came late. “The road was closed again,” she said."),
    ("en", "Anna Larsen's car came late. “The road was closed again,” she said."),
    ("en", "“The road was closed again,” Anna Larsen was told by her driver."),
    ("en", "“The road was closed again,” said a spokesman for Anna Larsen."),
    ("en", "“The road was closed again,” a driver said on air, according to Reuters."),
    ("en", "“The road was closed again,” a driver said, according to the Financial Times."),
    ("ru", "«Дорога снова закрыта для всех», — сообщили местные жители. Иван Сомов молчал."),
    ("de", "„Die Straße ist wieder für alle gesperrt“, hieß es. Anna Weber schwieg."),
    ("tr", "\"Yol yine herkese kapalı kaldı\" denildi. Mehmet Kaya sustu."),
    ("fr", "« La route est encore fermée pour tous », dit-on. Claire Dupont se tait."),
    ("es", "«La carretera está cerrada otra vez para todos», se dijo. María López calla."),
    ("ar", "\"الطريق مغلق مرة أخرى أمام الجميع\" كما قيل في السوق."),
]  # fmt: skip
NO_QUOTATIONS = [
    ("en", "The “so-called experts” wrote the word \"bridge\" and the 'other side'."),
    ("en", "He read the novel “The Long Road Home to Eastmere” in a day."),
    ("en",
     "A weekend of talks, titled \"A Way Across: Ferries for the Forgotten Islands,\" has ended."),
    ("en", "He wrote \"The Book of Rivers: Readings on the Way to Eastmere.\" He left."),
    ("en", "Onesies with slogans: \"My mum is a ferry pilot\" came first."),
    ("en", "Step #2: “How long should I wait for the ferry?” Then wait."),
    ("en", "From “sitting on the quay all day long” to rowing is a long way."),
    ("en", "Press ”Save“ (you may also keep both of them one by one) before “Finish“."),
    ("en", "[novak89] “A commentary on the rules of the ferry”. M. Novak, R. Amis."),
    ("en", "Call log.Printf(\"failed to open the ledger: %v\", err) first."),
    ("ru",
     "Партия «Новый мост», газета «Утренний город и окрестности» и так называемый «эксперт»."),
    ("de", "Der Film „Die lange Reise nach Hause“ läuft im Kino, der „Experte“ schweigt."),
    ("tr", "\"Uzun Yol\" adlı kitap ve \"uzman\" sözü tartışıldı."),
    ("fr", "Le film « La longue route vers la maison » et ce « spécialiste » déçoivent."),
    ("es", "La novela «El largo camino a casa» y el «experto» aburren."),
    ("ar", "قرأت كتاب \"الطريق الطويل إلى البيت\" أمس."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "speakers"), SAID)
def test_speakers_are_told_by_the_words_around(
    language: str, text: str, speakers: list[str]
) -> None:
    article = article_of(text, language=language)
    assert values_of(tag_quotes, article, "said") == speakers
    assert len(values_of(tag_quotes, article, "quote")) == len(speakers)


@pytest.mark.parametrize(("language", "text"), UNTOLD)
def test_who_only_stands_near_has_not_said_it(language: str, text: str) -> None:
    article = article_of(text, language=language)
    assert values_of(tag_quotes, article, "said") == []
    assert len(values_of(tag_quotes, article, "quote")) == 1


def test_the_next_quotation_is_not_the_same_speaker_s_where_another_answers() -> None:
    article = article_of(
        "“The road is closed,” said Anna Larsen. The driver answered: “So we shall walk there.”"
    )
    assert values_of(tag_quotes, article, "said") == ["Anna Larsen"]


@pytest.mark.parametrize(("language", "text"), NO_QUOTATIONS)
def test_scare_quotes_titles_and_code_are_no_quotations(language: str, text: str) -> None:
    assert tags_of(tag_quotes, article_of(text, language=language)) == []


def test_a_quotation_may_go_on_over_paragraphs() -> None:
    article = article_of(
        "“The road was long and nobody helped us.", "“Then the ferry came,” said Anna Larsen."
    )
    assert [tag.end - tag.start for tag in tags_of(tag_quotes, article) if tag.type == "quote"] == [
        39,
        20,
    ]


def test_whole_sentences_are_told_from_parts() -> None:
    article = article_of(
        "Anna Larsen said: “The road is open.” She called it “a good day for all the islands”."
    )
    assert values_of(tag_quotes, article, "quote") == ["direct", "partial"]


def test_a_tag_stands_on_what_was_said_without_its_marks() -> None:
    article = article_of("“We will return,” said Anna Larsen.")
    (said,) = [tag for tag in tags_of(tag_quotes, article) if tag.type == "said"]
    assert article.text[said.start : said.end] == "We will return,"
    assert 0.5 < said.confidence < 1
    assert said.variant == "beside"


def test_quotations_are_tagged_only_where_all_is_asked_for() -> None:
    assert tag_quotes.level is TagLevel.ALL


SCRAPS = """
“ ” " ' « » „ ‘ ’ 「 」 — said Anna Larsen , . : he сказал он dedi 。 Ruth Amis told that was road
"""
MARKS = st.sampled_from([*SCRAPS.split(), "\n", "\n\n", "\u00a0"])
TEXTS = st.lists(MARKS, max_size=40).map(" ".join) | st.lists(MARKS, max_size=20).map("".join)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(TEXTS.filter(bool), min_size=1, max_size=2),
    st.sampled_from(("en", "ru", "de", "tr", "fr", "zh")),
)
def test_spans_lie_in_their_passage_and_are_always_the_same(
    paragraphs: list[str], language: str
) -> None:
    article = article_of(*paragraphs, language=language)
    for passage in article.passages:
        found = list(tag_quotes.find(passage))
        quotations = {(tag.start, tag.end) for tag in found if tag.type == "quote"}
        assert all(0 <= start < end <= len(passage.text) for start, end in quotations)
        assert {(tag.start, tag.end) for tag in found if tag.type == "said"} <= quotations
        assert all(0 < tag.confidence <= 1 for tag in found)
    assert tags_of(tag_quotes, article) == tags_of(
        tag_quotes, article_of(*paragraphs, language=language)
    )


@pytest.mark.parametrize("part", ["“ ", '" a', "«a ", "‘a ", "— a, — ", "said Anna ", "„a“"])
def test_many_marks_take_no_longer_than_their_length(part: str) -> None:
    from time import process_time

    def seconds(count: int) -> float:
        article = article_of(part * count, language="ru")
        start = process_time()
        tags_of(tag_quotes, article)
        return process_time() - start

    seconds(10)
    assert seconds(2000) < 40 * seconds(200) + 0.5


def test_who_is_named_above_is_not_meant_where_another_owns_something_in_between() -> None:
    said = "Anna Larsen's car came late. “The road was closed again,” she said."
    assert values_of(tag_quotes, article_of("Ruth Amis was there.", said), "said") == []
    here = "It was late. “The road was closed again,” she said."
    assert values_of(tag_quotes, article_of("Ruth Amis was there.", here), "said") == ["Ruth Amis"]
    assert values_of(tag_quotes, article_of("Ruth Amis's car was there.", here), "said") == []
    two = "Ruth Amis's sister Clara Holm was there."
    assert values_of(tag_quotes, article_of(two, here), "said") == []
