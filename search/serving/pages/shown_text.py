"""Text of articles as HTML: nothing in it is markup, and nothing in it acts on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

Span = tuple[int, int]

# As on a terminal: controls, line separators, bidirectional embeddings, overrides and isolates,
# annotations, lone surrogates. Tabs and line ends pass, and the marks that ordinary Arabic, Hebrew
# and Persian text needs (U+200C to U+200F).
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
)
_LANGUAGE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def plain(text: object) -> Markup:
    r"""Return text as HTML; what would act unseen, as U+202E, is spelled out: `\u202e`."""
    shown: list[Markup] = []
    done = 0
    text = str(text)
    for found in _UNSHOWN.finditer(text):
        shown.append(escape(text[done : found.start()]))
        shown.append(Markup('<span class="sign">{}</span>').format(_spell(found.group())))
        done = found.end()
    shown.append(escape(text[done:]))
    return Markup("").join(shown)


def coded(message: object) -> Markup:
    """Return a message as HTML; what stands between two backticks in it is code."""
    parts = str(message).split("`")
    if len(parts) % 2 == 0:
        return plain(message)
    return Markup("").join(
        Markup("<code>{}</code>").format(plain(part)) if number % 2 else plain(part)
        for number, part in enumerate(parts)
    )


def bare(text: object) -> str:
    """Return text for an attribute, or the title of a page: unseen signs are spelled out."""
    return _UNSHOWN.sub(lambda found: _spell(found.group()), str(text))


def _spell(sign: str) -> str:
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def marked(text: str, start: int, spans: Iterable[Span]) -> Markup:
    """Return text as HTML with some spans of it in `mark`.

    Args:
        text: What is shown.
        start: Of its first code point in the text that `spans` count in.
        spans: Half-open, in order, not overlapping; what is not within the text is left out.
    """
    return Markup("").join(_pieces(text, start, spans))


def _pieces(text: str, start: int, spans: Iterable[Span]) -> Iterator[Markup]:
    done = 0
    for first, last in spans:
        low, high = max(done, first - start), min(len(text), last - start)
        if low >= high:
            continue
        yield plain(text[done:low])
        yield Markup("<mark>{}</mark>").format(plain(text[low:high]))
        done = high
    yield plain(text[done:])


class Link(NamedTuple):
    """A span of a text that leads somewhere.

    Attributes:
        start: Of its first code point, in the text of the article.
        end: One past its last.
        address: Where it leads.
        title: What it is, for whoever points at it.
    """

    start: int
    end: int
    address: str
    title: str


def linked(text: str, start: int, spans: Sequence[Span], links: Iterable[Link]) -> Markup:
    """Return text as `marked` does, with some spans of it as links.

    A link gives way to one before it that it overlaps, and to a mark that goes beyond it, so that
    no mark is cut. What is not within the text is left out.
    """
    shown: list[Markup] = []
    done = start
    for link in sorted(links, key=lambda each: (each.start, -each.end)):
        if link.start < done or link.end > start + len(text) or _is_crossed(link, spans):
            continue
        shown.append(marked(text[done - start : link.start - start], done, spans))
        inner = marked(text[link.start - start : link.end - start], link.start, spans)
        element = Markup('<a class="tag" href="{}" title="{}">{}</a>')
        shown.append(element.format(link.address, bare(link.title), inner))
        done = link.end
    shown.append(marked(text[done - start :], done, spans))
    return Markup("").join(shown)


def _is_crossed(link: Link, spans: Iterable[Span]) -> bool:
    return any(
        first < link.end and link.start < last and not (link.start <= first and last <= link.end)
        for first, last in spans
    )


def language_of(code: str) -> str:
    """Return a language for `lang`, or nothing if it is not known, or is no code."""
    return code if code != "und" and _LANGUAGE.fullmatch(code) else ""


def web_address(url: str) -> str:
    """Return an address that a link may lead to; nothing if it is not one of the web."""
    is_web = url.lower().startswith(("http://", "https://"))
    return url if is_web and not _UNSHOWN.search(url) else ""


def short_day(published: str) -> str:
    """Return a date as it is known, without the time of day.

    >>> short_day("2014-03-04T10:00:00+02:00"), short_day("2014-03")
    ('2014-03-04', '2014-03')
    """
    return published.partition("T")[0]
