"""Templates, with everything escaped that is put into them."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pinakes.corpus import Article
from pinakes.search.serving.exchange import HTML, Answer, Ask
from pinakes.search.serving.pages.languages import language_name
from pinakes.search.serving.pages.shown_text import (
    bare,
    coded,
    language_of,
    linked,
    marked,
    plain,
    short_day,
    web_address,
)
from pinakes.search.serving.static_files import version

THEMES = ("light", "dark")
THEME_COOKIE = "pinakes_theme"


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent.parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "plain": plain,
        "bare": bare,
        "coded": coded,
        "day": short_day,
        "language_name": language_name,
        "count": lambda number: f"{number:,}",
        "web": web_address,
    }
    environment.globals |= {
        "marked": marked,
        "linked": linked,
        "language_of": language_of,
        "name_of": name_of,
        "number_of": number_of,
    }
    return environment


def name_of(article: Article) -> str:
    """Return what an article is called: its title; where it has none, its file, or its id."""
    file = article.paths[0].rpartition("/")[2] if article.paths else ""
    return article.title or file or article.id


def number_of(count: int, noun: str) -> str:
    """Return how many there are of something: `1 article`, `1,200 articles`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def render(
    template: str, ask: Ask, *, status: int = HTTPStatus.OK, query: str = "", **values: Any
) -> Answer:
    """Return a page.

    Args:
        template: Its name.
        ask: The request.
        status: HTTP's.
        query: What stands in the search box.
        values: What else the template takes.
    """
    theme = ask.cookies.get(THEME_COOKIE, "")
    page = _environment().get_template(template).render(
        ask=ask,
        link=ask.link,
        query=query,
        theme=theme if theme in THEMES else "",
        version=version(),
        max_chars=ask.limits.query_chars,
        **values,
    )  # fmt: skip
    return Answer(body=page.encode("utf-8", "replace"), kind=HTML, status=status)
