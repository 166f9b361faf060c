"""An archive on a cluster is the same archive: every command, every citation, there and back."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner

from pinakes.corpus import ArchiveFolder, EngineSettings
from pinakes.indexer.opensearch import connect
from pinakes.search import Archive
from pinakes.search.cli.app import pinakes

SAMPLES = Path(__file__).parents[1] / "articles"
COMMANDS = (
    ("search", "mine collapse", "--json", "--facet", "source", "--facet", "kind"),
    ("search", "min* OR quak~", "--explain", "--json", "--facet", "tag:place"),
    ("search", "(mine collapse) OR water -kind:quote", "--json", "-n", "3", "--offset", "2"),
    ("search", "the NEAR/3 mine", "--json"),
    ("search", "mine SENT collapse", "--json"),
    ("search", "place:* NEAR/9 mine", "--json"),
    ("search", '="Mine"', "--json"),
    ("search", "title:mine^2 /col+apse.*/", "--json"),
    ("search", "has:author date:2014.. words:>100 number:>3", "--json"),
    ("search", "author:ann* OR section:back* OR law:*", "--json"),
    ("search", "is:duplicate OR is:superseded", "--json"),
    ("search", "mine is:current", "--no-collapse", "--json"),
    ("search", "mine", "--by", "passage", "--scope", "passage", "--json"),
    ("search", "mine", "-s", "date", "--half-life", "400", "--json"),
    ("search", "who measures the mine", "--any-word", "--json"),
    ("search", "minne colapse", "--json"),
    ("search", "person:nobody", "--json"),
    ("count", "mine"),
    ("facets", "mine"),
    ("concord", "mine", "--sort", "date"),
    ("concord", "min*", "-f", "jsonl", "-n", "50"),
    ("similar", "{id}", "--json"),
    ("show", "{id}"),
    ("show", "{id}", "--versions"),
    ("cite", "{id}"),
    ("why-not", "mine -collapse", "{id}"),
    ("complete", "min"),
    ("complete", "tag:place:"),
    ("complete", "source:"),
    ("tags",),
    ("verify", "--all"),
    ("doctor",),
)


ASKED = ("search", "the OR mine", "--json")


def run(root: Path, *arguments: str, status: int | None = 0) -> str:
    done = CliRunner().invoke(pinakes, ["--archive", str(root), *arguments])
    if status is not None:
        assert done.exit_code == status, done.output
    return done.output


@pytest.fixture(scope="module")
def twins(cluster: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """An archive that answers from its own folder, and the same one on the cluster."""
    here = tmp_path_factory.mktemp("twins") / "here"
    shutil.copytree(SAMPLES, here / "articles")
    with Archive.create(here) as archive:
        archive.index([here / "articles"])
    there = here.with_name("there")
    shutil.copytree(here, there)
    name = f"twins-{uuid4().hex[:8]}"
    run(there, "engine", "opensearch", "--url", cluster.urls[0], "--name", name)
    yield here, there
    run(there, "engine", "local", "--drop")


def told(root: Path, *arguments: str) -> str:
    """Return what a command prints, without how long it took."""
    output = run(root, *arguments, status=None)
    output = re.sub(r'"took_ms": [0-9.]+', '"took_ms": 0', output)
    output = re.sub(r", [0-9.,]+ ms", "", output)
    return output.replace(str(root), "ROOT")


@pytest.fixture(scope="module")
def mine(twins: tuple[Path, Path]) -> str:
    """The id of the article that is found first."""
    answer = json.loads(run(twins[0], "search", "mine", "--json"))
    return str(answer["hits"][0]["article"]["id"])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_prints_the_same(
    twins: tuple[Path, Path], mine: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = twins
    asked = [part.replace("{id}", mine) for part in command]
    expected = told(here, *asked)
    for few in (0, 100):
        monkeypatch.setattr("pinakes.search.cluster.narrowing.FEW", few)
        assert told(there, *asked) == expected, few


def test_pages_follow_each_other_without_a_gap(twins: tuple[Path, Path]) -> None:
    here, there = twins
    paged: list[str] = []
    for offset in range(0, 35, 7):
        page = run(there, *ASKED, "-n", "7", "--offset", str(offset))
        paged += [hit["article"]["id"] for hit in json.loads(page)["hits"]]
    whole = json.loads(run(here, *ASKED, "-n", "35"))["hits"]
    assert paged == [hit["article"]["id"] for hit in whole]


def test_nothing_is_kept_open_on_the_cluster_when_a_command_has_ended(
    cluster: Any, twins: tuple[Path, Path]
) -> None:
    run(twins[1], "search", "mine")
    name = ArchiveFolder.open(twins[1]).read_engine().name
    settings = EngineSettings(kind="opensearch", urls=tuple(cluster.urls), name=name)
    with closing(connect(settings, Path("config.toml"))) as connection:
        stats = connection.request("GET", f"/{name}-articles/_stats/search")
    assert stats["_all"]["total"]["search"]["point_in_time_current"] == 0


def test_switching_there_and_back_is_one_command_each_and_citations_stay_valid(
    cluster: Any, tmp_path: Path
) -> None:
    shutil.copytree(SAMPLES, tmp_path / "articles")
    with Archive.create(tmp_path) as archive:
        archive.index([tmp_path / "articles"])
    before = told(tmp_path, "search", "mine", "--json")
    hit = json.loads(before)["hits"][0]["passages"][0]["id"]
    citation = tmp_path / "citation.json"
    citation.write_text(run(tmp_path, "cite", hit, "--format", "json"))
    name = f"switch-{uuid4().hex[:8]}"
    run(tmp_path, "engine", "opensearch", "--url", cluster.urls[0], "--name", name)
    assert name in run(tmp_path, "engine")
    assert not (tmp_path / ".pinakes" / "index").exists()
    assert told(tmp_path, "search", "mine", "--json") == before
    assert run(tmp_path, "verify", str(citation))
    there = tmp_path / "there.json"
    there.write_text(run(tmp_path, "cite", hit, "--format", "json"))
    assert json.loads(there.read_text()) == json.loads(citation.read_text())
    run(tmp_path, "engine", "local", "--drop")
    assert run(tmp_path, "engine") == "local\n"
    assert told(tmp_path, "search", "mine", "--json") == before
    assert run(tmp_path, "verify", str(there))


def test_what_is_added_changed_and_taken_out_is_seen_there_as_here(
    cluster: Any, tmp_path: Path
) -> None:
    shutil.copytree(SAMPLES, tmp_path / "articles")
    name = f"follow-{uuid4().hex[:8]}"
    run(
        tmp_path, "index", str(tmp_path / "articles"), "--engine", "opensearch",
        "--url", cluster.urls[0], status=None,
    )  # fmt: skip
    run(tmp_path, "engine", "opensearch", "--url", cluster.urls[0], "--name", name)
    (tmp_path / "articles" / "new.txt").write_text("Quillback\n\nThe quillback was seen once.")
    assert run(tmp_path, "index", str(tmp_path / "articles"))
    assert "[quillback]" in run(tmp_path, "search", "quillback").lower()
    (tmp_path / "articles" / "new.txt").write_text("Skerrick\n\nThe skerrick was seen twice.")
    run(tmp_path, "index", str(tmp_path / "articles"))
    assert "skerrick" in run(tmp_path, "search", "skerrick").lower()
    run(tmp_path, "search", "quillback", status=1)
    run(tmp_path, "save", "all", "seen")
    run(tmp_path, "remove", str(tmp_path / "articles" / "new.txt"))
    run(tmp_path, "search", "skerrick", status=1)
    run(tmp_path, "engine", "local", "--drop")
    run(tmp_path, "search", "skerrick", status=1)


def test_words_that_were_purged_are_on_the_cluster_no_more(cluster: Any, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("Kept\n\nThe mine was kept.")
    (tmp_path / "gone.txt").write_text("Gone\n\nThe zymurgist was here.")
    name = f"purge-{uuid4().hex[:8]}"
    with Archive.create(tmp_path) as archive:
        archive.index([tmp_path / "kept.txt", tmp_path / "gone.txt"])
    run(tmp_path, "engine", "opensearch", "--url", cluster.urls[0], "--name", name)
    settings = EngineSettings(kind="opensearch", urls=tuple(cluster.urls), name=name)
    connection = connect(settings, Path("config.toml"))
    term = {"query": {"term": {"term": "zymurgist"}}}
    try:
        assert connection.request("POST", f"/{name}-terms/_count", term)["count"] == 1
        run(tmp_path, "purge", "zymurgist", "--yes")
        assert connection.request("POST", f"/{name}-terms/_count", term)["count"] == 0
        run(tmp_path, "search", "zymurgist", status=1)
        assert "kept" in run(tmp_path, "search", "mine")
    finally:
        connection.close()
        run(tmp_path, "engine", "local", "--drop", status=None)
