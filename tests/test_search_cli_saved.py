"""`save`, `saved` and `search --since-last` on a real archive."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from tests.two_articles import TALKS, write_articles
from tests.wide_articles import run

DONE, NOTHING_FOUND, USAGE, ARCHIVE = range(4)


@pytest.fixture(autouse=True)
def root(tmp_path, monkeypatch):
    for name in ("PINAKES_ARCHIVE", "NO_COLOR", "FORCE_COLOR", "PAGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    write_articles(tmp_path / "articles")
    assert run("index", "articles").exit_code == DONE
    return tmp_path


def ids(*args: str) -> list[str]:
    return run(*args, "-f", "ids").stdout.split()


def test_a_search_is_saved_listed_shown_run_and_removed():
    assert run("saved").exit_code == NOTHING_FOUND
    kept = run("save", "mine", '"right to return"', "OR", "mine")
    assert (kept.exit_code, kept.stdout) == (DONE, "")
    assert "pinakes saved run mine" in kept.stderr
    run("save", "fam", "families")
    assert run("saved").stdout == 'fam   families\nmine  "right to return" OR mine\n'
    assert run("saved", "show", "fam").stdout.startswith("families\nsaved 2")
    assert ids("saved", "run", "mine") == ids("search", '"right to return" OR mine')
    assert "syntax 1; answered at generation 1" in run("saved", "show", "mine").stdout
    assert run("saved", "remove", "mine").exit_code == DONE
    assert run("saved", "run", "mine").exit_code == USAGE
    objects = [json.loads(line) for line in run("saved", "--json").stdout.splitlines()]
    assert [(one["name"], one["query"], one["syntax"]) for one in objects] == [
        ("fam", "families", 1)
    ]
    assert json.loads(run("saved", "show", "fam", "--json").stdout) == objects[0]


@pytest.mark.parametrize(
    "new", [["search", "--since-last", "fam"], ["saved", "run", "fam", "--since-last"]]
)
def test_only_what_is_new_is_shown(root, new):
    run("save", "fam", "families")
    assert len(ids(*new)) == 2
    assert run(*new).exit_code == NOTHING_FOUND
    (root / "articles" / "talks.txt").write_text(TALKS + "\nMore.\n", "utf-8")
    run("index", "articles")
    counted = run(*new, "-n", "0")
    assert counted.stdout.startswith("1 article, ")
    shown = run(*new)
    assert shown.exit_code == DONE, "counting alone is no answer"
    assert shown.stdout.startswith(" 1. Talks on monitoring")
    assert run(*new).exit_code == NOTHING_FOUND
    assert len(ids("saved", "run", "fam")) == 2


def test_it_ends_as_every_command_does():
    run("save", "fam", "families")
    assert run("save", "fam", "other").exit_code == USAGE
    assert run("save", "--replace", "fam", "other").exit_code == DONE
    assert run("save", "a b", "other").exit_code == USAGE
    refused = run("save", "bad", "date:nonsense")
    assert refused.exit_code == USAGE
    assert "^^^^" in refused.stderr
    assert run("search").exit_code == USAGE
    assert run("search", "--since-last", "fam", "mine").exit_code == USAGE
    assert run("search", "--since-last", "none").exit_code == USAGE
    assert run("saved", "remove", "none").exit_code == USAGE
    assert run("saved", "--archive", "nowhere").exit_code == ARCHIVE
    assert run("save", "--archive", "nowhere", "x", "y").exit_code == ARCHIVE
    assert run("saved", "run", "fam", "--help").stdout.count("--since-last") == 1


def test_what_is_saved_lies_in_the_store_itself_while_others_have_it_open(root):
    store = root / ".pinakes" / "store.sqlite"
    with closing(sqlite3.connect(store)) as other:
        other.execute("SELECT count(*) FROM articles").fetchone()
        run("save", "fam", "families")
        log = store.with_name("store.sqlite-wal")
        assert not log.exists() or log.stat().st_size == 0
    assert "fam" in run("saved").stdout
