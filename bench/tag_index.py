"""What tags on parts of passages cost an index, and how fast it answers for them.

    python -m bench.tag_index PASSAGES.jsonl.gz QUERIES.json [--tags 8] [--rounds 3]

Passages get made-up tags at made-up places, the same every time: five types, of values some of
which are frequent and most rare. Segments with and without them are built from the same columns,
without a store. Times are those of the processor, in one thread.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path

from bench.inputs import BenchPassage, Selection, read_queries, select_passages
from pinakes.corpus import ArticleColumns, Kind, TagPattern
from pinakes.indexer import Segment, snapshot_of
from pinakes.indexer.segments.arrays import ArrayFile
from pinakes.indexer.segments.builder import SegmentBuilder
from pinakes.indexer.segments.workers import Workers
from pinakes.search.evaluation import evaluate
from pinakes.search.options import SearchOptions
from pinakes.search.query import parse

TYPES = ("place", "law", "person", "org", "mentions")
_VALUES = 5_000
_WEIGHTS = list(accumulate(1 / (1 + place) for place in range(_VALUES)))
_JOINT = "\n\n"
_PARAGRAPH = tuple(Kind).index(Kind.PARAGRAPH)
_WHOLE = (
    TagPattern(type="kind", value=Kind.PARAGRAPH.value, rule="structure/1"),
    TagPattern(type="lang", value="en", rule="structure/1"),
)
_QUERIES = 100
_NEAR = 8


def make_columns(passages: Iterable[BenchPassage], tags: int) -> Iterator[ArticleColumns]:
    """Yield articles of 20 passages with so many tags each, beside those on the whole."""
    rest = iter(passages)
    chance = random.Random(1)  # noqa: S311
    key = 0
    while group := tuple(islice(rest, 20)):
        key += 1
        texts = [passage.text for passage in group]
        ends = list(accumulate(len(text) + len(_JOINT) for text in texts))
        yield ArticleColumns(
            key=key, cluster=key, id=f"{key:08x}", paths=(f"{key}.txt",), authors=(), source="",
            url="", published="", saved="", language="en", text=_JOINT.join(texts).encode(),
            starts=[end - len(text) - 2 for end, text in zip(ends, texts, strict=True)],
            ends=[end - len(_JOINT) for end in ends],
            kinds=bytes([_PARAGRAPH]) * len(texts), sections=[()], section_of=[0] * len(texts),
            tag_lists=[(*_WHOLE, *_tag(text, tags, chance)) for text in texts],
            tag_list_of=list(range(len(texts))),
        )  # fmt: skip


def _tag(text: str, count: int, chance: random.Random) -> Iterator[TagPattern]:
    """Yield tags on one to three words."""
    values = chance.choices(range(_VALUES), cum_weights=_WEIGHTS, k=count)
    starts = [place + 1 for place, letter in enumerate(text) if letter == " "] or [0]
    for value in values:
        start = chance.choice(starts)
        end = start
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            end = text.find(" ", end + 1)
            if end < 0:
                end = len(text)
                break
        if start < end:
            type_ = chance.choice(TYPES)
            yield TagPattern(type=type_, value=f"{type_}-{value}", rule="b/1", span=(start, end))


def build(articles: Sequence[ArticleColumns], path: Path) -> float:
    """Build a segment; return the seconds of processor time it took."""
    began = time.process_time()
    with Workers(1) as workers:
        builder = SegmentBuilder(workers)
        for article in articles:
            builder.add(article)
        builder.write(path)
    return time.process_time() - began


def tag_bytes(path: Path) -> dict[str, int]:
    """Return the bytes of the sections of tags."""
    sections = ArrayFile(path)._sections
    return {name: each.length for name, each in sections.items() if name.startswith("tag.")}


def time_queries(path: Path, queries: Sequence[str]) -> tuple[float, float]:
    """Return the median and the 95th percentile, in milliseconds, of queries asked once before."""
    snapshot = snapshot_of(Segment(path))
    options = SearchOptions(limit=10)
    times: list[float] = []
    for query in queries:
        root = parse(query).root
        list(evaluate(root, snapshot, options).hits)
        began = time.process_time()
        list(evaluate(root, snapshot, options).hits)
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def make_queries(words: Sequence[str]) -> dict[str, list[str]]:
    """Return the queries by what they are examples of."""
    values = [f"place:place-{number}" for number in range(0, 10 * _QUERIES, 10)]
    asked = words[:_QUERIES]
    shapes: dict[str, Callable[[str, str], str]] = {
        "place:X": lambda _word, value: value,
        "word place:X": lambda word, value: f"{word} {value}",
        f"word NEAR/{_NEAR} place:*": lambda word, _value: f"{word} NEAR/{_NEAR} place:*",
        f"word NEAR/{_NEAR} place:X": lambda word, value: f"{word} NEAR/{_NEAR} {value}",
        "place:*": lambda _word, _value: "place:*",
        "place:X*": lambda _word, value: f"{value}*",
        f"word NEAR/{_NEAR} place:X*": lambda word, value: f"{word} NEAR/{_NEAR} {value}*",
        "word PARA place:*": lambda word, _value: f"{word} PARA place:*",
        "word": lambda word, _value: word,
    }
    return {
        name: [shape(word, value) for word, value in zip(asked, values, strict=True)]
        for name, shape in shapes.items()
    }


def main() -> int:
    """Measure, and print; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.tag_index", description=__doc__)
    parser.add_argument("passages", help="JSONL, as bench/README.md says")
    parser.add_argument("queries", help="JSON, as bench/README.md says")
    parser.add_argument("--tags", type=int, default=8, help="on parts of each passage")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=0, help="passages at the most; 0 for all")
    given = parser.parse_args()
    selection = Selection(given.passages, limit=given.limit)
    every = {n: list(make_columns(select_passages(selection), n)) for n in (0, given.tags)}
    words = [query[0] for query in read_queries(Path(given.queries))[0].queries]
    with tempfile.TemporaryDirectory() as folder:
        paths = {n: Path(folder) / f"MAIN_{n}.seg" for n in every}
        for n, articles in every.items():
            seconds = [build(articles, paths[n]) for _ in range(given.rounds)]
            size = paths[n].stat().st_size / 1e6
            parts = tag_bytes(paths[n])
            _print(f"{n} tags a passage: {statistics.median(seconds):.2f} s, {size:.1f} MB in all")
            _print(f"  of tags {sum(parts.values()) / 1e6:.2f} MB: {parts}")
        for name, queries in make_queries(words).items():
            median, most = time_queries(paths[given.tags], queries)
            _print(f"{name}: {median:.2f} ms, 95 % below {most:.2f} ms")
    return 0


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
