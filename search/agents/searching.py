"""`search`: passages that satisfy a query, as many as fit, each a quote with its citation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pinakes.search.agents.budget import answer_tokens, entry_tokens
from pinakes.search.agents.entries import Quote, Told, longest_entry, quote_entry, shortened
from pinakes.search.archive import Archive
from pinakes.search.as_json import dump, hit_object
from pinakes.search.model import Hit, Results
from pinakes.search.options import SearchOptions

_MOST_NOTES = 3
_NOTE_CHARS = 80
_TOO_LONG = "the next hit does not fit into max_tokens; ask for more, or for the one after it"


class _Entry(NamedTuple):
    """What is added to an answer as one: to which hit it belongs, and whether it ends that hit."""

    hit_number: int
    is_last: bool
    entry: dict[str, Any]


def search(archive: Archive, asked: dict[str, Any], max_tokens: int) -> Told:
    """Answer a query with passages, or with hits as the command line has them.

    Args:
        archive: What answers.
        asked: Checked: `query`; `limit`, `offset`, `snippets` and `form` if they were given.
        max_tokens: Which the answer does not exceed.

    Raises:
        QueryError: The query cannot be answered as it stands.
    """
    options = SearchOptions(
        limit=asked.get("limit", 10),
        offset=asked.get("offset", 0),
        snippets=asked.get("snippets", SearchOptions().snippets),
    )
    results = archive.search(asked["query"], options=options)
    is_hits = asked.get("form") == "hits"
    name = "hits" if is_hits else "results"
    frame = {name: [], **_surroundings(results, len(results))}
    left = max_tokens - answer_tokens([], frame)
    taken = _fitting(_hit_entries(results) if is_hits else _quote_entries(results), left)
    if not taken and len(results) and not is_hits:
        taken = _cut_first(results, left)
    count = sum(each.is_last for each in taken)
    # One more than nothing, so that what is too long for an answer does not bar the way.
    shown = max(count, 1) if len(results) else 0
    entries = [each.entry for each in taken]
    structured = {name: entries, **_surroundings(results, shown)}
    if shown and not entries:
        structured["notes"] = [_TOO_LONG]
    # Who reads blocks only is told why there is none.
    return Told(tuple(map(dump, entries or [structured])), structured)


def _surroundings(results: Results, shown: int) -> dict[str, Any]:
    """Return what is told beside the passages; `shown` hits are in the answer."""
    offset = results.offset + shown
    # Copies of what is shown are among the articles, and on no page.
    is_more = shown < len(results) or bool(results.next)
    notes = [shortened(found.message, _NOTE_CHARS) for found in results.diagnostics[:_MOST_NOTES]]
    suggestions = [shortened(found.text, _NOTE_CHARS) for found in results.suggestions[:1]]
    return {
        "total": {"articles": results.articles, "passages": results.passages},
        "next_offset": offset if is_more else None,
        "notes": notes,
        "suggestions": suggestions,
    }


def _quote_entries(results: Results) -> Iterator[_Entry]:
    for number, hit in enumerate(results):
        for found in hit.passages:
            quote = Quote(hit.article, found.passage.start, found.passage.end)
            is_last = found is hit.passages[-1]
            yield _Entry(number, is_last, quote_entry(quote, results.archive.id))


def _hit_entries(results: Results) -> Iterator[_Entry]:
    for number, hit in enumerate(results):
        yield _Entry(number, True, hit_object(hit))


def _fitting(entries: Iterator[_Entry], left: int) -> list[_Entry]:
    """Return the entries from the first to the last before the one that does not fit."""
    taken: list[_Entry] = []
    for each in entries:
        left -= entry_tokens(dump(each.entry), each.entry)
        if left < 0:
            break
        taken.append(each)
    return taken


def _cut_first(results: Results, left: int) -> list[_Entry]:
    """Return the beginning of the first passage: one with matches if that fits, else its start."""
    hit: Hit = results.hits[0]
    found = hit.passages[0]
    spans = [(snippet.start, snippet.end) for snippet in found.snippets[:1]]
    for start, end in (*spans, (found.passage.start, found.passage.end)):
        entry = longest_entry(Quote(hit.article, start, end), results.archive.id, left)
        if entry is not None:
            return [_Entry(0, True, entry)]
    return []
