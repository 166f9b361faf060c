"""Text of articles as HTML: nothing in it is markup, and nothing in it acts on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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


def marked(text: str, start: int, spans: Iterable[Span], *, first_id: str = "") -> Markup:
    """Return text as HTML with some spans of it in `mark`.

    Args:
        text: What is shown.
        start: Of its first code point in the text that `spans` count in.
        spans: Half-open, in order, not overlapping; what is not within the text is left out.
        first_id: The `id` of the first mark, if it is to have one.
    """
    return Markup("").join(_pieces(text, start, spans, first_id))


def _pieces(text: str, start: int, spans: Iterable[Span], first_id: str) -> Iterator[Markup]:
    done = 0
    for first, last in spans:
        low, high = max(done, first - start), min(len(text), last - start)
        if low >= high:
            continue
        yield plain(text[done:low])
        name = Markup(' id="{}"').format(first_id) if first_id else Markup("")
        first_id = ""
        yield Markup("<mark{}>{}</mark>").format(name, plain(text[low:high]))
        done = high
    yield plain(text[done:])


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
