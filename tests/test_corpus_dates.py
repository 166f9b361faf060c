import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.readers.dates import read_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2014", "2014"),
        ("2014-03", "2014-03"),
        ("2014-03-04", "2014-03-04"),
        ("2014-03-04 10:00", "2014-03-04T10:00:00"),
        ("2014-03-04T10:00:00.123Z", "2014-03-04T10:00:00+00:00"),
        ("2014-03-04T10:00:00+0200", "2014-03-04T10:00:00+02:00"),
        ("20140304", "2014-03-04"),
        ("2014/03/04", "2014-03-04"),
        ("04.03.2014", "2014-03-04"),
        ("25/12/2014", "2014-12-25"),
        ("12/25/2014", "2014-12-25"),
        ("Tue, 04 Mar 2014 10:00:00 +0400", "2014-03-04T10:00:00+04:00"),
        ("1393927200", "2014-03-04T10:00:00+00:00"),
        ("1393927200000", "2014-03-04T10:00:00+00:00"),
        ("4 March 2014", "2014-03-04"),
        ("Tuesday, March 4th, 2014 at 10:30 a.m.", "2014-03-04"),
        ("March 2014", "2014-03"),
        ("4. März 2014, 10:30 Uhr", "2014-03-04"),
        ("le 1er mars 2014", "2014-03-01"),
        ("4 de marzo de 2014", "2014-03-04"),
        ("4 marzo 2014", "2014-03-04"),
        ("4 de março de 2014", "2014-03-04"),
        ("4 марта 2014 г.", "2014-03-04"),
        ("4 Mart 2014", "2014-03-04"),
        ("4 mart 2014", "2014-03-04"),
        ("4 مارس 2014", "2014-03-04"),
    ],
)
def test_a_date_is_read_with_the_precision_it_has(written, iso):
    assert read_date(written) == iso


@pytest.mark.parametrize(
    "written", ["03/04/2014", "31 February 2014", "2014-13-01", "soon", "", "5"]
)
def test_nothing_is_guessed(written):
    assert read_date(written) == ""


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=90) | st.text("0123456789-/.:T +Z,Mar", max_size=30))
def test_any_text_is_a_date_or_not(text):
    iso = read_date(text)
    assert iso == "" or read_date(iso) == iso


@settings(deadline=None, max_examples=100)
@given(st.dates())
def test_iso_dates_stand(day):
    assert read_date(day.isoformat()) == (day.isoformat())
