"""The tree of a query, where its nodes stand, and what is said about it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from pinakes.corpus import PinakesError
from pinakes.search.query import (
    And,
    Code,
    DateRange,
    Diagnostic,
    Everything,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    QueryError,
    Severity,
    Within,
    Word,
    children,
    parse,
    print_node,
    walk,
)

TODAY = date(2024, 5, 31)


def read(text: str) -> Node:
    root = parse(text, today=TODAY).root
    assert root is not None
    return root


def read_spans(text: str) -> list[tuple[str, str]]:
    return [(type(node).__name__, text[node.start : node.end]) for node in walk(read(text))]


def find_only(text: str, *, strict: bool = False) -> Diagnostic:
    (found,) = parse(text, strict=strict, today=TODAY).diagnostics
    return found


def word(text: str) -> Word:
    return Word(text=text, start=0, end=0)


def phrase(text: str) -> Phrase:
    return Phrase(text=text, start=0, end=0)


def condition(field: str, value: str) -> Filter:
    return Filter(field=field, value=value, start=0, end=0)


def both(*nodes: Node) -> And:
    return And(children=nodes, start=0, end=0)


def either(*nodes: Node) -> Or:
    return Or(children=nodes, start=0, end=0)


def without(node: Node) -> Not:
    return Not(child=node, start=0, end=0)


def test_and_binds_tighter_than_or() -> None:
    expected = either(word("a"), both(word("b"), word("c")), word("d"))
    assert read("a OR b c OR d") == expected
    assert read("a OR b AND c OR d") == expected


def test_parentheses_stay_groups_of_their_own() -> None:
    # (kind:quote mine) collapse: only `mine` is looked for in quotes.
    assert read("(kind:quote a) b") == both(
        both(condition("kind", "quote"), word("a")),
        word("b"),
    )


def test_words_are_kept_as_typed() -> None:
    assert read("Covid-19") == word("Covid-19")
    assert read("AT&T C++") == both(word("AT&T"), word("C++"))


def test_a_phrase_knows_its_words_and_a_single_quoted_word_is_one() -> None:
    found = read("“right  to\nreturn”")
    assert found == phrase("right to return")
    assert isinstance(found, Phrase)
    assert found.words == ("right", "to", "return")
    assert read('"mine"') == phrase("mine")


def test_a_whole_tag_type_and_a_tag_are_filters() -> None:
    assert read("tag:law") == read("#law") == condition("tag", "law")
    assert read("tag:law:*") == read("law:*") == read("has:law")
    assert read('tag:person:"Jane  Doe"') == condition("tag", "person:Jane Doe")
    assert read('tag:"law : 1951 Convention"') == condition("tag", "law:1951 Convention")


def test_fields_have_one_name_in_the_tree() -> None:
    assert read("site:x.org") == read("SOURCE:x.org") == condition("source", "x.org")
    assert read("in:2014") == condition("path", "2014")
    assert read("kind:QUOTE") == condition("kind", "quote")


def test_a_group_of_a_filter_is_filters_and_a_group_of_a_zone_is_text() -> None:
    assert read("-kind:(quote OR title) a") == both(
        without(either(condition("kind", "quote"), condition("kind", "title"))), word("a")
    )
    assert read('title:(a OR -"b c")') == Within(
        field="title", child=either(word("a"), without(phrase("b c"))), start=0, end=0
    )


def test_dates_are_days_both_included() -> None:
    whole_year = DateRange(
        field="published", first=date(2014, 1, 1), last=date(2014, 12, 31), start=0, end=0
    )
    assert read("date:2014") == read("published:2014-01..2014-12") == whole_year
    half_open = both(
        DateRange(field="published", first=date(2014, 1, 1), last=None, start=0, end=0),
        DateRange(field="published", first=None, last=date(2014, 12, 31), start=0, end=0),
    )
    assert read("after:2014 before:2015") == half_open


def test_relative_dates_count_back_from_today() -> None:
    first = read("date:7d..")
    assert isinstance(first, DateRange)
    assert (first.first, first.last) == (date(2024, 5, 24), None)
    assert parse("date:1d..").root is not None


def test_everything_is_a_lone_star() -> None:
    assert read("*") == read("(*)") == Everything(start=0, end=0)


def test_nodes_stand_where_they_were_typed() -> None:
    assert read_spans('mine -"b  c" (x OR tag:law:*) title:(a b)') == [
        ("And", 'mine -"b  c" (x OR tag:law:*) title:(a b)'),
        ("Word", "mine"),
        ("Not", '-"b  c"'),
        ("Phrase", '"b  c"'),
        ("Or", "x OR tag:law:*"),
        ("Word", "x"),
        ("Filter", "tag:law:*"),
        ("Within", "title:(a b)"),
        ("And", "a b"),
        ("Word", "a"),
        ("Word", "b"),
    ]
    assert read_spans("NOT (a b) kind:(quote OR title)") == [
        ("And", "NOT (a b) kind:(quote OR title)"),
        ("Not", "NOT (a b)"),
        ("And", "a b"),
        ("Word", "a"),
        ("Word", "b"),
        ("Or", "quote OR title"),
        ("Filter", "quote"),
        ("Filter", "title"),
    ]


def test_equal_means_the_same_wherever_it_stands() -> None:
    assert read("a   b") == read("a AND b")
    assert hash(read("a   b")) == hash(read("a AND b"))
    assert read("a b") != read("b a")
    assert children(read("a")) == ()


def test_relative_dates_are_printed_as_days() -> None:
    assert parse("mine date:2m..", today=TODAY).interpreted == "mine AND date:2024-03-31.."


@pytest.mark.parametrize(
    ("text", "about", "suggestion"),
    [
        ("a autor:smith", "autor:", "author:"),
        ("a ttile:smith", "ttile:", "title:"),
        ("a sorce:x", "sorce:", "source:"),
        ("a language:en", "language:", "lang:"),
        ("a headline:x", "headline:", "title:"),
        ("a Donetsk:x", "Donetsk:", ""),
        ("a автор:x", "автор:", ""),
        ("a kind:paragraphs", "paragraphs", "paragraph"),
        ('a kind:"list item"', '"list item"', "list-item"),
        ("a kind:qoute", "qoute", "quote"),
        ("a kind:headline", "headline", "title"),
        ("a kind:xyz", "xyz", ""),
        ("a lang:Russian", "Russian", "ru"),
        ("a lang:en-GB", "en-GB", "en"),
        ("a lang:klingon", "klingon", ""),
        ("a or b", "or", "OR"),
        ("a author: Smith b", "author: Smith", "author:Smith"),
        ('a author: "Jane Doe"', 'author: "Jane Doe"', 'author:"Jane Doe"'),
        ("a author:", "author:", ""),
        ("a date:2014/03/04", "2014/03/04", "2014-03-04"),
        ("a date:2014-3-4", "2014-3-4", "2014-03-04"),
        ("a date:20140304", "20140304", "2014-03-04"),
        ("a date:4.3.2014", "4.3.2014", "2014-03-04"),
        ("a date:13/04/2014", "13/04/2014", "2014-04-13"),
        ("a date:04/13/2014", "04/13/2014", "2014-04-13"),
        ("a date:03/04/2014", "03/04/2014", ""),
        ("a date:2014-2015", "2014-2015", "2014..2015"),
        ("a date:2015..2014", "2015..2014", "2014..2015"),
        ("a date:2014-02-30", "2014-02-30", "2014-02"),
        ("a date:2014-13-45", "2014-13-45", "2014"),
        ("a date:2014-03-04T10:00", "2014-03-04T10:00", "2014-03-04"),
        ('a date:"4 March 2014"', '"4 March 2014"', "2014-03-04"),
        ('a date:"March 4th, 2014"', '"March 4th, 2014"', "2014-03-04"),
        ("a date:3m", "3m", "3m.."),
        ("a date:soon", "soon", ""),
        ("a word~3", "word~3", "word~2"),
        ("a m?ne~", "m?ne~", "m?ne"),
        ("a author:smith~", "smith~", "smith*"),
        ('a author:="B c"', '="B c"', '"B c"'),
        ("a has:autor", "autor", "author"),
        ("a words:9..5", "9..5", "5..9"),
        ("a /b(/", "(", ""),
        ("a NEAR/5 kind:quote", "kind:quote", ""),
        ("a near/5 b", "near/5", "NEAR/5"),
        ("a NEAR/5", "NEAR/5", ""),
    ],
)
def test_a_finding_says_where_and_what_to_write_instead(
    text: str, about: str, suggestion: str
) -> None:
    found = find_only(text)
    assert text[found.start : found.end] == about
    assert found.suggestion == suggestion
    if suggestion:
        better = text[: found.start] + suggestion + text[found.end :]
        assert parse(better, today=TODAY).diagnostics == ()


def test_a_reversed_range_is_suggested_the_right_way_round() -> None:
    assert find_only("date:2015-06-02..2014-01-05").suggestion == "2014-01-05..2015-06-02"


def test_messages_name_what_is_not_supported_and_what_it_would_mean() -> None:
    assert "the day an article was saved" in find_only("saved:2014").message


def test_copies_are_asked_for_by_state_and_by_the_name_of_a_cluster() -> None:
    for text in ("is:duplicate", "IS:Changed", "is:current", "is:superseded", "cluster:C9"):
        parsed = parse(text, today=TODAY)
        assert parsed.diagnostics == ()
        assert parsed.interpreted == text.lower()
    for text, suggestion in (
        ("is:copies", ""),
        ("is:duplicated", "duplicate"),
        ("is:old", "superseded"),
    ):
        assert find_only(text).code is Code.BAD_VALUE
        assert find_only(text).suggestion == suggestion
    for text in ("cluster:9", "cluster:c", "cluster:c0", "cluster:abc", "cluster:c*", "is:dup*"):
        assert find_only(text).code is Code.BAD_VALUE
    assert find_only("is:*").code is Code.BAD_VALUE


def test_warnings_keep_the_answer_coming_unless_strict() -> None:
    for text in ("a or b", 'a "b', "(a", "a)", "a AND", "autor:x", "a --b", '19" a'):
        assert find_only(text).severity is Severity.WARNING
        assert parse(text).root is not None
        assert find_only(text, strict=True).severity is Severity.ERROR
        assert parse(text, strict=True).root is None


def test_information_is_no_error_even_when_strict() -> None:
    for text in ("why?", "a § b", "-a"):
        assert find_only(text, strict=True).severity is Severity.INFO
        assert parse(text, strict=True).root is not None


def test_findings_come_in_order_of_their_place() -> None:
    found = parse('autor:x or "b').diagnostics
    assert [finding.code for finding in found] == [
        Code.UNKNOWN_FIELD,
        Code.LOWER_CASE_OPERATOR,
        Code.OPEN_QUOTE,
    ]


def test_a_query_sorts_its_findings_by_severity() -> None:
    query = parse("a or date:soon what?")
    assert [found.code for found in query.errors] == [Code.BAD_DATE]
    assert [found.code for found in query.warnings] == [Code.LOWER_CASE_OPERATOR]
    assert (query.root, query.interpreted, query.syntax) == (None, "", 1)


def test_a_query_error_is_a_pinakes_error_and_says_why() -> None:
    query = parse("a or date:soon")
    error = QueryError(query.text, query.diagnostics)
    assert isinstance(error, PinakesError)
    assert error.diagnostics == query.diagnostics
    assert "soon" in str(error)
    assert "capitals" not in str(error)


@pytest.mark.parametrize("unit", ["(", "NOT ", "-(", "title:(", "a OR (", "kind:(", "autor:x (b "])
def test_the_deepest_query_neither_recurses_nor_passes(unit: str) -> None:
    query = parse(unit * 100_000 + "a")
    assert query.root is None
    assert {found.code for found in query.errors} & {Code.TOO_DEEP, Code.NESTED_FIELD}


def test_a_tree_within_the_limit_can_be_printed_compared_and_hashed() -> None:
    text = "(a OR b NOT (" * 33 + "c" + "))" * 33
    query = parse(text)
    assert query.root is not None
    assert parse(query.interpreted).root == query.root
    assert hash(query.root)
    assert repr(query.root)


def test_long_queries_are_read_whole() -> None:
    text = " OR ".join(f"word{number}" for number in range(5_000))
    assert len(children(read(text))) == 5_000


def test_a_text_that_no_marks_can_hold_is_refused_by_the_printer() -> None:
    with pytest.raises(ValueError, match="quotation mark"):
        print_node(phrase('a " “ ” » «'))


def test_a_label_without_a_letter_is_left_out_before_parentheses() -> None:
    assert print_node(parse("____:(mine OR yours)").root) == "mine OR yours"
    assert parse("____:(").root is None


def test_any_value_of_what_is_no_field_is_searched_as_the_word_alone() -> None:
    query = parse("palce:*", types=("place",))
    assert print_node(query.root) == "palce:"
    assert [each.suggestion for each in query.warnings] == ["place:"]
    assert [each.suggestion for each in parse("palce:Gen*").warnings] == ["place:"]


def test_a_query_can_be_made_by_hand() -> None:
    query = Query(text="", root=both(word("a"), either(word("b"), without(phrase("c d")))))
    assert query.interpreted == 'a AND (b OR NOT "c d")'
    assert query.errors == query.warnings == ()


def test_reading_queries_loads_nothing_heavy() -> None:
    code = (
        "import sys, pinakes.search.query; "
        "print(*{'whoosh', 'numpy', 'bs4', 'lxml', 'sqlite3'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
