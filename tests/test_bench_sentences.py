"""Sentences are told apart as well as they were, and better than others tell them."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
TEXTS = CHECKOUT / "bench" / "sentences" / "texts"

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="bench/ is in a checkout only")


def scores_of(*names: str, folder: Path) -> dict[str, dict[str, float]]:
    report = folder / "report.json"
    chosen = [argument for name in names for argument in ("--splitter", name)]
    subprocess.run(
        [
            *(sys.executable, "-W", "ignore", "-m", "bench.sentences", *chosen),
            *("--seconds", "0", "--json", str(report)),
        ],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    return {each["name"]: each for each in json.loads(report.read_text())["scores"]}


def test_sentences_end_where_a_reader_ends_them_in_many_languages(tmp_path):
    score = scores_of("pinakes", folder=tmp_path)["pinakes"]
    assert score["f1"] >= 0.99
    assert score["precision"] >= 0.99
    assert min(score["f1_by_language"].values()) >= 0.9


def test_the_texts_have_sentences_enough_of_languages_enough():
    counts = [len(path.read_text(encoding="utf-8").split("\n")) for path in TEXTS.glob("*.txt")]
    assert len(counts) >= 20
    assert sum(counts) >= 250


@pytest.mark.parametrize("name", ["pysbd", "sentencex", "blingfire"])
def test_no_other_splitter_that_is_installed_is_as_good(name, tmp_path):
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed")
    scores = scores_of("pinakes", name, folder=tmp_path)
    assert scores["pinakes"]["f1"] > scores[name]["f1"]
