"""What a comparison is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bench.inputs import QuerySet
from bench.shapes import Asked, Join, plain_query

_HELD_OUT = 10


class Table(StrEnum):
    """A comparison: passages are found, or articles, or passages of a sample by Whoosh too."""

    PASSAGES = "passages"
    ARTICLES = "articles"
    WHOOSH = "whoosh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to measure.

    Attributes:
        passages: File of passages.
        sets: The queries.
        folder: Where indexes are made; everything in it is removed after.
        limit: Look at this many passages at the most; 0 for all.
        peers: Names of the contestants; empty for all.
        tables: What is compared.
        asked: What is asked for.
        cores: To build with, one after another; queries are asked on one.
        memory_mb: For building, where an engine takes such a setting.
        passes: Over the queries, in each round.
        rounds: In each, all contestants have their turn on a cell of the table.
        seconds: A contestant's time for a cell in a round, about.
        parse_inside: Whether reading the query text is timed as well.
        clock: `wall`, or `cpu` for the processor time of the thread that asks.
        whoosh_every: Whoosh gets each so many-th passage.
        check: Queries of each kind whose answers are compared with brute force.
        lucene_jars: Folder of Lucene's jars.
        seed: Of the orders in which queries are asked.
    """

    passages: Path
    sets: tuple[QuerySet, ...]
    folder: Path
    limit: int = 0
    peers: frozenset[str] = frozenset()
    tables: tuple[Table, ...] = tuple(Table)
    asked: tuple[Asked, ...] = tuple(Asked)
    cores: tuple[int, ...] = (1, 2)
    memory_mb: int = 1000
    passes: int = 3
    rounds: int = 3
    seconds: float = 2.0
    parse_inside: bool = False
    clock: str = "wall"
    whoosh_every: int = 14
    check: int = 10
    lucene_jars: Path | None = None
    seed: int = 1


def joins_of(queries: QuerySet) -> tuple[Join, ...]:
    """Return how the words of these queries can be joined."""
    if queries.is_phrase:
        return (Join.PHRASE,)
    if max(map(len, queries.queries)) == 1:
        return (Join.OR,)
    return (Join.OR, Join.AND)


def warm_and_timed(
    queries: QuerySet, join: Join
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return queries to warm up with, a tenth of all, and those to time: the others.

    If there are fewer than ten, all are timed, and are also those to warm up with.
    """
    asked = [plain_query(words, join) for words in queries.queries]
    if len(asked) < _HELD_OUT:
        return asked, asked
    timed = [words for place, words in enumerate(asked) if place % _HELD_OUT]
    return asked[::_HELD_OUT], timed
