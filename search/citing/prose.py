"""A citation for people: as plain text, Markdown and HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pinakes.search.model import Citation

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&])|^([-+=]|\d+(?=[.)]))")
_WEB = ("http://", "https://")


def as_text(citation: Citation) -> str:
    """Return the quote, its source, and what it takes to check it, in lines."""
    quote = " ".join(citation.exact.split())
    return "\n".join([f"“{quote}”", *source_lines(citation), *check_lines(citation)])


def as_markdown(citation: Citation) -> str:
    """Return a block quote, with its source below it and the rest in a list."""
    quote = "\n".join(f"> {escape_markdown(line)}" for line in citation.exact.split("\n"))
    source = f"— {escape_markdown(name_source(citation))}"
    if citation.url:
        source += (
            f" <{citation.url}>"
            if _is_plain_url(citation.url)
            else f" {escape_markdown(citation.url)}"
        )
    checks = [f"- {escape_markdown(line)}" for line in check_lines(citation)]
    return "\n".join([quote, ">", f"> {source}", "", *checks])


def as_html(citation: Citation) -> str:
    """Return a `figure` with the quote and its source; whatever the texts hold is text."""
    is_link = citation.url.lower().startswith(_WEB)
    address = html.escape(citation.url)
    cite = f' cite="{address}"' if is_link else ""
    language = f' lang="{html.escape(citation.language)}"' if citation.language != "und" else ""
    link = f'<a href="{address}">{address}</a>' if is_link else address
    paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in citation.exact.split("\n\n"))
    checks = "".join(f"<li>{html.escape(line)}</li>" for line in check_lines(citation))
    return (
        f'<figure>\n<blockquote{cite}{language} dir="auto">{paragraphs}</blockquote>\n'
        f"<figcaption>{html.escape(name_source(citation))} {link}\n"
        f"<ul>{checks}</ul>\n</figcaption>\n</figure>"
    )


def name_source(citation: Citation) -> str:
    """Return authors, title, source and date in one line, what is unknown left out."""
    parts = (
        ", ".join(map(_line, citation.authors)),
        _line(citation.title),
        _line(citation.source),
        citation.published,
    )
    return "".join(f"{part.rstrip('.')}. " for part in parts if part).rstrip()


def source_lines(citation: Citation) -> Iterator[str]:
    """Yield where the quote is from: who wrote it, and its address."""
    yield from filter(None, (name_source(citation), _line(citation.url)))


def check_lines(citation: Citation) -> Iterator[str]:
    """Yield where the quote stands, and the checksums of what it stands in."""
    yield (
        f"{citation.passage_id}, characters {citation.start} to {citation.end} of the text"
        f" of {_line(citation.location) or 'the article'}"
    )
    if citation.section:
        yield f"under {' > '.join(map(_line, citation.section))}"
    if citation.saved:
        yield f"saved {citation.saved}"
    yield f"SHA-256 of the quote {citation.sha256}"
    yield f"SHA-256 of the text {citation.text_sha256}"
    yield f"SHA-256 of the file {citation.file_sha256}"
    if citation.archive_id:
        yield (
            f"Pinakes archive {citation.archive_id}, generation {citation.generation},"
            f" extraction {citation.extraction}"
        )


def _line(text: str) -> str:
    return " ".join(text.split())


def escape_markdown(text: str) -> str:
    """Return a line with a backslash before whatever Markdown would take for a sign of its own."""
    return _MARKDOWN.sub(lambda found: f"\\{found[0]}", text)


def _is_plain_url(url: str) -> bool:
    return url.lower().startswith(_WEB) and not re.search(r"[\s<>]", url)
