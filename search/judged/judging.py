"""Which answers of an archive a person has still to judge, and where his judgements are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pinakes.search.archive import Archive
from pinakes.search.judged.files import Judgements, read_judgements
from pinakes.search.model import Hit
from pinakes.search.options import SearchOptions

GRADES = range(4)
"""0 is not relevant, 3 answers the question whole."""


class Pending(NamedTuple):
    """An article to be judged.

    Attributes:
        question: The id of the question.
        text: Of the question.
        hit: The article, with its best passage.
    """

    question: str
    text: str
    hit: Hit


def list_pending(
    archive: Archive, questions: Mapping[str, str], judged: Judgements, *, depth: int
) -> Iterator[Pending]:
    """Yield the articles among the first `depth` of each question that are not judged yet.

    Those that are judged meanwhile are not passed over: each comes once for a question anyway.
    """
    options = SearchOptions(limit=depth, snippets=1, totals=False, hints=False, collapse=False)
    for name, text in questions.items():
        query = archive.read_question(text)
        for hit in archive.search(query, options=options) if query.root else ():
            if hit.article.id not in judged.get(name, {}):
                yield Pending(name, text, hit)


def read_kept(path: Path) -> Judgements:
    """Return the judgements that a file keeps; none if there is no such file yet.

    Raises:
        JudgedFileError: It is there, and is no file of judgements.
    """
    if not path.exists() or not path.stat().st_size:
        return {}
    return read_judgements(path)


def keep_judgement(path: Path, question: str, article: str, grade: int) -> None:
    """Write a judgement behind the others in a file, at once: what is judged stays judged."""
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{question}\t0\t{article}\t{grade}\n")
