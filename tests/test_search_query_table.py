"""What queries mean: each with the tree it is read into, printed, and the codes of the findings."""

from __future__ import annotations

from datetime import date

import pytest

from pinakes.search.query import parse
from tests.query_operators import OPERATORS

TODAY = date(2024, 5, 31)

# (query, what was understood, codes of the findings in order of their place)
WORDS = [
    ("mine", "mine", ""),
    ("mine collapse", "mine AND collapse", ""),
    ("  mine\t\ncollapse  ", "mine AND collapse", ""),
    ("mine\u00a0collapse", "mine AND collapse", ""),
    ("\u200bmine\ufeff \u200bcollapse\u200b", "mine AND collapse", ""),
    ("mi\u00adne col\u200blap\ufeffse", "mi\u00adne AND col\u200blap\ufeffse", ""),
    ("Путин", "Путин", ""),
    ("covid-19", "covid-19", ""),
    ("well-known", "well-known", ""),
    ("AT&T", "AT&T", ""),
    ("C++", "C++", "signs-ignored"),
    ("C#", "C#", "signs-ignored"),
    ("#1", "#1", "signs-ignored"),
    ("and/or", "and/or", ""),
    ("24/7", "24/7", ""),
    ("w/o", "w/o", ""),
    ("O'Brien l’État", "O'Brien AND l’État", ""),
    ("e-mail@x.org", "e-mail@x.org", ""),
    ("§ 12", "12", "nothing-searchable"),
    ("§12", "§12", "signs-ignored"),
    ("mine & collapse", "mine AND collapse", "nothing-searchable"),
    ("mine – collapse", "mine AND collapse", "nothing-searchable"),
    ("§", "", "nothing-searchable empty-query"),
    ("50% 10^6 5*3", "50% AND 10^6 AND 5*3", "signs-ignored"),
    ("f**k ***", "f**k", "nothing-searchable"),
    ("minister(s)", "minister(s)", ""),
    ("~5 km", "~5 AND km", "signs-ignored"),
    ("https://x.org/?q=", "https://x.org/?q=", ""),
    ("(C++).", "C++", "nothing-searchable signs-ignored"),
    ("/home/jane", "/home/jane", ""),
    (r"C:\data\x.txt", r"C:\data\x.txt", ""),
    ("a\\b", "a\\b", ""),
    ("why?", "why?", "question-mark"),
    ("what happened?!", "what AND happened?!", "question-mark"),
    ("what? when", "what? AND when", "question-mark"),
    ("http://x.y/z?a=b", "http://x.y/z?a=b", ""),
    ("https://x.org/Mine_(town)?", "https://x.org/Mine_(town)?", ""),
    ("www.x.org/?q=a*", "www.x.org/?q=a*", ""),
    ("x.org/a?b=c&d", "x.org/a?b=c&d", ""),
    ("12:30", "12:30", ""),
    ("1:2 3:1", "1:2 AND 3:1", ""),
    ("re: mine", "re: AND mine", ""),
    ("Donetsk: mine", "Donetsk: AND mine", ""),
    ("std::vector", "std::vector", ""),
    ("a:b", "a:b", ""),
    ("mailto:jane@x.org", "mailto:jane@x.org", ""),
    (":) mine", "mine", "nothing-searchable stray-parenthesis"),
    ('צה"ל', 'צה"ל', ""),
    ('19" screen', "19 AND screen", "stray-quote"),
    ("*", "*", ""),
    ("* -mine", "* AND NOT mine", ""),
]

PHRASES = [
    ('"a b"', '"a b"', ""),
    ("“a b”", '"a b"', ""),
    ("„a b“", '"a b"', ""),
    ("„a b”", '"a b"', ""),
    ("”a b”", '"a b"', ""),
    ("«a b»", '"a b"', ""),
    ("»a b«", '"a b"', ""),
    ('"  a \n b "', '"a b"', ""),
    ('"mine"', '"mine"', ""),
    ('"a AND b"', '"a AND b"', ""),
    ('"tag:x (y"', '"tag:x (y"', ""),
    ('"min* m?ne ~5"', '"min* m?ne ~5"', ""),
    ('“the "right" to return”', '“the "right" to return”', ""),
    ('"«a» b"', '"«a» b"', ""),
    ('"a b" c', '"a b" AND c', ""),
    ('"a b"c', '"a b" AND c', ""),
    ('"a" "b"', '"a" AND "b"', ""),
    ('"a b', '"a b"', "open-quote"),
    ("“a b", '"a b"', "open-quote"),
    ('mine "', "mine", "open-quote empty-clause"),
    ('mine "" collapse', "mine AND collapse", "empty-clause"),
    ('"§"', "", "nothing-searchable empty-query"),
    ('he said."', "he AND said.", "stray-quote"),
    ("Home » News", "Home AND News", "stray-quote"),
    ('a "b c" OR d', '(a AND "b c") OR d', ""),
]

