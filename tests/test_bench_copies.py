"""How well copies are found, on invented texts: what is measured on real ones is held here."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from tests.copied_texts import make_words

CHECKOUT = Path(__file__).parent.parent

if not (CHECKOUT / "bench").is_dir():
    pytest.skip("bench/ is in a checkout only", allow_module_level=True)

sys.path.insert(0, str(CHECKOUT))
try:
    _measuring = importlib.import_module("bench.copies.__main__")
    _clustering = importlib.import_module("bench.copies.clustering")
    _variations = importlib.import_module("bench.copies.variations")
    _inputs = importlib.import_module("bench.inputs")
finally:
    sys.path.remove(str(CHECKOUT))
measure_quality, nearest_pairs = _measuring.measure_quality, _measuring.nearest_pairs
synthetic_texts = _measuring.synthetic_texts
empty_store, take_in = _clustering.empty_store, _clustering.take_in
ALL, with_headline = _variations.ALL, _variations.with_headline
BenchPassage = _inputs.BenchPassage

LEAST_PRECISION = 0.99
LEAST_RECALL = 0.97


def make_story(seed: int) -> str:
    """Return a text of several paragraphs; those of one event share a third of their words."""
    shared = make_words(60, seed=1000 + seed // 2)
    own = make_words(180, seed=seed)
    words = [*own[:80], *shared[::2], *own[80:], *shared[1::2]]
    return with_headline("\n".join(" ".join(words[at : at + 30]) for at in range(0, 240, 30)))


@pytest.fixture(scope="module")
def quality() -> dict[str, dict[str, float]]:
    return measure_quality([make_story(seed) for seed in range(24)])


def test_copies_cluster_and_what_is_written_apart_does_not(
    quality: dict[str, dict[str, float]],
) -> None:
    for name, figures in quality.items():
        assert figures["precision"] >= LEAST_PRECISION, name
        if name != ALL:
            assert figures["recall"] >= LEAST_RECALL, name


def test_what_is_most_alike_is_named() -> None:
    texts = [*map(make_story, range(3)), make_story(0)]
    (resemblance, containment, one, other), *_ = nearest_pairs(texts, 1)
    assert (resemblance, containment, one, other) == (1.0, 1.0, 0, 3)


def test_what_copies_cost_is_told_as_a_store_grows() -> None:
    passages = [BenchPassage(f"p{seed}", make_story(seed)) for seed in range(60)]
    with empty_store() as store:
        told = list(take_in(store, synthetic_texts(passages, 20), with_copies=True, tell_every=8))
        assert [progress.articles for progress in told] == [8, 8, 4]
        assert all(progress.store_ms > 0 for progress in told)
        assert store.counts(store.state().generation).articles == 20
