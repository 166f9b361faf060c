"""Read random and mutated queries, and hold the reader to what it promises of any text.

    python -m tests.fuzz_queries --cases 10000000 --seed 1 [--minutes 60]

No text raises; findings lie in the text; what was understood, printed, is understood again. It
prints the first query for which that does not hold, and exits with 1. `--linear` prints how long
texts of 1, 10 and 100 kB take instead, by what they are made of.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date

from pinakes.search.query import parse
from tests.query_operators import OPERATORS

TODAY = date(2024, 5, 31)
SIGNS = 'ab*?~^/\\()[]{}"“”„«»:=-#.,0129 NEARADJORT|+<>§&%\n\u200b\u00ad\u0301\x00\ud800éшق山🇨'
PIECES = (
    *[
        "AND",
        "OR",
        "NOT",
        "and",
        "or",
        "not",
        "NEAR",
        "NEAR/3",
        "ADJ",
        "ADJ/2",
        "SENT",
        "PARA",
        "w/5",
        "/5",
        "~5",
        "^2",
        "^=2",
        "~",
        "*",
        "?",
        "-",
        "--",
        "(",
        ")",
        "title:",
        "tag:",
        "kind:",
        "date:",
        "words:",
        "has:",
        "author:",
        "lang:",
        "path:",
        "url:",
        "autor:",
        "#x",
        "source:",
        "in:",
        "quote",
        "en",
        "min*",
        "*ster",
        "m?ne",
        "x~2",
        "/a+b/",
        "2014..2015",
        ">5",
        "[1",
        "TO",
        "9]",
        "3m..",
        "covid-19",
        "AT&T",
        "C++",
        "12:30",
        '"',
        "“",
        "”",
        "«",
        "»",
        '="',
    ],
    *(" ", " ", " "),
)
UNITS = (
    *("a ", "a b* ", "( ", "(a) ", "-", "a OR ", "NOT ", '"a b" ', '"', "title:(a ", "a NEAR/1 "),
    *("a ADJ b PARA ", "/a+/ ", "x:y ", "[a", "^2", "~", '="a"', "a^2 ", "a~2 ", "date:2014 "),
    *("*?", "“", "tag:a:b:"),
)


def draw_query(luck: random.Random) -> str:
    """Return pieces of queries in a row, signs in a row, or queries that something was done to."""
    dice = luck.random()
    if dice < 0.4:
        joint = luck.choice(["", " "])
        return joint.join(luck.choices(PIECES, k=luck.randint(0, 12)))
    if dice < 0.6:
        return "".join(luck.choices(SIGNS, k=luck.randint(0, 30)))
    query = " ".join(luck.choice(OPERATORS)[0] for _ in range(luck.randint(1, 3)))
    for _ in range(luck.randint(1, 4)):
        place = luck.randint(0, len(query))
        cut = place + luck.choice([0, 0, 1, 3])
        query = (
            query[:place] + luck.choice([luck.choice(SIGNS), luck.choice(PIECES), ""]) + query[cut:]
        )
    return query


def find_fault(text: str) -> str:
    """Return what does not hold of a query; empty if all does."""
    query = parse(text, today=TODAY)
    if (query.root is None) != bool(query.errors):
        return "neither a tree nor an error, or both"
    if not all(0 <= found.start <= found.end <= len(text) for found in query.diagnostics):
        return "a finding lies outside"
    if query.root is not None and parse(query.interpreted, today=TODAY).root != query.root:
        return f"printed as {query.interpreted!r}, which means something else"
    return ""


def run(seed: int, cases: int, minutes: float) -> int:
    """Read queries until there are enough, or time is up; return the exit status."""
    luck = random.Random(seed)  # noqa: S311
    begun = time.monotonic()
    for number in range(cases):
        text = draw_query(luck)
        if fault := find_fault(text):
            _print(f"{text!r}: {fault}")
            return 1
        if not number % 100_000:
            _print(f"{number} queries, {time.monotonic() - begun:.0f} s")
            if time.monotonic() - begun > 60 * minutes:
                break
    _print(f"{number + 1} queries hold what is promised: {time.monotonic() - begun:.0f} s")
    return 0


def measure(clock: Callable[[], float] = time.process_time) -> Iterator[str]:
    """Yield milliseconds by unit, for texts of 1, 10 and 100 kB made of it."""
    for unit in UNITS:
        took = []
        for size in (1_000, 10_000, 100_000):
            text = (unit * (size // len(unit) + 1))[:size]
            begun = clock()
            parse(text, today=TODAY)
            took.append((clock() - begun) * 1000)
        yield f"{unit!r:16} " + " ".join(f"{each:9.1f}" for each in took)


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz_queries", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=120, help="stop after so many")
    parser.add_argument("--linear", action="store_true", help="measure long texts instead")
    given = parser.parse_args()
    if given.linear:
        for line in measure():
            _print(line)
        return 0
    return run(given.seed, given.cases, given.minutes)


if __name__ == "__main__":
    sys.exit(main())
