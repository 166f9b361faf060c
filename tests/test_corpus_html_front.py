"""Who wrote an article and when is read from the head that its title leads to."""

from __future__ import annotations

import pytest

from pinakes.corpus.extract import Extract
from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.html import read_html

TEXT = (
    "<p>The bridge at Kessel was closed on Monday after engineers found a crack in a pier, and"
    " nobody knows yet for how long; the company that keeps it says that it will tell in April"
    " what has to be done, and who is going to pay for the new pier.</p>" * 3
)
TEASERS = (
    '<div class="teasers"><h2>Ferry sinks</h2><span class="author">Ivo Lantry</span>'
    "<time>2 January 2013</time></div>"
)


def read(front: str, *, head: str = "", above: str = "", below: str = "") -> Extract:
    body = f"{above}<article><h1>Bridge closed at Kessel</h1>{front}{TEXT}</article>{below}"
    title = "<title>Bridge closed at Kessel | Courier</title>"
    return read_html(f"<html><head>{title}{head}</head><body>{body}</body></html>", name="p.html")


def found(extract: Extract, field: str) -> list[MetadataValue]:
    return [value for value in extract.metadata if value.field == field]


@pytest.mark.parametrize(
    "front",
    [
        "<p>By Nora Feldt | 4 March 2014</p>",
        "<p>By <a href='/x'>Nora Feldt</a>, Roads Correspondent<br>Published: 4 March 2014</p>",
        "<div class='post-meta'><span class='author'>Nora Feldt</span>"
        "<span class='date'>March 4, 2014</span></div>",
        "<div><span>Posted on 04.03.2014</span> <a rel='author' href='/n'>Nora Feldt</a></div>",
        "<ul><li><a href='/people/nora-feldt'>Nora Feldt</a><li>Tue, 4 Mar 2014</ul>",
        "<p>March 4, 2014 by Nora Feldt</p>",
        "<div class='byline'>By <b>Nora Feldt</b><i>Senior Reporter</i></div>"
        "<time datetime='2014-03-04'>Tuesday</time>",
        "<p>Von Nora Feldt, Kessel<p>4. März 2014",
        "<p>Автор: Nora Feldt<p>4 марта 2014 г.",
    ],
)
def test_a_byline_and_a_date_below_the_title_are_found(front: str) -> None:
    extract = read(front, above=TEASERS, below=TEASERS)
    assert extract.chosen("author") == ("Nora Feldt",)
    assert extract.chosen("published") == ("2014-03-04",)


def test_published_and_updated_are_told_apart() -> None:
    extract = read("<p>Published March 4, 2014 · Updated 6 March 2014</p>")
    assert extract.chosen("published") == ("2014-03-04",)
    assert extract.chosen("modified") == ("2014-03-06",)
    changed = read("<p>Last updated: <time datetime='2014-03-06'>6 March</time></p>")
    assert changed.chosen("published") == ()
    assert changed.chosen("modified") == ("2014-03-06",)


def test_the_head_counts_though_the_page_around_it_is_called_a_sidebar() -> None:
    extract = read_html(
        "<html><body><div class='has-sidebar'><h1>Bridge closed at Kessel</h1>"
        f"<p class='author'>Nora Feldt</p>{TEXT}</div></body></html>",
        name="p.html",
    )
    assert extract.chosen("author") == ("Nora Feldt",)


def test_a_day_in_the_running_text_is_no_date_of_the_article() -> None:
    extract = read("", below="<p>In the year 1961, on 12 April 1961, another bridge fell.</p>")
    assert extract.chosen("published") == ()


def test_numbers_are_read_as_the_language_of_the_page_writes_them() -> None:
    def published(language: str) -> tuple[str, ...]:
        head = f'<meta http-equiv="content-language" content="{language}">'
        return read("<p>Date: 03/04/2014</p>", head=head).chosen("published")

    assert published("en-US") == ("2014-03-04",)
    assert published("en-GB") == ("2014-04-03",)
    assert published("fr") == ("2014-04-03",)
    assert published("en") == ()


def test_a_month_in_the_address_is_a_month() -> None:
    link = '<link rel="canonical" href="https://courier.example/2014/03/bridge">'
    assert [(v.value, v.origin) for v in found(read("", head=link), "published")] == [
        ("2014-03", "url:path")
    ]
    dated = read("<p>4 March 2014</p>", head=link)
    assert dated.chosen("published") == ("2014-03-04",)


def test_of_dates_that_agree_the_more_exact_is_chosen() -> None:
    extract = read(
        "<time datetime='2014-03-04T10:00+02:00'>4 March</time>",
        head='<meta name="article:published_time" content="2014-03">',
    )
    assert extract.chosen("published") == ("2014-03-04T10:00:00+02:00",)


