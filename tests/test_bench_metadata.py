"""`python -m bench.metadata` counts what is right, by page and by field."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(
    not (CHECKOUT / "bench").is_dir(), reason="bench/ is in a checkout only"
)

PAGES = {
    "a": (
        "<title>Bridge closed at Kessel | Courier</title><h1>Bridge closed at Kessel</h1>"
        "<p>By Nora Feldt<p>4 March 2014<p>The bridge is closed."
    ),
    "b": "<title>Ferry sinks</title><p>The ferry sank.",
}
TRUTH = [
    {
        "id": "a",
        "title": "Bridge closed at Kessel",
        "author": "By Nora Feldt",
        "date": "2014-03-04",
    },
    {"id": "b", "title": "Another ferry", "author": None, "date": "2014-03"},
]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    folder = tmp_path / "sets" / "two"
    (folder / "pages").mkdir(parents=True)
    lines = "\n".join(json.dumps(row) for row in TRUTH)
    (folder / "truth.jsonl").write_text(lines, encoding="utf-8")
    for name, page in PAGES.items():
        (folder / "pages" / f"{name}.html").write_text(page, encoding="utf-8")
    return folder


def measure(*arguments: str | Path) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-m", "bench.metadata", *map(str, arguments)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout + run.stderr


def test_a_folder_and_an_archive_are_measured_alike_and_wrong_ones_listed(labelled: Path) -> None:
    code, told = measure(labelled.parent, "--wrong", "title", "--wrong", "published")
    assert code == 0
    assert "title, wrong: b\n    true   Another ferry\n    found  Ferry sinks\n" in told
    assert "published, missing: b\n    true   2014-03\n" in told
    rows = {line[:24].strip(): line[24:].split() for line in told.splitlines()}
    assert rows["title"][:4] == ["50", "1", "1", "0"]
    assert rows["author"][:4] == ["100", "1", "0", "0"]
    with tarfile.open(labelled.parent / "two.tar.gz", "w:gz") as archive:
        archive.add(labelled, "two")
    again = [line for line in measure(labelled.parent / "two.tar.gz")[1].splitlines() if line]
    assert again[1:] == told.splitlines()[-len(again) + 1 :]


def test_a_folder_without_a_set_is_told_in_one_line(tmp_path: Path) -> None:
    code, told = measure(tmp_path)
    assert code == 1
    assert told == f"Error: {tmp_path}: no set; give a folder with truth.jsonl, or a tar.gz\n"


@pytest.mark.parametrize(
    ("measure_name", "found", "truth", "outcome"),
    [
        ("title", {"title": "bridge  CLOSED"}, {"title": "Bridge closed"}, "right"),
        ("title", {"title": "Bridge"}, {"title": "Bridge | Courier"}, "wrong"),
        ("title, loosely", {"title": "Bridge"}, {"title": "Bridge | Courier"}, "right"),
        ("title, loosely", {"title": "Bridge | Courier"}, {"title": "Bridge"}, "wrong"),
        ("title", {}, {"title": "Bridge"}, "missing"),
        ("author", {"authors": ("Ann Roe",)}, {"author": "Ann Roe, Ed Poe"}, "right"),
        ("author, exactly", {"authors": ("Ann Roe",)}, {"author": "Ann Roe, Ed Poe"}, "wrong"),
        ("author, exactly", {"authors": ("A B", "C D")}, {"author": "By A B and C D"}, "right"),
        ("author", {"authors": ("Ann Roe", "Ed")}, {"author": "Ann Roe"}, "right"),
        ("author", {"authors": ("Ed Poe",)}, {"author": "Ann Roe"}, "wrong"),
        ("author", {"authors": ("Ed Poe",)}, {}, "invented"),
        ("author", {}, {"author": "Last updated: March 4"}, "absent"),
        ("published", {"published": "2014-03-04T10:00"}, {"date": "2014-03-04"}, "right"),
        ("published", {"published": "2014"}, {"date": "2014-03-04"}, "wrong"),
        ("published or modified", {"modified": "2014-03-04"}, {"date": "2014-03-04"}, "right"),
        ("url", {"url": "https://www.a.example/b/?c"}, {"url": "http://a.example/b"}, "right"),
    ],
)
def test_scores(
    monkeypatch: pytest.MonkeyPatch,
    measure_name: str,
    found: dict[str, Any],
    truth: dict[str, str],
    outcome: str,
) -> None:
    monkeypatch.syspath_prepend(CHECKOUT)
    scoring = importlib.import_module("bench.metadata.scoring")
    whole = dict.fromkeys(("title", "author", "date", "url", "lang")) | truth
    assert scoring.score(scoring.Found(**found), whole)[measure_name] == outcome
