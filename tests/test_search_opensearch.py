"""What an archive on a cluster tells where there is no cluster."""

from __future__ import annotations

import shutil
import socket
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pinakes.corpus import ArchiveError, EngineSettings, write_engine
from pinakes.indexer.opensearch.connection import PASSWORD, PATIENCE, URLS, USER
from pinakes.search import Archive
from pinakes.search.cli.app import pinakes

ARCHIVE, USAGE = 3, 2


def page(title: str, text: str) -> str:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body>"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(pinakes, list(arguments), standalone_mode=True)


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> str:
    """Where nobody answers, and who asks gives up at once."""
    monkeypatch.setenv(PATIENCE, "0.01")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "one.html").write_text(page("Salt", "The old mine stands empty."), "utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index([tmp_path / "one.html"])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_cluster_that_does_not_answer_changes_nothing_and_the_folder_goes_on_answering(
    root: Path, url: str
) -> None:
    settings = (root / ".pinakes" / "config.toml").read_bytes()
    done = run("engine", "opensearch", "--url", url)
    assert done.exit_code == ARCHIVE
    assert "no answer from the cluster" in done.output
    assert url in done.output
    assert (root / ".pinakes" / "config.toml").read_bytes() == settings
    assert "stands empty" in run("search", "mine").output


@pytest.mark.parametrize(
    "command",
    [("search", "mine"), ("count", "mine"), ("status",), ("facets", "mine"), ("concord", "mine")],
)
def test_a_cluster_that_is_away_is_an_error_of_the_archive_that_says_what_to_do(
    root: Path, url: str, command: tuple[str, ...]
) -> None:
    config = root / ".pinakes" / "config.toml"
    write_engine(config, EngineSettings(kind="opensearch", urls=(url,)))
    done = run(*command)
    assert done.exit_code == ARCHIVE
    assert "no answer from the cluster" in done.output
    assert "pinakes engine local" in done.output


def test_the_folder_answers_again_though_the_cluster_is_away(root: Path, url: str) -> None:
    config = root / ".pinakes" / "config.toml"
    write_engine(config, EngineSettings(kind="opensearch", urls=(url,)))
    assert run("engine", "local").exit_code == 0
    assert "stands empty" in run("search", "mine").output
    assert run("engine").output == "local\n"


def test_what_cannot_be_taken_in_while_the_cluster_is_away_can_be_afterwards(
    root: Path, url: str
) -> None:
    config = root / ".pinakes" / "config.toml"
    write_engine(config, EngineSettings(kind="opensearch", urls=(url,)))
    (root / "two.html").write_text(page("Rock", "A quarry opened."), "utf-8")
    assert run("index", "two.html").exit_code == ARCHIVE
    assert run("engine", "local").exit_code == 0
    assert run("index", "two.html").exit_code == 0
    assert "[quarry] opened" in run("search", "quarry").output


def test_without_the_client_the_extra_is_named(
    root: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    done = run("engine", "opensearch", "--url", url)
    assert done.exit_code == ARCHIVE
    assert "pinakes[cluster]" in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("engine", "opensearch"),
        ("engine", "opensearch", "--url", "localhost"),
        ("index", "one.html", "--url", "http://localhost:9200"),
        ("index", "one.html", "--engine", "local", "--dry-run"),
    ],
)
def test_what_cannot_be_meant_is_a_wrong_usage(root: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == USAGE


def test_a_password_is_told_only_to_nodes_that_the_environment_names(
    root: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = root / ".pinakes" / "config.toml"
    write_engine(config, EngineSettings(kind="opensearch", urls=(url,)))
    monkeypatch.setenv(USER, "me")
    monkeypatch.setenv(PASSWORD, "secret")
    for named in ("", "http://elsewhere:9200"):
        monkeypatch.setenv(URLS, named)
        done = run("search", "mine")
        assert done.exit_code == ARCHIVE
        assert f"{url} is not in {URLS}" in done.output
        assert "secret" not in done.output
    monkeypatch.setenv(URLS, f"http://elsewhere:9200 {url}/")
    assert "no answer from the cluster" in run("search", "mine").output


@pytest.mark.parametrize("seconds", ["soon", "-1", "nan"])
def test_a_patience_that_is_none_is_told(
    root: Path, url: str, monkeypatch: pytest.MonkeyPatch, seconds: str
) -> None:
    monkeypatch.setenv(PATIENCE, seconds)
    done = run("engine", "opensearch", "--url", url)
    assert done.exit_code == ARCHIVE
    assert f"{PATIENCE} is '{seconds}'" in done.output


def test_certificates_that_are_not_there_are_told(root: Path, url: str) -> None:
    done = run("engine", "opensearch", "--url", url, "--ca-file", "no.pem")
    assert done.exit_code == ARCHIVE
    assert "no file of certificates no.pem" in done.output


def test_who_has_opened_an_archive_before_a_cluster_answers_it_is_told_and_sends_it_nothing(
    root: Path, url: str
) -> None:
    config = root / ".pinakes" / "config.toml"
    with Archive.open(root) as archive:
        assert archive.search("mine").articles == 1
        write_engine(config, EngineSettings(kind="opensearch", urls=(url,)))
        shutil.rmtree(root / ".pinakes" / "index")
        with pytest.raises(ArchiveError, match="a cluster answers the archive's queries by now"):
            archive.search("mine")
