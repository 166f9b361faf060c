from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.readers.dates import DateOrder, find_dates, read_date


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
        ("2014年3月4日", "2014-03-04"),
        ("2014년 3월 4일", "2014-03-04"),
        ("2014年3月", "2014-03"),
        ("2014. március 4.", "2014-03-04"),
        ("4 marca 2014", "2014-03-04"),
        ("4. března 2014", "2014-03-04"),
        ("4 maart 2014", "2014-03-04"),
        ("4 mars 2014 kl. 10:30", "2014-03-04"),
        ("4 maaliskuuta 2014", "2014-03-04"),
        ("4 Μαρτίου 2014", "2014-03-04"),
        ("4 березня 2014", "2014-03-04"),
        ("4 במרץ 2014", "2014-03-04"),
        ("4 d'abril de 2014", "2014-04-04"),
        ("terça-feira, 4 de março de 2014 às 10h30", "2014-03-04"),
        ("mardi 4 mars 2014 à 10h30", "2014-03-04"),
        ("Tue Mar 04 10:00:00 CET 2014", "2014-03-04"),
        ("Tue Mar 04 2014 10:00:00 GMT+0100 (CET)", "2014-03-04"),
        ("20140304T100000Z", "2014-03-04T10:00:00+00:00"),
        ("2014-3-4", "2014-03-04"),
        ("04-Mar-2014", "2014-03-04"),
        ("May 2014", "2014-05"),
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


@pytest.mark.parametrize(
    ("order", "iso"), [(DateOrder.DAY_FIRST, "2014-04-03"), (DateOrder.MONTH_FIRST, "2014-03-04")]
)
def test_who_knows_the_order_reads_both_numbers(order, iso):
    assert read_date("03/04/2014", order=order) == iso
    assert read_date("25/12/2014", order=order) == "2014-12-25"


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("By Nora Feldt | Updated: March 4, 2014 10:30", ["2014-03-04"]),
        ("Posted 4 March 2014, updated 6 March 2014", ["2014-03-04", "2014-03-06"]),
        ("Fri 12 Dec 2025 | 10 min", ["2025-12-12"]),
        ("04.03.2014 - 10:30 Uhr", ["2014-03-04"]),
        ("Nora Feldt22 Dec 2016651", []),
        ("March 2014", []),
        ("in 2014, 12 of 31", []),
        ("03/04/2014", []),
    ],
)
def test_whole_days_are_found_in_a_line(line, days):
    assert [day.value for day in find_dates(line)] == days


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=90) | st.text("0123456789-/.: T+,Marchde2014年月日", max_size=40))
def test_what_is_found_in_a_text_stands_there_in_order(text):
    found = find_dates(text)
    assert all(0 <= day.start < day.end <= len(text) for day in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(read_date(day.value) == day.value for day in found)
