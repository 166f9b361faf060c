"""How well copies of texts are found, and what that costs: `python -m bench.copies --help`."""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from bench.archives import articles_of
from bench.copies.clustering import Progress, cluster_texts, empty_store, take_in
from bench.copies.variations import ALL, VARIATIONS, Variation, vary, with_headline
from bench.extraction.page_sets import PageSetError, read_set
from bench.inputs import BenchPassage, Selection, select_passages
from bench.tables import print_table
from pinakes.corpus.shingles import MIN_SHINGLES, shingle

_PLAIN = 10_000
_ARTICLES = 100_000
_COPIED = 10


def measure_quality(texts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return precision and recall of pairs, by kind of copy and over all kinds in one archive.

    Pairs of originals count as wrong wherever they meet in a cluster.
    """
    originals = list(texts)
    found: dict[str, dict[str, float]] = {}
    everything = list(originals)
    for name, make in VARIATIONS.items():
        copies = vary(originals, make)
        everything += copies if name != ALL else []
        found[name] = _score(cluster_texts([*originals, *copies]), len(originals))
    found["in one archive, but the last"] = _score(cluster_texts(everything), len(originals))
    return found


def _score(clusters: Sequence[int], count: int) -> dict[str, float]:
    """Return precision and recall of pairs; every `count` texts are copies of the first ones."""
    members: dict[int, list[int]] = defaultdict(list)
    for place, cluster in enumerate(clusters):
        members[cluster].append(place % count)
    right = wrong = 0
    for each in members.values():
        for one, other in combinations(each, 2):
            right += one == other
            wrong += one != other
    rounds = len(clusters) // count
    wanted = count * rounds * (rounds - 1) // 2
    return {"precision": right / max(1, right + wrong), "recall": right / wanted, "wrong": wrong}


def nearest_pairs(texts: Sequence[str], most: int) -> list[tuple[float, float, int, int]]:
    """Return the originals that are most alike: resemblance, containment and both places."""
    import numpy as np

    shingles = [shingle(text) for text in texts]
    pairs: list[tuple[float, float, int, int]] = []
    for one, other in combinations(range(len(texts)), 2):
        first, second = shingles[one], shingles[other]
        if min(len(first), len(second)) < MIN_SHINGLES:
            continue
        shared = len(np.intersect1d(first, second, assume_unique=True))
        if shared > 1:
            union = len(first) + len(second) - shared
            pairs.append((shared / union, shared / min(len(first), len(second)), one, other))
    return sorted(pairs, reverse=True)[:most]


def synthetic_texts(passages: Iterable[BenchPassage], count: int) -> Iterator[str]:
    """Yield texts of three passages each; every tenth is a copy of one that came before."""
    chance = random.Random(1)  # noqa: S311
    ways = list(VARIATIONS.values())
    kept: list[str] = []
    groups = articles_of(passages, 3)
    for number in range(count):
        if number % _COPIED == _COPIED - 1:
            source, other = map(with_headline, (chance.choice(kept), chance.choice(kept)))
            yield chance.choice(ways)(Variation(source, other, chance))
            continue
        group = next(groups, None)
        if group is None:
            return
        text = "\n\n".join(passage.text for passage in group)
        # A sample of all, so that memory tells what finding copies takes.
        if len(kept) < 1000:
            kept.append(text)
        elif chance.random() < 0.1:
            kept[chance.randrange(len(kept))] = text
        yield text


def measure_cost(path: Path, count: int) -> list[dict[str, float]]:
    """Return what finding copies costs an article as a store grows, beside one that finds none."""
    passages = Selection(str(path))

    def run(most: int, *, with_copies: bool) -> Iterator[Progress]:
        with empty_store() as store:
            texts = synthetic_texts(select_passages(passages), most)
            yield from take_in(store, texts, with_copies=with_copies)

    # What a store without copies costs an article hardly grows with it.
    *_, plain = run(min(count, _PLAIN), with_copies=False)
    rows: list[dict[str, float]] = []
    articles = 0
    for found in run(count, with_copies=True):
        articles += found.articles
        rows.append(
            {
                "articles": articles,
                "sketch_ms": found.sketch_ms,
                "find_ms": found.store_ms - plain.store_ms,
                "both_ms": found.sketch_ms + found.store_ms - plain.store_ms,
                "memory_mb": found.memory_mb,
            }
        )
    return rows


def main() -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench.copies", description=__doc__)
    parser.add_argument("--pages", type=Path, help="folder of sets of pages (NAME.tar.gz)")
    parser.add_argument("--sets", default="aeb", help="names of sets, with commas")
    parser.add_argument("--limit", type=int, default=0, help="texts at the most; 0 is all")
    parser.add_argument("--nearest", type=int, default=0, metavar="N", help="print such pairs")
    parser.add_argument("--passages", type=Path, help="JSONL of passages, for the cost")
    parser.add_argument("--articles", type=int, default=_ARTICLES, help="for the cost")
    parser.add_argument("--json", type=Path, help="write the figures there")
    asked = parser.parse_args()
    report: dict[str, object] = {}
    if asked.pages:
        try:
            pages = [page for name in asked.sets.split(",") for page in read_set(asked.pages, name)]
        except PageSetError as error:
            parser.error(str(error))
        texts = [page.body for page in pages if len(shingle(page.body)) >= MIN_SHINGLES]
        texts = list(map(with_headline, dict.fromkeys(texts)))[: asked.limit or None]
        quality = report["quality"] = measure_quality(texts)
        rows = [
            (name, f"{each['precision']:.4f}", f"{each['recall']:.4f}", f"{each['wrong']:.0f}")
            for name, each in quality.items()
        ]
        heads = ("copies", "precision", "recall", "wrong pairs")
        print_table(f"{len(texts)} texts and copies of them", heads, rows)
        for resemblance, containment, one, other in nearest_pairs(texts, asked.nearest):
            print(f"{resemblance:.3f} {containment:.3f} {one} {other}")
    if asked.passages:
        cost = report["cost"] = measure_cost(asked.passages, asked.articles)
        cells = [tuple(f"{value:.2f}" for value in row.values()) for row in cost]
        print_table("What an article costs, in processor time", tuple(cost[0]), cells)
    if asked.json:
        asked.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
