"""What holds for every query."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import Kind
from pinakes.search.query import (
    And,
    Boost,
    Code,
    Constant,
    DateRange,
    Everything,
    Filter,
    Fuzzy,
    Has,
    Literal,
    Near,
    Node,
    Not,
    NumberRange,
    Or,
    Phrase,
    Regex,
    TextLeaf,
    Together,
    Wildcard,
    Within,
    Word,
    children,
    parse,
    print_node,
    walk,
)
from tests import fuzz_queries

TODAY = date(2024, 5, 31)
SETTINGS = settings(max_examples=250, deadline=None)

PIECES_WITHOUT_SPACE = r"""
mine covid-19 AT&T C++ § צה"ל é Путин 12:30 http://x.y/z?a=b e@x.org 2014 2014-03 3m 24/7
AND OR NOT and or not NEAR NEAR/3 ADJ SENT PARA w/5 /5 ~5 ^2 ^=2 ~ min* m?ne x~2 /a+b/ ="
has: words: >5 1..9 * ? = # #x - -- ( ) " “ ” „ « »
tag: kind: title: date: after: source: author: lang: path: url: has: autor: law: : quote
.. >= < [ TO ] / \ . ,
"""
PIECES = (
    *PIECES_WITHOUT_SPACE.split(),
    *(" ", " ", " ", "\n", "\u200b", "\x00", "\ud800", "\u0301"),
)
QUERIES = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
)

FACTORS = st.sampled_from([0.0, 0.5, 2.0, 10.0, 1e-6, 1234.5])
WORDS_TO_PRINT = 'a b mine covid-19 AT&T C++ and/or why? Путин 12:30 f(x) #1 re: autor:x צה"ל'
WORDS = st.sampled_from(WORDS_TO_PRINT.split()).map(lambda text: Word(text=text, start=0, end=0))
PHRASES = st.sampled_from(
    ["a", "a b", "tag:x AND (", "min* m?ne~2", "the «a» b", 'say "no" now', "“x” y", "-a"]
).map(lambda text: Phrase(text=text, start=0, end=0))
PATTERNS = st.one_of(
    st.sampled_from(["min*", "*ster", "m?ne", "covid-1*", "*x*", "Ё*"]).map(
        lambda text: Wildcard(text=text, start=0, end=0)
    ),
    st.builds(
        Fuzzy, text=st.sampled_from(["mine", "covid-19", "Путин"]), edits=st.sampled_from([1, 2]),
        start=st.just(0), end=st.just(0),
    ),
    st.sampled_from(["a+b", "(a|b)c", r"[0-9]{2,5}", r"a\/b"]).map(
        lambda text: Regex(text=text, start=0, end=0)
    ),
)  # fmt: skip
LITERALS = st.sampled_from(["a", "A b.", "C++", "say «no» now"]).map(
    lambda text: Literal(text=text, start=0, end=0)
)
VALUES = st.sampled_from(
    [
        "x",
        "x.org",
        "Jane Doe",
        "a/b (c).txt",
        "https://x.y/?a=b",
        "kind:quote",
        "a*b",
        "O“a”",
        "(x)",
    ]
)
FILTERS = st.one_of(
    st.builds(
        Filter,
        field=st.sampled_from(["section", "source", "author", "url", "path", "id", "tag"]),
        value=VALUES,
        is_pattern=st.just(False),
        start=st.just(0),
        end=st.just(0),
    ),
    st.sampled_from(list(Kind)).map(lambda k: Filter(field="kind", value=k.value, start=0, end=0)),
    st.sampled_from(["en", "ru", "und"]).map(
        lambda v: Filter(field="lang", value=v, start=0, end=0)
    ),
)
VALUE_PATTERNS = st.sampled_from(
    [
        ("source", "*.org"),
        ("author", "Sm?th"),
        ("tag", "law:19*"),
        ("path", "a/*.txt"),
        ("id", "a*"),
    ]
).map(lambda pair: Filter(field=pair[0], value=pair[1], is_pattern=True, start=0, end=0))
KNOWN = st.sampled_from(["author", "published", "title", "tag"]).map(
    lambda field: Has(field=field, start=0, end=0)
)
LENGTHS = st.sampled_from([(500, None), (None, 0), (3, 9), (7, 7)]).map(
    lambda ends: NumberRange(field="words", first=ends[0], last=ends[1], start=0, end=0)
)
DAYS = st.none() | st.dates()


def order_days(first: date | None, last: date | None) -> DateRange:
    if first is None and last is None:
        first = TODAY
    if first is not None and last is not None:
        first, last = min(first, last), max(first, last)
    return DateRange(field="published", first=first, last=last, start=0, end=0)


def combine(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        several.map(lambda found: And(children=found, start=0, end=0)),
        several.map(lambda found: Or(children=found, start=0, end=0)),
        nodes.map(lambda found: Not(child=found, start=0, end=0)),
        st.builds(Boost, child=nodes, factor=FACTORS, start=st.just(0), end=st.just(0)),
        st.builds(Constant, child=nodes, score=FACTORS, start=st.just(0), end=st.just(0)),
    )


def bring_near(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=2, max_size=4).map(tuple)
    return st.builds(
        Near,
        children=several,
        words_between=st.sampled_from([0, 5, 1_000_000]),
        is_ordered=st.booleans(),
        start=st.just(0),
        end=st.just(0),
    )


OPERANDS = st.one_of(WORDS, PHRASES, PATTERNS)
EITHER = st.lists(OPERANDS, min_size=2, max_size=3).map(
    lambda found: Or(children=tuple(found), start=0, end=0)
)
NEAR = st.recursive(OPERANDS | EITHER, bring_near, max_leaves=5)
TOGETHER = st.builds(
    Together,
    children=st.lists(NEAR, min_size=2, max_size=3).map(tuple),
    unit=st.sampled_from(["passage", "sentence"]),
    start=st.just(0),
    end=st.just(0),
)
SOUGHT = st.one_of(WORDS, PHRASES, LITERALS, PATTERNS, NEAR, TOGETHER)
TEXTS = st.recursive(SOUGHT, combine, max_leaves=6)
LEAVES = st.one_of(
    SOUGHT,
    FILTERS,
    VALUE_PATTERNS,
    KNOWN,
    LENGTHS,
    st.builds(order_days, DAYS, DAYS),
    st.just(Everything(start=0, end=0)),
    TEXTS.map(lambda child: Within(field="title", child=child, start=0, end=0)),
)
TREES = st.recursive(LEAVES, combine, max_leaves=12)


@SETTINGS
@given(QUERIES, st.booleans())
def test_no_text_raises_and_no_root_means_an_error(text: str, strict: bool) -> None:
    query = parse(text, strict=strict, today=TODAY)
    assert (query.root is None) == bool(query.errors)
    assert all(0 <= found.start <= found.end <= len(text) for found in query.diagnostics)
    assert all(found.message and found.code in Code for found in query.diagnostics)


@SETTINGS
@given(QUERIES)
def test_every_node_stands_within_its_parent_and_after_its_sibling(text: str) -> None:
    root = parse(text, today=TODAY).root
    for node in walk(root) if root else ():
        assert 0 <= node.start < node.end <= len(text)
        reached = node.start
        for child in children(node):
            assert reached <= child.start
            assert child.end <= node.end
            reached = child.end


@SETTINGS
@given(QUERIES)
def test_what_was_understood_is_understood_again(text: str) -> None:
    query = parse(text, today=TODAY)
    if query.root is not None:
        again = parse(query.interpreted, today=TODAY)
        assert again.root == query.root
        assert again.interpreted == query.interpreted


@SETTINGS
@given(TREES)
def test_every_tree_survives_being_printed(root: Node) -> None:
    assert parse(print_node(root), today=TODAY).root == root


@SETTINGS
@given(QUERIES)
def test_a_tree_holds_only_what_can_be_looked_for(text: str) -> None:
    root = parse(text, today=TODAY).root
    for node in walk(root) if root else ():
        match node:
            case Word():
                assert any(map(str.isalnum, node.text))
                assert not any(map(str.isspace, node.text))
            case Phrase():
                assert any(map(str.isalnum, node.text))
                assert node.text == " ".join(node.words)
            case Filter():
                assert node.value
            case Near() | Together():
                assert len(node.children) >= 2
                below = [each for child in node.children for each in walk(child)]
                assert all(isinstance(each, TextLeaf | Near | Or) for each in below)
            case And() | Or():
                assert len(node.children) >= 2
            case Within():
                assert not any(isinstance(below, Filter | Within) for below in walk(node.child))
            case DateRange():
                assert node.first or node.last


@SETTINGS
@given(QUERIES, st.sampled_from(["«{}»", "author:«{}»", "title:«{}» x"]))
def test_nothing_in_quotes_is_an_operator(text: str, template: str) -> None:
    text = text.replace("»", "")
    found = {finding.code for finding in parse(template.format(text)).diagnostics}
    assert found <= {Code.NOTHING_SEARCHABLE, Code.EMPTY_CLAUSE, Code.EMPTY_QUERY}


def test_random_and_mutated_queries_hold_what_is_promised() -> None:
    assert fuzz_queries.run(seed=7, cases=3_000, minutes=1) == 0
