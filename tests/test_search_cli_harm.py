"""Articles that mean harm, on a terminal: whatever any command prints of them is only text."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from pinakes.search import Archive
from pinakes.search.cli.app import pinakes
from tests.served_archive import ESCAPE, OVERRIDE, SCRIPT, make_harmful

SIGNS = f"{ESCAPE}\x9b31m\x9d0;title\x07{OVERRIDE}\u2066\u2028\x08\r"
# What our own colours and progress write: nothing in it moves anything but within a line.
OWN = re.compile("\x1b\\[[0-9;]*m|\r\x1b\\[K")
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]|\r(?!\n)"
)
BAD = f"harm{SIGNS}"
LONGEST_S = 240

# Each with the folder's files of the archive, `{id}`s and a file of citations and reports there.
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("index", ".", "--force"), ("index", ".", "--dry-run", "--force"), ("index", BAD),
    ("search", "harm"), ("search", "harm", "--explain"), ("search", "*", "--facet", "source",
     "--facet", "author", "--facet", "tag:topic"),
    *(("search", "harm", "-f", form) for form in ("json", "jsonl", "csv", "tsv", "ids", "trec")),
    ("search", "harm", "-f", "csv", "--by", "passage"), ("search", "harm", "--topic", BAD,
     "-f", "trec"),
    ("search", BAD), ("search", f'"{BAD}'), ("search", f"date:{SIGNS}"), ("search", f"{SIGNS}:x"),
    ("search", f"tag:{BAD}"), ("search", "--explain-query", BAD), ("search", "--since-last", BAD),
    ("search", "harm", "--report", "report.json"), ("search", "--any-word", BAD),
    ("search", "saved:harm"), ("search", "--after", SIGNS, "harm"), ("search", "-f", BAD, "harm"),
    ("count", "harm"), ("count", BAD), ("facets",), ("facets", "harm", "--facet", "tag:topic"),
    ("facets", "harm", "--facet", BAD), ("similar", "{id}"), ("similar", BAD),
    ("why-not", "harm", BAD, "{id}"), ("complete", "topic:"), ("complete", BAD), ("complete", "s"),
    ("concord", "harm"), ("concord", "harm", "-f", "csv"), ("concord", "harm", "-f", "tsv"),
    ("concord", "harm", "-f", "jsonl"), ("concord", BAD), ("batch", "queries.txt"),
    *(("batch", "queries.txt", "-f", form) for form in ("csv", "tsv", "jsonl", "html")),
    ("batch", "--names", "queries.txt"), ("batch", BAD),
    ("show", "{id}"), ("show", "{id}", "--tags", "--metadata"), ("show", "{id}", "--json"),
    ("show", "{id}", "--query", "harm"), ("show", "{id}", "--query", BAD), ("show", BAD),
    ("show", "{id}", "--versions"), ("show", "{id}", "--raw"), ("show", "{id}", "--metadata"),
    *(("cite", "{id}", "-f", form) for form in
      ("text", "markdown", "html", "bibtex", "csl-json", "ris", "json-ld", "json")),
    ("cite", BAD), ("cite", "{id}", "--span", SIGNS), ("verify", "{id}"), ("verify", "--all"),
    ("verify", "cited.json"), ("verify", BAD), ("verify", "--all", "--json"),
    ("diff", "{id}", "{other}"), ("diff", "{id}", BAD), ("diff", "{id}", "{other}", "--json"),
    ("replay", "report.json"), ("replay", BAD), ("export", "harm", "--bundle", "out.zip"),
    ("export", "harm", "--bundle", f"{BAD}/out.zip"),
    ("save", BAD, "harm"), ("save", "other", f"harm OR {BAD}"), ("saved",), ("saved", "--json"),
    ("saved", "show", "harm"), ("saved", "show", BAD), ("saved", "run", "harm"),
    ("tags",), ("tags", "--json"), ("tags", "--type", BAD), ("tag", f"+topic:{BAD}", "harm"),
    ("tag", "--why", "{id}#0"), ("tag", "--why", BAD), ("tag", "--rerun", BAD),
    ("eval", "--qrels", BAD, "--queries", BAD), ("judge", "--queries", BAD, "--qrels", BAD),
    ("status",), ("status", "--files"), ("status", "--unsearchable"), ("status", "--json"),
    ("remove", BAD), ("purge", "--dry-run", "{id}"), ("purge", "--dry-run", BAD), ("doctor",),
    ("doctor", "--residue", BAD), ("doctor", "--residue", "harm"), ("backup", f"{BAD}/x"),
    ("backup", f"{BAD}.zip"), ("restore", BAD), ("restore", f"{BAD}.zip", BAD),
    ("serve", "--host", BAD), ("mcp", "--http", BAD), ("init", BAD), ("watch", "--archive", SIGNS),
    ("engine",), ("engine", "opensearch", "--url", BAD),
    ("completion", BAD), (BAD,), ("synonyms",), ("synonyms", "--json"), ("synonyms", "harm"),
    ("search", "harm", "--synonyms"), ("--archive", BAD, "search", "harm"), ("demo", "--help"),
)  # fmt: skip
ROWS = frozenset({"csv", "tsv", "ids", "trec", "html", "bibtex", "ris", "markdown"})
"""Formats for programs: what is no terminal gets them as they are."""

_RUN_ALL = """
import json, sys
from pinakes.search.cli.app import pinakes
for args in json.load(open("commands.json", encoding="utf-8")):
    try:
        pinakes.main(["--no-pager", *args], prog_name="pinakes")
    except SystemExit:
        pass
    sys.stdout.flush()
    print("=" * 20, flush=True)
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that means harm, with what commands need beside it."""
    root = tmp_path_factory.mktemp("harm") / "archive"
    with make_harmful(root) as archive:
        (root / f"empty{OVERRIDE}\x1b[5m.txt").write_bytes(b"")
        (root / f"no{OVERRIDE}\x9b5m.gif").write_bytes(b"GIF89a")
        archive.index(root)
        lines = f"harm, {BAD.replace(chr(13), '')}\n{SIGNS}\n{SIGNS} => {ESCAPE}harm\n"
        (root / ".pinakes" / "synonyms.txt").write_text(lines, "utf-8")
        (root / "queries.txt").write_text(f"harm\n{BAD}\ndate:{ESCAPE}\n", "utf-8")
    return root


def filled(root: Path) -> list[list[str]]:
    """Return the commands with ids of articles in them, in an archive that has a citation."""
    with Archive.open(root) as archive:
        one, other = (hit.article.id for hit in archive.search("harm", limit=2))
        hit = archive.search("harm").hits[0].passages[0]
    from pinakes.search.as_json import cited_object

    told = json.dumps(cited_object(hit.citation)).replace("arm", "arm\\u001b\\u202e")
    (root / "cited.json").write_text(told, "utf-8")
    return [[arg.replace("{id}", one).replace("{other}", other) for arg in c] for c in COMMANDS]


def test_every_command_is_among_them() -> None:
    assert {*pinakes.list_commands(None)} <= {command[0] for command in COMMANDS}  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_nothing_acts_on_a_terminal(root: Path) -> None:
    import pty

    (root / "commands.json").write_text(json.dumps(filled(root)), "utf-8")
    near, far = pty.openpty()
    known = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN_ALL], cwd=root, stdout=far, stderr=far,
        stdin=subprocess.DEVNULL, env={**known, "PYTHONUTF8": "1", "COLUMNS": "100",
                                       "TERM": "xterm"},
    )  # fmt: skip
    os.close(far)
    watchdog = threading.Timer(LONGEST_S, process.kill)
    watchdog.start()
    shown = b""
    try:
        while piece := os.read(near, 65536):
            shown += piece
    except OSError:  # Linux says so of a terminal that nobody holds any more.
        pass
    os.close(near)
    watchdog.cancel()
    assert process.wait(timeout=60) == 0
    told = shown.decode().split("=" * 20)
    assert len(told) == len(COMMANDS) + 1
    assert SCRIPT in OWN.sub("", told[COMMANDS.index(("show", "{id}", "--query", "harm"))])
    found = {
        command: UNSAFE.findall(OWN.sub("", text))
        for command, text in zip(COMMANDS, told, strict=False)
    }
    assert {command: signs for command, signs in found.items() if signs} == {}
    assert "Traceback" not in shown.decode()


def test_nothing_acts_on_what_is_no_terminal_but_rows_for_programs(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    for args, command in zip(filled(root), COMMANDS, strict=True):
        if ROWS & {*command}:
            continue
        done = CliRunner().invoke(pinakes, ["--color", "always", *args])
        assert done.exit_code != 70, (command, done.exception)
        assert not UNSAFE.search(OWN.sub("", done.output)), command
