"""Evaluation gives what the definition gives, however the index is cut into segments.

2,000 cases, each a question asked of an archive. The long run: `python -m tests.long_run --help`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pinakes.search.evaluation.evaluate import evaluate
from pinakes.search.options import SearchOptions
from pinakes.search.query import Node
from tests import long_run
from tests.agreement import differences
from tests.random_archives import OPTIONS, TREES, RandomArchive, archives
from tests.reference import Reference

CASES = 2_000
SHRINKABLE = 300
"""So many are drawn by Hypothesis, which takes long and then finds the shortest that fails."""
QUESTIONS_AN_ARCHIVE = 5
SEED = 1


@settings(
    max_examples=SHRINKABLE // QUESTIONS_AN_ARCHIVE,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(
    archive=archives(),
    questions=st.lists(
        st.tuples(TREES, OPTIONS), min_size=QUESTIONS_AN_ARCHIVE, max_size=QUESTIONS_AN_ARCHIVE
    ),
    max_words=st.sampled_from([4_096, 4_096, 3, 1]),
)
def test_any_query_gives_the_articles_order_passages_spans_and_scores_of_the_reference(
    archive: RandomArchive, questions: list[tuple[Node, SearchOptions]], max_words: int
) -> None:
    reference = Reference(archive.living, max_words)
    articles = {article.key: article for article in archive.living}
    with (
        tempfile.TemporaryDirectory(dir=long_run.memory_folder()) as folder,
        long_run.switched({long_run.MAX_WORDS: max_words, long_run.MOST_AT_ONCE: max_words}),
    ):
        snapshot = archive.snapshot(Path(folder))
        for root, options in questions:
            ranking = evaluate(root, snapshot, options, texts=lambda _: articles)
            expected = reference.evaluate(root, options)
            assert list(differences(ranking, expected, articles)) == []
        del snapshot


def test_archives_drawn_fast_give_the_same_by_every_way_and_in_every_cut() -> None:
    asked = number = 0
    while asked < CASES - SHRINKABLE:
        cases, difference = long_run.ask_archive(SEED, number)
        assert difference is None, f"archive {number}, {long_run.describe(difference)}"
        asked, number = asked + cases, number + 1


def test_the_long_run_ends_with_what_is_needed_to_see_a_difference_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def forget(*question: Any, **texts: Any) -> Any:
        ranking = evaluate(*question, **texts)
        return ranking._replace(hits=ranking.hits[:2])

    monkeypatch.setattr(long_run, "evaluate", forget)
    assert long_run.run(SEED, cases=1_000, minutes=1) == 1
    printed = capsys.readouterr().out
    assert "keys" in printed
    assert "root = " in printed
    assert f"python -m tests.long_run --seed {SEED} --archive " in printed
