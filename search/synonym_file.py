"""Reads the synonyms that a user keeps beside an archive: `.pinakes/synonyms.txt`.

A line of it is a group, `car, automobile, motor car`, of which each finds the others, or has a
direction, `USSR => Soviet Union`: what stands before the arrow finds what stands after it, too.
What stands after a `#` says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pinakes.indexer import stem, words

MAX_FILE_BYTES = 5_000_000
MAX_ENTRIES = 50
"""So many words or phrases a line may hold: each is looked for."""
MAX_WORDS = 10
"""So many words an entry may have."""
_ARROW = "=>"


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


class Synonyms(NamedTuple):
    """What a file of synonyms says.

    Attributes:
        path: Of the file.
        lines: Those that can be used, in order.
        problems: What is wrong with the others, in order.
    """

    path: Path
    lines: tuple[SynonymLine, ...]
    problems: tuple[SynonymProblem, ...] = ()

    def find(self, asked: Sequence[str], languages: frozenset[str]) -> list[tuple[Entry, int]]:
        """Return what some words find, too, each once with the number of its line.

        Words are alike that have the same stem in one of some languages.

        Args:
            asked: Folded.
            languages: ISO 639-1 codes.
        """
        found: dict[Entry, int] = {}
        for line in self.lines:
            if any(_are_alike(entry.words, asked, languages) for entry in line.asked):
                for entry in line.found:
                    if not _are_alike(entry.words, asked, languages):
                        found.setdefault(entry, line.number)
        return list(found.items())

    @property
    def most_words(self) -> int:
        """How many words the longest entry has that finds more than itself; 0 if there is none."""
        return max((len(entry.words) for line in self.lines for entry in line.asked), default=0)


def _are_alike(one: Sequence[str], other: Sequence[str], languages: frozenset[str]) -> bool:
    if len(one) != len(other):
        return False
    return tuple(one) == tuple(other) or any(
        all(stem(a, code) == stem(b, code) for a, b in zip(one, other, strict=True))
        for code in languages
    )


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
