"""A saved page becomes its article: what is kept, as which blocks, and what is left behind."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.errors import EmptySourceError
from pinakes.corpus.extract import Extract, SourceText
from pinakes.corpus.model import Kind
from pinakes.corpus.readers.charset import decode
from pinakes.corpus.readers.html import read_html, read_whole
from pinakes.corpus.readers.html.page import _UNREADABLE, notes_on_kept, parse_page
from pinakes.corpus.readers.html.tree import Node

ARTICLES = Path(__file__).parent / "articles"

FIRST = (
    "The bridge at Kessel was closed on Monday after engineers, who had come to paint it, found "
    "a crack as wide as a hand in the northern pier, below the water line."
)
SECOND = (
    "Traffic is sent over the old ford, the mayor said, adding that nobody had crossed there since "
    "the flood of 1953, when the carts of two farmers were lost."
)
THIRD = (
    "A report will be ready in March. Until then buses stop on both banks, and a boat, which seats "
    "twelve, carries those who work on the other side."
)
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(content: str, *, head: str = "", around: str = "") -> str:
    return f"<html><head>{head}</head><body>{around}<article>{content}</article></body></html>"


def blocks(html: str) -> list[tuple[Kind, str]]:
    extract = read_html(html, name="page.html")
    return [(block.kind, extract.text[block.start : block.end]) for block in extract.blocks]


def texts(html: str) -> list[str]:
    return [text for _, text in blocks(html)]


def assert_sound(extract: Extract) -> None:
    end = -2
    for block in extract.blocks:
        assert block.start == end + 2
        assert block.end > block.start
        assert "\n\n" not in extract.text[block.start : block.end]
        end = block.end
    assert end == len(extract.text)


# --- blocks ----------------------------------------------------------------------------------


def test_every_kind_of_block_is_told_from_the_others() -> None:
    html = page(
        "<h1>Bridge closed at Kessel</h1>"
        '<p class="standfirst">Nobody knows for how long the town will be cut in two.</p>'
        f"{BODY}<h2>The ford</h2><p>{FIRST.upper()}</p><blockquote><p>We swim.</p></blockquote>"
        "<ul><li>Bus 4 stops at the mill</li><li>Bus 7 stops at the church</li></ul>"
        "<figure><img src=x><figcaption>The northern pier</figcaption></figure>"
        "<table><tr><th>Year</th><th>Carts</th></tr><tr><td>1953</td><td>2</td></tr></table>",
        head="<title>Bridge closed at Kessel | The Dorva Post</title>",
    )
    kinds = [kind for kind, _ in blocks(html)]
    assert kinds == [
        Kind.TITLE,
        Kind.LEAD,
        *[Kind.PARAGRAPH] * 3,
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.QUOTE,
        *[Kind.LIST_ITEM] * 2,
        Kind.CAPTION,
        Kind.TABLE,
    ]


def test_headings_make_sections_by_their_level() -> None:
    extract = read_html(
        page(f"<h2>Water</h2>{BODY}<h3>Salt</h3><p>{SECOND}</p><h2>Land</h2><p>{THIRD}</p>"),
        name="p",
    )
    sections = [block.section for block in extract.blocks]
    assert ("Water", "Salt") in sections
    assert sections[-1] == ("Land",)


def test_an_inline_element_never_breaks_a_word_and_a_block_element_always_does() -> None:
    html = page(f"<p>{FIRST} Un<b>break</b><i>a<span>ble</span></i></p><div>{SECOND}</div>{THIRD}")
    assert texts(html) == [f"{FIRST} Unbreakable", SECOND, THIRD]


def test_two_line_breaks_end_a_paragraph_and_one_is_a_space() -> None:
    start = FIRST.removesuffix(".")
    html = page(f"<div>{start}<br>{SECOND}<br> <br/>{THIRD}<br><br><br>{FIRST[:70]}</div>")
    assert texts(html) == [f"{start} {SECOND}", THIRD, FIRST[:70].strip()]


def test_one_line_break_ends_a_paragraph_of_whole_sentences() -> None:
    assert texts(page(f"<div>{FIRST}<br>\n{SECOND}</div>")) == [FIRST, SECOND]
    indented = f"<div>&nbsp;&nbsp;{FIRST[:-1]}<br>&nbsp;&nbsp;{SECOND}</div>"
    assert texts(page(indented)) == [FIRST[:-1], SECOND]


def test_short_lines_that_breaks_set_apart_stay_lines() -> None:
    verses = "<p>The boat came in<br>without its lamp,<br/>\n the harbour had no eyes</p>"
    assert texts(page(f"<p>{FIRST}</p>{verses}<p>{SECOND}</p>"))[1] == (
        "The boat came in\nwithout its lamp,\nthe harbour had no eyes"
    )


def test_text_beside_paragraphs_and_in_containers_without_any_is_kept() -> None:
    html = page(f"<div>{FIRST}<p>{SECOND}</p>{THIRD}</div>")
    assert texts(html) == [FIRST, SECOND, THIRD]


def test_entities_are_what_they_stand_for() -> None:
    html = page(f"<p>Fran&ccedil;ois &amp; S&#246;hne &lt;b&gt; &#x2014; &nbsp; end.</p>{BODY}")
    assert texts(html)[0] == "François & Söhne <b> — end."


def test_a_data_table_is_one_block_and_a_layout_table_is_walked_through() -> None:
    data = (
        "<table><caption>Salt</caption><tr><th>Place<th>mg</tr><tr><td>Kessel<td>250</tr></table>"
    )
    layout = f"<table><tr><td>{BODY}</td><td><p>{FIRST[::-1]}</p>{data}</td></tr></table>"
    found = blocks(f"<body>{layout}</body>")
    assert (Kind.TABLE, "Salt\nPlace | mg\nKessel | 250") in found
    assert (Kind.PARAGRAPH, FIRST) in found


def test_lines_of_preformatted_text_stay_apart() -> None:
    assert texts(page(f"{BODY}<pre>first line\n  second line</pre>"))[-1] == (
        "first line\n  second line"
    )


def test_paragraphs_inside_a_list_item_are_items_but_an_article_inside_one_is_not() -> None:
    items = blocks(page(f"{BODY}<ul><li><p>Bring a boat along, and a rope for both</p></li></ul>"))
    assert items[-1] == (
        Kind.LIST_ITEM,
        "Bring a boat along, and a rope for both",
    )
    assert blocks(f"<ul><li><article>{BODY}</article></li></ul>")[0] == (Kind.PARAGRAPH, FIRST)


def test_a_caption_may_be_so_by_its_class_only() -> None:
    html = page(f'{BODY}<div class="wp-caption"><p class="wp-caption-text">The pier</p></div>')
    assert (Kind.CAPTION, "The pier") in blocks(html)


def test_the_title_stands_once_however_often_the_page_repeats_it() -> None:
    html = page(
        f"<h1>Bridge closed</h1><h2>Bridge closed</h2>{BODY}",
        head='<title>Bridge closed</title><meta property="og:title" content="Bridge closed">',
        around="<div>Home</div>",
    )
    assert texts(html).count("Bridge closed") == 1
    assert blocks(html)[0] == (Kind.TITLE, "Bridge closed")


def test_a_rubric_set_into_the_heading_is_no_part_of_the_title() -> None:
    html = page(
        f"<h1><span>Kessel</span> <span>The bridge is closed</span></h1>{BODY}",
        head='<meta property="og:title" content="The bridge is closed">',
    )
    assert texts(html)[:2] == ["The bridge is closed", FIRST]


# --- the lead --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lead",
    [
        '<p class="article-lead">{}</p>',
        '<h2 class="subtitle">{}</h2>',
        '<p itemprop="description">{}</p>',
        "<h2>{}</h2>",
    ],
)
def test_a_lead_is_told_by_its_name_or_by_being_a_sentence_set_as_heading(lead: str) -> None:
    words = "Nobody in the town knows how long the two banks will stay apart."
    html = page(f"<h1>Bridge closed</h1>{lead.format(words)}{BODY}")
    assert (Kind.LEAD, words) in blocks(html)


def test_a_lead_outside_the_container_of_the_body_is_found_by_the_description() -> None:
    words = "Nobody in the town knows how long the two banks will stay apart."
    html = (
        f'<head><meta name="description" content="{words}"><title>Bridge closed</title></head>'
        f"<body><header><h1>Bridge closed</h1><div>{words}</div></header>"
        f'<div class="article-body">{BODY}</div></body>'
    )
    assert blocks(html)[1] == (Kind.LEAD, words)


def test_an_opening_paragraph_is_no_lead_and_a_summary_below_a_heading_neither() -> None:
    assert blocks(page(BODY))[0][0] is Kind.PARAGRAPH
    html = page(f'<h1>Title</h1><h2>1. Summary</h2><div class="summary">{BODY}</div>')
    assert Kind.LEAD not in [kind for kind, _ in blocks(html)]


# --- boilerplate -----------------------------------------------------------------------------

BOILERPLATE = {
    "navigation": '<nav><ul><li><a href="/">Home</a></li><li>World NOISE</li></ul></nav>',
    "footer": "<footer><p>NOISE is a trade mark of the Dorva Post, 4 Mill Square.</p></footer>",
    "aside": "<aside><p>NOISE: what else happened on the river this week.</p></aside>",
    "form": "<form><p>NOISE in your inbox</p><input><button>Send</button></form>",
    "button": "<button>NOISE</button>",
    "cookie banner": '<div id="cookie-consent"><p>NOISE: we and our partners use data.</p></div>',
    "share bar": '<div class="share-buttons"><span>NOISE</span><a href="#">Tweet</a></div>',
    "related links": '<div class="relatedPosts"><h3>NOISE</h3><a href="/x">Ferry sunk</a></div>',
    "read more": '<p>Read more: <a href="/x">NOISE on the ferry that sank in spring</a></p>',
    "newsletter": '<div class="newsletter-box">NOISE every morning, free of charge.</div>',
    "comments": '<div id="comments"><p>NOISE, says a reader who has never seen a bridge.</p></div>',
    "advertisement": '<div class="ad-slot">NOISE</div>',
    "review": '<p class="x">Leave a review</p>',
    "link list": '<ul><li><a href="/a">NOISE one</a></li><li><a href="/b">Noise two</a></li></ul>',
    "byline": "<p>By Noise Writer</p>",
    "date": "<p>4 March 2014</p>",
    "labelled date": "<p>Published: 4 March 2014, 10:30</p>",
    "reading time": "<span><div>5 min read</div></span>",
    "hidden attribute": "<p hidden>NOISE</p>",
    "hidden style": '<div style="display: none">NOISE</div>',
    "hidden from readers": '<p aria-hidden="true">NOISE</p>',
    "dialog": '<div role="dialog">NOISE</div>',
    "breadcrumbs": '<ol class="breadcrumb"><li>NOISE</li></ol>',
    "script": "<script>var noise = '<p>NOISE</p>';</script>",
    "style": "<style>p { content: 'NOISE' }</style>",
    "template": "<template><p>NOISE</p></template>",
    "noscript": "<noscript><p>NOISE</p></noscript>",
    "comment node": "<!-- <p>NOISE</p> -->",
    "settings": '<div>{"noise": [1, 2], "block": "NOISE"}</div>',
    "plea": "<p>Sign up for our NOISE letter and get it every day.</p>",
    "related section": (
        '<div class="related-articles"><h3>Related articles</h3><p>NOISE, other noises</p></div>'
    ),
    "idle heading": "<h3>NOISE</h3>",
    "teasers": '<div class="related-posts"><h3><a href="/1">NOISE one</a></h3><p>Line</p></div>',
}


@pytest.mark.parametrize("noise", BOILERPLATE.values(), ids=BOILERPLATE)
def test_boilerplate_inside_the_article_is_dropped(noise: str) -> None:
    assert texts(page(BODY + noise)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("name", ["navigation", "cookie banner", "related links", "comments"])
def test_boilerplate_around_the_article_is_dropped(name: str) -> None:
    assert texts(page(BODY, around=BOILERPLATE[name])) == [FIRST, SECOND, THIRD]


def test_comments_that_outweigh_the_article_are_still_comments() -> None:
    remark = f"<p>{SECOND} {THIRD} {SECOND}</p>"
    html = f"<div class=entry>{BODY}</div><div id=comments>{remark * 20}</div>"
    assert texts(html) == [FIRST, SECOND, THIRD]


def test_a_word_in_a_class_name_means_nothing_where_it_wraps_the_whole_article() -> None:
    html = f'<body><div class="has-sidebar widget"><div class="widget">{BODY}</div></div></body>'
    assert texts(html) == [FIRST, SECOND, THIRD]
    assert texts(f"<form>{BODY}</form>") == [FIRST, SECOND, THIRD]


def test_an_article_that_is_hidden_until_a_script_shows_it_is_kept() -> None:
    assert texts(f'<div style="display:none">{BODY}</div>') == [FIRST, SECOND, THIRD]


def test_a_sentence_that_names_a_newsletter_stays() -> None:
    words = (
        "Twelve people told the council that a weekly newsletter, printed and carried from door to "
        "door, would have warned them of the closure in good time."
    )
    assert words in texts(page(f"{BODY}<p>{words}</p>"))


def test_questions_of_an_interview_and_times_of_a_live_blog_are_kept() -> None:
    talk = "".join(f"<p><b>Why {n}?</b></p><p>{SECOND} {n}</p>" for n in range(4))
    assert texts(page(talk)).count("Why 2?") == 1
    log = "".join(f"<div><p>1{n}:05</p><p>{SECOND} {n}</p></div>" for n in range(5))
    assert "13:05" in texts(page(log))


def test_entries_marked_as_bodies_one_by_one_are_one_article() -> None:
    entries = "".join(
        f'<div itemprop="articleBody"><p>{FIRST} {n}</p><p>{SECOND} {n}</p></div>' for n in range(4)
    )
    assert len(texts(f"<main><h1>Live</h1>{entries}</main>")) == 9


def test_the_marked_body_wins_over_a_longer_sidebar() -> None:
    side = f"<td><div class=promo>{SECOND} {THIRD} {SECOND}</div></td>"
    html = f'<table><tr><td><div class="entry-content">{BODY}</div></td>{side}</tr></table>'
    assert texts(html) == [FIRST, SECOND, THIRD]


def test_a_page_without_running_text_keeps_all_but_boilerplate() -> None:
    html = "<body><nav>Menu</nav><p>alpha</p><p><a href=x>beta</a></p><div>gamma</div></body>"
    assert texts(html) == ["alpha", "gamma"]
    assert texts("<p><a href=x>alpha</a></p><p><a href=y>beta</a></p>") == ["alpha", "beta"]


def test_chinese_paragraphs_count_as_running_text_though_they_are_short() -> None:
    line = "<p>大桥星期一关闭，工程师在北桥墩发现了一条手掌宽的裂缝。</p>"
    html = f"<div><a href=/>首页</a></div><div>{line * 6}</div><div><a href=/b>下一页</a></div>"
    assert len(texts(html)) == 6


# --- what was left out -----------------------------------------------------------------------


def test_a_page_of_which_suspiciously_little_is_kept_says_so() -> None:
    assert read_html(page(BODY), name="p").notes == ()
    (note,) = notes_on_kept(own=9_000, kept=40)
    assert note.startswith("kept 40 of 9000 characters")
    assert notes_on_kept(own=9_000, kept=300) == ()
    assert notes_on_kept(own=100, kept=40) == ()


def test_every_text_of_a_page_can_be_had_with_whether_its_article_has_it() -> None:
    html = page(BODY, around=BOILERPLATE["navigation"])
    found = list(read_whole(html))
    assert [each.text for each in found if each.is_kept] == [FIRST, SECOND, THIRD]
    assert SourceText(text="Home", is_kept=False) in found
    assert list(read_whole("<p></p>")) == []


# --- what may come ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "",
        "   \n",
        "<html><head><title>Nothing but a title</title></head><body></body></html>",
        "<script>var x = 1</script>",
        "<!-- only a comment -->",
        "<p>&nbsp;</p><img src=x alt=text>",
    ],
)
def test_a_page_without_text_is_an_empty_source(html: str) -> None:
    with pytest.raises(EmptySourceError, match=r"page\.html"):
        read_html(html, name="page.html")


def test_input_nested_deeper_than_any_recursion_limit_is_read() -> None:
    deep = "<div>" * 20_000 + f"<p>{FIRST}</p>" + "</div>" * 20_000
    assert texts(deep + BODY)[0] == FIRST
    lists = "<ul><li>" * 3_000 + "end of it all"
    assert texts(BODY + lists)[:3] == [FIRST, SECOND, THIRD]
    tables = "<table><tr><td>" * 2_000 + FIRST
    assert texts(tables) == [FIRST]


@pytest.mark.parametrize(
    "html",
    [
        f'<?xml version="1.0" encoding="utf-16"?><html><body><p>Größe {FIRST}</p></body></html>',
        f'<html><head><meta charset="windows-1251"></head><body><p>Größe {FIRST}</p></body></html>',
    ],
)
def test_an_encoding_that_the_text_declares_is_of_no_more_concern(html: str) -> None:
    assert texts(html) == [f"Größe {FIRST}"]


@pytest.mark.parametrize("text", ["page.html", "http://example.org/a", "a < b & c", "</p></p>x"])
def test_what_is_hardly_html_is_read_as_the_text_it_is(text: str) -> None:
    assert read_html(text, name="p").text


SOUP_TAGS = """
    p div span b a br h1 h2 li ul blockquote table tr td th article nav script title pre
    figcaption time form meta base link
