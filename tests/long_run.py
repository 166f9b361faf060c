"""Ask random archives random questions, and compare every answer with the reference.

    python -m tests.long_run --cases 200000 --seed 1 [--minutes 30] [--archive 17]

A case is one question asked of one archive. Everything follows from the seed and the number of the
archive. Archives are cut into 1 to 8 segments, some articles deleted; one in four is cut twice,
and both cuts have to give the same answers, bit for bit. In some, the numbers that decide which way
an answer is found are so low that small archives go all the ways that large ones do. At a
difference it prints what is needed to see it again, and exits with 1.
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pinakes.corpus import Article
from pinakes.search.evaluation.evaluate import evaluate
from pinakes.search.evaluation.ranking import Ranking
from pinakes.search.options import SearchOptions
from pinakes.search.query import Node
from tests.agreement import differences
from tests.quick_archives import Shape, draw_articles, draw_cut, draw_deleted, draw_shape
from tests.quick_queries import draw_question
from tests.random_archives import RandomArchive
from tests.reference import Reference

QUESTIONS = 100
QUESTIONS_IF_BULKY = 60
MOST_AT_ONCE = "search.evaluation.texts.proximity._MOST_AT_ONCE"
MAX_WORDS = "search.evaluation.patterns.expansion.MAX_WORDS"
SWITCHES = {
    "search.evaluation.first_hits.top_k._SCORED_AT_ONCE": (0, 5),
    "search.evaluation.first_hits.clause_list._CHAMPIONS": (1, 5),
    "search.evaluation.first_hits.clause_list._SIFTED": (0, 3),
    "search.evaluation.first_hits.article_list._CHAMPIONS": (1, 5),
    "search.evaluation.first_hits.article_list._RARE": (1, 3),
    "search.evaluation.first_hits.ranked_passages._FEW": (0, 3),
    "search.evaluation.first_hits.snapshot_lists.KEPT_BYTES": (0, 3_000),
    MOST_AT_ONCE: (1, 3),
    "search.evaluation.texts.terms._FEW_POSTINGS": (0, 3),
    "indexer.segments.posting_codes._FEW": (0, 3),
    "indexer.segments.posting_codes._RARE": (1, 3),
    "indexer.segments.lists._FEW": (0, 3),
    "indexer.segments.units._MIN_BITMAP_UNITS": (1, 10),
    MAX_WORDS: (1, 3),
}
"""Where an answer may take another way, and numbers at which small archives take it."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """An answer that is not the expected one.

    Attributes:
        question: Its number in its archive.
        asked: The query and its options.
        archives: The one that was asked; or two cuts of one, whose answers differ.
        what: The name of what differs.
    """

    question: int
    asked: tuple[Node, SearchOptions]
    archives: tuple[RandomArchive, ...]
    switches: dict[str, int]
    what: str
    expected: Any
    found: Any


def ask_archive(seed: int, number: int) -> tuple[int, Difference | None]:
    """Ask everything of one archive: how many cases that were, and the first difference."""
    luck = random.Random(f"{seed}/{number}")  # noqa: S311
    shape = draw_shape(luck)
    articles = draw_articles(luck, shape)
    deleted = draw_deleted(luck, articles)
    cuts = [draw_cut(luck, articles, deleted) for _ in range(luck.choice((1, 1, 1, 2)))]
    switches = _draw_switches(luck)
    with switched(switches):
        return _compare(luck, shape, cuts, switches)


def _draw_switches(luck: random.Random) -> dict[str, int]:
    share = luck.choice((0.0, 0.3, 0.9))
    return {name: luck.choice(low) for name, low in SWITCHES.items() if luck.random() < share}


@contextmanager
def switched(switches: Mapping[str, int]) -> Iterator[None]:
    """Set some numbers of modules for a while."""
    places = [name.rpartition(".") for name in switches]
    modules = [importlib.import_module(f"pinakes.{module}") for module, _, _ in places]
    before = [getattr(m, name) for m, (_, _, name) in zip(modules, places, strict=True)]
    try:
        for module, (_, _, name), value in zip(modules, places, switches.values(), strict=True):
            setattr(module, name, value)
        yield
    finally:
        for module, (_, _, name), old in zip(modules, places, before, strict=True):
            setattr(module, name, old)


def _compare(
    luck: random.Random, shape: Shape, cuts: list[RandomArchive], switches: dict[str, int]
) -> tuple[int, Difference | None]:
    living = cuts[0].living
    reference = Reference(living, switches.get(MAX_WORDS, 4_096))
    by_key = {article.key: article for article in living}
    count = QUESTIONS_IF_BULKY if shape.is_bulky else QUESTIONS
    with tempfile.TemporaryDirectory(dir=memory_folder()) as folder:
        folders = [Path(folder, str(number)) for number in range(len(cuts))]
        for each in folders:
            each.mkdir()
        snapshots = [cut.snapshot(each) for cut, each in zip(cuts, folders, strict=True)]
        for question in range(count):
            root, options = draw_question(luck, shape)
            first, *others = [evaluate(root, snapshot, options) for snapshot in snapshots]
            expected = reference.evaluate(root, options)
            found = [("answer of another cut", _of(first), _of(other)) for other in others]
            found = [each for each in found if each[1] != each[2]]
            found += differences(first, expected, by_key)
            for what, wanted, got in found:
                return question + 1, Difference(
                    question=question,
                    asked=(root, options),
                    archives=tuple(cuts),
                    switches=switches,
                    what=what,
                    expected=wanted,
                    found=got,
                )
    return count, None


def _of(ranking: Ranking) -> tuple[Any, ...]:
    """Return all that must not depend on how an archive is cut."""
    return ranking.articles, ranking.passages, ranking.hits, ranking.ignored, ranking.cuts


def memory_folder() -> str | None:
    """A folder in memory where there is one: segments are synced to the disk, which takes long."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