BOOLEANS = [
    ("a AND b", "a AND b", ""),
    ("a OR b", "a OR b", ""),
    ("NOT a", "NOT a", "only-negations"),
    ("a OR b AND c", "a OR (b AND c)", ""),
    ("a AND b OR c", "(a AND b) OR c", ""),
    ("a OR b c OR d", "a OR (b AND c) OR d", ""),
    ("(a OR b) c", "(a OR b) AND c", ""),
    ("(a OR b)c", "(a OR b) AND c", ""),
    ("a AND (b OR c)", "a AND (b OR c)", ""),
    ("(a b) c", "(a AND b) AND c", ""),
    ("((a))", "a", ""),
    ("(a OR b) NOT c", "(a OR b) AND NOT c", ""),
    ("a AND NOT b", "a AND NOT b", ""),
    ("NOT NOT a", "NOT NOT a", ""),
    ("NOT (-a -b)", "NOT (NOT a AND NOT b)", ""),
    ("NOT (a b)", "NOT (a AND b)", "only-negations"),
    ("NOT(a b)", "NOT (a AND b)", "only-negations"),
    ("a AND(b OR c)", "a AND (b OR c)", ""),
    ("a -b", "a AND NOT b", ""),
    ("-a b", "NOT a AND b", ""),
    ("minister -mine", "minister AND NOT mine", ""),
    ('a -"b c"', 'a AND NOT "b c"', ""),
    ("a -(b OR c)", "a AND NOT (b OR c)", ""),
    ("a (-b c)", "a AND (NOT b AND c)", ""),
    ("a -tag:x", "a AND NOT tag:x", ""),
    ("a -kind:quote", "a AND NOT kind:quote", ""),
    ("a -#x", "a AND NOT tag:x", ""),
    ("-a -b", "NOT a AND NOT b", "only-negations"),
    ("a-b", "a-b", ""),
    ("a --b", "a AND b", "stray-hyphen"),
    ("(a)-b", "a AND b", "stray-hyphen"),
    ("a - b", "a AND b", "empty-clause"),
    ("a -", "a", "empty-clause"),
    ("-", "", "empty-clause empty-query"),
    ("a AND", "a", "empty-clause"),
    ("AND a", "a", "empty-clause"),
    ("a OR", "a", "empty-clause"),
    ("OR", "", "empty-query empty-clause"),
    ("a AND OR b", "a OR b", "empty-clause"),
    ("a OR OR b", "a OR b", "empty-clause"),
    ("NOT", "", "empty-query empty-clause"),
    ("a NOT AND b", "a AND b", "empty-clause"),
    ("a AND §", "a", "nothing-searchable"),
    ("a -§", "a", "nothing-searchable"),
    ("()", "", "empty-clause empty-query"),
    ("a () b", "a AND b", "empty-clause"),
    ("(a b", "a AND b", "open-parenthesis"),
    ("((a b)", "a AND b", "open-parenthesis"),
    ("a b)", "a AND b", "stray-parenthesis"),
    ("", "", "empty-query"),
    ("   ", "", "empty-query"),
    ("a or b", "a AND or AND b", "lower-case-operator"),
    ("a and b", "a AND and AND b", "lower-case-operator"),
    ("a not b", "a AND not AND b", "lower-case-operator"),
    ("not b", "not AND b", "lower-case-operator"),
    ("or b", "or AND b", ""),
    ("a or", "a AND or", ""),
    ("a And b Or c", "a AND And AND b AND Or AND c", ""),
    ("a NEAR", "a AND NEAR", ""),
    ("PARA a", "PARA AND a", ""),
]

