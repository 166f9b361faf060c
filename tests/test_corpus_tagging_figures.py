"""What holds for the taggers of dates and quantities on any text."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.tagging.dates.finding import find_written_dates
from pinakes.corpus.tagging.dates.moments import Anchor, Moment, Tense, nearest_year, read_anchor
from pinakes.corpus.tagging.dates.words import WORDS
from pinakes.corpus.tagging.pieces import cut_pieces, lower_of
from pinakes.corpus.tagging.quantities.numerals import read_figures, write_number
from pinakes.corpus.tagging.taggers.mentions import tag_mentions
from pinakes.corpus.tagging.taggers.numbers import tag_numbers
from tests.marked_text import found_in, marked_texts, passage_of
from tests.timing import grows_linearly

TAGGERS = [tag_mentions, tag_numbers]
LANGUAGES = [*WORDS, "und", "xx"]
_MOMENT = r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?|--\d\d(?:-\d\d)?)"
_DATE = re.compile(rf"{_MOMENT}|{_MOMENT}?\.\.{_MOMENT}|{_MOMENT}\.\.")
_QUANTITY = re.compile(r"-?\d+(?:\.\d+)?(?:\.\.\d+(?:\.\d+)?)?(?: \S+)?")
_SEEDS = [
    piece
    for name in ("dates", "no-dates", "relative-dates", "quantities", "no-quantities")
    for _, text in marked_texts(name)
    for piece in re.split(r"(?<=\s)", re.sub(r"⟦([^|]+)\|[^⟧]*⟧", r"\1", text))
]
TEXTS = st.lists(
    st.sampled_from(_SEEDS)
    | st.text(max_size=6)
    | st.sampled_from(list(" \n.,-–—/:'%$€()İ\u0301")),
    max_size=30,
).map("".join)
PUBLISHED = st.sampled_from(["", "2014", "2014-03", "2014-03-19", "2016-02-29T10:00", "0000-00-00"])


@settings(max_examples=200)
@given(text=TEXTS, language=st.sampled_from(LANGUAGES), published=PUBLISHED)
def test_tags_lie_in_their_passage_apart_well_formed_and_the_same_each_time(
    text, language, published
):
    passage = passage_of(text, language=language, published=published)
    again = passage_of(text, language=language, published=published)
    for tagger, form in ((tag_mentions, _DATE), (tag_numbers, _QUANTITY)):
        found = found_in(passage, tagger)
        place = 0
        for tag in found:
            assert place <= tag.start < tag.end <= len(text)
            assert text[tag.start : tag.end].strip()
            assert form.fullmatch(tag.value), tag.value
            assert tag.type in tagger.types
            assert tag.reason
            place = tag.end
        find_written_dates.cache_clear()
        cut_pieces.cache_clear()
        assert found_in(again, tagger) == found


@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_no_number_is_part_of_a_date(text, language):
    passage = passage_of(text, language=language)
    dates = {n for tag in tag_mentions.find(passage) for n in range(tag.start, tag.end)}
    for tag in tag_numbers.find(passage):
        # A number may begin within the words of a range, never within its figures.
        covered = dates & set(range(tag.start, tag.end))
        assert not any(text[n].isdecimal() for n in covered)


@pytest.mark.parametrize("tagger", TAGGERS, ids=lambda tagger: tagger.name)
@pytest.mark.parametrize(
    "unit",
    [
        "1", "1 ", "1,", "1-", "5 December ", "March ", "last ", "2014 to ", "two-", "$1", "1,000 ",
        "from 5 to ", "between 1987 and ", "'90", " ", "é",
    ],
)  # fmt: skip
def test_hostile_text_takes_time_in_proportion_to_its_length(tagger, unit):
    def work(length):
        find_written_dates.cache_clear()
        cut_pieces.cache_clear()
        list(tagger.find(passage_of(unit * length)))

    assert grows_linearly(work, 60)


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_pieces_cover_a_text_without_gaps(text, language):
    pieces = cut_pieces(text, language)
    assert pieces.starts[-1] == len(text) == len(lower_of(text, language))
    assert len(pieces.starts) == len(pieces.words) + 1
    assert pieces.starts == sorted(set(pieces.starts))


@given(st.integers(0, 10**15), st.sampled_from(["en", "de", "fr", "ru", "tr", "ar", "und"]))
def test_a_number_with_thousands_marks_is_read_as_what_was_written(number, language):
    for mark in ("'", "\u202f"):
        assert read_figures(f"{number:,}".replace(",", mark), language) == number
    if number >= 10**6:
        assert read_figures(f"{number:,}", language) == number
        assert read_figures(f"{number:,}".replace(",", "."), language) == number


@given(st.decimals(0, 10**9, places=3), st.sampled_from([("en", ".", ","), ("de", ",", ".")]))
def test_both_marks_are_read_by_their_shape(number, marks):
    language, point, comma = marks
    written = f"{number:,}".replace(",", "_").replace(".", point).replace("_", comma)
    if number >= 1000:
        for other in (language, "en", "de", "und"):
            assert read_figures(written, other) == number


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("1.234", "de", "1234"),
        ("1.234", "en", "1.234"),
        ("1,234", "en", "1234"),
        ("1,234", "ru", "1.234"),
        ("1,234", "es", None),
        ("1.234", "fr", None),
        ("0.125", "de", "0.125"),
        ("1,5", "en", None),
        ("1,5", "tr", "1.5"),
        ("200,000", "es", "200000"),
        ("1,2,3", "en", None),
        ("1.234.5", "en", None),
        ("١٬٢٣٤٫٥", "ar", "1234.5"),
        ("9" * 50, "en", None),
    ],
)
def test_what_a_mark_means_depends_on_language_and_shape(written, language, value):
    read = read_figures(written, language)
    assert (None if read is None else write_number(read)) == value


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 12), st.integers(1, 28))
def test_the_nearest_year_is_within_a_year_of_publication(published, month, day):
    anchor = Anchor(published.year, published.month, published.day)
    for tense, back in ((Tense.PAST, 363), (Tense.UNKNOWN, 245), (Tense.AHEAD, 30)):
        year = nearest_year(Moment(None, month, day), anchor, None, tense=tense)
        if year is not None:
            assert -back <= (date(year, month, day) - published).days < 365 - back


@pytest.mark.parametrize(
    "published", ["", "x", "2014-xx", "20", "2014-13", "2014-02-30", "0001-01-01", "9999"]
)
def test_what_is_no_date_is_no_anchor(published):
    assert read_anchor(published) is None


def test_numbers_are_written_without_exponent():
    assert write_number(Decimal("1E+6")) == "1000000"
    assert write_number(Decimal("2.50")) == "2.5"
