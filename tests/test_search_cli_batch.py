"""`batch` as people and machines see it."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser

import pytest

from tests.wide_articles import make_archive, run

DONE, NOTHING_FOUND, USAGE, ARCHIVE, SOME_FAILED = range(5)
OUTPUT = 74

QUERIES = "\ufeffmine\n\nminister statement\ndate:nonsense\nzebra\n崩落\n=HYPERLINK mine\n"
NAMES = b"Jane Doe\nDonvik\nbad \xff bytes\nDonvic\n---\n<script>alert(1)</script>\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return make_archive(tmp_path_factory.mktemp("wide"))


@pytest.fixture(autouse=True)
def surroundings(root, monkeypatch):
    for name in ("PINAKES_ARCHIVE", "NO_COLOR", "FORCE_COLOR", "PAGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(root)


@pytest.mark.parametrize("output", ["csv", "tsv", "jsonl", "html"])
def test_every_format_is_as_documented(output, golden):
    done = run("batch", "-", "-f", output, stdin=QUERIES)
    assert done.exit_code == SOME_FAILED
    # The archive's own id is random.
    text = re.sub(r'"archive": "[^"]+"', '"archive": "ID"', done.stdout)
    golden(f"formats/batch.{output}", text)
    assert done.stderr.splitlines()[0].startswith("line 4: ")
    assert done.stderr.splitlines()[-1] == "6 lines: 4 found, 1 not found, 1 failed"


@pytest.mark.parametrize("output", ["csv", "html"])
def test_names_show_their_tier(output, golden):
    done = run("batch", "-", "--names", "-f", output, stdin=NAMES)
    assert done.exit_code == SOME_FAILED
    golden(f"formats/batch-names.{output}", done.stdout)


class _Page(HTMLParser):
    """What a browser would load, run, or follow."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.marks = 0

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.marks += tag == "mark"
        known = dict(attrs)
        self.links |= {known[name] for name in ("href", "src") if name in known}
        assert not [name for name in known if name.startswith("on")]


def test_the_page_holds_nothing_that_runs_or_loads():
    page = _Page()
    shown = run("batch", "-", "--names", "-f", "html", stdin=NAMES + b"mine\n").stdout
    page.feed(shown)
    assert not page.tags & {"script", "link", "img", "iframe", "object", "base"}
    assert page.links <= {"https://herald.example/mine?a=1&b=2"}
    assert page.marks
    assert "&lt;script&gt;" in shown


def test_nothing_that_is_there_is_overwritten(tmp_path):
    names, done = tmp_path / "names.txt", tmp_path / "done.csv"
    names.write_text("mine\n", "utf-8")
    assert run("batch", str(names), "-o", str(names)).exit_code == USAGE
    assert run("batch", str(names), "-o", str(names), "--resume").exit_code == USAGE
    assert names.read_text("utf-8") == "mine\n"
    assert run("batch", str(names), "-o", str(done)).exit_code == DONE
    assert run("batch", str(names), "-o", str(done)).exit_code == USAGE


def test_status_says_found_nothing_found_or_failed():
    assert run("batch", "-", stdin="mine\nzebra\n").exit_code == DONE
    assert run("batch", "-", stdin="zebra\n").exit_code == NOTHING_FOUND
    assert run("batch", "-", stdin="mine\ndate:nonsense\n").exit_code == SOME_FAILED
    assert run("batch", "missing.txt").exit_code == USAGE
    assert run("batch", "--archive", "nowhere", "-", stdin="mine").exit_code == ARCHIVE
    assert run("batch", "--resume", "-", stdin="mine").exit_code == USAGE
    assert run("batch", "-o", "no/such/folder.csv", "-", stdin="mine").exit_code == OUTPUT
    assert run("batch", "-q", "-", stdin="mine").stderr == ""


@pytest.mark.parametrize("every_tier", [[], ["--every-tier"]])
@pytest.mark.parametrize("output", ["csv", "tsv", "jsonl"])
def test_a_batch_goes_on_where_it_was_interrupted(root, tmp_path, output, every_tier):
    (tmp_path / "list.txt").write_text("Donvik\nJane Doe\nDonvic\nmine\n", "utf-8")
    args = ["batch", tmp_path / "list.txt", "--names", "-f", output, *every_tier]
    target = tmp_path / "out"
    assert run(*args, "-o", target).exit_code == DONE
    whole = target.read_bytes()
    assert whole.decode() == run(*args).stdout
    ends = [at + 1 for at, byte in enumerate(whole) if byte == 10]
    for size in (0, 9, *ends, ends[-2] + 1, len(whole) - 1):
        target.write_bytes(whole[:size])
        assert run(*args, "-o", target, "--resume").exit_code == DONE
        assert target.read_bytes() == whole, size


