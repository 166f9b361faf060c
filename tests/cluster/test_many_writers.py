"""Archives on several machines that feed one cluster: each article once, whoever has it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner

from pinakes.search import Archive
from pinakes.search.cli.app import pinakes as command_line
from tests.cluster.nodes import Cluster

SAMPLES = Path(__file__).parents[1] / "articles"


def pinakes(root: Path, *arguments: str, status: int | None = 0) -> str:
    """Run the command line in a folder, in this process; return what it printed."""
    with chdir(root):
        run = CliRunner().invoke(command_line, arguments)
    if status is not None:
        assert run.exit_code == status, run.output
    return run.stdout


Made = Callable[[str, list[str]], Path]


@pytest.fixture
def machine(cluster: Cluster, tmp_path: Path) -> Iterator[Made]:
    """Make archives that feed the same name on the cluster, each with some of the samples."""
    name = f"many-{uuid4().hex[:8]}"
    made: list[Path] = []

    def make(folder: str, files: list[str]) -> Path:
        root = tmp_path / folder
        (root / "articles").mkdir(parents=True)
        for file in files:
            shutil.copy(SAMPLES / file, root / "articles" / file)
        Archive.create(root).close()
        urls = [part for url in cluster.urls for part in ("--url", url)]
        pinakes(root, "engine", "opensearch", *urls, "--name", name)
        made.append(root)
        return root

    yield make
    for root in made:
        pinakes(root, "engine", "local", "--drop")


def sample_files() -> list[str]:
    return sorted(path.name for path in SAMPLES.iterdir() if path.suffix in {".html", ".txt"})


def article_ids(root: Path) -> list[str]:
    """Return the ids that all articles have, each as often as it is found."""
    return pinakes(root, "search", "*", "--no-collapse", "-n", "1000", "--format", "ids").split()


def expected_ids(tmp_path: Path, files: list[str]) -> list[str]:
    """Return the ids of these files in one archive of one machine."""
    root = tmp_path / uuid4().hex
    (root / "articles").mkdir(parents=True)
    for file in files:
        shutil.copy(SAMPLES / file, root / "articles" / file)
    pinakes(root, "index", "articles")
    return article_ids(root)


def test_two_ingests_at_once_with_overlapping_files_leave_each_article_once(
    machine: Made, tmp_path: Path
) -> None:
    files = sample_files()
    first, second = machine("first", files[:20]), machine("second", files[8:])
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "pinakes.search.cli", "index", "articles"], cwd=root
        )
        for root in (first, second)
    ]
    assert [process.wait(timeout=300) for process in running] == [0, 0]

    expected = sorted(expected_ids(tmp_path, files))
    assert sorted(article_ids(first)) == expected
    assert sorted(article_ids(second)) == expected
    # Both machines give the same answer, but for whose archive was asked.
    answers = [
        pinakes(root, "search", "mine collapse", "--format", "json") for root in (first, second)
    ]
    hits = [json.loads(answer)["hits"] for answer in answers]
    for hit in (*hits[0], *hits[1]):
        for passage in hit["passages"]:
            del passage["citation"]["archive"]
    assert hits[0]
    assert hits[0] == hits[1]


def test_what_one_machine_drops_stays_if_another_has_it(machine: Made, tmp_path: Path) -> None:
    files = sample_files()[:6]
    first, second = machine("first", files), machine("second", files[3:])
    for root in (first, second):
        pinakes(root, "index", "articles")
    shutil.rmtree(first / "articles")
    (first / "articles").mkdir()
    pinakes(first, "index", "articles", "--prune")
    expected = sorted(expected_ids(tmp_path, files[3:]))
    assert sorted(article_ids(second)) == expected

    pinakes(first, "engine", "local", "--drop")
    assert sorted(article_ids(second)) == expected
    pinakes(second, "index", "articles")
    assert sorted(article_ids(second)) == expected


def test_a_record_that_stays_as_it_is_in_a_changed_file_is_seen_once(
    machine: Made, tmp_path: Path
) -> None:
    records = [
        {"title": f"Report {number}", "text": f"The {word} was closed on Monday by the council."}
        for number, word in enumerate(("harbour", "quarry", "tunnel"))
    ]
    first, second = machine("first", []), machine("second", [])

    def write(root: Path, *, last: str) -> None:
        lines = [json.dumps(record) for record in (*records, {"title": "Last", "text": last})]
        (root / "articles" / "reports.jsonl").write_text("\n".join(lines), encoding="utf-8")
        pinakes(root, "index", "articles")

    write(first, last="A ferry sank in the strait before dawn.")
    write(first, last="The ferry was raised again in spring.")
    write(second, last="The ferry was raised again in spring.")
    assert len(article_ids(second)) == 4
    assert pinakes(first, "count", "ferry").startswith("1 article")


def test_articles_that_two_machines_call_the_same_are_both_told(machine: Made) -> None:
    first, second = machine("first", []), machine("second", [])
    for root in (first, second):
        (root / "articles" / "notice.txt").write_text("The quarry opens in May.", encoding="utf-8")
        pinakes(root, "index", "articles")
    (first / "articles" / "notice.txt").write_text("The quarry stays closed.", encoding="utf-8")
    pinakes(first, "index", "articles")

    # One has the file as it was; the other's is a later version of what was the same article.
    ids = article_ids(second)
    assert len(ids) == 2
    assert len(set(ids)) == 1
    pinakes(second, "show", ids[0], status=1)
    (second / "articles" / "notice.txt").write_text("The quarry stays closed.", encoding="utf-8")
    pinakes(second, "index", "articles")
    assert article_ids(first) == ids[:1]
    assert "stays closed" in pinakes(second, "show", ids[0])
