"""Programs that find metadata on a page: Pinakes, and others where they are installed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from bench.metadata.scoring import Found
from pinakes.corpus import EmptySourceError, Extract, read

Finder = Callable[[bytes], Found]
"""Finds the metadata in the bytes of a page."""


class Stopwatch:
    """Seconds of the processor that each call took: a busy machine changes them less."""

    def __init__(self) -> None:
        """Begin with no call."""
        self.seconds: list[float] = []

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does as `call` does, and times it."""

        def timed(*args: object, **named: object) -> Any:
            begin = time.process_time()
            try:
                return call(*args, **named)
            finally:
                self.seconds.append(time.process_time() - begin)

        return timed


@contextmanager
def contestant(name: str) -> Iterator[tuple[Finder, Stopwatch]]:
    """Lend a finder, and the watch that times it: for Pinakes the metadata alone.

    Raises:
        click.ClickException: It is not installed.
    """
    watch = Stopwatch()
    if name != "pinakes":
        yield watch.around(_peer(name)), watch
        return
    reader: Any = import_module("pinakes.corpus.readers.html.page")
    original = reader.collect_metadata
    # What is timed is one step of reading, on a page that is parsed already.
    reader.collect_metadata = watch.around(original)
    try:
        yield _find_with_pinakes, watch
    finally:
        reader.collect_metadata = original


def _find_with_pinakes(content: bytes) -> Found:
    try:
        extracts = [item for item in read(content, name="page.html") if isinstance(item, Extract)]
    except EmptySourceError:
        return Found()
    first = extracts[0]

    def chosen(field: str) -> str:
        return next(iter(first.chosen(field)), "")

    return Found(
        title=chosen("title"),
        titles=tuple(value.value for value in first.metadata if value.field == "title"),
        authors=first.chosen("author"),
        published=chosen("published"),
        modified=chosen("modified"),
        url=chosen("url"),
        language=chosen("language"),
    )


def _peer(name: str) -> Finder:
    try:
        module: Any = import_module(name)
    except ImportError as error:
        message = f"{name} is not installed; pip install {name}, or leave it out"
        raise click.ClickException(message) from error

    def find_with_htmldate(content: bytes) -> Found:
        published = module.find_date(content.decode("utf-8", "replace"), original_date=True)
        return Found(published=published or "")

    def find_with_trafilatura(content: bytes) -> Found:
        document = module.extract_metadata(content)
        if document is None:
            return Found()
        authors = tuple(part for part in (document.author or "").split("; ") if part)
        return Found(
            title=document.title or "",
            titles=(document.title or "",),
            authors=authors,
            published=document.date or "",
            url=document.url or "",
        )

    return find_with_htmldate if name == "htmldate" else find_with_trafilatura
