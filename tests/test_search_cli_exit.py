"""Every exit status of the commands, and the message that comes with it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pinakes.corpus import ArchiveFolder, WriterLock
from pinakes.search.cli.app import pinakes

DONE, NOTHING_FOUND, USAGE, ARCHIVE, SOME_FAILED = range(5)


@pytest.fixture(autouse=True)
def surroundings(tmp_path, monkeypatch):
    """Work in a new folder, whatever the environment says."""
    monkeypatch.delenv("PINAKES_ARCHIVE", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def articles(tmp_path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "mine.txt").write_text("A mine\n\nThe mine collapsed at night.", encoding="utf-8")
    (folder / "treaty.txt").write_text("A treaty\n\nIt closes the mine.", encoding="utf-8")
    return folder


@pytest.fixture
def archive(articles) -> Path:
    """An archive of two articles in the working directory; its `.pinakes`."""
    assert run("index", "articles").exit_code == DONE
    return articles.parent / ".pinakes"


def run(*args: object) -> Result:
    return CliRunner().invoke(pinakes, [str(arg) for arg in args])


def test_1_if_nothing_is_found(archive):
    nothing = run("search", "zebra")
    assert nothing.exit_code == NOTHING_FOUND
    assert nothing.stdout.startswith("0 articles, 0 passages")
    assert run("search", "--offset", "9", "mine").exit_code == NOTHING_FOUND
    unknown = run("show", "ffffffff")
    assert unknown.exit_code == NOTHING_FOUND
    assert "ffffffff: no such article" in unknown.stderr
    (hit,) = json.loads(run("search", "--json", "treaty").stdout)["hits"]
    assert "has no passage 99" in run("show", f"{hit['article']['id']}#99").stderr
    assert run("remove", "nosuch").exit_code == NOTHING_FOUND


def test_2_if_the_query_is_wrong_with_a_caret_under_the_place(archive):
    wrong = run("search", "mine lang:x")
    assert (wrong.exit_code, wrong.stdout) == (USAGE, "")
    message, query, caret, *_ = wrong.stderr.splitlines()
    assert message.startswith("Error: ")
    assert query == "  mine lang:x"
    assert caret == "            ^"
    assert run("search", "--strict", "mine or river").exit_code == USAGE
    assert run("search", "--format", "jsonl", "mine lang:x").stdout == ""
    assert run("search", "mine or river").exit_code == NOTHING_FOUND


def test_2_if_the_query_is_wrong_and_machines_are_told_why(archive):
    wrong = run("search", "--json", "a or mine saved:2014")
    assert wrong.exit_code == USAGE
    told = json.loads(wrong.stdout)
    assert list(told) == ["schema_version", "query", "error"]
    assert (told["query"]["interpreted"], told["query"]["syntax"]) == ("", 1)
    assert [found["code"] for found in told["query"]["warnings"]] == ["lower-case-operator"]
    (error,) = told["error"]["diagnostics"]
    assert (error["code"], error["start"], error["end"]) == ("unsupported-operator", 10, 20)
    assert told["error"]["message"] == error["message"]


def test_2_if_what_is_to_be_marked_is_no_query(archive):
    hit = json.loads(run("search", "--json", "mine").stdout)["hits"][0]
    assert run("show", hit["article"]["id"], "--query", "date:soon").exit_code == USAGE


@pytest.mark.parametrize(
    "args",
    [
        ["nosuch"],
        ["search"],
        ["search", "--nosuch", "mine"],
        ["search", "-n", "-1", "mine"],
        ["search", "-f", "xml", "mine"],
        ["show", "aaaaaaaa#x"],
        ["index", "nosuch"],
    ],
)
def test_2_if_the_usage_is_wrong(args, archive, monkeypatch, tmp_path_factory):
    if args == ["index", "nosuch"]:
        monkeypatch.chdir(tmp_path_factory.mktemp("nowhere"))
    assert run(*args).exit_code == USAGE
    assert "Traceback" not in run(*args).output


def test_a_slip_of_the_pen_makes_no_archive(tmp_path):
    assert "nothing at artcles" in run("index", "artcles").stderr
    assert not (tmp_path / ".pinakes").exists()


def test_3_if_there_is_no_archive(tmp_path):
    for args in (["search", "mine"], ["status"], ["show", "aaaaaaaa"], ["remove", "a.txt"]):
        missing = run(*args)
        assert missing.exit_code == ARCHIVE
        assert "no archive here or above" in missing.stderr
    named = run("search", "--archive", "nosuch", "mine")
    assert named.exit_code == ARCHIVE
    assert "nosuch: no archive here; " in named.stderr


def test_3_if_there_is_one_already(archive):
    again = run("init")
    assert again.exit_code == ARCHIVE
    assert "holds an archive already" in again.stderr
    assert run("init", "new/folder").exit_code == DONE
    assert Path("new/folder/.pinakes").is_dir()


def test_3_if_another_process_writes(archive):
    with WriterLock(ArchiveFolder.open(archive.parent), wait_s=1):
        locked = run("index", "--wait", "0", "articles")
        assert locked.exit_code == ARCHIVE
        assert "being written by" in locked.stderr
        assert run("search", "mine").exit_code == DONE


def test_3_if_the_store_is_no_store(archive):
    for path in archive.glob("store.sqlite*"):
        path.write_bytes(b"not a database, but long enough to be looked at " * 50)
    damaged = run("search", "mine")
    assert damaged.exit_code == ARCHIVE
    assert "Traceback" not in damaged.stderr


def test_3_if_a_newer_version_wrote_it(archive):
    with sqlite3.connect(archive / "store.sqlite") as store:
        store.execute("PRAGMA user_version = 999")
    store.close()
    newer = run("status")
    assert newer.exit_code == ARCHIVE
    assert "written in format 999" in newer.stderr


def test_4_if_some_files_failed_and_the_others_went_in(articles):
    (articles / "gone.txt").symlink_to("nowhere.txt")
    done = run("index", "articles")
    assert done.exit_code == SOME_FAILED
    assert "error: articles/gone.txt (a link to nothing)" in done.stderr
    assert "2 articles" in run("search", "mine").stdout
