"""A query as its reader sees it: what is wrong with it stands under the words concerned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from pinakes.search.query import Diagnostic


class Piece(NamedTuple):
    """A run of a query's text.

    Attributes:
        text: The run.
        severity: The gravest of what is found there: `error`, `warning`, `info`, or nothing.
        numbers: Of the findings that end there, counting from 1.
    """

    text: str
    severity: str
    numbers: tuple[int, ...]


class Finding(NamedTuple):
    """What is found out about a query.

    Attributes:
        number: Counting from 1.
        severity: `error`, `warning`, `info`.
        words: The words concerned.
        message: For a person.
        better: The whole query with what is suggested in their place, or nothing.
    """

    number: int
    severity: str
    words: str
    message: str
    better: str


_GRAVITY = ("error", "warning", "info")


def list_findings(text: str, diagnostics: Iterable[Diagnostic]) -> tuple[Finding, ...]:
    """Return what is found out about a query, numbered."""
    return tuple(
        Finding(
            number=number,
            severity=str(found.severity),
            words=text[found.start : found.end],
            message=found.message,
            better=text[: found.start] + found.suggestion + text[found.end :]
            if found.suggestion
            else "",
        )
        for number, found in enumerate(diagnostics, start=1)
    )


def cut_query(text: str, diagnostics: Iterable[Diagnostic]) -> tuple[Piece, ...]:
    """Return the text of a query in pieces that together are it; findings may overlap."""
    return tuple(_pieces(text, list(diagnostics)))


def _pieces(text: str, found: list[Diagnostic]) -> Iterator[Piece]:
    edges = {0, len(text)}
    for each in found:
        edges |= {min(each.start, len(text)), min(each.end, len(text))}
    places = sorted(edges)
    # What is about a place, as the end of the text, has no words of its own.
    for start, end in pairwise(places):
        here = [each for each in found if each.start < end and start < each.end]
        severities = [str(each.severity) for each in here]
        yield Piece(
            text=text[start:end],
            severity=min(severities, key=_GRAVITY.index, default=""),
            numbers=tuple(
                number for number, each in enumerate(found, start=1) if each in here
                and min(each.end, len(text)) == end
            ),
        )  # fmt: skip
