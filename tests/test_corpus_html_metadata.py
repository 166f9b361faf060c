"""What a page says of its article is found wherever pages say it, and contradictions are kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.extract import Extract
from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.html import read_html
from pinakes.corpus.readers.html.authors import read_authors
from pinakes.corpus.readers.html.titles import strip_site

TEXT = (
    "<p>The bridge at Kessel was closed on Monday after engineers found a crack in a pier.</p>" * 3
)


def read(head: str, body: str = "") -> Extract:
    return read_html(f"<html><head>{head}</head><body>{body}{TEXT}</body></html>", name="p.html")


def found(extract: Extract, field: str) -> list[MetadataValue]:
    return [value for value in extract.metadata if value.field == field]


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Bridge closed at Kessel",
    "datePublished": "2014-03-04T10:00:00+02:00",
    "dateModified": "2014-03-05",
    "author": [
        {"@type": "Person", "name": "Nora Feldt"},
        {"@type": "Person", "name": "Ivo Lantry"},
    ],
    "publisher": {"@type": "Organization", "name": "The Velmar Courier"},
    "articleSection": "Highlands",
    "keywords": ["bridges", "Kessel"],
    "inLanguage": "en-GB",
    "url": "https://www.velmar-courier.example/2014/bridge",
}


def assert_article(extract: Extract) -> None:
    assert extract.chosen("title") == ("Bridge closed at Kessel",)
    assert extract.chosen("author") == ("Nora Feldt", "Ivo Lantry")
    assert extract.chosen("published") == ("2014-03-04T10:00:00+02:00",)
    assert extract.chosen("modified") == ("2014-03-05",)
    assert extract.chosen("source") == ("velmar-courier.example",)
    assert extract.chosen("section") == ("Highlands",)
    assert extract.chosen("keyword") == ("bridges", "Kessel")
    assert extract.chosen("language") == ("en",)
    assert extract.chosen("url") == ("https://www.velmar-courier.example/2014/bridge",)


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE,
        [{"@type": "BreadcrumbList"}, ARTICLE],
        {"@graph": [{"@type": "WebSite", "name": "Courier"}, {**ARTICLE, "@type": ["Article"]}]},
        {"@type": "WebPage", "name": "Other", "mainEntity": ARTICLE},
        {
            "@graph": [
                {**ARTICLE, "author": [{"@id": "#41"}, {"@id": "#42"}]},
                {"@type": "Person", "@id": "#41", "name": "Nora Feldt"},
                {"@type": "Person", "@id": "#42", "name": "Ivo Lantry"},
            ]
        },
    ],
    ids=["object", "array", "graph", "nested", "references"],
)
def test_json_ld_is_read_in_every_shape(data: object) -> None:
    assert_article(read(linked(data)))


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: f"<!-- {text} -->",
        lambda text: f"/* <![CDATA[ */ {text}; /* ]]> */",
        lambda text: text[:-1] + ",}",
        lambda text: text.replace("Bridge closed", "Bridge\tclosed"),
    ],
    ids=["comment", "cdata", "trailing comma", "control character"],
)
def test_json_ld_that_is_slightly_broken_is_read_whole(damage: object) -> None:
    broken = damage(json.dumps(ARTICLE))  # type: ignore[operator]
    assert_article(read(f'<script type="application/ld+json">{broken}</script>'))


def test_of_json_ld_beyond_repair_the_main_things_are_saved() -> None:
    broken = json.dumps(ARTICLE)[:-30].replace('"articleSection"', '"quote": "he said "no"", "x"')
    extract = read(f'<script type="application/ld+json">{broken}</script>')
    assert extract.chosen("title") == ("Bridge closed at Kessel",)
    assert extract.chosen("author") == ("Nora Feldt",)
    assert extract.chosen("published") == ("2014-03-04T10:00:00+02:00",)


def test_json_ld_nested_beyond_the_recursion_limit_does_no_harm() -> None:
    deep = '{"a":' * 50_000 + "1" + "}" * 50_000
    assert read(f'<script type="application/ld+json">{deep}</script>').text


def test_meta_tags_microdata_time_byline_and_address_each_give_their_part() -> None:
    extract = read(
        '<meta property="og:title" content="Bridge closed">'
        '<meta name="news_keywords" content="a1, b2">'
        '<meta property="article:section" content="Roads">'
        '<meta property="og:locale" content="de_AT">'
        '<link rel="canonical" href="https://www.dorva.example/2014/03/04/bridge">',
        '<span itemprop="author" itemscope><b itemprop="name">Nora Feldt</b></span>'
        '<time datetime="2014-03-04T09:00Z">today</time>',
    )
    assert [(v.value, v.origin) for v in found(extract, "author")] == [
        ("Nora Feldt", "itemprop:author")
    ]
    assert [(v.value, v.origin) for v in found(extract, "published")] == [
        ("2014-03-04T09:00:00+00:00", "tag:time")
    ]
    assert [v.origin for v in found(extract, "keyword")] == ["meta:news_keywords"] * 2
    assert extract.chosen("section") == ("Roads",)
    assert extract.chosen("language") == ("de",)
    assert [(v.value, v.origin) for v in found(extract, "source")] == [
        ("dorva.example", "link:canonical:host")
    ]


def test_a_date_in_the_address_or_in_words_is_taken_when_nothing_else_says_one() -> None:
    dated = read('<link rel=canonical href="https://dorva.example/2014/3/4/bridge">')
    assert [(v.value, v.origin) for v in found(dated, "published")] == [("2014-03-04", "url:path")]
    worded = read("", '<div class="date">Tuesday, March 4, 2014</div>')
    assert [(v.value, v.origin) for v in found(worded, "published")] == [
        ("2014-03-04", "text:date")
    ]


def test_contradicting_values_are_kept_but_not_chosen_and_the_chosen_one_comes_first() -> None:
    extract = read(
        linked(ARTICLE) + '<meta name="author" content="Paul Wendt">'
        '<meta property="article:published_time" content="2016-08-02">'
        '<meta property="article:published_time" content="2014-03-04">',
    )
    assert [(v.value, v.chosen) for v in found(extract, "published")] == [
        ("2014-03-04T10:00:00+02:00", True),
        ("2016-08-02", False),
    ]
    assert [v.chosen for v in found(extract, "author")] == [True, True, False]


@pytest.mark.parametrize("date", ["2014-02-30", "soon", "0000-00-00", "03/04/2014", "1014-01-01"])
def test_a_date_that_is_none_or_of_no_printed_page_is_ignored(date: str) -> None:
    assert not found(read(f'<meta name="date" content="{date}">'), "published")


def test_a_date_yet_to_come_is_ignored() -> None:
    now = datetime.now(UTC)
    later = (now + timedelta(days=2)).isoformat(timespec="seconds")
    earlier = (now - timedelta(days=2)).isoformat(timespec="seconds")
    extract = read(
        f'<meta name="article:published_time" content="{later}">'
        f'<meta name="date" content="{earlier}">'
    )
    assert extract.chosen("published") == (earlier,)
    assert len(found(extract, "published")) == 1


@pytest.mark.parametrize(
    ("title", "others", "sites", "expected"),
    [
        ("Bridge closed | Dorva Post", ["Bridge closed"], [], "Bridge closed"),
        ("Bridge closed - Roads - Dorva Post", ["Bridge closed"], [], "Bridge closed"),
        ("Dorva Post: Bridge closed today", ["Bridge closed today"], [], "Bridge closed today"),
        ("Bridge closed – Dorva Post", [], ["Dorva Post"], "Bridge closed"),
        ("Bridge closed » dorvapost", [], ["Dorva Post"], "Bridge closed"),
        ("Bridge closed - and open again", [], ["Dorva Post"], "Bridge closed - and open again"),
        ("Half-open bridge", ["Half"], ["open bridge"], "Half-open bridge"),
        ("Salt", [], ["Salt"], "Salt"),
        ("Bridge closed in Kessel | Roads", [], [], "Bridge closed in Kessel"),
        ("Kessel | Bridge", [], [], "Kessel | Bridge"),
        ("凯塞尔大桥关闭_道路_多尔瓦网", ["凯塞尔大桥关闭"], [], "凯塞尔大桥关闭"),
        ("凯塞尔大桥今日关闭-多尔瓦网", ["凯塞尔大桥今日关闭"], [], "凯塞尔大桥今日关闭"),
        (
            "Screenshot: «Salt», «Water»…",
            ["Screenshot: «Salt», «Water»"],
            [],
            "Screenshot: «Salt», «Water»…",
        ),
    ],
)
def test_a_title_loses_the_name_of_its_site_and_nothing_else(
    title: str, others: list[str], sites: list[str], expected: str
) -> None:
    assert strip_site(title, others=others, sites=sites) == expected


def test_the_title_that_readers_see_wins_over_the_one_for_search_engines() -> None:
    extract = read(
        '<title>Kessel bridge closed: what to know | Post</title><meta property="og:site_name" '
        'content="Post"><meta property="og:title" content="Kessel bridge closed: what to know">',
        "<h1>The Kessel bridge is closed</h1>",
    )
    assert [v.value for v in found(extract, "title")] == [
        "The Kessel bridge is closed",
        "Kessel bridge closed: what to know",
    ]


def test_a_title_that_stands_alone_loses_a_short_part_behind_its_dash() -> None:
    assert read("<title>Bridge closed at Kessel - The Post</title>").chosen("title") == (
        "Bridge closed at Kessel",
    )
    title = "Bridge closed - and it will not open before June"
    assert read(f"<title>{title}</title>").chosen("title") == (title,)


def test_what_browsers_are_told_to_call_a_page_is_no_name_of_a_site() -> None:
    extract = read(
        '<meta name="application-name" content="Bridge closed"><meta property="og:title" '
        'content="Bridge closed"><link rel=canonical href="https://dorva.example/b">'
    )
    assert extract.chosen("title") == ("Bridge closed",)
    assert [v.value for v in found(extract, "source")] == ["dorva.example"]


def test_a_first_heading_that_is_the_name_of_the_site_is_no_title() -> None:
    extract = read(
        '<title>Bridge closed | Dorva Post</title><link rel=canonical href="https://dorvapost.example/b">'
        '<meta property="og:title" content="Bridge closed">',
        "<h1>Dorva Post</h1>",
    )
    assert extract.chosen("title") == ("Bridge closed",)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By Nora Feldt", ["Nora Feldt"]),
        ("BY NORA FELDT and Ivo Lantry", ["NORA FELDT", "Ivo Lantry"]),
        ("Nora Feldt, Ivo Lantry & Luc Marchetti", ["Nora Feldt", "Ivo Lantry", "Luc Marchetti"]),
        ("Von Jakob Reinholt", ["Jakob Reinholt"]),
        ("Автор: Глеб Ясенев", ["Глеб Ясенев"]),
        ("Feldt, Nora", ["Feldt, Nora"]),
        ("Nora Feldt, Political Editor", ["Nora Feldt"]),
        ("Nora Feldt (Velmar)", ["Nora Feldt"]),
        ("Ministry for Roads of the Republic", ["Ministry for Roads of the Republic"]),
        ("https://www.facebook.com/dorvapost", []),
        ("www.dorvapost.example", []),
        ("@norafeldt", []),
        ("nora@dorvapost.example", []),
        ("admin", []),
        ("12345", []),
        ("x" * 100, []),
    ],
)
def test_authors_are_names(written: str, names: list[str]) -> None:
    assert read_authors([written]) == names


def test_an_author_named_twice_stands_once() -> None:
    assert read_authors(["By Nora Feldt", "NORA FELDT", "Nora Feldt"]) == ["Nora Feldt"]


def test_the_address_is_absolute_and_that_of_the_page_not_of_the_front_page() -> None:
    extract = read(
        '<link rel="canonical" href="https://dorva.example/">'
        '<meta property="og:url" content="https://dorva.example/b?id=4">'
    )
    assert extract.chosen("url") == ("https://dorva.example/b?id=4",)
    relative = read('<base href="https://dorva.example/news/"><link rel=canonical href="b.html">')
    assert relative.chosen("url") == ("https://dorva.example/news/b.html",)
    assert not found(read('<link rel=canonical href="javascript:x"> '), "url")


def test_the_address_a_browser_noted_when_saving_is_used() -> None:
    note = "<!-- saved from url=(0034)https://www.dorva.example/b.html -->"
    extract = read_html(f"<!DOCTYPE html>\n{note}\n<html><body>{TEXT}</body></html>", name="p")
    assert [(v.value, v.origin) for v in found(extract, "url")] == [
        ("https://www.dorva.example/b.html", "comment:saved-from")
    ]


def test_values_carry_no_markup_and_no_doubly_escaped_entities() -> None:
    extract = read('<meta property="og:title" content="Salt &amp;amp; &lt;em&gt;water&lt;/em&gt;">')
    assert extract.chosen("title") == ("Salt & water",)


@settings(max_examples=80, deadline=None)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(
                    [*ARTICLE, "@graph", "@id", "name", "mainEntityOfPage", "publisher"]
                ),
                inner,
                max_size=5,
            ),
        ),
        max_leaves=12,
    )
)
def test_any_json_ld_gives_clean_metadata(data: object) -> None:
    article = {**data, "@type": "Article"} if isinstance(data, dict) else data
    extract = read(linked([article, data]))
    assert len(extract.chosen("title")) <= 1
    assert len(extract.chosen("published")) <= 1
    for value in extract.metadata:
        assert value.value == value.value.strip()
        assert value.value
        assert value.origin
