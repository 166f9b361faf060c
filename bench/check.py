"""Compares answers of Pinakes with brute force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bench.archives import PASSAGES_AN_ARTICLE
from bench.brute_force import Asking, BruteForce, is_same
from bench.inputs import BenchPassage, QuerySet
from bench.settings import joins_of
from bench.shapes import Join, plain_query
from bench.worker_process import WorkerProcess
from pinakes.search.options import By


def check_answers(
    workers: Mapping[By, WorkerProcess],
    passages: Iterable[BenchPassage],
    sets: Iterable[QuerySet],
    count: int,
) -> dict[str, Any]:
    """Return how many answers were compared, and the queries whose scores are not the exact ones.

    Args:
        workers: Have Pinakes open, to be asked for passages, or for articles.
        passages: All that are in its archive, in order.
        sets: Of each, and each way to join words, `count` queries are asked.
        count: 0 compares nothing.
    """
    askings = [
        Asking(plain_query(words, join), join)
        for queries in sets
        for join in joins_of(queries)
        for words in queries.queries[:count]
    ]
    if not askings:
        return {"compared": 0, "wrong": []}
    exact = BruteForce(askings, per_article=PASSAGES_AN_ARTICLE)
    exact.read(passages)
    wrong = []
    for by, worker in workers.items():
        scores_of = exact.passage_scores if by is By.PASSAGE else exact.article_scores
        for asking, scores in _ask(worker, askings):
            if not is_same(scores, scores_of(asking)):
                wrong.append({"by": by, "words": asking.words, "join": asking.join})
    return {"compared": len(askings) * len(workers), "wrong": wrong}


def _ask(worker: WorkerProcess, askings: Sequence[Asking]) -> Iterator[tuple[Asking, list[float]]]:
    for join in Join:
        asked = [asking for asking in askings if asking.join is join]
        reply = worker.ask("answers", join=join, queries=[asking.words for asking in asked])
        for asking, (hits, _total) in zip(asked, reply["answers"], strict=True):
            yield asking, [score for _id, score in hits]
