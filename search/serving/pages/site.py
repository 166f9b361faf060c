"""Which page is at which address."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from pinakes.search.as_json import is_unsearchable
from pinakes.search.serving.exchange import Answer, Ask, Respond
from pinakes.search.serving.pages.article_page import show_article, show_citation
from pinakes.search.serving.pages.results_page import show_search
from pinakes.search.serving.pages.templating import THEME_COOKIE, THEMES, render
from pinakes.search.serving.problems import RequestProblem

_YEAR_S = 365 * 24 * 3600
_TITLES = {
    HTTPStatus.NOT_FOUND: "Not here",
    HTTPStatus.BAD_REQUEST: "That cannot be asked",
    HTTPStatus.UNPROCESSABLE_ENTITY: "That takes too long",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not just now",
}


class Page(NamedTuple):
    """A page.

    Attributes:
        path: With the names of its parts in braces.
        respond: Makes it.
        is_of_state: Whether it depends on nothing but the address and the archive's state.
    """

    path: str
    respond: Respond
    is_of_state: bool = True


def show_files(ask: Ask) -> Answer:
    """Return the page of the files that cannot be searched, and why."""
    rows = [
        row
        for row in ask.archive.ledger()
        if is_unsearchable(row) or row.problems or row.thin_notes
    ]
    return render("files.html", ask, rows=rows[: ask.limits.files], total=len(rows))


def show_help(ask: Ask) -> Answer:
    """Return the page that says how to ask."""
    return render("help.html", ask)


def set_theme(ask: Ask) -> Answer:
    """Have the browser keep whether pages are light or dark, and send it back."""
    theme = ask.first("to")
    age = _YEAR_S if theme in THEMES else 0
    kept = theme if theme in THEMES else ""
    path = f"{ask.prefix}/"
    cookie = f"{THEME_COOKIE}={kept}; Path={path}; Max-Age={age}; SameSite=Lax"
    return Answer(
        body=b"",
        status=HTTPStatus.SEE_OTHER,
        headers={"Location": _way_back(ask), "Set-Cookie": cookie},
    )


def _way_back(ask: Ask) -> str:
    """Return the address of the page that was left, which has to be one of ours."""
    back = ask.first("back")
    is_ours = back.startswith(f"{ask.prefix}/") and not back.startswith("//")
    is_plain = back.isascii() and back.isprintable() and "\\" not in back
    return back if is_ours and is_plain else f"{ask.prefix}/"


def tell_problem(ask: Ask, problem: RequestProblem) -> Answer:
    """Return the page that says why there is no other."""
    title = _TITLES.get(HTTPStatus(problem.status), HTTPStatus(problem.status).phrase)
    page = render("problem.html", ask, status=problem.status, title=title, message=str(problem))
    return Answer(body=page.body, kind=page.kind, status=page.status, headers=problem.headers)


PAGES = (
    Page("/", show_search),
    Page("/article/{id}", show_article),
    Page("/cite/{id}/{number}", show_citation),
    Page("/files", show_files),
    Page("/help", show_help),
    Page("/theme", set_theme, is_of_state=False),
)
"""All pages."""
