"""Reads the passages and the queries that engines are measured on. Standard library only."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

MAX_WORDS = 32
"""More words in a query are a mistake in the file rather than a query."""


class InputError(ValueError):
    """A file is not what the README says; the message tells the place."""


class BenchPassage(NamedTuple):
    """A passage as every engine gets it: its text in NFC, without white space around it."""

    id: str
    text: str


class QuerySet(NamedTuple):
    """The queries of one kind.

    Attributes:
        kind: Its name in the file; one that begins with `ph` holds phrases, others words.
        queries: Each a tuple of folded words.
        left_out: How many were left out, having a word that engines would read differently.
    """

    kind: str
    queries: tuple[tuple[str, ...], ...]
    left_out: int

    @property
    def is_phrase(self) -> bool:
        """Whether the words of a query have to follow one another."""
        return self.kind.startswith("ph")


class Selection(NamedTuple):
    """Which passages of a file are meant, and how they are given to an engine.

    Attributes:
        path: A JSONL file, `.gz` or plain.
        every: Each so many-th passage only, beginning with the first.
        limit: No more than so many of the file's passages are looked at; 0 for all.
        joined: So many consecutive ones make one document; 1 leaves them as they are.
    """

    path: str
    every: int = 1
    limit: int = 0
    joined: int = 1


def select_passages(selection: Selection) -> Iterator[BenchPassage]:
    """Yield the passages meant, or the documents they make; raises as `read_passages`."""
    read = read_passages(Path(selection.path))
    chosen = islice(read, 0, selection.limit or None, selection.every)
    if selection.joined == 1:
        yield from chosen
        return
    while group := tuple(islice(chosen, selection.joined)):
        yield BenchPassage(group[0].id, "\n\n".join(text for _id, text in group))


def check_passages(selection: Selection) -> int:
    """Return how many passages are looked at, each of which is what it should be.

    Raises:
        InputError: As `read_passages`; or an id stands twice, or there is no passage.
    """
    seen: set[str] = set()
    for passage in islice(read_passages(Path(selection.path)), selection.limit or None):
        if passage.id in seen:
            raise InputError(f"{Path(selection.path).name}: id {passage.id!r} stands twice")
        seen.add(passage.id)
    if not seen:
        raise InputError(f"{Path(selection.path).name}: holds no passage")
    return len(seen)


def read_passages(path: Path) -> Iterator[BenchPassage]:
    """Yield the passages of a JSONL file, `.gz` or plain: objects with `id` and `text`.

    Raises:
        InputError: A line is not such an object, or its text is empty.
    """
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        try:
            for place, line in enumerate(lines, 1):
                if line.isspace():
                    continue
                yield _read_passage(line, f"{path.name}, line {place}")
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise InputError(f"{path.name}: {error}") from error


def _read_passage(line: str, place: str) -> BenchPassage:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{place}: not JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get("id"), int | str):
        raise InputError(
            f"{place}: expected an object with an id (text or whole number) and a text"
        )
    if not isinstance(row.get("text"), str):
        raise InputError(f"{place}: its text is missing or no text")
    text = unicodedata.normalize("NFC", row["text"]).strip()
    if not text:
        raise InputError(f"{place}: its text is empty")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{place}: its text is not valid Unicode: {error}") from error
    return BenchPassage(str(row["id"]), text)


def read_queries(path: Path, *, limit: int | None = None) -> tuple[QuerySet, ...]:
    """Return the query sets of a JSON file: an object from kind to a list of lists of words.

    A word that is not ASCII letters and digits only is read differently by every engine, so a
    query with one is left out, and counted. Letters are lower-cased.

    Raises:
        InputError: The file is something else, or no query of a kind is left.
    """
    try:
        kinds = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError(f"{path.name}: not JSON: {error}") from error
    if not isinstance(kinds, Mapping) or not kinds:
        raise InputError(f"{path.name}: expected an object from kind to queries")
    return tuple(_read_set(kind, queries, path.name, limit) for kind, queries in kinds.items())


def _read_set(kind: str, queries: object, place: str, limit: int | None) -> QuerySet:
    if not isinstance(queries, list) or not queries:
        raise InputError(f"{place}, {kind}: expected a list of queries")
    kept: list[tuple[str, ...]] = []
    left_out = 0
    for number, words in enumerate(queries):
        is_list = isinstance(words, list) and all(isinstance(word, str) for word in words)
        if not is_list or not 0 < len(words) <= MAX_WORDS:
            raise InputError(
                f"{place}, {kind}[{number}]: expected a list of 1 to {MAX_WORDS} words"
            )
        if not all(word.isascii() and word.isalnum() for word in words):
            left_out += 1
            continue
        kept.append(tuple(word.lower() for word in words))
    if not kept:
        raise InputError(f"{place}, {kind}: no query of plain words")
    return QuerySet(kind, tuple(kept[:limit]), left_out)
