"""Highlights are the proof: exactly what the index matched, in the offsets of the article."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus import Kind, Passage
from pinakes.indexer.analysis import fold
from pinakes.search.evaluation import Clause
from pinakes.search.evaluation.plan import make_plan
from pinakes.search.evaluation.texts.occurrences import find_occurrences, read_passage
from pinakes.search.evaluation.texts.targets import AnyWord, Row, Target
from pinakes.search.evaluation.texts.word_rows import WordRows
from pinakes.search.highlight import match_spans
from pinakes.search.query import Node, Phrase, Within, Word
from tests.timing import grows_linearly


def _passage(text: str, *, start: int = 0, kind: Kind = Kind.PARAGRAPH) -> Passage:
    return Passage(number=0, kind=kind, section=(), start=start, end=start + len(text), text=text)


def _clause(text: str, *, languages: str = "en", title_only: bool = False) -> Clause:
    root: Node = Word(text=text, start=0, end=1)
    if text[0] == '"':
        root = Phrase(text=text[1:-1], start=0, end=1)
    if title_only:
        root = Within(field="title", child=root, start=0, end=1)
    (clause,) = make_plan(root, languages=languages.split()).clauses
    return clause


def _marked(text: str, *queries: str, language: str = "en", languages: str = "en") -> str:
    """The text with what is highlighted in brackets."""
    clauses = [_clause(query, languages=languages) for query in queries]
    spans = match_spans(_passage(text), clauses, language=language)
    for start, end in reversed(spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def test_words_are_marked_one_by_one_in_every_form() -> None:
    marked = _marked("The mine collapsed; two mines collapse.", "mines", "collapse")
    assert marked == "The [mine] [collapsed]; two [mines] [collapse]."


def test_a_phrase_is_marked_as_one_from_its_first_word_to_its_last() -> None:
    assert _marked("On the Right, to Return.", '"right to return"') == "On the [Right, to Return]."


def test_a_phrase_is_not_stemmed_and_does_not_mark_its_words_alone() -> None:
    assert _marked("the rights to return, right", '"right to return"') == (
        "the rights to return, right"
    )


def test_a_word_of_several_parts_is_marked_as_their_phrase() -> None:
    text = "Covid 19, COVID-19 and the 19 of covid"
    assert _marked(text, "covid-19") == "[Covid 19], [COVID-19] and the 19 of covid"


def test_a_stem_of_another_language_is_no_match() -> None:
    # Turkish stems `mine` to `m`.
    assert _marked("at 5 a.m. in the mine", "mine", languages="en tr") == "at 5 a.m. in the [mine]"


def test_overlapping_spans_become_one_and_touching_ones_stay_apart() -> None:
    assert _marked("a b c d", '"a b c"', '"c d"', "b") == "[a b c d]"
    assert _marked("山川", "山", "川", language="und", languages="und") == "[山][川]"


def test_overlapping_occurrences_of_one_phrase_become_one_span() -> None:
    assert _marked("no no no", '"no no"') == "[no no no]"


def test_accents_and_case_are_folded_but_the_span_is_of_the_text_as_written() -> None:
    assert _marked("Un CAFE\u0301 noir", "café", language="fr", languages="fr") == (
        "Un [CAFE\u0301] noir"
    )


def test_words_are_stemmed_by_the_language_of_the_article() -> None:
    assert _marked("Речь Путина", "Путин", language="ru", languages="ru en") == "Речь [Путина]"
    assert _marked("Речь Путина", "Путин", language="und", languages="ru en") == "Речь Путина"


def test_offsets_are_those_of_the_article() -> None:
    spans = match_spans(_passage("the mine", start=100), [_clause("mine")], language="en")
    assert spans == ((104, 108),)


def test_what_is_looked_for_in_titles_is_marked_in_titles_only() -> None:
    clause = _clause("mine", title_only=True)
    assert match_spans(_passage("mine"), [clause], language="en") == ()
    title = _passage("mine", kind=Kind.TITLE)
    assert match_spans(title, [clause], language="en") == ((0, 4),)


def test_a_word_without_letters_or_digits_is_no_clause() -> None:
    nothing = Word(text="++", start=0, end=2)
    assert make_plan(nothing, languages=["en"]).clauses == ()


_TEXTS = (
    st.lists(
        st.sampled_from(
            ["mine", "Mines", "mining", "hated", "geld", "bpa", "x" * 199, "café", "“a”", "."]
        ),
        max_size=12,
    ).map(" ".join)
    | st.text(alphabet="mines -.ABé", max_size=40)
    | st.just("a" * 250 + " mine")
)


@given(
    texts=st.lists(_TEXTS, min_size=1, max_size=4),
    language=st.sampled_from(["en", "nl", "ga", "id", "de", "und"]),
)
def test_words_and_rows_of_them_are_found_as_anything_is(texts: list[str], language: str) -> None:
    asked = ("mines", "hat", "g*", "pa", '"mine hated"', '"mine mine a"')
    clauses = [_clause(word, languages=f"{language} und") for word in asked]
    any_of_two = Row((AnyWord(("mine", "mines")), AnyWord(("cafe", "hated"))))
    any_of_many = AnyWord(("mine", *[f"mine{number}" for number in range(20)]))
    long = AnyWord((fold("a" * 250),))
    others: list[Target] = [any_of_two, any_of_many, long, Row((long, AnyWord(("mine",))))]
    targets = list(enumerate([*[clause.target for clause in clauses], *others]))
    for some in (
        [0],
        [0, 1, 3],
        [2],
        [0, 1, 2, 3],
        [4],
        [5, 6],
        [6, 4],
        [7, 4],
        [0, 4, 7],
        [8],
        [8, 9],
    ):
        rows = WordRows.of([targets[number] for number in some], language)
        assert rows is not None
        for text, found in zip(texts, rows.find(texts), strict=True):
            read = read_passage(_passage(text), language)
            expected = {
                (*read.span_of(run), number)
                for number in some
                for one in find_occurrences(targets[number][1], read)
                for run in one.marked
            }
            assert {(*span, number) for *span, numbers in found for number in numbers} == expected


def test_a_row_of_words_does_not_go_on_in_another_text() -> None:
    rows = WordRows.of([(7, _clause('"mine hated"').target)], "en")
    assert rows is not None
    assert rows.find(["a mine", "hated", "mine,hated mine"]) == [[], [], [(0, 10, (7,))]]


def test_many_words_in_many_texts_take_time_that_is_linear() -> None:
    def find(size: int) -> None:
        words = [f"word{number}" for number in range(size)]
        rows = WordRows.of([(0, AnyWord(tuple(words)))], "en")
        assert rows is not None
        assert all(rows.find([f"a {word} more" for word in words]))

    assert grows_linearly(find, 500)