FIELDS = [
    ("tag:law", "tag:law", ""),
    ("tag:law:*", "tag:law:*", ""),
    ("tag:law:", "tag:law", ""),
    ("tag:place:Geneva", "tag:place:Geneva", ""),
    ('tag:person:"Jane Doe"', 'tag:person:"Jane Doe"', ""),
    ("tag:person:“Jane Doe”", 'tag:person:"Jane Doe"', ""),
    ('tag:"person:Jane Doe"', 'tag:person:"Jane Doe"', ""),
    ('tag:"law:*"', 'tag:law:"*"', ""),
    ("tag:mentions:1987..1989", "tag:mentions:1987..1989", ""),
    ("#law", "tag:law", ""),
    ("#law:*", "tag:law:*", ""),
    ('#person:"Jane Doe"', 'tag:person:"Jane Doe"', ""),
    ("tag:(law:* OR place:Geneva)", "tag:law:* OR tag:place:Geneva", ""),
    ('tag:(person:"Jane Doe" law)', 'tag:person:"Jane Doe" AND tag:law', ""),
    ("kind:quote", "kind:quote", ""),
    ("KIND:Quote", "kind:quote", ""),
    ("kind:(quote OR title)", "kind:quote OR kind:title", ""),
    ("-kind:(quote OR title) a", "NOT (kind:quote OR kind:title) AND a", ""),
    ("kind:(quote OR (title lead))", "kind:quote OR (kind:title AND kind:lead)", ""),
    ("kind:paragraphs", "", "bad-value"),
    ('kind:"list item"', "", "bad-value"),
    ("lang:EN", "lang:en", ""),
    ("lang:(ru OR az)", "lang:ru OR lang:az", ""),
    ("lang:english", "", "bad-value"),
    ("source:example.org", "source:example.org", ""),
    ("site:example.org", "source:example.org", ""),
    ("source:(a.org b.org)", "source:a.org AND source:b.org", ""),
    ("in:2014/march", "path:2014/march", ""),
    ('path:"my files/a (1).txt"', 'path:"my files/a (1).txt"', ""),
    ("url:https://x.org/a?b=c", "url:https://x.org/a?b=c", ""),
    ('author:"Jane Doe" mine', 'author:"Jane Doe" AND mine', ""),
    ("author:Jane Doe", "author:Jane AND Doe", ""),
    ("section:background", "section:background", ""),
    ("id:a1b2c3d4", "id:a1b2c3d4", ""),
    ('id:""', "", "empty-clause empty-query"),
    ("title:mine", "title:mine", ""),
    ('title:"mine collapse"', 'title:"mine collapse"', ""),
    ("title:(mine OR collapse)", "title:(mine OR collapse)", ""),
    ("title:(mine -collapse)", "title:(mine AND NOT collapse)", ""),
    ("title:(mine)", "title:mine", ""),
    ("title:(::mine)", "title:(::mine)", ""),
    ("title:-mine", "title:-mine", ""),
    ("title:AND", "title:AND", ""),
    ("tag::mine", "tag::mine", ""),
    ('tag:":: mine"', "tag:mine", ""),
    ('path:"(a)"', 'path:"(a)"', ""),
    ('source:"/a/"', 'source:"/a/"', ""),
    ('source:"kind:quote"', 'source:"kind:quote"', ""),
    ("tag:kind:quote", "tag:kind:quote", ""),
    ("path:/a/b", "path:/a/b", ""),
    ("-title:mine a", "NOT title:mine AND a", ""),
    ("title:covid-19 a", "title:covid-19 AND a", ""),
    ("title:(a kind:quote)", "", "nested-field"),
    ("source:(a OR kind:quote)", "", "nested-field"),
    ("tag: mine", "mine", "empty-clause"),
    ("mine tag:", "mine", "empty-clause"),
    ("author: Smith", "Smith", "empty-clause"),
    ("(tag:)", "", "empty-clause empty-query"),
    ("title:() mine", "mine", "empty-clause"),
    ("autor:smith", "autor:smith", "unknown-field"),
    ('autor:"Jane Doe"', '"autor Jane Doe"', "unknown-field"),
    ('-autor:"Jane Doe" a', 'NOT "autor Jane Doe" AND a', "unknown-field"),
    ("autor:(a OR b)", "autor: AND (a OR b)", "unknown-field"),
    ("Donetsk:mine", "Donetsk:mine", "unknown-field"),
]