def test_a_date_in_a_script_counts_if_it_is_the_only_one() -> None:
    one = '<script>window.state = {"publishedAt":"2014-03-04T10:00:00Z"}</script>'
    assert read("", head=one).chosen("published") == ("2014-03-04T10:00:00+00:00",)
    two = one + '<script>window.more = {"publishedAt":"2013-01-02"}</script>'
    assert read("", head=two).chosen("published") == ()


def test_the_name_of_the_site_is_an_author_only_where_no_person_is_named() -> None:
    declared = (
        '<meta property="og:site_name" content="The Courier">'
        '<meta name="author" content="The Courier">'
    )
    assert read("<p>By Nora Feldt</p>", head=declared).chosen("author") == ("Nora Feldt",)
    assert read("", head=declared).chosen("author") == ("The Courier",)


def test_persons_are_believed_before_organisations_and_accounts() -> None:
    linked = (
        '<script type="application/ld+json">{"@type": "Article", "headline": "x", "author": ['
        '{"@type": "Organization", "name": "Roads and Bridges"},'
        '{"@type": "Person", "givenName": "Nora", "familyName": "Feldt"}]}</script>'
    )
    assert read("", head=linked).chosen("author") == ("Nora Feldt",)
    account = '<meta name="author" content="nfeldt">'
    extract = read("<p>By Nora Feldt</p>", head=account)
    assert [(v.value, v.chosen) for v in found(extract, "author")] == [
        ("Nora Feldt", True),
        ("nfeldt", False),
    ]


def test_a_byline_that_names_more_authors_than_the_json_is_believed() -> None:
    linked = (
        '<script type="application/ld+json">{"@type": "Article", "headline": "x",'
        ' "author": {"@type": "Person", "name": "Nora Feldt"}}</script>'
    )
    extract = read("<p>By Nora Feldt and Ivo Lantry</p>", head=linked)
    assert extract.chosen("author") == ("Nora Feldt", "Ivo Lantry")


def test_of_several_articles_in_json_the_one_that_the_page_shows_counts() -> None:
    linked = (
        '<script type="application/ld+json">[{"@type": "Article", "headline": "Ferry sinks",'
        ' "author": "Ivo Lantry"}, {"@type": "Article", "headline": "Bridge closed at Kessel",'
        ' "author": "Nora Feldt", "datePublished": "2014-03-04"}]</script>'
    )
    extract = read("", head=linked)
    assert extract.chosen("author") == ("Nora Feldt",)
    assert extract.chosen("published") == ("2014-03-04",)


def test_reviews_of_customers_are_no_article() -> None:
    linked = (
        '<script type="application/ld+json">{"@type": "Product", "name": "Bridge", "review":'
        ' [{"@type": "Review", "author": "Ivo Lantry", "datePublished": "2013-01-02"}]}</script>'
    )
    assert read("", head=linked).chosen("author") == ()


def test_a_sentence_below_the_title_that_names_a_day_is_no_date() -> None:
    sentence = (
        "<p>On 12 April 1961 another bridge fell into the river here, and since then nobody in"
        " Kessel has trusted any of them very much."
    )
    assert read(sentence).chosen("published") == ()


def test_answers_and_comments_have_other_authors() -> None:
    def post(name: str) -> str:
        return f"<div itemscope><span itemprop=author>{name}</span><p>A word.</p></div>"

    extract = read("", below=post("Nora Feldt") + post("Ivo Lantry"))
    assert extract.chosen("author") == ("Nora Feldt",)


@pytest.mark.parametrize("logo", ["The Courier", "Blog", "Contact us today", "Hello, I am Nora"])
def test_a_heading_of_the_site_does_not_beat_the_headline(logo: str) -> None:
    extract = read_html(
        '<html><head><script type="application/ld+json">{"@type": "NewsArticle", "headline":'
        ' "Bridge closed at Kessel"}</script><title>Bridge closed at Kessel</title></head>'
        f"<body><h1>{logo}</h1><h2>Bridge closed at Kessel</h2>{TEXT}</body></html>",
        name="p.html",
    )
    assert extract.chosen("title") == ("Bridge closed at Kessel",)


def test_several_properties_stand_in_one_attribute_as_rdfa_has_it() -> None:
    extract = read("", head='<meta property="x:by dc:creator" content="Nora Feldt">')
    assert [(v.value, v.origin) for v in found(extract, "author")] == [
        ("Nora Feldt", "meta:dc:creator")
    ]


def test_links_to_tags_are_keywords_where_nothing_else_says_them() -> None:
    extract = read("", below="<a rel='tag' href='/t'>Bridges</a><a rel='tag' href='/k'>Kessel</a>")
    assert extract.chosen("keyword") == ("Bridges", "Kessel")
