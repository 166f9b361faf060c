"""Which elements of a page are not its article, by what they are called and what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pinakes.corpus.readers.html.blocks import RawBlock
from pinakes.corpus.readers.html.tree import Node, Page, sum_subtrees

_TAGS_LIST = """
    nav footer aside menu dialog form fieldset address
"""
_TAGS = frozenset(_TAGS_LIST.split())
_ROLES_LIST = """
    navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar
    alert tooltip tablist
"""
_ROLES = frozenset(_ROLES_LIST.split())
# Words of class and id names. The first set says by itself what an element is; the second names
# wrappers of articles too, so that it only counts where little of the page's text is inside.
_CERTAIN_LIST = """
    cookie cookies gdpr consent ccpa newsletter newsletters newsletterform subscribe
    subscription signup mailchimp breadcrumb breadcrumbs related relatedposts relatedarticles
    relacionadas recommended recommendation recommendations recirc recirculation outbrain
    taboola trending mostread sharedaddy share shares sharing sharebar shareaholic addthis
    addtoany sociable social navbar navigation nav menu submenu pagination pager paginator popup
    popups modal lightbox advert adverts advertisement advertising adsense dfp sponsor sponsored
    promo promos promoted jp jetpack likes login signin paywall footer sidebar sidenav masthead
    screenreader editsection toc
"""
_CERTAIN = frozenset(_CERTAIN_LIST.split())
# Readers often write more than the author did.
_COMMENTS_LIST = """
    comment comments commentlist commentlisting commenting commentary commentsection disqus
    respond replies reply discussion responses echo livefyre intensedebate kommentare
    commentaires comentarios
"""
_COMMENTS = frozenset(_COMMENTS_LIST.split())
_LIKELY_LIST = """
    ad ads adv banner widget widgets aside rail side tags tag tagcloud taglist labels byline
    bylines dateline timestamp author authors bio meta postmeta info toolbar tools tool buttons
    button actions follow followers popular latest more readmore next prev previous adjacent
    promotion cta teaser teasers carousel slider ticker alert alerts notice overlay rating
    ratings review reviews vote poll survey donate donation shop cart store product products
    print printer email feedback report flag copyright legal disclaimer utility header topbar
    bottombar bottom foot skip hidden hide offscreen tooltip dropdown search searchbox form
    contact map profile credits credit views view count counter video gallery player playlist
    category categories archive archives calendar links linklist recent card cards swiper controls
    posts    stories excerpt
"""
_LIKELY = frozenset(_LIKELY_LIST.split())
# Pairs of neighbouring words that say more than either.
_PAIRS = re.compile(
    r"\b(?:sr only|screen reader|visually hidden|read (?:more|next|also)|see also|you may|also like"
    r"|more (?:from|on|in|stories|news|articles|posts)|most (?:read|popular|viewed)"
    r"|(?:entry|post|article) (?:meta|footer|tags|tools|utility|nav|navigation|info|header|actions)"
    r"|(?:author|user) (?:bio|box|info|card|profile|description|about)|about (?:the )?author"
    r"|(?:tag|tags|link|links) (?:list|cloud)|back to top|sign (?:up|in)"
    r"|log in|opt in|call to action"
    r"|(?:post|article|story) (?:share|social|comments|related)|print (?:only|footer)|no print"
    r"|pull quote|pullquote|in view hidden|mw editsection|mw jump|reference list|nav box)\b"
)
_HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Never boilerplate by their words: `body` carries the words of the whole site.
_TOO_LARGE = frozenset({"html", "body", "main", "article"})
_SHORTEST_PROSE = 60
# Shares of the page's running text from which on an element is taken for content all the same.
_HIDDEN_SHARE = 0.75
_ELEMENT_SHARE = 0.3
_CERTAIN_SHARE = 0.4
_COMMENTS_SHARE = 0.9
# However little it is, an article of so many characters may have any number of comments.
_FEWEST_CHARS = 350
_LIKELY_SHARE = 0.12
_HABIT_SHARE = 0.25


def prose_chars(blocks: Sequence[RawBlock]) -> list[tuple[Node, float]]:
    """Return for each block its characters of running text outside links; 0 if it is short."""
    return [
        (block.node, float(block.chars - block.link_chars))
        if block.chars >= _SHORTEST_PROSE and block.link_density < 0.5
        else (block.node, 0.0)
        for block in blocks
    ]


def mark_boilerplate(page: Page, blocks: Sequence[RawBlock]) -> list[bool]:
    """Return for every node, by number, whether it or an element around it is boilerplate.

    An element that holds much of the page's running text is never so, whatever it is called, and a
    word says nothing on a page where the elements called by it hold much of the text together.
    Readers' comments don't count as running text here: often they outweigh the article.
    """
    own = prose_chars(blocks)
    in_comments = _mark_comments(page, sum_subtrees(page, own))
    prose = sum_subtrees(page, [pair for pair in own if not in_comments[pair[0].number]])
    total = prose[0] or 1.0
    habits = _habitual_words(page, prose)
    marks = in_comments
    for node in page.nodes:
        if node.parent is not None and marks[node.parent.number]:
            marks[node.number] = True
        elif node.tag not in _TOO_LARGE and not marks[node.number]:
            marks[node.number] = prose[node.number] / total < _largest_share(node, habits)
    return marks


def _mark_comments(page: Page, prose: Sequence[float]) -> list[bool]:
    marks = [False] * len(page.nodes)
    for node in page.nodes:
        marks[node.number] = (node.parent is not None and marks[node.parent.number]) or (
            node.tag not in _TOO_LARGE
            and not _COMMENTS.isdisjoint(node.words)
            and prose[node.number] <= max(_COMMENTS_SHARE * prose[0], prose[0] - _FEWEST_CHARS)
        )
    return marks


def _habitual_words(page: Page, prose: Sequence[float]) -> frozenset[str]:
    """Return the words by which a site calls so much of its text that they say nothing there."""
    covered: dict[str, float] = {}
    around: list[frozenset[str]] = []
    for node in page.nodes:
        outer = around[node.parent.number] if node.parent is not None else frozenset()
        own = (_LIKELY | _CERTAIN).intersection(node.words) - outer
        if own and node.tag not in _TOO_LARGE:
            for word in own:
                covered[word] = covered.get(word, 0.0) + prose[node.number]
            outer |= own
        around.append(outer)
    limits = ((word, _CERTAIN_SHARE if word in _CERTAIN else _HABIT_SHARE) for word in covered)
    return frozenset(word for word, limit in limits if covered[word] > limit * prose[0])


def is_hidden(node: Node) -> bool:
    """Whether the page says that the element is not to be seen."""
    attributes = node.attributes
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or ("style" in attributes and bool(_HIDING_STYLE.search(attributes["style"])))
    )


def _largest_share(node: Node, habits: frozenset[str]) -> float:
    """Return the share of the page's running text from which on the element may be content."""
    if is_hidden(node):
        return _HIDDEN_SHARE
    if node.tag in _TAGS or node.attributes.get("role", "") in _ROLES:
        return _ELEMENT_SHARE
    words = node.words
    if not words:
        return 0.0
    if not _CERTAIN.isdisjoint(words) and not (_CERTAIN.intersection(words) <= habits):
        return _CERTAIN_SHARE
    if not _LIKELY.isdisjoint(words) and not (_LIKELY.intersection(words) <= habits):
        return _LIKELY_SHARE
    return _LIKELY_SHARE if _PAIRS.search(" ".join(words)) else 0.0
