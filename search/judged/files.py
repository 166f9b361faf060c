"""Reads questions, judgements and runs, and writes runs."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

from pinakes.corpus import PinakesError

Judgements: TypeAlias = Mapping[str, Mapping[str, int]]
"""By question: the grade of each judged article; 0 or less is not relevant."""


class Scored(NamedTuple):
    """An article that a run answers with."""

    article: str
    score: float


Run: TypeAlias = Mapping[str, list[Scored]]
"""By question: its answer, in the order of the file, or best first."""

_GZIP = b"\x1f\x8b"
_ID_KEYS = ("id", "_id", "qid", "query_id")
_TEXT_KEYS = ("text", "query", "question", "title")


class JudgedFileError(PinakesError, ValueError):
    """A file of questions, judgements or answers cannot be read."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {problem}")
        self.path = path
        self.line = line


def read_questions(path: Path) -> dict[str, str]:
    """Return the questions of a file by their ids, in its order.

    A line is a JSON object (`{"id": "7", "text": "…"}`), or an id, a tab and the question; the file
    may be compressed by gzip.

    Raises:
        JudgedFileError: It cannot be read so, or an id comes twice.
    """
    questions: dict[str, str] = {}
    for number, line in _lines(path):
        name, text = _read_question(path, number, line)
        if name in questions:
            raise JudgedFileError(path, number, f"there is a question {name!r} before")
        questions[name] = text
    if not questions:
        raise JudgedFileError(path, 0, "holds no question")
    return questions


def _read_question(path: Path, number: int, line: str) -> tuple[str, str]:
    if line.startswith("{"):
        try:
            asked = json.loads(line)
        except ValueError as error:
            raise JudgedFileError(path, number, f"is no JSON: {error}") from error
        name = next((str(asked[key]) for key in _ID_KEYS if asked.get(key) is not None), "")
        text = next((str(asked[key]) for key in _TEXT_KEYS if asked.get(key)), "")
    else:
        name, _tab, text = line.partition("\t")
    if not name.strip() or not text.strip():
        problem = 'expected {"id": …, "text": …}, or an id, a tab and the question'
        raise JudgedFileError(path, number, problem)
    return name.strip(), text.strip()


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Return the judgements of a file of qrels.

    A line is `question 0 article grade`, as TREC has it, or `question article grade`, the first
    line possibly the names of these columns; the file may be compressed by gzip.

    Raises:
        JudgedFileError: It cannot be read so.
    """
    judgements: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        columns = line.split("\t") if "\t" in line else line.split()
        columns = [column.strip() for column in columns]
        if len(columns) not in (3, 4):
            problem = f"{len(columns)} columns; expected question, 0, article and grade"
            raise JudgedFileError(path, number, problem)
        try:
            grade = int(columns[-1])
        except ValueError as error:
            if number == 1:
                continue
            problem = f"the grade {columns[-1]!r} is no whole number"
            raise JudgedFileError(path, number, problem) from error
        judgements.setdefault(columns[0], {})[columns[-2]] = grade
    if not judgements:
        raise JudgedFileError(path, 0, "holds no judgement")
    return judgements


def read_run(path: Path) -> dict[str, list[Scored]]:
    """Return the answers of a run: lines `question Q0 article rank score tag`.

    As trec_eval does, who uses it goes by the scores, whatever the ranks say.

    Raises:
        JudgedFileError: It cannot be read so, or an article comes twice in an answer.
    """
    run: dict[str, list[Scored]] = {}
    seen: set[tuple[str, str]] = set()
    for number, line in _lines(path):
        columns = line.split()
        if len(columns) != 6:
            problem = f"{len(columns)} columns; expected question, Q0, article, rank, score, tag"
            raise JudgedFileError(path, number, problem)
        question, _, article, _, written, _ = columns
        try:
            score = float(written)
        except ValueError:
            score = math.nan
        if math.isnan(score):
            raise JudgedFileError(path, number, f"the score {written!r} is no number")
        if (question, article) in seen:
            raise JudgedFileError(path, number, f"{article} is in the answer to {question} before")
        seen.add((question, article))
        run.setdefault(question, []).append(Scored(article, score))
    return run


def run_lines(run: Run, *, tag: str = "pinakes") -> Iterator[str]:
    """Yield the lines of a run, as `read_run` reads them."""
    for question, answer in run.items():
        for rank, (article, score) in enumerate(answer, start=1):
            yield f"{question} Q0 {article} {rank} {score!r} {tag}"


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text file that are not blank, with their numbers from 1."""
    content = path.read_bytes()
    try:
        if content.startswith(_GZIP):
            content = gzip.decompress(content)
        lines: Iterable[str] = content.decode("utf-8-sig").split("\n")
    except (EOFError, OSError) as error:
        raise JudgedFileError(path, 0, f"damaged gzip: {error}") from error
    except UnicodeDecodeError as error:
        raise JudgedFileError(path, 0, "is not UTF-8; save it as UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, line.strip("\r\n")
