"""The page that searches, and the same as JSON."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pinakes.search.as_json import dump, error_object, results_object
from pinakes.search.model import Hit, Snippet
from pinakes.search.options import SearchOptions
from pinakes.search.query import QueryError

_PAGE = 10
_LAST_OFFSET = 10_000


def search(request: HttpRequest) -> HttpResponse:
    """Answer `?q=`, from hit `?offset=` on; with `?format=json` as `pinakes search --json` does.

    The page is the template `pinakes/search.html`, which may be replaced as any other.
    """
    query = str(request.GET.get("q", ""))
    options = SearchOptions(limit=_PAGE, offset=_number(request.GET.get("offset", "")))
    is_json = request.GET.get("format") == "json"
    archive = apps.get_app_config("pinakes").archive
    told: dict[str, Any] = {"query": query}
    try:
        results = archive.search(query, options=options) if query.strip() else None
    except QueryError as error:
        if is_json:
            return _json(dump(error_object(error)), 400)
        return render(request, "pinakes/search.html", {**told, "error": str(error)}, status=400)
    if is_json:
        return _json(dump(results_object(results) if results else {"hits": []}), 200)
    if results is not None:
        told["results"] = results
        told["hits"] = [_hit(hit) for hit in results]
        told["next_offset"] = results.offset + len(results) if results.next else None
    return render(request, "pinakes/search.html", told)


def _json(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, content_type="application/json", status=status)


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < len(str(_LAST_OFFSET)) + 1
    return min(int(text), _LAST_OFFSET) if is_number else 0


def _hit(hit: Hit) -> dict[str, Any]:
    passages = [
        {"id": found.id, "section": found.passage.section, "parts": _parts(snippet)}
        for found in hit.passages
        for snippet in found.snippets
    ]
    address = hit.article.url
    is_web = address.lower().startswith(("http://", "https://"))
    return {"article": hit.article, "url": address if is_web else "", "passages": passages}


def _parts(snippet: Snippet) -> list[tuple[str, bool]]:
    """Return a snippet in pieces, each with whether it satisfied the query."""
    parts: list[tuple[str, bool]] = []
    at = snippet.start
    for start, end in (*snippet.highlights, (snippet.end, snippet.end)):
        for low, high, is_match in ((at, start, False), (start, end, True)):
            if low < high:
                parts.append((snippet.text[low - snippet.start : high - snippet.start], is_match))
        at = end
    return parts
