"""Nodes that die, and a cluster that is away: nothing is lost, nothing doubled, all is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner

from pinakes.indexer.opensearch.connection import PATIENCE
from pinakes.search import Archive
from pinakes.search.cli.app import pinakes as command_line
from tests.cluster.nodes import Cluster, ask

ARTICLES = 1000
WORDS = ("harbour", "quarry", "tunnel", "bridge", "council", "ferry", "mine")


@pytest.fixture
def root(cluster: Cluster, tmp_path: Path) -> Iterator[Path]:
    """Make an archive on the cluster, with files that hold articles, and none taken in."""
    cluster.wait("green")
    folder = tmp_path / "archive"
    (folder / "articles").mkdir(parents=True)
    for part in range(5):
        lines = [
            json.dumps({
                "title": f"Report {number}",
                "text": f"On day {number} the {WORDS[number % 7]} was closed by the council. "
                f"A {WORDS[number * 3 % 7]} nearby stays open, says report number r{number}.",
            })
            for number in range(part, ARTICLES, 5)
        ]  # fmt: skip
        path = folder / "articles" / f"reports{part}.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
    Archive.create(folder).close()
    urls = [part for url in cluster.urls for part in ("--url", url)]
    name = f"failures-{uuid4().hex[:8]}"
    run_here(folder, "engine", "opensearch", *urls, "--name", name)
    yield folder
    run_here(folder, "engine", "local", "--drop")


def start(root: Path, *arguments: str, patience_s: float = 60) -> subprocess.Popen[str]:
    environment = {**os.environ, PATIENCE: str(patience_s)}
    return subprocess.Popen(
        [sys.executable, "-m", "pinakes.search.cli", *arguments],
        cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def pinakes(
    root: Path, *arguments: str, patience_s: float = 60
) -> subprocess.CompletedProcess[str]:
    process = start(root, *arguments, patience_s=patience_s)
    out, told = process.communicate(timeout=300)
    return subprocess.CompletedProcess(arguments, process.returncode, out, told)


def run_here(root: Path, *arguments: str, statuses: tuple[int, ...] = (0,)) -> str:
    """Run the command line in this process, which has all loaded; return what it printed."""
    with chdir(root):
        run = CliRunner().invoke(command_line, arguments, env={PATIENCE: "60"})
    assert run.exit_code in statuses, run.output
    return run.stdout


def wait_for_documents(cluster: Cluster, least: int) -> None:
    """Wait until the cluster was sent so many documents, published or not."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        answer = ask(cluster.urls[0], "/failures-*/_stats/indexing?ignore_unavailable=true")
        if answer["_all"]["primaries"].get("indexing", {}).get("index_total", 0) >= least:
            return
        time.sleep(0.02)
    raise TimeoutError(f"fewer than {least} documents were sent")


def numbers_found(root: Path) -> Counter[str]:
    """Return the titles that are found, with how often each is."""
    asked = ("search", "*", "--no-collapse", "-n", "5000", "--format", "jsonl")
    told = run_here(root, *asked, statuses=(0, 1))
    return Counter(json.loads(line)["article"]["title"] for line in told.splitlines())


def everything() -> Counter[str]:
    return Counter(f"Report {number}" for number in range(ARTICLES))


def copies_agree(cluster: Cluster) -> bool:
    """Return whether all copies of each shard hold as many documents as one another."""
    ask(cluster.urls[0], "/failures-*/_refresh", method="POST")
    shards = ask(cluster.urls[0], "/_cat/shards/failures-*articles*?format=json&h=index,shard,docs")
    held: dict[tuple[str, str], set[str]] = {}
    for each in shards:
        held.setdefault((each["index"], each["shard"]), set()).add(each["docs"])
    return bool(held) and all(len(docs) == 1 for docs in held.values())


