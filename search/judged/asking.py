"""Puts questions to an archive, or to files that are made a collection for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pinakes.corpus import logger_of
from pinakes.search.archive import Archive
from pinakes.search.judged.collection import DEPTH, Collection, build_collection
from pinakes.search.judged.files import Run, Scored
from pinakes.search.options import SearchOptions
from pinakes.search.query import Query, parse
from pinakes.search.questions import DEFAULT_WEIGHTS, QuestionWeights

_logger = logger_of(__name__)


class QuestionReading(NamedTuple):
    """How the text of a question is understood.

    Attributes:
        weights: What each part of it counts.
        is_syntax: It is in the query language; one with an error finds nothing.
        has_feedback: It is widened by what answers it first.
    """

    weights: QuestionWeights = DEFAULT_WEIGHTS
    is_syntax: bool = False
    has_feedback: bool = False

    def read(self, text: str, asked: Archive | Collection) -> Query:
        """Return what a question asks an archive, or a collection, for."""
        if self.is_syntax:
            return parse(text)
        if isinstance(asked, Archive):
            return asked.read_question(text, weights=self.weights)
        return asked.read(text, weights=self.weights)


def ask_files(paths: Sequence[Path], questions: Mapping[str, str], reading: QuestionReading) -> Run:
    """Return what the articles in some files answer; they are indexed for that alone.

    Raises:
        JudgedFileError: Two articles have one id.
        SourceError: A file cannot be read.
    """
    with TemporaryDirectory(prefix="pinakes-") as folder:
        collection = build_collection(paths, Path(folder))
        for problem in collection.problems:
            _logger.warning("%s", problem)
        run: dict[str, list[Scored]] = {}
        for name, text in questions.items():
            query = reading.read(text, collection)
            run[name] = collection.ask(collection.widen(query) if reading.has_feedback else query)
        return run


def ask_archive(archive: Archive, questions: Mapping[str, str], reading: QuestionReading) -> Run:
    """Return what an archive answers, its articles by their ids."""
    options = SearchOptions(limit=DEPTH, snippets=1, totals=False, hints=False, collapse=False)
    run: dict[str, list[Scored]] = {}
    for name, text in questions.items():
        query = reading.read(text, archive)
        if reading.has_feedback:
            query = archive.widen_question(query)
        hits = archive.search(query, options=options) if query.root else ()
        run[name] = [Scored(hit.article.id, hit.score) for hit in hits]
    return run
