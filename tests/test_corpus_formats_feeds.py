"""RSS and Atom: each entry is an article."""

from __future__ import annotations

import contextlib
import io
import tracemalloc

import pytest

from pinakes.corpus.errors import EmptySourceError
from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.model import Kind
from pinakes.corpus.readers import read
from tests.made_files import SENTENCE

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Paper</title><link>https://paper.example/</link><language>en-GB</language>
<item><title>Talks &amp;amp; delays</title><media:title>A picture</media:title>
<link>https://paper.example/talks</link><guid isPermaLink="false">no-7</guid>
<dc:creator>Ana Roe</dc:creator><author>bo@wire.example (Bo Lind)</author>
<pubDate>Tue, 04 Mar 2014 10:00:00 GMT</pubDate><category>river</category>
<category><![CDATA[talks]]></category><description>In short.</description>
<content:encoded><![CDATA[<p>{SENTENCE}</p><blockquote><p>So be it.</p></blockquote>]]>
</content:encoded></item>
<item><title>Second</title><description>&lt;p&gt;{SENTENCE}&lt;/p&gt;</description></item>
<item><title>Third, without a text</title></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Paper</title>
<entry><title type="html">Talks &lt;b&gt;now&lt;/b&gt;</title><id>urn:uuid:7</id>
<link rel="edit" href="https://paper.example/edit"/><link href="https://paper.example/talks"/>
<published>2014-03-04T10:00:00Z</published><updated>2014-03-05T10:00:00Z</updated>
<author><name>Ana Roe</name><email>ana@paper.example</email></author><category term="river"/>
<summary>In short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>{SENTENCE} <b>So</b> it was.</p><ul><li>One</li></ul></div></content></entry></feed>"""


def read_all(text, name="a.xml"):
    items = list(read(text.encode(), name=name))
    articles = {item.record: item for item in items if isinstance(item, Extract)}
    problems = {item.where: item.reason for item in items if isinstance(item, Problem)}
    return articles, problems


def test_entries_of_rss_are_articles_with_the_fullest_text():
    articles, problems = read_all(RSS)
    assert list(articles) == ["no-7", "entry 2"]
    assert articles["no-7"].text == f"Talks & delays\n\n{SENTENCE}\n\nSo be it."
    assert articles["no-7"].blocks[2].kind is Kind.QUOTE
    assert articles["entry 2"].text == f"Second\n\n{SENTENCE}"
    assert problems == {"entry 3": "an entry without a text"}


def test_what_an_entry_of_rss_says_of_itself_is_kept_with_its_origin():
    articles, _ = read_all(RSS)
    assert [(m.field, m.value, m.origin) for m in articles["no-7"].metadata if m.chosen] == [
        ("title", "Talks & delays", "feed:title"),
        ("author", "Ana Roe", "feed:creator"),
        ("author", "Bo Lind", "feed:author"),
        ("published", "2014-03-04T10:00:00+00:00", "feed:pubDate"),
        ("keyword", "river", "feed:category"),
        ("keyword", "talks", "feed:category"),
        ("url", "https://paper.example/talks", "feed:link"),
        ("source", "paper.example", "feed:link:host"),
        ("language", "en", "feed:language"),
    ]
    assert articles["entry 2"].chosen("source") == ("paper.example",)


def test_entries_of_atom_are_articles():
    articles, _ = read_all(ATOM)
    assert list(articles) == ["urn:uuid:7"]
    extract = articles["urn:uuid:7"]
    assert extract.text == f"Talks now\n\n{SENTENCE} So it was.\n\nOne"
    assert extract.chosen("url") == ("https://paper.example/talks",)
    assert extract.chosen("published") == ("2014-03-04T10:00:00+00:00",)
    assert extract.chosen("modified") == ("2014-03-05T10:00:00+00:00",)
    assert extract.chosen("author") == ("Ana Roe",)
    assert extract.chosen("keyword") == ("river",)


def test_rss_1_is_read_too():
    text = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><channel><title>The Paper</title></channel>
<item rdf:about="https://paper.example/1"><title>Talks</title>
<description>{SENTENCE}</description></item></rdf:RDF>"""
    articles, _ = read_all(text, "a.rdf")
    assert list(articles) == ["https://paper.example/1"]
    assert articles["https://paper.example/1"].chosen("source") == ("The Paper",)


def test_no_entity_is_expanded_and_nothing_is_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    text = (
        f'<!DOCTYPE rss [<!ENTITY l "haha"><!ENTITY x SYSTEM "file://{secret}">]>'
        f"<rss><channel><item><title>T</title><description>{SENTENCE} &l; &x;</description>"
        "</item></channel></rss>"
    )
    articles, _ = read_all(text)
    (extract,) = articles.values()
    assert SENTENCE in extract.text
    assert "haha" not in extract.text
    assert "the secret" not in extract.text


def test_entities_of_html_are_read_though_xml_does_not_know_them():
    text = (
        "<rss><channel><item><title>T</title><description>Caf&eacute;&nbsp;au lait.</description>"
    )
    articles, _ = read_all(f"{text}</item></channel></rss>")
    assert articles["entry 1"].text == "T\n\nCafé au lait."


def test_entities_within_entities_are_not_multiplied():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    text = (
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]><rss><channel>'
        f"<item><title>T</title><description>&l8;{SENTENCE}</description></item></channel></rss>"
    )
    with contextlib.suppress(EmptySourceError):
        articles, _ = read_all(text)
        assert all("ha" * 10 not in extract.text for extract in articles.values())


def test_a_feed_that_breaks_off_gives_the_entries_before():
    articles, _ = read_all(RSS[: RSS.index("<item><title>Third")])
    assert list(articles) == ["no-7", "entry 2"]


def test_a_feed_without_an_entry_is_empty():
    with pytest.raises(EmptySourceError, match="without an entry"):
        read_all("<rss><channel><title>x</title></channel></rss>")


def test_a_long_feed_takes_little_memory():
    item = f"<item><title>Talks</title><description>{SENTENCE * 20}</description></item>"

    def peak(count):
        data = f"<rss><channel>{item * count}</channel></rss>".encode()
        tracemalloc.start()
        try:
            for _ in read(io.BytesIO(data), name="a.xml"):
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    assert peak(600) < peak(60) + (1 << 20)