DATES = [
    ("date:2014", "date:2014-01-01..2014-12-31", ""),
    ("date:2014-02", "date:2014-02-01..2014-02-28", ""),
    ("date:2016-02", "date:2016-02-01..2016-02-29", ""),
    ("date:2014-03-04", "date:2014-03-04", ""),
    ("published:2014-03-04", "date:2014-03-04", ""),
    ("date:2014-03..2014-05", "date:2014-03-01..2014-05-31", ""),
    ("date:2014..2015-03", "date:2014-01-01..2015-03-31", ""),
    ("date:2014..", "date:2014-01-01..", ""),
    ("date:..2014", "date:..2014-12-31", ""),
    ("date:>=2014-03-01", "date:2014-03-01..", ""),
    ("date:>2014", "date:2015-01-01..", ""),
    ("date:<=2014", "date:..2014-12-31", ""),
    ("date:<2014", "date:..2013-12-31", ""),
    ("date:[2014 TO 2015]", "date:2014-01-01..2015-12-31", ""),
    ("date:[* TO 2015]", "date:..2015-12-31", ""),
    ("date:[2014 TO *] mine", "date:2014-01-01.. AND mine", ""),
    ('date:"2014..2015"', "date:2014-01-01..2015-12-31", ""),
    ("date:(2014 OR 2016)", "date:2014-01-01..2014-12-31 OR date:2016-01-01..2016-12-31", ""),
    ("date:([2014 TO 2015] OR 2017-01-01)", "date:2014-01-01..2015-12-31 OR date:2017-01-01", ""),
    ("after:2014", "date:2014-01-01..", ""),
    ("before:2014", "date:..2013-12-31", ""),
    ("after:2014 before:2015", "date:2014-01-01.. AND date:..2014-12-31", ""),
    ("date:3m..", "date:2024-02-29..", ""),
    ("date:7d..", "date:2024-05-24..", ""),
    ("date:2w..1w", "date:2024-05-17..2024-05-24", ""),
    ("date:..1y", "date:..2023-05-31", ""),
    ("after:3m", "date:2024-02-29..", ""),
    ("-date:2014 mine", "NOT date:2014-01-01..2014-12-31 AND mine", ""),
    ("date:2014-13", "", "bad-date"),
    ("date:2014-02-30", "", "bad-date"),
    ("date:0000", "", "bad-date"),
    ("date:..", "", "bad-date"),
    ("date:2015..2014", "", "bad-date"),
    ("date:7d", "", "bad-date"),
    ("date:03/04/2014", "", "bad-date"),
    ("date:yesterday", "", "bad-date"),
    ("date:>9999", "", "bad-date"),
    ("date:99999y..", "", "bad-date"),
    ("date:[2014 TO", "", "bad-date"),
    ("after:2014..2015", "", "bad-date"),
    ("before:0001", "", "bad-date"),
    ("date: 2014", "2014", "empty-clause"),
]

UNSUPPORTED = [
    "saved:2014",
    "saved:2014-03..",
    "saved:>=2014",
    "saved:..3m",
]


@pytest.mark.parametrize(
    ("query", "understood", "codes"), WORDS + PHRASES + BOOLEANS + FIELDS + DATES + OPERATORS
)
def test_a_query_means_what_the_table_says(query: str, understood: str, codes: str) -> None:
    parsed = parse(query, today=TODAY)
    found = [finding.code.value for finding in parsed.diagnostics]
    assert parsed.interpreted == understood
    assert sorted(found) == sorted(codes.split())


@pytest.mark.parametrize("query", UNSUPPORTED)
def test_what_cannot_be_answered_yet_is_an_error_that_says_so(query: str) -> None:
    parsed = parse(query, today=TODAY)
    assert parsed.root is None
    assert {found.code.value for found in parsed.errors} == {"unsupported-operator"}
    assert all("not supported yet" in found.message for found in parsed.errors)


@pytest.mark.parametrize("query", [*UNSUPPORTED, *(case[0] for case in OPERATORS)])
def test_in_quotes_no_operator_is_one(query: str) -> None:
    parsed = parse(f"„{query}“" if "«" in query else f"«{query}»", today=TODAY)
    assert not {f.code.value for f in parsed.diagnostics} - {"nothing-searchable", "empty-query"}


def test_the_tables_hold_as_many_cases_as_they_claim() -> None:
    cases = [case[0] for case in WORDS + PHRASES + BOOLEANS + FIELDS + DATES + OPERATORS]
    assert len(cases) == len(set(cases))
    assert len(cases) >= 300
