"""The measurements of archives of many machines run, on a few passages."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster.nodes import Cluster

CHECKOUT = Path(__file__).resolve().parents[2]
WORDS = ("mine", "shaft", "aid", "family", "rescue", "school", "talks", "plan", "river", "noon")

pytestmark = pytest.mark.skipif(
    not (CHECKOUT / "bench").is_dir(), reason="bench/ is in a checkout only"
)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    chance = random.Random(7)  # noqa: S311
    with (tmp_path / "passages.jsonl").open("w", encoding="utf-8") as lines:
        for number in range(100):
            text = " ".join(chance.choices(WORDS, k=chance.randint(5, 40)))
            lines.write(json.dumps({"id": number, "text": text.capitalize() + "."}) + "\n")
    queries = {"t2": [chance.choices(WORDS, k=2) for _ in range(3)], "ph2": [["mine", "aid"]]}
    (tmp_path / "queries.json").write_text(json.dumps(queries), encoding="utf-8")
    return tmp_path


def bench(*arguments: str) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "bench", *arguments],
        cwd=CHECKOUT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_both_engines_are_measured_and_shards_simulated(cluster: Cluster, inputs: Path) -> None:
    report = inputs / "report.json"
    files = (
        "--passages",
        str(inputs / "passages.jsonl"),
        "--queries",
        str(inputs / "queries.json"),
    )
    bench("cluster", *files, "--url", cluster.urls[0], "--warm", "1", "--json", str(report))
    told = json.loads(report.read_text(encoding="utf-8"))
    assert [row["passages"] for row in told["builds"]] == [100, 100]
    assert {row["name"] for row in told["answers"]} == {"local", "cluster"}
    assert all(ms > 0 for times in told["shard_ms"] for ms in times)
    assert "hedged" in bench("fan-out", str(report), "--trials", "200")


def test_places_for_texts_are_measured(cluster: Cluster, inputs: Path) -> None:
    archive = inputs / "archive"
    bench("ingest", "--passages", str(inputs / "passages.jsonl"), "--cores", "1",
          "--keep", str(archive))  # fmt: skip
    told = bench("stores", "--archive", str(archive), "--url", cluster.urls[0])
    assert told.count("opensearch") == 2
    assert told.count("sqlite-each") == 2
