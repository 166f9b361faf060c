"""Ask a cluster and the local engine the same random questions, and compare every answer.

    python -m tests.cluster_differential --url URL --passages FILE [--take 50000] [--queries 2000]

An archive is made of the sample articles and of passages: records of JSON with an `id` and a `text`
(`--together N` makes an article of N passages). Each question is put to the archive's folder and to
the cluster: totals, articles, their order, scores, passages, what matched in them, and cuts have to
be the same; scores to 1 in 10^9. `--few 0` lets the cluster score all that it can, however little
is found. At a difference it prints what is needed to see it again, and exits with 1 in the end.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from pinakes.corpus import Article, Store
from pinakes.indexer import Snapshot
from pinakes.search import Archive
from pinakes.search.engines import switch_engine
from pinakes.search.evaluation import Ranking, evaluate
from pinakes.search.highlight import match_parts
from pinakes.search.options import SearchOptions
from pinakes.search.query import And, Near, Node, Or, print_node, walk
from tests import long_run
from tests.agreement import RELATIVE
from tests.quick_archives import SMALL
from tests.quick_queries import draw_question
from tests.real_queries import Material

SAMPLES = Path(__file__).parent / "articles"
FEW = "search.cluster.narrowing.FEW"
_SHOWN = 5


def main() -> int:
    """Run what the arguments ask for; return the exit status."""
    asked = _read_arguments()
    luck = random.Random(asked.seed)  # noqa: S311
    with ExitStack() as held:
        root = asked.archive
        if root is None:
            root = Path(held.enter_context(tempfile.TemporaryDirectory()))
        if not (root / ".pinakes").exists():
            _make_archive(root, asked)
        # One that was stopped may have left it on the cluster.
        switch_engine(root, "local", {})
        began = time.monotonic()
        local = held.enter_context(Archive.open(root, exact=True))
        snapshot, store = held.enter_context(local._reader.lend(lambda *both: both))[0]
        _tell(switch_engine(root, "opensearch", _settings(asked)))
        _tell(f"sent in {time.monotonic() - began:.1f} s")
        try:
            remote = held.enter_context(Archive.open(root, exact=True))
            there, _ = held.enter_context(remote._reader.lend(lambda *both: both))[0]
            material = Material(list(store.living(snapshot.generation)))
            held.enter_context(long_run.switched({FEW: asked.few}))
            return _compare(luck, material, (snapshot, store), there, asked.queries)
        finally:
            switch_engine(root, "local", {}, is_dropped=True)


def _compare(
    luck: random.Random,
    material: Material,
    here: tuple[Snapshot, Store],
    there: Snapshot,
    queries: int,
) -> int:
    snapshot, store = here
    asked: Counter[str] = Counter()
    taken: tuple[list[float], list[float]] = ([], [])
    wrong = 0
    for number in range(queries):
        root, options = _draw(luck, material)
        asked.update({type(node).__name__ for node in walk(root)})
        began = time.perf_counter()
        expected = evaluate(root, snapshot, options, texts=store.articles)
        between = time.perf_counter()
        found = evaluate(root, there, options, texts=store.articles)
        taken[0].append(between - began)
        taken[1].append(time.perf_counter() - between)
        differing = list(differences(found, expected, store))
        if differing:
            wrong += 1
            _tell(f"question {number}: {print_node(root)}\n{root!r}\n{options!r}")
            for what, wanted, given in differing[:_SHOWN]:
                _tell(f"  {what}: expected {wanted!r}\n  found    {given!r}")
        if number % 20 == 19:
            _tell(f"{number + 1} questions, {wrong} differ")
    for name, times in zip(("local", "cluster"), taken, strict=True):
        ordered = sorted(times)
        _tell(
            f"{name}: median {statistics.median(ordered) * 1000:.1f} ms, "
            f"90 % {ordered[len(ordered) * 9 // 10] * 1000:.1f} ms, most {ordered[-1]:.1f} s"
        )
    _tell("asked for: " + ", ".join(f"{name} {count}" for name, count in asked.most_common()))
    _tell(f"{queries} questions, {wrong} differ")
    return 1 if wrong else 0


def differences(found: Ranking, expected: Ranking, store: Store) -> Iterator[tuple[str, Any, Any]]:
    """Yield what differs between two rankings: its name, what is expected, what is found."""
    for name in ("articles", "passages", "ignored", "cuts", "shown_passages"):
        wanted, given = getattr(expected, name), getattr(found, name)
        if wanted != given:
            yield name, wanted, given
    keys = [[hit.key for hit in ranking.hits] for ranking in (expected, found)]
    if keys[0] != keys[1]:
        yield "keys", *keys
        return
    articles = store.articles(list(dict.fromkeys(keys[0])))
    for wanted, given in zip(expected.hits, found.hits, strict=True):
        if not _is_close(wanted.score, given.score):
            yield f"article {wanted.key}: score", wanted.score, given.score
        proofs = [[(p.number, p.clauses, p.tags) for p in hit.passages] for hit in (wanted, given)]
        if proofs[0] != proofs[1]:
            yield f"article {wanted.key}: passages", *proofs
            continue
        article = articles[wanted.key]
        spans = [
            _spans(ranking, hit, article) for ranking, hit in ((expected, wanted), (found, given))
        ]
        if spans[0] != spans[1]:
            yield f"article {wanted.key}: spans", *spans


def _spans(ranking: Ranking, hit: Any, article: Article) -> list[Any]:
    """Return what matched in the first passages of a hit."""
    matched = []
    for passage in hit.passages[:3]:
        clauses = [ranking.clauses[number] for number in sorted(passage.clauses)]
        text = article.passages[passage.number]
        parts = match_parts(text, clauses, language=article.language, tags=passage.tags)
        matched.append(tuple(parts))
    return matched


def _is_close(one: float, other: float) -> bool:
    return abs(one - other) <= RELATIVE * max(abs(one), abs(other))


def _draw(luck: random.Random, material: Material) -> tuple[Node, SearchOptions]:
    root, options = draw_question(luck, SMALL)
    root = material.speak(root, luck)
    dice = luck.random()
    if dice < 0.04:
        root = material.literal(luck)
    elif dice < 0.08 and not isinstance(root, Near):
        join = luck.choice((And, Or))
        root = join(children=(root, material.literal(luck)), start=0, end=19)
    if luck.random() < 0.05:
        options = replace(options, half_life_days=luck.choice((30, 1000)))
    return root, options


def _settings(asked: argparse.Namespace) -> dict[str, Any]:
    return {"urls": tuple(asked.url), "shards": asked.shards, "replicas": 0, "name": asked.name}


def _make_archive(root: Path, asked: argparse.Namespace) -> None:
    root.mkdir(parents=True, exist_ok=True)
    records = root / "passages.jsonl"
    opened = gzip.open if asked.passages.suffix == ".gz" else open
    with opened(asked.passages, "rt", encoding="utf-8") as lines, records.open("w") as out:
        texts: list[str] = []
        for number, line in enumerate(lines):
            if number >= asked.take:
                break
            texts.append(json.loads(line)["text"])
            if len(texts) == asked.together:
                out.write(json.dumps({"id": str(number), "text": "\n\n".join(texts)}) + "\n")
                texts = []
    with Archive.create(root) as archive:
        shutil.copytree(SAMPLES, root / "samples")
        report = archive.index([records, root / "samples"])
        _tell(f"made an archive of {report.passages} passages")


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--url", action="append", required=True)
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--take", type=int, default=50_000)
    parser.add_argument("--together", type=int, default=1)
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--few", type=int, default=100)
    parser.add_argument("--shards", type=int, default=3)
    parser.add_argument("--name", default="differential")
    parser.add_argument("--archive", type=Path, help="kept, and used again the next time")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