"""
TAGS = st.sampled_from(SOUP_TAGS.split())
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' class="comment ad lead"',
        ' href="x"',
        " hidden",
        ' itemprop="author headline"',
        ' property="og:url" content="http://["',
        ' type="application/ld+json"',
        ' style="x"',
    ]
)
OPEN = st.builds(lambda tag, attribute: f"<{tag}{attribute}>", TAGS, ATTRIBUTES)
CLOSE = TAGS.map(lambda tag: f"</{tag}>")
WORDS = st.text(string.ascii_letters + " .,:|-&;<>{}\"'\n\u00a0\u200b\u00ad\u0301é大ا", max_size=40)
SOUP = st.lists(st.one_of(OPEN, CLOSE, WORDS), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), SOUP))
def test_any_input_gives_sound_blocks_or_an_empty_source(html: str) -> None:
    try:
        extract = read_html(html, name="any.html")
    except EmptySourceError:
        return
    assert_sound(extract)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), SOUP))
def test_the_tree_is_the_one_that_beautiful_soup_builds_by_itself(html: str) -> None:
    lean = parse_page(f"<p>{html}")
    markup = _UNREADABLE.sub("\ufffd", f"<p>{html}")
    soup = BeautifulSoup(markup, "lxml", multi_valued_attributes=None)
    assert _told(lean.root) == _stock(soup)


def _told(node: Node) -> list[object]:
    """Return all that is in an element as lists."""
    return [
        child if isinstance(child, str) else [child.tag, dict(child.attributes), _told(child)]
        for child in node.children
    ]


def _stock(tag: Tag) -> list[object]:
    children: list[object] = []
    for child in tag.contents:
        if isinstance(child, Tag):
            inner = _stock(child)
            is_root = child.name == "html" and tag.parent is None
            children += inner if is_root else [[child.name, child.attrs, inner]]
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            children.append(str(child))
    return children


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(string.ascii_lowercase, min_size=3, max_size=9), min_size=1, max_size=8))
def test_inline_markup_changes_no_text(words: list[str]) -> None:
    plain = " ".join(words)
    marked = "<i></i>".join(f"<b>{word[:1]}</b>{word[1:]} " for word in words)
    assert texts(page(f"{BODY}<p>{FIRST} {marked}</p>"))[-1] == f"{FIRST} {plain}"


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.html")), ids=lambda path: path.stem)
def test_the_sample_articles_have_title_date_and_text_and_no_boilerplate(path: Path) -> None:
    extract = read_html(decode(path.read_bytes()).text, name=path.name)
    assert_sound(extract)
    assert extract.blocks[0].kind is Kind.TITLE
    assert len(extract.chosen("title")) == 1
    assert extract.chosen("published")
    assert len(extract.blocks) >= 4
    lowered = extract.text.lower()
    for noise in ("cookie", "subscribe", "newsletter", "copy link", "read also"):
        assert noise not in lowered


def test_a_table_of_figures_between_paragraphs_stays() -> None:
    paragraph = "The wages in the town were published on Monday by the council, as it had promised."
    rows = "<tr><td>2013<td>2100</tr><tr><td>2014<td>2150</tr>"
    page = (
        f"<article><h1>Wages</h1><p>{paragraph}</p><table>{rows}</table><p>{paragraph} Again.</p>"
    )
    extract = read_html(page, name="a.html")
    assert "2013 | 2100\n2014 | 2150" in extract.text
