"""Ask random archives random questions, and compare every answer with the reference.

    python -m tests.long_run --cases 200000 --seed 1 [--minutes 30] [--archive 17]

A case is one question asked of one archive. Everything follows from the seed and the number of the
archive. Archives are cut into 1 to 8 segments, some of which are merged and some articles deleted;
one in four is cut twice, and both cuts have to give the same answers, bit for bit. In some, the
numbers that decide which way an answer is found are so low that small archives go all the ways that
large ones do. At a difference it prints what is needed to see it again, and exits with 1.
"""

from __future__ import annotations

import argparse
import pkgutil
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from pinakes.corpus import Article
from pinakes.search.evaluation import Ranking, evaluate
from pinakes.search.options import SearchOptions
from pinakes.search.query import Node
from tests.agreement import differences
from tests.quick_archives import Shape, draw_articles, draw_cut, draw_deleted, draw_shape
from tests.quick_queries import draw_question
from tests.random_archives import RandomArchive
from tests.reference import Reference

Compare: TypeAlias = Callable[[Node, SearchOptions], Iterator[tuple[str, Any, Any]]]
"""Asks a question, and yields what differs: its name, what is expected, what is found."""

QUESTIONS = 100
QUESTIONS_IF_BULKY = 60
MOST_AT_ONCE = "search.evaluation.texts.proximity._MOST_AT_ONCE"
MAX_WORDS = "search.evaluation.patterns.expansion.MAX_WORDS"
SWITCHES: dict[str, tuple[float, float]] = {
    "search.evaluation.first_hits.ranked_passages.RankedPassages.scored_at_once": (0, 5),
    "search.evaluation.first_hits.ranked_articles.RankedArticles.scored_at_once": (0, 5),
    "search.evaluation.first_hits.clause_list._CHAMPIONS": (1, 5),
    "search.evaluation.first_hits.clause_list._SIFTED": (0, 3),
    "search.evaluation.first_hits.article_list._CHAMPIONS": (1, 5),
    "search.evaluation.first_hits.article_list._RARE": (1, 3),
    "search.evaluation.first_hits.ranked_passages._FEW": (0, 3),
    "indexer.snapshot.LISTS_MB": (0, 0.009),
    MOST_AT_ONCE: (1, 3),
    "search.evaluation.texts.places._FEW_TAGS": (0, 1),
    "search.evaluation.texts.terms._FEW_POSTINGS": (0, 3),
    "search.evaluation.texts.many_words._MANY": (1, 2),
    "search.evaluation.texts.many_words._OCCURRENCES_AT_ONCE": (1, 10),
    "indexer.segments.posting_codes._FEW": (0, 3),
    "indexer.segments.posting_codes._RARE": (1, 3),
    "indexer.segments.lists._FEW": (0, 3),
    "indexer.segments.units._MIN_BITMAP_UNITS": (1, 10),
    MAX_WORDS: (1, 3),
}
"""Where an answer may take another way, and numbers at which small archives take it."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """An archive, and how it is asked.

    Attributes:
        luck: Draws what it is asked.
        shape: How large it is.
        cuts: The same articles in segments, in one way or in two.
        switches: What is set for a while, by the name of the module and the constant.
    """

    luck: random.Random
    shape: Shape
    cuts: tuple[RandomArchive, ...]
    switches: dict[str, float]

    @property
    def max_words(self) -> int:
        """For how many words a pattern stands at the most."""
        return int(self.switches.get(MAX_WORDS, 4_096))


@dataclass(frozen=True, kw_only=True)
class Difference:
    """An answer that is not the expected one.

    Attributes:
        round: Its archive.
        question: The number of the question there.
        root: What was asked.
        options: How it was to be answered.
        what: The name of what differs.
        expected: By the reference, or by the first of two cuts.
        found: What was answered instead.
    """

    round: Round
    question: int
    root: Node
    options: SearchOptions
    what: str
    expected: Any
    found: Any


def ask_archive(seed: int, number: int) -> tuple[int, Difference | None]:
    """Ask everything of one archive: how many cases that were, and the first difference."""
    round_ = _draw_round(random.Random(f"{seed}/{number}"))  # noqa: S311
    count = QUESTIONS_IF_BULKY if round_.shape.is_bulky else QUESTIONS
    with switched(round_.switches), _opened(round_.cuts, round_.max_words) as compare:
        for question in range(count):
            root, options = draw_question(round_.luck, round_.shape)
            for what, expected, found in compare(root, options):
                return question + 1, Difference(
                    round=round_, question=question, root=root, options=options,
                    what=what, expected=expected, found=found,
                )  # fmt: skip
    return count, None


@contextmanager
def _opened(cuts: Sequence[RandomArchive], max_words: int) -> Iterator[Compare]:
    """Build the cuts of an archive; give what asks them and the reference a question."""
    living = cuts[0].living
    articles = {article.key: article for article in living}
    reference = Reference(living, max_words)
    with tempfile.TemporaryDirectory(dir=memory_folder()) as folder:
        snapshots = [cut.snapshot(Path(folder), f"CUT{place}") for place, cut in enumerate(cuts)]

        def compare(root: Node, options: SearchOptions) -> Iterator[tuple[str, Any, Any]]:
            answers = [
                evaluate(root, snapshot, options, texts=lambda _: articles)
                for snapshot in snapshots
            ]
            yield from _cut_differences(answers)
            yield from differences(answers[0], reference.evaluate(root, options), articles)

        yield compare


def shrink(difference: Difference) -> Difference:
    """Return a difference of the same question with as few articles as it can be seen in."""
    keys = [article.key for members in difference.round.cuts[0].segments for article in members]
    step = len(keys)
    while step:
        for first in range(0, len(keys), step):
            smaller = _ask_without(difference, frozenset(keys[first : first + step]))
            difference = smaller or difference
        step //= 2
    return difference


def _ask_without(difference: Difference, keys: frozenset[int]) -> Difference | None:
    """Ask the question of a difference again without some articles; None if it is answered well."""
    round_ = replace(difference.round, cuts=tuple(c.without(keys) for c in difference.round.cuts))
    with switched(round_.switches), _opened(round_.cuts, round_.max_words) as compare:
        for what, expected, found in compare(difference.root, difference.options):
            return replace(difference, round=round_, what=what, expected=expected, found=found)
    return None


def _draw_round(luck: random.Random) -> Round:
    shape = draw_shape(luck)
    articles = draw_articles(luck, shape)
    deleted = draw_deleted(luck, articles)
    cuts = tuple(draw_cut(luck, articles, deleted) for _ in range(luck.choice((1, 1, 1, 2))))
    share = luck.choice((0.0, 0.3, 0.9))
    switches = {name: luck.choice(low) for name, low in SWITCHES.items() if luck.random() < share}
    return Round(luck=luck, shape=shape, cuts=cuts, switches=switches)


@contextmanager
def switched(switches: Mapping[str, float]) -> Iterator[None]:
    """Set some numbers of modules for a while."""
    before = {name: _switch(name, value) for name, value in switches.items()}
    try:
        yield
    finally:
        for name, value in before.items():
            _switch(name, value)


def _switch(name: str, value: float) -> float:
    """Set a number of a module, or of a class; return what it was."""
    home, _, constant = name.rpartition(".")
    owner = pkgutil.resolve_name(f"pinakes.{home}")
    before: float = getattr(owner, constant)
    setattr(owner, constant, value)
    return before


def _cut_differences(answers: Sequence[Ranking]) -> Iterator[tuple[str, Any, Any]]:
    """Yield what differs between cuts of the same articles, to the last bit."""
    first, *others = [
        (each.articles, each.passages, tuple(each.hits), each.ignored, each.cuts)
        for each in answers
    ]
    for other in others:
        if other != first:
            yield "answer of another cut", first, other


def memory_folder() -> str | None:
    """A folder in memory where there is one: segments are synced to the disk, which takes long."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


def describe(difference: Difference) -> str:
    """Return what is needed to see a difference again, with the texts of a small archive."""
    lines = [
        f"question {difference.question}: {difference.what}",
        f"expected: {difference.expected!r}",
        f"found:    {difference.found!r}",
        f"root = {difference.root!r}",
        f"options = {difference.options!r}",
        f"switches = {difference.round.switches!r}",
        *(f"segments = {cut.outline()}" for cut in difference.round.cuts),
        *(_outline(article) for article in difference.round.cuts[0].living[:20]),
    ]
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
            _print(describe(shrink(difference)))
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
    _print("agrees" if difference is None else describe(shrink(difference)))
    return int(difference is not None)


if __name__ == "__main__":
    sys.exit(main())
