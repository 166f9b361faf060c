"""What shells are told to complete, and `count`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pinakes.search.cli.completion_command import SHELLS
from tests.wide_articles import make_archive, run

DONE, NOTHING_FOUND, USAGE, ARCHIVE = range(4)
PROGRAM = shutil.which("pinakes", path=str(Path(sys.executable).parent))

ASK_BASH = """
source <(pinakes completion bash)
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
compopt() { :; }
_pinakes_completion "$1"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    folder = make_archive(tmp_path_factory.mktemp("wide"))
    assert run("--archive", folder, "save", "collapse", "mine").exit_code == DONE
    return folder


@pytest.fixture(autouse=True)
def surroundings(root, monkeypatch):
    for name in ("PINAKES_ARCHIVE", "NO_COLOR", "FORCE_COLOR", "PAGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(root)


def completed(*words: str, shell: str = "zsh", **environment: str) -> list[str]:
    """The values that the program offers for the last word."""
    at = str(len(words)) if shell != "fish" else words[-1]
    done = subprocess.run(
        [sys.executable, "-c", "from pinakes.search.cli import main; main()"],
        env={
            **os.environ, "PYTHONUTF8": "1", "COMP_WORDS": " ".join(("pinakes", *words)),
            "COMP_CWORD": at, "_PINAKES_COMPLETE": f"{shell}_complete", **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.stderr == ""
    if shell == "zsh":
        return [value.replace("\\:", ":") for value in done.stdout.splitlines()[1::3]]
    return done.stdout.splitlines()


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_its_script(shell):
    script = run("completion", shell)
    assert (script.exit_code, script.stderr) == (DONE, "")
    assert f"_PINAKES_COMPLETE={shell}_complete" in script.stdout
    assert run("completion", "tcsh").exit_code == USAGE


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["search", "ki"], ["kind:"]),
        (["search", "kind:q"], ["kind:quote"]),
        (["search", "mine", "(kind:q"], ["(kind:quote"]),
        (["search", "lang:e"], ["lang:en", "lang:es"]),
        (["search", "has:a"], ["has:author"]),
        (["search", "source:"], []),
        (["search", "kind", ":", "q"], ["quote"]),
        (["search", "-f", "c"], ["csv"]),
        (["search", "--since-last", "c"], ["collapse"]),
        (["saved", "run", "c"], ["collapse"]),
        (["saved", "show", "x"], []),
        (["concord", "ti"], ["title:"]),
        (["count", "ti"], ["title:"]),
        (["com"], ["complete", "completion"]),
        (["tag", "--rerun", "la"], ["law"]),
        (["tag", "--rerun", "st"], ["stale"]),
        (["facets", "--facet", "so"], ["source"]),
        (["completion", "f"], ["fish"]),
    ],
    ids=" ".join,
)
def test_fields_values_formats_and_saved_names_are_completed(words, offered):
    assert completed(*words) == offered


def test_the_archive_that_is_named_is_asked(root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert completed("saved", "run", "c") == []
    assert completed("--archive", str(root), "saved", "run", "c") == ["collapse"]
    assert completed("saved", "run", "c", PINAKES_ARCHIVE=str(root)) == ["collapse"]


@pytest.mark.skipif(
    not PROGRAM or not shutil.which("bash") or os.name == "nt", reason="no bash, or no program"
)
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["search", "kin"], ["kind:"]),
        (["search", "kind", ":", "quo"], ["quote"]),
        (["search", "has", ":"], [":author", ":date"]),
        (["saved", "run", ""], ["collapse"]),
    ],
    ids=" ".join,
)
def test_bash_completes_with_the_script(words, offered):
    done = subprocess.run(
        ["bash", "--norc", "-c", ASK_BASH, "bash", "pinakes", *words],
        env={**os.environ, "PATH": f"{Path(PROGRAM).parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[: len(offered)] == offered, done.stderr


def test_count_counts_articles_and_passages():
    counted = run("count", "mine")
    assert (counted.exit_code, counted.stdout) == (DONE, "5 articles, 8 passages\n")
    value = json.loads(run("count", "--json", "mine").stdout)
    assert (value["total"]["articles"], value["total"]["passages"]) == (5, 8)
    assert value["hits"] == []
    assert run("count", "--scope", "passage", "collapse minister").exit_code == NOTHING_FOUND
    nothing = run("count", "zebra")
    assert (nothing.exit_code, nothing.stdout) == (NOTHING_FOUND, "0 articles, 0 passages\n")
    refused = run("count", "--json", "date:nonsense")
    assert refused.exit_code == USAGE
    assert "error" in json.loads(refused.stdout)
    assert run("count", "--archive", "nowhere", "mine").exit_code == ARCHIVE
