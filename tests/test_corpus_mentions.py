from dataclasses import replace

import pytest

from pinakes.corpus import Kind
from pinakes.corpus.tagging.taggers.mentions import tag_mentions
from tests.marked_text import found_in, mark, marked_texts, passage_of

# A Wednesday.
PUBLISHED = "2014-03-19"


@pytest.mark.parametrize(("language", "marked"), marked_texts("dates"))
def test_dates_are_found_as_they_are_written(language, marked):
    assert mark(tag_mentions, marked, language=language) == marked


@pytest.mark.parametrize(("language", "text"), marked_texts("no-dates"))
def test_what_only_looks_like_a_date_is_left_alone(language, text):
    assert mark(tag_mentions, text, language=language) == text


@pytest.mark.parametrize(("language", "marked"), marked_texts("relative-dates"))
def test_what_is_told_from_the_day_of_writing_is_placed_and_said_to_be_inferred(language, marked):
    assert mark(tag_mentions, marked, language=language, published=PUBLISHED) == marked
    if language != "en":
        text = passage_of("Gestern, hier, ayer", language=language, published=PUBLISHED)
        assert {tag.variant for tag in found_in(text, tag_mentions)} <= {"inferred"}


def test_a_date_that_tells_its_year_is_not_inferred():
    passage = passage_of("On 5 May 2013, and on 6 May.", published=PUBLISHED)
    assert [(tag.value, tag.variant) for tag in found_in(passage, tag_mentions)] == [
        ("2013-05-05", ""),
        ("2014-05-06", "inferred"),
    ]


def test_a_date_does_not_go_on_from_one_row_of_a_table_to_the_next():
    text = "20\nJanuary 2014 | 3"
    found = {
        kind: [tag.value for tag in found_in(replace(passage_of(text), kind=kind), tag_mentions)]
        for kind in (Kind.TABLE, Kind.PARAGRAPH)
    }
    assert found == {Kind.TABLE: ["2014-01"], Kind.PARAGRAPH: ["2014-01-20"]}


@pytest.mark.parametrize("published", ["", "2014", "not a date", "2014-13-01"])
def test_without_a_month_of_publication_no_year_is_made_up_and_the_reason_says_so(published):
    passage = passage_of(
        "Founded in 2012. On 5 May, it rained; yesterday too.", published=published
    )
    assert [tag.value for tag in found_in(passage, tag_mentions)] == ["2012", "--05-05"]
    assert "no year" in found_in(passage, tag_mentions)[1].reason


def test_a_year_named_before_keeps_a_date_from_that_of_publication():
    text = "The siege began in 1941. On 5 July, the river was crossed."
    passage = passage_of(text, published=PUBLISHED)
    assert [tag.value for tag in found_in(passage, tag_mentions)] == ["1941", "--07-05"]


def test_the_year_in_the_name_of_a_law_does_not():
    text = "The 1951 Refugee Convention was praised. On 5 July, the river was crossed."
    passage = passage_of(text, published=PUBLISHED)
    assert [tag.value for tag in found_in(passage, tag_mentions)] == ["2014-07-05"]


def test_an_article_about_the_past_keeps_its_dates_without_a_year():
    years = " ".join(f"In {year}, it snowed." for year in range(1900, 1906))
    text = f"On 5 July, the river was crossed. {years}"
    passage = passage_of(text, published=PUBLISHED)
    assert found_in(passage, tag_mentions)[0].value == "--07-05"
    assert "past" in found_in(passage, tag_mentions)[0].reason


def test_other_dates_of_the_article_tell_whether_the_day_comes_first():
    for other, value in [("31/01/2022", "2022-05-12"), ("01/31/2022", "2022-12-05")]:
        passage = passage_of(f"Paid 12/05/2022, due {other}.")
        assert found_in(passage, tag_mentions)[0].value == value