@pytest.mark.skipif(sys.platform == "win32", reason="no such interrupts")
def test_an_interrupt_ends_with_130_and_leaves_what_is_answered(root, tmp_path):
    names = ["Donvik", "Jane Doe", "Donvic", "mine"]
    listed, target = tmp_path / "list.txt", tmp_path / "out.csv"
    listed.write_text("\n".join(names), "utf-8")
    whole = run("batch", "--names", listed).stdout
    process = subprocess.Popen(
        [sys.executable, "-m", "pinakes.search.cli", "batch", "--names", "-", "-o", target],
        cwd=root,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A test run in the background of a shell ignores interrupts, and hands that down.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    process.stdin.write(f"{names[0]}\n{names[1]}\n".encode())
    process.stdin.flush()
    until = time.monotonic() + 60
    while not target.exists() or target.read_bytes().count(b"\n") < 3:
        assert time.monotonic() < until
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _out, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, b"\nInterrupted.\n")
    assert target.read_text("utf-8") == "".join(whole.splitlines(keepends=True)[:3])
    assert run("batch", "--names", listed, "-o", target, "--resume").exit_code == DONE
    assert target.read_text("utf-8") == whole


def test_only_the_rest_is_answered_again(tmp_path):
    (tmp_path / "list.txt").write_text("mine\nzebra\nminister\n", "utf-8")
    args = ["batch", tmp_path / "list.txt", "-o", tmp_path / "out.csv"]
    run(*args)
    again = run(*args, "--resume")
    assert again.stderr == ("3 lines: 2 found, 1 not found, those before line 3 an earlier time\n")


def test_totals_after_going_on_are_those_of_the_whole_list(root, tmp_path):
    lines = 'mine "x, y"\nzebra\ndate:nonsense\nmine\nminister\n'
    (tmp_path / "list.txt").write_text(lines, "utf-8")
    for output in ("csv", "tsv", "jsonl"):
        args = ["batch", tmp_path / "list.txt", "-f", output, "-o", tmp_path / f"out.{output}"]
        whole = run(*args)
        again = run(*args, "--resume")
        assert (whole.exit_code, again.exit_code) == (4, 4)
        summary = whole.stderr.splitlines()[-1]
        assert again.stderr == f"{summary}, those before line 5 an earlier time\n"


def test_a_warning_about_a_line_is_told_in_every_format_with_its_number(tmp_path):
    (tmp_path / "list.txt").write_text("mine\nmine or shaft\nauthor:x^2 mine\n", "utf-8")
    for output in ("csv", "tsv", "jsonl", "html"):
        said = run("batch", tmp_path / "list.txt", "-f", output).stderr.splitlines()
        assert said[0].startswith("line 2: warning: `or` is searched as a word")
        assert said[1].startswith("line 3: warning: A field that restricts has no score")
        assert len(said) == 3
    assert not run("-q", "batch", tmp_path / "list.txt").stderr


@pytest.mark.parametrize("content", ["other,columns\n1,2\n", "{}\n", "line\n"])
def test_what_is_no_batch_is_not_gone_on_with(tmp_path, content):
    for output in ("csv", "jsonl"):
        target = tmp_path / "out"
        target.write_text(content, "utf-8")
        done = run("batch", "-", "-f", output, "-o", target, "--resume", stdin="mine")
        assert done.exit_code == USAGE
        assert "--resume" in done.stderr
        assert target.read_text("utf-8") == content


def test_rows_are_one_line_each_and_agree_with_the_objects():
    table = run("batch", "-", stdin=QUERIES).stdout
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert len(table.splitlines()) == len(rows) + 1
    lines = run("batch", "-", "-f", "jsonl", stdin=QUERIES).stdout.splitlines()
    for row, entry in zip(rows, map(json.loads, lines), strict=True):
        assert int(row["line"]) == entry["line"]
        assert int(row["articles"]) == entry["total"]["articles"]
        if entry["hit"]:
            best = entry["hit"]["passages"][0]
            assert (row["id"], row["sha256"]) == (best["id"], best["citation"]["sha256"])
