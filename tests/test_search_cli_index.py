"""`index` and `status`: what they say became of every file, and how far a run is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pinakes.corpus import FileOutcome, Status
from pinakes.search.cli import progress as cli_progress
from pinakes.search.cli.app import pinakes
from pinakes.search.cli.progress import Progress, describe
from pinakes.search.cli.settings import Settings

DONE, NOTHING_FOUND, USAGE, SOME_FAILED = 0, 1, 2, 4
PINAKES = (sys.executable, "-m", "pinakes.search.cli")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """Work in a new folder with some articles."""
    monkeypatch.delenv("PINAKES_ARCHIVE", raising=False)
    monkeypatch.chdir(tmp_path)
    write("articles/mine.txt", "The mine collapsed at night.")
    write("articles/copy.txt", "The mine collapsed at night.")
    write("articles/vote.jsonl", '{"text": "The vote was put off."}\nbroken\n')
    write("articles/empty.txt", "")
    write("articles/broken.json", "{")
    return tmp_path


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def run(*args: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(pinakes, [str(arg) for arg in args], input=stdin)


def index_json(*args: object) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    told = json.loads(run("index", "--json", *args).stdout)
    return told, {file["path"]: file for file in told["files"]}


def test_json_says_what_became_of_every_file():
    done = run("index", "--json", "articles")
    assert done.exit_code == SOME_FAILED
    told = json.loads(done.stdout)
    files = {file["path"]: file for file in told["files"]}
    assert told["schema_version"] == 1
    assert {path: file["status"] for path, file in files.items()} == {
        "articles/broken.json": "error",
        "articles/copy.txt": "indexed",
        "articles/empty.txt": "empty",
        "articles/mine.txt": "duplicate-of",
        "articles/vote.jsonl": "indexed",
    }
    assert {file["change"] for file in files.values()} == {"new"}
    assert files["articles/vote.jsonl"]["problems"][0]["where"] == "line 2"
    assert told["report"]["by_status"] == {"error": 1, "indexed": 2, "empty": 1, "duplicate-of": 1}
    write("articles/vote.jsonl", '{"text": "The vote was taken."}')
    Path("articles/empty.txt").unlink()
    Path("articles/copy.txt").rename("articles/moved.txt")
    write(".pinakesignore", "*.json\n")
    run("remove", "articles/mine.txt")
    told, files = index_json("articles")
    assert {path: (file["status"], file["change"]) for path, file in files.items()} == {
        "articles/broken.json": ("ignored", "ignored"),
        "articles/empty.txt": ("removed", "removed"),
        "articles/mine.txt": ("removed", None),
        "articles/moved.txt": ("indexed", "renamed"),
        "articles/vote.jsonl": ("indexed", "changed"),
    }
    assert files["articles/moved.txt"]["old_path"] == "articles/copy.txt"
    assert files["articles/broken.json"]["detail"] == ".pinakesignore"


def test_status_lists_every_file_with_what_is_noted_of_it(monkeypatch):
    from dataclasses import replace

    from pinakes.corpus.ingestion import preparing

    really_read = preparing.read
    monkeypatch.setattr(
        preparing,
        "read",
        lambda data, **options: (
            replace(item, notes=("read as koi8-r (detector)",)) if hasattr(item, "text") else item
            for item in really_read(data, **options)
        ),
    )
    run("index", "articles")
    lines = run("status", "--files").stdout.splitlines()
    assert [line.partition(" (")[0] for line in lines] == [
        "error: articles/broken.json",
        "record: articles/broken.json, line 1",
        "indexed: articles/copy.txt",
        "note: articles/copy.txt",
        "empty: articles/empty.txt",
        "duplicate-of: articles/mine.txt",
        "indexed: articles/vote.jsonl",
        "record: articles/vote.jsonl, line 2",
        "note: articles/vote.jsonl",
    ]
    assert lines[3].endswith("(read as koi8-r (detector))")
    told = json.loads(run("status", "--files", "--json").stdout)
    (copy,) = [file for file in told["files"] if file["path"] == "articles/copy.txt"]
    assert copy["notes"] == ["read as koi8-r (detector)"]
    assert told["archive"]["files"] == 5


def test_show_lists_all_files_of_an_article():
    run("index", "articles")
    (hit,) = json.loads(run("search", "--json", "mine").stdout)["hits"]
    shown = run("show", hit["article"]["id"]).stdout
    assert "articles/copy.txt\narticles/mine.txt\n" in shown


def test_a_dry_run_says_what_would_be_and_makes_or_changes_nothing(folder):
    tried = run("index", "--dry-run", "articles")
    assert (tried.exit_code, Path(".pinakes").exists()) == (SOME_FAILED, False)
    assert [line.partition(" (")[0] for line in tried.stdout.splitlines()] == [
        "new error: articles/broken.json",
        "new indexed: articles/copy.txt",
        "new empty: articles/empty.txt",
        "new duplicate-of: articles/mine.txt",
        "new indexed: articles/vote.jsonl",
    ]
    assert "Nothing is changed; this would be: 2 articles indexed" in tried.stderr
    assert run("index", "articles").exit_code == SOME_FAILED
    before = run("status", "--json", "--files").stdout
    write("articles/mine.txt", "Something else by now.")
    tried = run("index", "--dry-run", "--json", "articles")
    told = json.loads(tried.stdout)
    assert told["dry_run"]
    assert {file["path"] for file in told["files"] if file["change"]} == {"articles/mine.txt"}
    assert run("status", "--json", "--files").stdout == before
    assert run("search", "else").exit_code == NOTHING_FOUND


def test_what_failed_is_tried_again_when_asked():
    run("index", "articles")
    again = run("index", "articles")
    assert again.exit_code == DONE
    assert "1 could not be read before (--retry-failed)" in again.stderr
    told, _ = index_json("--retry-failed", "articles")
    assert told["report"]["by_status"] == {"error": 1, "unchanged": 4}
    _, files = index_json("--retry-failed")
    assert list(files) == ["articles/broken.json"]


def test_a_path_that_is_gone_is_refused_and_forgotten_with_prune():
    run("index", "articles")
    run("remove", "articles/vote.jsonl")
    before = json.loads(run("status", "--files", "--json").stdout)["files"]
    Path("articles").rename("elsewhere")
    refused = run("index", "articles")
    assert refused.exit_code == SOME_FAILED
    assert "error: articles (no such file or folder, but the archive knows 5 of" in refused.stderr
    assert json.loads(run("status", "--files", "--json").stdout)["files"] == before
    assert run("index", "--prune", "articles").exit_code == DONE
    assert json.loads(run("status", "--files", "--json").stdout)["files"] == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names in UTF-8 only")
def test_lists_of_paths_may_hold_any_name():
    names = [b"articles/mine.txt", b"articles/a\nb.txt", b"articles/caf\xe9.txt"]
    for name in names[1:]:
        Path(os.fsdecode(name)).write_text(f"A text of its own: {name!r}.")
    Path("list").write_bytes(b"\0".join(names) + b"\0")
    done = subprocess.run(
        [*PINAKES, "index", "--json", "--files-from", "-", "-0"],
        input=Path("list").read_bytes(),
        capture_output=True,
        check=True,
    )
    listed = [file["path"] for file in json.loads(done.stdout)["files"]]
    assert listed == ["articles/mine.txt", "articles/a\nb.txt", r"articles/caf\xE9.txt"]
    assert run("index", "--files-from", "list", "-0").exit_code == DONE
    Path("list").write_bytes(b"articles/empty.txt\r\narticles/vote.jsonl\n")
    _, files = index_json("--files-from", "list")
    assert list(files) == ["articles/empty.txt", "articles/vote.jsonl"]
    assert run("index", "--files-from", "nowhere").exit_code == 3


def test_without_a_path_it_is_wrong_usage():
    assert run("index").exit_code == USAGE
    assert run("index", "--processes", "0", "articles").exit_code == USAGE
    assert run("index", "--timeout", "0", "articles").exit_code == USAGE


def test_limits_are_settings_that_options_win_over():
    run("init")
    write("articles/big.txt", "One two three.\n\n" * 600_000)
    config = Path(".pinakes/config.toml")
    limits = config.read_text("utf-8").replace("[reading]\n", "[reading]\nmemory_mb = 20\n")
    config.write_text(limits, "utf-8")
    failed = subprocess.run(
        [*PINAKES, "index", "articles/big.txt"], capture_output=True, check=False
    )
    assert failed.returncode == SOME_FAILED
    assert b"error: articles/big.txt (needed more than 20 MB)" in failed.stderr
    failed = subprocess.run(
        [*PINAKES, "index", "--memory", "900", "--timeout", "0.2", "--retry-failed"],
        capture_output=True,
        check=False,
    )
    assert failed.returncode == SOME_FAILED
    assert b"error: articles/big.txt (took more than 0.2 s)" in failed.stderr


def test_progress_is_a_line_for_a_thousand_files_where_there_is_no_terminal(capsys, monkeypatch):
    monkeypatch.setattr(cli_progress, "_FEWEST_SECONDS", 0)
    clock = iter(range(100_000))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    progress = Progress(Settings(), is_screen=False)
    progress.on_file(FileOutcome(path="x.txt", status=Status.UNCHANGED))
    progress.on_plan(2500)
    for number in range(2500):
        progress.on_file(FileOutcome(path=f"{number}.txt", status=Status.INDEXED))
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "1,000 of 2,500 files, 60/min, 25 min left",
        "2,000 of 2,500 files, 60/min, 8 min left",
    ]


@pytest.mark.parametrize(
    ("done", "files", "seconds", "text"),
    [
        (0, 10, 0.0, "0 of 10 files"),
        (5, 10, 1.0, "5 of 10 files"),
        (50, 100, 10.0, "50 of 100 files, 5/s, 10 s left"),
        (10, 1000, 60.0, "10 of 1,000 files, 10/min, 1 h 39 min left"),
        (100, 100, 10.0, "100 of 100 files, 10/s, 0 s left"),
    ],
)
def test_rate_and_time_left_are_told_once_they_mean_something(done, files, seconds, text):
    assert describe(done, files, seconds) == text


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_with_130_and_goes_on_from_there(number):
    for each in range(1000):
        write(f"many/{each % 30}/{each}.txt", f"Text {each} of many, which says what it is.")
    with subprocess.Popen([*PINAKES, "index", "-v", "many"], stderr=subprocess.PIPE) as process:
        assert process.stderr
        for line in process.stderr:
            if line.startswith(b"new indexed: "):
                break
        process.send_signal(number)
        said = process.stderr.read()
        assert process.wait(timeout=60) == 130
    assert said.endswith(b"Interrupted.\n")
    told = json.loads(run("status", "--json").stdout)
    assert 0 < told["archive"]["files"] < 1000
    report = index_json("many")[0]["report"]
    assert report["by_status"]["unchanged"] == told["archive"]["files"]
    assert report["files"] == 1000
