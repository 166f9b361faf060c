"""Each highlight says which parts of the query stand there."""

from __future__ import annotations

from pathlib import Path

from pinakes.search import Archive
from pinakes.search.as_json import hit_object, marking_objects

TEXT = "The mine in Donetsk collapsed. A mine road, then the mine.\n"


def _labels(folder: Path, query: str) -> list[tuple[str, list[str]]]:
    """Each highlight of the only hit with the parts of the query that stand there."""
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    with Archive.create(folder) as archive:
        archive.index(folder)
        (hit,) = archive.search(query)
        marked = archive.mark(query, hit.article.id)
    (found,) = hit.passages
    (snippet,) = found.snippets
    assert marked.highlights == {found.passage.number: snippet.highlights}
    assert marked.clauses == {found.passage.number: snippet.clauses}
    told = hit_object(hit)["passages"][0]["snippets"][0]
    assert told["clauses"] == [[list(span) for span in spans] for spans in snippet.clauses]
    assert marking_objects(marked)["highlights"][0]["clauses"] == told["clauses"]
    return [
        (hit.article.text[start:end], [query[first:last] for first, last in spans])
        for (start, end), spans in zip(snippet.highlights, snippet.clauses, strict=True)
    ]


def test_each_highlight_is_labelled_with_its_clause(tmp_path: Path) -> None:
    assert _labels(tmp_path, "collapse AND donetsk~") == [
        ("Donetsk", ["donetsk~"]),
        ("collapsed", ["collapse"]),
    ]


def test_what_several_clauses_mark_is_labelled_with_each_in_the_order_of_the_query(
    tmp_path: Path,
) -> None:
    assert _labels(tmp_path, 'road OR "mine road" OR min*') == [
        ("mine", ["min*"]),
        ("mine road", ["road", '"mine road"', "min*"]),
        ("mine", ["min*"]),
    ]


def test_what_stands_near_one_another_is_of_one_clause(tmp_path: Path) -> None:
    assert _labels(tmp_path, "(mine NEAR/1 donetsk) -crater") == [
        ("mine", ["mine NEAR/1 donetsk"]),
        ("Donetsk", ["mine NEAR/1 donetsk"]),
    ]
