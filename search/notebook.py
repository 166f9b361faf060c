"""Answers as HTML for notebooks: all that texts hold is text, and nothing is loaded or run."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pinakes.search.marking import MarkedArticle
    from pinakes.search.model import Hit, PassageHit, Results, Snippet
    from pinakes.search.query import Diagnostic

_WEB = ("http://", "https://")
# Controls, bidirectional embeddings, overrides and isolates, and lone surrogates.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FAINT = "opacity:0.7;font-size:90%"


def results_html(results: Results) -> str:
    """Return an answer: what was found out about the query, its hits, and how many there are."""
    lines = ['<div class="pinakes">']
    lines += [_finding(found) for found in results.diagnostics]
    lines.append(f'<ol start="{results.offset + 1}">')
    lines += [f"<li>{hit_html(hit)}</li>" for hit in results]
    lines.append("</ol>")
    lines.append(f'<p style="{_FAINT}">{", ".join(_totals(results))}</p></div>')
    return "\n".join(lines)


def hit_html(hit: Hit) -> str:
    """Return a hit: its title, where it is from, and its passages with what matched."""
    article = hit.article
    title = escaped(article.title or article.id)
    if article.url.lower().startswith(_WEB):
        address = html.escape(article.url)
        title = f'<a href="{address}" rel="noreferrer noopener">{title}</a>'
    about = " · ".join(escaped(part) for part in (article.source, article.published) if part)
    told = f'<b dir="auto">{title}</b> <span style="{_FAINT}">{about}</span>'
    return told + "".join(map(_passage, hit.passages))


def marked_html(marked: MarkedArticle) -> str:
    """Return an article with what satisfies a query marked in it."""
    article = marked.article
    parts = [f'<article><h3 dir="auto">{escaped(article.title or article.id)}</h3>']
    for passage in article.passages:
        spans = marked.highlights.get(passage.number, ())
        parts.append(f'<p dir="auto">{_with_marks(passage.text, passage.start, spans)}</p>')
    return "\n".join((*parts, "</article>"))


def escaped(text: str) -> str:
    r"""Return text as HTML that shows it; signs that would act unseen are spelled out.

    >>> escaped("<b> & \u202e")
    '&lt;b&gt; &amp; \\u202e'
    """
    spelled = _UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    return html.escape(spelled)


def _passage(found: PassageHit) -> str:
    name = escaped(found.id)
    section = escaped(" › ".join(found.passage.section))
    snippets = " … ".join(map(_snippet, found.snippets))
    return (
        f'<div style="margin:0.3em 0"><code style="{_FAINT}">{name}</code>'
        f' <span style="{_FAINT}">{section}</span><br><bdi>{snippets}</bdi></div>'
    )


def _snippet(snippet: Snippet) -> str:
    return _with_marks(snippet.text, snippet.start, snippet.highlights)


def _with_marks(text: str, offset: int, spans: Iterable[tuple[int, int]]) -> str:
    """Return text that begins at `offset` of an article, with spans of the article marked."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        low, high = max(start - offset, at), min(end - offset, len(text))
        parts += [escaped(text[at:low]), f"<mark>{escaped(text[low:high])}</mark>"]
        at = max(at, high)
    return "".join((*parts, escaped(text[at:])))


def _finding(found: Diagnostic) -> str:
    return f"<p><b>{escaped(str(found.severity))}</b> {escaped(found.message)}</p>"


def _totals(results: Results) -> Iterator[str]:
    for count, name in ((results.articles, "article"), (results.passages, "passage")):
        if count is not None:
            yield f"{count:,} {name}{'s' * (count != 1)}"
    yield f"{results.took_ms:.0f} ms"
