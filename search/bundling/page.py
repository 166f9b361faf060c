"""The page of a bundle: its hits, to be read in any browser, offline.

There is no script in it, and its policy allows none, nor anything from elsewhere. Whatever query
and articles hold is shown as text.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_STYLE = """
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 Georgia, serif; }
header p, .source, .checks { font: 0.85rem/1.5 sans-serif; overflow-wrap: anywhere; }
article { border-top: 1px solid #999; padding: 0.5rem 0; }
h2 { font-size: 1.15rem; margin: 0.5rem 0 0; }
blockquote { margin: 0.75rem 0 0.75rem 1rem; white-space: pre-line; }
mark { background: #fe9; color: inherit; }
"""
_STYLE_SHA256 = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_SHA256}'; base-uri 'none'; form-action 'none'"
)
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_WEB = ("http://", "https://")


def make_page(facts: Mapping[str, str], hits: Iterable[Mapping[str, Any]]) -> str:
    """Return the page.

    Args:
        facts: What is told above the hits, by name.
        hits: As they stand in `results.json`.
    """
    told = "".join(
        f"<p><b>{_text(name)}:</b> {_text(value)}</p>\n" for name, value in facts.items()
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{_text(facts.get('Query', ''))}</title>\n<style>{_STYLE}</style>\n"
        f"</head>\n<body>\n<header>\n<h1>What was found</h1>\n{told}"
        "<p>To check all this: <code>python -I verify.py</code>. On copyright and personal data: "
        '<a href="NOTICE.txt">NOTICE.txt</a>.</p>\n</header>\n'
        f"{''.join(map(_hit, hits))}</body>\n</html>\n"
    )


def _hit(hit: Mapping[str, Any]) -> str:
    article = hit["article"]
    title = article["title"] or article["id"]
    quotes = "".join(_passage(passage, article["language"]) for passage in hit["passages"])
    return (
        f'<article id="hit-{hit["rank"]}">\n<h2>{hit["rank"]}. <bdi>{_text(title)}</bdi></h2>\n'
        f'<p class="source">{"<br>".join(_source(article))}</p>\n{quotes}'
        f'<p class="checks">{"<br>".join(_checks(hit))}</p>\n</article>\n'
    )


def _source(article: Mapping[str, Any]) -> Iterator[str]:
    named = (", ".join(article["authors"]), article["source"], article["published"])
    yield " · ".join(f"<bdi>{_text(each)}</bdi>" for each in named if each)
    address = article["url"]
    if address.lower().startswith(_WEB):
        yield f'<a href="{_text(address)}" rel="noreferrer noopener">{_text(address)}</a>'
    elif address:
        yield _text(address)


def _passage(passage: Mapping[str, Any], language: str) -> str:
    known = f' lang="{_text(language)}"' if language != "und" else ""
    return "".join(
        f'<blockquote{known} dir="auto">{"".join(_marked(snippet))}</blockquote>\n'
        for snippet in passage["snippets"]
    )


def _marked(snippet: Mapping[str, Any]) -> Iterator[str]:
    text, first = snippet["text"], snippet["start"]
    place = 0
    for start, end in snippet["highlights"]:
        yield _text(text[place : start - first])
        yield f"<mark>{_text(text[start - first : end - first])}</mark>"
        place = end - first
    yield _text(text[place:])


def _checks(hit: Mapping[str, Any]) -> Iterator[str]:
    article = hit["article"]
    ids = ", ".join(passage["id"] for passage in hit["passages"])
    yield f"Passages {_text(ids)}; score {hit['score']!r}"
    text = _text(article["text"])
    yield f'Text: <a href="{text}">{text}</a>'
    # Not a link: a saved page may hold scripts, which a browser would run.
    yield f"File: {_text(article['file'] or article['file_problem'])}"


def _text(text: str) -> str:
    """Return a text as HTML; what would act on the reader's screen is replaced."""
    return html.escape(_UNSHOWN.sub("\ufffd", text))