def describe(difference: Difference) -> str:
    """Return what is needed to see a difference again, with the texts of a small archive."""
    lines = [
        f"question {difference.question}: {difference.what}",
        f"expected: {difference.expected!r}",
        f"found:    {difference.found!r}",
        f"root = {difference.asked[0]!r}",
        f"options = {difference.asked[1]!r}",
        f"switches = {difference.switches!r}",
    ]
    for archive in difference.archives:
        keys = [[article.key for article in members] for members in archive.segments]
        lines.append(f"segments = {keys!r}, deleted = {sorted(archive.deleted)!r}")
    lines += [_outline(one) for one in difference.archives[0].living[:20]]
    return "\n".join(lines)


def _outline(article: Article) -> str:
    passages = [(passage.kind.value, passage.text[:200]) for passage in article.passages]
    return f"{article.key} {article.language} {article.published!r} {passages!r}"


def run(seed: int, cases: int, minutes: float) -> int:
    """Ask until there are enough cases, or time is up; return the exit status."""
    begun = time.monotonic()
    asked = number = 0
    while asked < cases and time.monotonic() - begun < 60 * minutes:
        some, difference = ask_archive(seed, number)
        asked += some
        if difference is not None:
            _print(describe(difference))
            _print(f"again: python -m tests.long_run --seed {seed} --archive {number}")
            return 1
        number += 1
        if not number % 100:
            _print(f"{asked} cases, {number} archives, {time.monotonic() - begun:.0f} s")
    _print(f"{asked} cases of {number} archives agree: {time.monotonic() - begun:.0f} s")
    return 0


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.long_run", description=__doc__)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="stop after so many")
    parser.add_argument("--archive", type=int, help="ask only the archive with this number")
    given = parser.parse_args()
    if given.archive is None:
        return run(given.seed, given.cases, given.minutes)
    _, difference = ask_archive(given.seed, given.archive)
    _print("agrees" if difference is None else describe(difference))
    return int(difference is not None)


if __name__ == "__main__":
    sys.exit(main())
