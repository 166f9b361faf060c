"""The measurements run, on a few passages; engines that are not installed are left out."""

from __future__ import annotations

import importlib
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
WORDS = (
    "mine",
    "shaft",
    "aid",
    "family",
    "rescue",
    "school",
    "talks",
    "plan",
    "river",
    "noon",
    "report",
)

pytestmark = pytest.mark.skipif(
    not (CHECKOUT / "bench").is_dir() or not hasattr(os, "fork"),
    reason="bench/ is in a checkout only, and runs on POSIX systems only",
)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    chance = random.Random(7)  # noqa: S311
    with (folder / "passages.jsonl").open("w", encoding="utf-8") as lines:
        for number in range(200):
            text = " ".join(chance.choices(WORDS, k=chance.randint(5, 40))) + "."
            lines.write(json.dumps({"id": number, "text": text.capitalize()}) + "\n")
    queries = {
        "t1": [[word] for word in WORDS],
        "t3": [chance.choices(WORDS, k=3) for _ in range(12)],
        "ph2": [chance.choices(WORDS, k=2) for _ in range(12)],
    }
    (folder / "queries.json").write_text(json.dumps(queries), encoding="utf-8")
    return folder


def bench(*arguments: str) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-m", "bench", *arguments],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return run.returncode, run.stdout + run.stderr


def test_operators_and_facets_are_measured_on_an_archive_that_is_made_for_it(inputs, tmp_path):
    report = tmp_path / "report.json"
    status, told = bench(
        *("operators", "--passages", str(inputs / "passages.jsonl")),
        *("--queries", str(inputs / "queries.json"), "--query-limit", "4", "--json", str(report)),
    )
    assert status == 0, told
    figures = json.loads(report.read_text())
    assert {row["queries"] for row in figures["operators"]} == {4}
    assert all(row["ms"] > 0 for row in figures["operators"])
    assert figures["facets"]["all of these"] > 0
    assert "NEAR/5" in told


def files(inputs: Path) -> list[str]:
    return [f"--{name}={next(inputs.glob(f'{name}.*'))}" for name in ("passages", "queries")]


def test_answers_are_compared_with_brute_force_and_peers_with_pinakes(inputs):
    quick = [
        "--rounds=1",
        "--passes=1",
        "--seconds=0.1",
        "--cores=1",
        "--peer=fts5",
        "--table=passages",
        "--table=articles",
    ]
    status, output = bench(
        *["compare", *files(inputs), *quick, f"--json={inputs / 'compare.json'}"]
    )

    assert status == 0, output
    report = json.loads((inputs / "compare.json").read_text(encoding="utf-8"))
    assert report["check"] == {"compared": 80, "wrong": []}
    measured = {(row["name"], row["kind"], row["join"]) for row in report["passages"]["queries"]}
    assert {name for name, _kind, _join in measured} >= {"pinakes"}
    assert {key[1:] for key in measured if key[0] == "pinakes"} == {
        ("t1", "or"),
        ("t3", "or"),
        ("t3", "and"),
        ("ph2", "phrase"),
    }


def test_an_archive_is_built_weighed_and_opened(inputs):
    kept = inputs / "kept"
    passages, queries = files(inputs)
    status, output = bench("ingest", passages, "--cores=1", f"--keep={kept}")
    assert status == 0, output
    assert "200 passages" in output

    status, output = bench("opening", f"--archive={kept}", queries, "--runs=1")
    assert status == 0, output
    assert "200 passages" in output


def test_what_all_processes_of_an_ingest_hold_is_measured(inputs):
    report = inputs / "memory.json"
    passages, _ = files(inputs)
    status, output = bench("ingest-memory", passages, "--files=7", f"--json={report}")
    assert status == 0, output
    runs = json.loads(report.read_text("utf-8"))["runs"]
    assert [each["shape"] for each in runs] == ["jsonl", "files"]
    assert all(0 < each["pss_mb"] <= each["rss_mb"] < 600 for each in runs)


def test_commands_are_measured_in_new_processes(tmp_path):
    report = tmp_path / "report.json"
    status, output = bench("cold", "--runs=1", f"--json={report}")
    assert status == 0, output
    commands = json.loads(report.read_text("utf-8"))["commands"]
    assert "pinakes search, of the samples" in commands
    assert all(each["cpu_ms"] > 0 for each in commands.values())


def test_commits_end_in_an_archive_that_answers(inputs):
    few = ["--commits=12", "--report-every=6", "--processes=1", "--threads=1"]
    status, output = bench("commits", *files(inputs), *few, f"--json={inputs / 'commits.json'}")

    assert status == 0, output
    rows = json.loads((inputs / "commits.json").read_text(encoding="utf-8"))["commits"]
    # An article of 10 passages a commit, one article removed with every third.
    assert [row["passages"] for row in rows] == [40, 80]
    assert [error for row in rows for error in row["errors"]] == []


def test_each_tagger_and_a_rule_are_measured(inputs):
    rule = inputs / "mine.toml"
    rule.write_text('value = "the mine"\nwords = ["mine"]\n', encoding="utf-8")
    told = inputs / "tags.json"
    status, output = bench("tags", files(inputs)[0], f"--rule={rule}", f"--json={told}")

    assert status == 0, output
    rows = {row["tagger"]: row for row in json.loads(told.read_text(encoding="utf-8"))["passages"]}
    assert rows["mine/1"]["tags"] > 0
    assert rows["mine/1"]["mean_us"] > 0
    assert len(rows) > 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": 1}', "line 2: its text is missing"),
        ('{"id": 0, "text": "again"}', "id '0' stands twice"),
        ("[]", "line 2: expected an object"),
        ("{", "line 2: not JSON"),
        ('{"id": 1, "text": " "}', "line 2: its text is empty"),
    ],
)
def test_a_line_that_is_no_passage_stops_the_run_with_its_number(
    tmp_path, monkeypatch, line, reason
):
    monkeypatch.syspath_prepend(CHECKOUT)
    inputs = importlib.import_module("bench.inputs")
    path = tmp_path / "passages.jsonl"
    path.write_text('{"id": 0, "text": "first"}\n' + line + "\n", encoding="utf-8")

    with pytest.raises(inputs.InputError, match=re.escape(reason)):
        inputs.check_passages(inputs.Selection(str(path)))


def test_a_wrong_file_is_told_in_one_line(inputs, tmp_path):
    path = tmp_path / "passages.jsonl"
    path.write_text("{", encoding="utf-8")

    status, output = bench("ingest", f"--passages={path}", "--cores=1")

    assert (status, output.count("\n")) == (1, 1), output
    assert output.startswith("bench: passages.jsonl, line 1: not JSON")
