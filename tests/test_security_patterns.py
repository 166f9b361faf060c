"""No pattern of an enemy's hangs a search, and no saved search is without end."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from pinakes.corpus import PinakesError
from pinakes.search import Archive
from pinakes.search.evaluation.patterns import automaton

MOST_SECONDS = 1.0
LONG = "a" * 27
HOSTILE = (
    "/(a+)+b/",
    "/(a|a)*b/",
    "/(a*)*(a*)*c/",
    "/(.*a){30}b/",
    "/a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaab/",
    "*a*a*a*a*a*a*a*a*a*a*b",
    "?a?a?a?a?a?*a*a*a*b",
    f"{LONG}~2",
    " OR ".join(f"*{'a' * n}*b" for n in range(1, 60)),
    "(" * 5000 + "a" + ")" * 5000,
    "NOT " * 5000 + "a",
    "a NEAR/9 " * 500 + "a",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    words = " ".join("a" * length for length in range(1, 28))
    (tmp_path / "a.txt").write_text(f"{words}. {words} {LONG}.\n\n{words}\n")
    with Archive.create(tmp_path) as archive:
        archive.index(tmp_path)
        # What is loaded for the first of each kind is not what is measured.
        for query in ("/ab*c/", "x*y", "word~", "a NEAR/2 b"):
            archive.search(query)
    return tmp_path


def seconds_for(root: Path, query: str) -> float:
    with Archive.open(root) as archive:
        archive.search("a")
        began = time.process_time()
        # Refused is answered.
        with suppress(PinakesError):
            archive.search(query)
        return time.process_time() - began


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_pattern_is_answered_or_refused_at_once(root: Path, query: str) -> None:
    assert seconds_for(root, query) < MOST_SECONDS


def test_the_check_notices_a_pattern_that_backtracks(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def backtrack(*_: object) -> object:
        re.fullmatch("(a+)+b", LONG[2:])
        return np.empty(0, np.int64)

    monkeypatch.setattr(automaton, "fitting_words", backtrack)
    assert seconds_for(root, "/(a+)+b/") > MOST_SECONDS


def test_saved_searches_in_one_another_are_not_without_end(root: Path) -> None:
    saved = {"twice40": "a", "loop": "a OR saved:loop"}
    saved |= {f"twice{n}": f"saved:twice{n + 1} OR saved:twice{n + 1}" for n in range(40)}
    with sqlite3.connect(root / ".pinakes" / "store.sqlite") as store:
        store.executemany(
            "INSERT INTO saved_searches VALUES (?, ?, 1, '', NULL)", list(saved.items())
        )
    store.close()
    for query in ("saved:twice0", "saved:loop"):
        assert seconds_for(root, query) < MOST_SECONDS
