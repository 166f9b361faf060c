"""Reads the synonyms that a user keeps beside an archive: `.pinakes/synonyms.txt`.

A line of it is a group, `car, automobile, motor car`, of which each finds the others, or has a
direction, `USSR => Soviet Union`: what stands before the arrow finds what stands after it, too.
What stands after a `#` says nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pinakes.indexer import stem, words

MAX_FILE_BYTES = 5_000_000
MAX_ENTRIES = 50
"""So many words or phrases a line may hold: each is looked for."""
MAX_WORDS = 10
"""So many words an entry may have."""
_ARROW = "=>"
_TICK_NS = 2_000_000_000
_NO_LANGUAGE = frozenset({"und"})


class SynonymProblem(NamedTuple):
    """What is wrong in a file of synonyms; the line is left out.

    Attributes:
        line: Counted from 1; 0 for the file as a whole.
        reason: What, and what to do.
    """

    line: int
    reason: str


class Entry(NamedTuple):
    """A word, or several in a row.

    Attributes:
        text: As it is written in the file, white space collapsed.
        words: Folded.
    """

    text: str
    words: tuple[str, ...]


class SynonymLine(NamedTuple):
    """A line of the file.

    Attributes:
        number: Counted from 1.
        asked: What finds more than itself.
        found: What is found by each of these, too.
    """

    number: int
    asked: tuple[Entry, ...]
    found: tuple[Entry, ...]


@dataclass(frozen=True)
class Synonyms:
    """What a file of synonyms says; safe for many threads.

    Attributes:
        path: Of the file.
        lines: Those that can be used, in order.
        problems: What is wrong with the others, in order.
        mark: A text that is another one whenever the file has changed; empty where that cannot be
            told.
    """

    path: Path
    lines: tuple[SynonymLine, ...]
    problems: tuple[SynonymProblem, ...] = ()
    mark: str = ""

    def find(self, asked: Sequence[str], languages: frozenset[str]) -> list[tuple[Entry, int]]:
        """Return what some words find, too, each once with the number of its line.

        Words are alike that have the same stem in one of some languages.

        Args:
            asked: Folded.
            languages: ISO 639-1 codes.
        """
        found: dict[Entry, int] = {}
        languages = languages or _NO_LANGUAGE
        for place in sorted({place for code in languages for place in self._places(asked, code)}):
            line = self.lines[place]
            for entry in line.found:
                if not _are_alike(entry.words, asked, languages):
                    found.setdefault(entry, line.number)
        return list(found.items())

    def _places(self, asked: Sequence[str], language: str) -> Sequence[int]:
        """Return in which of `lines` words are asked for that have the same stems."""
        known = self._by_stems.get(language)
        if known is None:
            known = {}
            for place, line in enumerate(self.lines):
                for entry in line.asked:
                    known.setdefault(_stems_of(entry.words, language), []).append(place)
            self._by_stems[language] = known
        return known.get(_stems_of(asked, language), ())

    @cached_property
    def _by_stems(self) -> dict[str, dict[tuple[str, ...], list[int]]]:
        return {}

    @cached_property
    def most_words(self) -> int:
        """How many words the longest entry has that finds more than itself; 0 if there is none."""
        return max((len(entry.words) for line in self.lines for entry in line.asked), default=0)


def _are_alike(one: Sequence[str], other: Sequence[str], languages: frozenset[str]) -> bool:
    if len(one) != len(other):
        return False
    return any(_stems_of(one, code) == _stems_of(other, code) for code in languages)


def _stems_of(words: Sequence[str], language: str) -> tuple[str, ...]:
    return tuple([stem(word, language) for word in words])


class SynonymFile:
    """A file of synonyms, read again where it has changed; safe for many threads."""

    def __init__(self, path: Path) -> None:
        """Read nothing yet."""
        self._path = path
        self._known: Synonyms | None = None

    def read(self) -> Synonyms:
        """Do as `read_synonyms`."""
        known, mark = self._known, _mark_of(self._path)
        if known is None or known.mark != mark or not mark:
            known = self._known = replace(read_synonyms(self._path), mark=mark)
        return known


def _mark_of(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return ""
    now_ns = time.time_ns()
    told = status.st_ino, status.st_size, status.st_mtime_ns
    # It may change once more within the time that its file system tells.
    return repr(told if now_ns - status.st_mtime_ns > _TICK_NS else (*told, now_ns))


def read_synonyms(path: Path) -> Synonyms:
    """Return what a file of synonyms says; where there is none, or none that can be read, nothing.

    A line that cannot be used is told of, and left out.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        reason = "there is no such file; write one, with lines as `car, automobile`"
        return Synonyms(path, (), (SynonymProblem(0, reason),))
    except OSError as error:
        problem = SynonymProblem(0, f"cannot be read: {error.strerror or error}")
        return Synonyms(path, (), (problem,))
    if len(content) > MAX_FILE_BYTES:
        problem = SynonymProblem(0, f"larger than {MAX_FILE_BYTES:,} bytes; keep what is asked for")
        return Synonyms(path, (), (problem,))
    lines: list[SynonymLine] = []
    problems: list[SynonymProblem] = []
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        try:
            lines += _read_line(number, line.decode("utf-8").partition("#")[0].strip())
        except UnicodeDecodeError:
            problems.append(SynonymProblem(number, "is not UTF-8; save the file as UTF-8"))
        except ValueError as error:
            problems.append(SynonymProblem(number, str(error)))
    return Synonyms(path, tuple(lines), tuple(problems))


def _read_line(number: int, line: str) -> Iterator[SynonymLine]:
    """Yield the line, if it is not blank; raises `ValueError` that says what is wrong."""
    if not line:
        return
    sides = line.split(_ARROW)
    if len(sides) > 2:
        raise ValueError("has two arrows; write a line for each")
    read = [tuple(map(_read_entry, side.split(","))) for side in sides]
    if sum(map(len, read)) > MAX_ENTRIES:
        raise ValueError(f"holds more than {MAX_ENTRIES} words and phrases; make it two lines")
    if len(read) == 1 and len({entry.words for entry in read[0]}) < 2:
        raise ValueError("names no other word; write them on one line, `car, automobile`")
    yield SynonymLine(number, read[0], read[-1])


def _read_entry(text: str) -> Entry:
    folded = tuple(word for _, _, word in words(text))
    if not folded:
        where = f"`{text.strip()}` holds no letter or digit" if text.strip() else "nothing stands"
        raise ValueError(f"{where} between two commas, or beside the arrow")
    if len(folded) > MAX_WORDS:
        raise ValueError(f"`{text.strip()}` has more than {MAX_WORDS} words")
    return Entry(" ".join(text.split()), folded)