def test_an_ingest_during_which_a_node_is_killed_loses_and_doubles_nothing(
    cluster: Cluster, root: Path
) -> None:
    process = start(root, "index", "articles")
    wait_for_documents(cluster, 200)
    cluster.stop_node(0)
    _, told = process.communicate(timeout=300)
    try:
        assert process.returncode == 0, told
        assert "tried again" in told
        assert numbers_found(root) == everything()
    finally:
        cluster.start_node(0)
    cluster.wait("green")
    assert numbers_found(root) == everything()
    assert copies_agree(cluster)


def test_queries_answer_while_a_node_dies_and_comes_back(
    cluster: Cluster, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert pinakes(root, "index", "articles").returncode == 0
    cluster.wait("green")
    queries = ("harbour council", "tunnel OR bridge", '"closed by the council"', "mine -ferry")
    wrong: list[object] = []
    asked: Counter[str] = Counter()
    is_over = threading.Event()
    with Archive.open(root) as archive:
        expected = {query: _ids(archive, query) for query in queries}

        def ask_again_and_again(first: int) -> None:
            place = first
            while not is_over.is_set():
                query = queries[place % len(queries)]
                place += 1
                try:
                    found = _ids(archive, query)
                except Exception as error:  # noqa: BLE001 -- each is a failure of the test
                    wrong.append(error)
                    continue
                asked[query] += 1
                if found != expected[query]:
                    wrong.append((query, found))

        threads = [threading.Thread(target=ask_again_and_again, args=(n,)) for n in range(4)]
        for each in threads:
            each.start()
        try:
            time.sleep(1)
            cluster.stop_node(2)
            time.sleep(3)
            cluster.start_node(2)
            time.sleep(1)
        finally:
            is_over.set()
            for each in threads:
                each.join()
    assert Counter(map(str, wrong)) == Counter()
    assert min(asked[query] for query in queries) > 3
    assert "trying again" in caplog.text


def _ids(archive: Archive, query: str) -> tuple[int, list[str]]:
    results = archive.search(query, limit=20)
    return results.articles, [hit.article.id for hit in results.hits]


def test_a_cluster_that_is_away_is_told_and_the_next_run_goes_on(
    cluster: Cluster, root: Path
) -> None:
    process = start(root, "index", "articles", patience_s=2)
    wait_for_documents(cluster, 200)
    for number in range(3):
        cluster.stop_node(number)
    _, told = process.communicate(timeout=300)
    try:
        assert process.returncode == 3, told
        assert "no answer from the cluster" in told
        for arguments in (("search", "harbour"), ("index", "articles"), ("count", "harbour")):
            answer = pinakes(root, *arguments, patience_s=1)
            assert answer.returncode == 3, answer.stderr
            assert "no answer from the cluster" in answer.stderr
            assert "Traceback" not in answer.stderr
            assert cluster.urls[0] in answer.stderr
    finally:
        cluster.start_node(0, 1, 2)
    cluster.wait("green")
    again = pinakes(root, "index", "articles")
    assert again.returncode == 0, again.stderr
    assert numbers_found(root) == everything()


def test_an_ingest_that_is_killed_is_gone_on_with(cluster: Cluster, root: Path) -> None:
    process = start(root, "index", "articles")
    wait_for_documents(cluster, 200)
    process.kill()
    process.communicate()
    # Nothing of what was sent is seen before all of it is.
    assert sum(numbers_found(root).values()) == 0
    assert pinakes(root, "index", "articles").returncode == 0
    assert numbers_found(root) == everything()
    assert copies_agree(cluster)


@pytest.mark.skipif(
    not os.environ.get("PINAKES_LONG"), reason="takes minutes; PINAKES_LONG=1 runs it too"
)
def test_a_node_that_keeps_silent_is_passed_by(cluster: Cluster, root: Path) -> None:
    assert pinakes(root, "index", "articles").returncode == 0
    cluster.wait("green")
    cluster.freeze_node(0)
    try:
        answer = pinakes(root, "count", "harbour")
    finally:
        cluster.thaw_node(0)
    cluster.wait("green")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == pinakes(root, "count", "harbour").stdout
