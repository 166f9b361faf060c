"""Whole answers by operator, and what facets add to them; beside FTS5 where it has the same."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from bench.archives import articles_of, write_articles
from bench.inputs import QuerySet, Selection, select_passages
from bench.latency import percentile
from bench.peer import PeerMissingError, Resources
from bench.peers.sqlite_ import Fts5
from bench.shapes import Asked, Join, Shape
from bench.tables import print_table
from pinakes.search import Archive, SearchOptions

Words = tuple[str, ...]
_PASSES = 3
_WHOLE = Shape(join=Join.AND, asked=Asked.WHOLE)
_FACETS = ("source", "language", "year", "kind", "author")


class Operator(NamedTuple):
    """A way to ask for words.

    Attributes:
        name: As the table has it.
        words: How many words a query needs.
        ask: Makes the query of Pinakes of them.
        fts5: Makes that of FTS5; None where it has nothing like it.
    """

    name: str
    words: int
    ask: Callable[[Words], str]
    fts5: Callable[[Words], str] | None = None


OPERATORS = (
    Operator("a word", 1, lambda w: w[0], lambda w: f'"{w[0]}"'),
    Operator("AND", 2, " ".join, lambda w: " AND ".join(map(_quoted, w))),
    Operator("OR", 2, " OR ".join, lambda w: " OR ".join(map(_quoted, w))),
    Operator("phrase", 2, lambda w: _quoted(" ".join(w)), lambda w: _quoted(" ".join(w))),
    Operator("NEAR/5", 2, " NEAR/5 ".join, lambda w: f"NEAR({' '.join(map(_quoted, w))}, 5)"),
    Operator("prefix", 1, lambda w: f"{_half(w[0])}*", lambda w: f'"{_half(w[0])}"*'),
    Operator("fuzzy ~", 1, lambda w: f"{w[0]}~"),
    Operator("fuzzy ~2", 1, lambda w: f"{w[0]}~2"),
)


def make_archive(selection: Selection, root: Path, *, together: int) -> None:
    """Make an archive of the passages in the folder `root`, `together` of them an article."""
    write_articles(root, articles_of(select_passages(selection), together))


def measure_operators(
    root: Path, selection: Selection, sets: Sequence[QuerySet], folder: Path, *, query_limit: int
) -> dict[str, Any]:
    """Ask whole answers of ten hits by each operator, then with facets; print, and return all.

    Args:
        root: Of the archive of the passages.
        selection: The passages, for FTS5.
        sets: Queries by kind; phrases are of a kind of phrases, the rest of kinds of words.
        folder: Where the index of FTS5 is made.
        query_limit: Queries an operator.
    """
    peer = _build_fts5(selection, folder)
    with Archive.open(root, exact=True) as opened:
        queries = {each.name: _choose(each, sets, query_limit) for each in OPERATORS}
        rows = [_measure(each, queries[each.name], opened, peer) for each in OPERATORS]
        facets = _measure_facets(opened, queries)
    print_table(
        f"whole answers of ten hits, processor time, each query the median of {_PASSES}",
        ("", "queries", "ms", "95 % ms", "FTS5 ms"),
        [(r["name"], r["queries"], r["ms"], r["p95_ms"], r.get("fts5_ms", "-")) for r in rows],
    )
    print_table(
        "facets: how many times as long the same queries take with them, medians of pairs",
        ("", "times"),
        list(facets.items()),
    )
    return {"operators": rows, "facets": facets}


def _quoted(words: str) -> str:
    return f'"{words}"'


def _half(word: str) -> str:
    return word[: max(4, len(word) // 2)]


def _choose(operator: Operator, sets: Sequence[QuerySet], count: int) -> list[Words]:
    """Return words for an operator: of queries of just so many where there are any."""
    wants_phrase = operator.name == "phrase"
    found = [
        query[: operator.words]
        for each in sorted(sets, key=lambda each: len(each.queries[0]))
        if each.is_phrase == wants_phrase
        for query in each.queries
        if len(set(query)) >= operator.words
    ]
    return list(islice(found, count))


def _measure(
    operator: Operator, queries: Sequence[Words], archive: Archive, peer: Fts5 | None
) -> dict[str, Any]:
    asked = [operator.ask(words) for words in queries]
    times = _times(archive.search, asked)
    row = {
        "name": operator.name,
        "queries": len(asked),
        "ms": percentile(times, 0.5),
        "p95_ms": percentile(times, 0.95),
    }
    if peer is not None and operator.fts5 is not None:
        others = [operator.fts5(words) for words in queries]
        row["fts5_ms"] = percentile(_times(lambda query: peer.search(query, _WHOLE), others), 0.5)
    return row


def _measure_facets(archive: Archive, queries: Mapping[str, Sequence[Words]]) -> dict[str, float]:
    ways = {name: SearchOptions(facets=(name,)) for name in _FACETS}
    ways["all of these"] = SearchOptions(facets=_FACETS)
    ratios: dict[str, list[float]] = {name: [] for name in ways}
    for operator in OPERATORS[:4]:
        chosen = queries[operator.name]
        for words in chosen[: max(1, len(chosen) // 4)]:
            query = operator.ask(words)
            # In turns, so that what else the machine does is shared by all.
            turns = [
                {name: _time(partial(archive.search, options=way), query) for name, way in each}
                for each in [[("", SearchOptions()), *ways.items()]] * (_PASSES + 1)
            ][1:]
            typical = {name: statistics.median(turn[name] for turn in turns) for name in turns[0]}
            for name, found in ratios.items():
                found.append(typical[name] / typical[""])
    return {name: statistics.median(found) for name, found in ratios.items()}


def _times(ask: Callable[[str], object], queries: Sequence[str]) -> list[float]:
    """Return the milliseconds of processor time of each query: the median of some passes."""
    for query in queries:
        ask(query)
    passes = [[_time(ask, query) for query in queries] for _ in range(_PASSES)]
    return [statistics.median(times) for times in zip(*passes, strict=True)]


def _time(ask: Callable[[str], object], query: str) -> float:
    began = time.thread_time_ns()
    ask(query)
    return (time.thread_time_ns() - began) / 1e6


def _build_fts5(selection: Selection, folder: Path) -> Fts5 | None:
    peer = Fts5()
    try:
        peer.build(folder, list(select_passages(selection)), Resources(cores=1, memory_mb=1000))
    except PeerMissingError:
        return None
    peer.finish(folder)
    peer.open(folder)
    return peer
