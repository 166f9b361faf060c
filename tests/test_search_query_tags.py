"""How queries ask for tags: the tree each is read into, printed, and the codes of the findings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.search.query import (
    DateRange,
    Filter,
    Near,
    Node,
    Quantity,
    Word,
    parse,
    print_node,
)
from pinakes.search.query.numbers import BadNumberError, read_amounts

TODAY = date(2024, 5, 31)
TYPES = frozenset({"isbn", "my-type", "place", "title", "source"})

READ = [
    ("place:Geneva", "tag:place:Geneva", ""),
    ("Place:Geneva", "tag:place:Geneva", ""),
    ("tag:place:Geneva", "tag:place:Geneva", ""),
    ('place:"New  York"', 'tag:place:"New York"', ""),
    ("place:“New York”", 'tag:place:"New York"', ""),
    ('tag:person:"Jane Doe"', 'tag:person:"Jane Doe"', ""),
    ("place:*", "tag:place:*", ""),
    ("place:**", "tag:place:*", ""),
    ("has:place", "tag:place:*", ""),
    ("has:Place", "tag:place:*", ""),
    ("tag:place:*", "tag:place:*", ""),
    ("tag:*", "has:tag", ""),
    ("tag:*:Geneva", "tag:*:Geneva", ""),
    ("law:*refugee*", "tag:law:*refugee*", ""),
    ("person:J?ne", "tag:person:J?ne", ""),
    ('person:"J?ne"', 'tag:person:"J?ne"', ""),
    ("tag:Geneva", "tag:Geneva", ""),
    ("#Geneva", "tag:Geneva", ""),
    ("#place:Geneva", "tag:place:Geneva", ""),
    ("place:(Geneva OR Bern)", "tag:place:Geneva OR tag:place:Bern", ""),
    ("place:(a b*)", "tag:place:a AND tag:place:b*", ""),
    ("-place:Geneva mine", "NOT tag:place:Geneva AND mine", ""),
    ("-place:Geneva", "NOT tag:place:Geneva", "only-negations"),
    ("place:Geneva^2", "tag:place:Geneva", "score-ignored"),
    ("place:", "", "empty-clause empty-query"),
    ('place:""', "", "empty-query empty-clause"),
    ('place:":"', "", "empty-query empty-clause"),
    ("place:Genva~", "", "bad-value"),
    ("place:kind:quote", "", "nested-field"),
    ('place:"kind:quote"', "tag:place:kind:quote", ""),
    ('place:="Geneva"', "", "bad-value"),
    ("title:(place:x)", "", "nested-field"),
    ("topic:x keyphrase:y quote:z", "tag:topic:x AND tag:keyphrase:y AND tag:quote:z", ""),
    ("org:UN said:Doe", "tag:org:UN AND tag:said:Doe", ""),
    ("mentions:2014", "mentions:2014-01-01..2014-12-31", ""),
    ("mentions:2014-03..2014-05", "mentions:2014-03-01..2014-05-31", ""),
    ("mentions:>2014", "mentions:2015-01-01..", ""),
    ("mentions:[2014 TO *]", "mentions:2014-01-01..", ""),
    ("mentions:3m..", "mentions:2024-02-29..", ""),
    ('mentions:"2014-03"', "mentions:2014-03-01..2014-03-31", ""),
    ("mentions:--12-05", "tag:mentions:--12-05", ""),
    ("mentions:--12", "tag:mentions:--12", ""),
    ("mentions:19*", "tag:mentions:19*", ""),
    ("mentions:*", "tag:mentions:*", ""),
    ("mentions:soon", "", "bad-date"),
    ("mentions:2014-02-30", "", "bad-date"),
    ("tag:mentions:2014", "tag:mentions:2014", ""),
    ("number:500", "number:500", ""),
    ("number:200,000", "number:200000", ""),
    ("number:>=200000", "number:200000..", ""),
    ("number:>5", "number:>5", ""),
    ("number:<4.5", "number:<4.5", ""),
    ("number:≤5", "number:..5", ""),
    ("number:1..5", "number:1..5", ""),
    ("number:-5..-1.5", "number:-5..-1.5", ""),
    ("number:[1 TO *]", "number:1..", ""),
    ('number:"45 %"', 'number:"45 %"', ""),
    ("number:45%", 'number:"45 %"', ""),
    ('number:">1,000  EUR"', 'number:">1000 EUR"', ""),
    ('number:"1..5 people"', 'number:"1..5 people"', ""),
    ("number:45*", "tag:number:45*", ""),
    ("number:*", "tag:number:*", ""),
    ("number:many", "", "bad-value"),
    ("number:5..1", "", "bad-value"),
    ("number:..", "", "bad-value"),
    ("number:[* TO *]", "", "bad-value"),
    ("collapse NEAR/8 place:*", "collapse NEAR/8 tag:place:*", ""),
    ("said:Aliyev PARA return", "tag:said:Aliyev PARA return", ""),
    ("place:a ADJ/2 law:b", "tag:place:a ADJ/2 tag:law:b", ""),
    ("a SENT mentions:2014", "a SENT mentions:2014-01-01..2014-12-31", ""),
    ("a NEAR/3 number:5", "a NEAR/3 number:5", ""),
    ("a NEAR/3 #x", "a NEAR/3 tag:x", ""),
    ("a NEAR/3 (b OR place:c)", "a NEAR/3 (b OR tag:place:c)", ""),
    ("a NEAR/3 place:(b OR c)", "a NEAR/3 (tag:place:b OR tag:place:c)", ""),
    ("a NEAR/3 -place:b", "", "bad-operand"),
    ("-place:b NEAR/3 a", "NOT (tag:place:b NEAR/3 a)", "only-negations"),
    ("(a NEAR/3 place:b)^2", "(a NEAR/3 tag:place:b)^2", ""),
    ("a NEAR/3 date:2014", "", "bad-operand"),
    ("isbn:3-16", "tag:isbn:3-16", ""),
    ('isbn:"3 16"', 'tag:isbn:"3 16"', ""),
    ("has:isbn", "tag:isbn:*", ""),
    ("my-type:x", "tag:my-type:x", ""),
    ("a NEAR/3 my-type:*", "a NEAR/3 tag:my-type:*", ""),
    ("source:x", "source:x", ""),
    ("tag:source:x", "tag:source:x", ""),
    ("title:x", "title:x", ""),
]


@pytest.mark.parametrize(("text", "printed", "codes"), READ)
def test_conditions_on_tags_are_read(text: str, printed: str, codes: str) -> None:
    found = parse(text, today=TODAY, types=TYPES)
    assert " ".join(each.code for each in found.diagnostics) == codes
    assert found.interpreted == printed
    if found.root is not None:
        again = parse(printed, today=TODAY)
        assert again.root == found.root


def test_a_type_that_no_archive_is_known_to_have_is_text_unless_it_is_called_a_tag() -> None:
    (found,) = parse("plaec:x").diagnostics
    assert (found.code, found.suggestion) == ("unknown-field", "place:")
    (found,) = parse("isbm:x", types={"isbm-13", "isbn"}).diagnostics
    assert found.suggestion == "isbn:"
    assert parse("my-type:x").root == Word(text="my-type:x", start=0, end=9)
    assert parse("tag:my-type:x").diagnostics == ()
    assert isinstance(parse("isbn:x").root, Word)


def test_a_condition_knows_its_place() -> None:
    text = 'a NEAR/3 place:"New York"'
    near = parse(text).root
    assert isinstance(near, Near)
    place = near.children[1]
    assert text[place.start : place.end] == 'place:"New York"'


def test_what_a_quantity_says() -> None:
    assert read_amounts(" > 1,500.5 US dollars ") == (Decimal("1500.5"), None, True, "US dollars")
    assert read_amounts("1..2").last == 2
    assert read_amounts("−5 °C") == (Decimal(-5), Decimal(-5), False, "°C")
    for text in ("", "x", "1,50", "1..2..3", "5 <6", ">", "1 2"):
        with pytest.raises(BadNumberError):
            read_amounts(text)


PIECES = (
    *("place:", "mentions:", "number:", "isbn:", "my-type:", "tag:", "#", "has:", "(", ")", '"'),
    *("a", "*", "?", "x?y", " ", " NEAR/3 ", " PARA ", " OR ", "-", ":", "2014", "..", "--12-05"),
    *(">", "45", "%", "4.5", ",", "[", " TO ", "]", "~", "^2", "«", "»", "=", "/", "é", "\n"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=10).map("".join) | st.text(max_size=20)


@settings(deadline=None, max_examples=1_500)
@given(TEXTS)
def test_any_text_is_read_and_printed_to_the_same(text: str) -> None:
    found = parse(text, today=TODAY, types=TYPES)
    assert all(0 <= each.start <= each.end <= len(text) for each in found.diagnostics)
    if found.root is not None:
        again = parse(found.interpreted, today=TODAY, types=TYPES)
        assert again.root == found.root
        assert again.interpreted == found.interpreted


AMOUNTS = st.none() | st.decimals(
    allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
)
UNITS = st.sampled_from(["", "%", "people", "US dollars", "EUR", "€ a year", "°C"])


@given(AMOUNTS, AMOUNTS, UNITS, st.booleans())
def test_quantities_are_printed_to_what_reads_the_same(
    one: Decimal | None, other: Decimal | None, unit: str, excludes_end: bool
) -> None:
    ends = [end for end in (one, other) if end is not None]
    if not ends:
        return
    first = min(ends) if one is not None else None
    last = max(ends) if other is not None else None
    is_half = (first is None) != (last is None)
    node = Quantity(
        first=first, last=last, excludes_end=excludes_end and is_half, unit=unit, start=0, end=0
    )
    assert parse(print_node(node)).root == node


def test_nodes_made_by_hand_are_printed_too() -> None:
    nodes: list[Node] = [
        Filter(field="tag", value="place:New York", start=0, end=0),
        Filter(field="tag", value="law:*", is_pattern=True, start=0, end=0),
        DateRange(field="mentions", first=TODAY, last=None, start=0, end=0),
    ]
    near = Near(children=tuple(nodes), words_between=2, is_ordered=False, start=0, end=0)
    assert parse(print_node(near)).root == near
