"""`concord` as people and machines see it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from pinakes.search import Archive
from pinakes.search.cli.layout import column_count
from tests.wide_articles import make_archive, run

DONE, NOTHING_FOUND, USAGE, ARCHIVE = range(4)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return make_archive(tmp_path_factory.mktemp("wide"))


@pytest.fixture(autouse=True)
def surroundings(root, monkeypatch):
    for name in ("PINAKES_ARCHIVE", "NO_COLOR", "FORCE_COLOR", "PAGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(root)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_matches_stand_in_one_column(width, golden, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    shown = run("concord", "mine OR minister OR 崩 OR المنجم")
    assert (shown.exit_code, shown.stderr) == (DONE, "")
    golden(f"formats/concord-{width}.txt", shown.stdout)
    *lines, summary = shown.stdout.splitlines()
    assert {column_count(line) for line in lines} == {width}
    assert len({column_count(line[: line.index("[")]) for line in lines}) == 1
    assert summary == f"{len(lines)} occurrences in 5 articles"


@pytest.mark.parametrize("output", ["csv", "tsv", "jsonl"])
def test_machines_get_exact_texts(output, golden):
    shown = run("concord", "-f", output, "-C", "12", "mine -published")
    assert (shown.exit_code, shown.stderr) == (DONE, "")
    golden(f"formats/concord.{output}", shown.stdout)


def test_all_formats_hold_the_same_occurrences(root):
    with Archive.open(root) as archive:
        expected = [(one.id, one.start, one.end) for one in archive.concord("mine")]
    lines = run("concord", "-f", "jsonl", "mine").stdout.splitlines()
    objects = map(json.loads, lines)
    assert [(one["id"], one["start"], one["end"]) for one in objects] == expected
    table = io.StringIO(run("concord", "-f", "csv", "mine").stdout, newline="")
    rows = csv.DictReader(table)
    assert [(row["id"], int(row["start"]), int(row["end"])) for row in rows] == expected
    text = run("concord", "mine").stdout.splitlines()[:-1]
    assert [line.split()[-2] for line in text] == [name for name, _, _ in expected]


def test_colour_takes_the_place_of_brackets():
    shown = run("concord", "--color", "always", "-n", "1", "minister").stdout
    assert "\x1b[1m\x1b[7mminister\x1b[0m" in shown
    assert "[minister]" not in shown


def test_limit_quiet_and_sort():
    assert len(run("concord", "-q", "-n", "3", "mine").stdout.splitlines()) == 3
    by_right = run("concord", "-q", "-s", "right", "minister").stdout.splitlines()
    assert [line.partition("[minister]")[2].split()[0] for line in by_right] == ["said", "who"] or (
        len(by_right) == 2
    )


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (["zebra"], NOTHING_FOUND),
        (["source:herald.example"], NOTHING_FOUND),
        (["date:nonsense"], USAGE),
        (["-C", "wide", "mine"], USAGE),
        (["--archive", "nowhere", "mine"], ARCHIVE),
    ],
)
def test_it_ends_as_every_command_does(args, status):
    ended = run("concord", *args)
    assert (ended.exit_code, ended.stdout) == (status, "")
    assert ended.stderr
