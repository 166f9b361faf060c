"""Long answers on a terminal go through a pager, and nothing else does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.wide_articles import make_archive

pty = pytest.importorskip("pty", reason="no terminals to test with")

PINAKES = (sys.executable, "-m", "pinakes.search.cli")
PAGER = """
import os, sys
text = sys.stdin.buffer.read()
with open("paged", "wb") as file:
    file.write(os.environ.get("LESS", "").encode() + b"\\n" + text)
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    return make_archive(tmp_path_factory.mktemp("wide"))


def on_a_terminal(
    root: Path, *args: str, has_keyboard: bool = True, **environment: str
) -> tuple[str, str]:
    """Run the program on a terminal; return what it showed, and what its pager got.

    Without a keyboard, its standard input is no terminal.
    """
    (root / "pager.py").write_text(PAGER, "utf-8")
    (root / "paged").unlink(missing_ok=True)
    near, far = pty.openpty()
    known = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "LESS", "PAGER")}
    process = subprocess.Popen(
        [*PINAKES, *args], cwd=root, stdout=far, stderr=far,
        stdin=far if has_keyboard else subprocess.DEVNULL,
        env={
            **known, "PYTHONUTF8": "1", "COLUMNS": "80", "LINES": "10", "TERM": "xterm",
            "PAGER": f"{sys.executable} pager.py", **environment,
        },
    )  # fmt: skip
    os.close(far)
    shown = b""
    while True:
        try:
            piece = os.read(near, 65536)
        except OSError:  # Linux says so of a terminal that nobody holds any more.
            break
        if not piece:
            break
        shown += piece
    process.wait()
    os.close(near)
    paged = root / "paged"
    return shown.decode(), paged.read_text("utf-8") if paged.exists() else ""


def test_a_long_answer_is_paged_in_colour(root):
    shown, paged = on_a_terminal(root, "search", "mine")
    less, _, text = paged.partition("\n")
    assert (shown, less) == ("", "-R")
    assert "Mine collapse in Donvik" in text
    assert "\x1b[1m\x1b[7mmine\x1b[0m" in text
    assert "\x1b" not in on_a_terminal(root, "search", "mine", NO_COLOR="1")[1]


def test_who_set_less_is_left_alone(root):
    assert on_a_terminal(root, "search", "mine", LESS="-iM")[1].startswith("-iM\n")


@pytest.mark.parametrize(
    ("args", "environment"),
    [
        (["search", "--no-pager", "mine"], {}),
        (["search", "mine"], {"PAGER": ""}),
        (["search", "mine"], {"PAGER": "cat"}),
        (["search", "mine"], {"LINES": "200"}),
        (["search", "-f", "csv", "mine"], {}),
        (["demo", "mine"], {}),
    ],
    ids=["told", "empty", "cat", "short", "machine", "demo"],
)
def test_what_is_not_paged_goes_to_the_terminal(root, args, environment):
    shown, paged = on_a_terminal(root, *args, **environment)
    assert paged == ""
    assert "ine" in shown


def test_a_long_concordance_is_paged_as_it_is_found(root):
    shown, paged = on_a_terminal(root, "concord", "mine")
    assert shown == ""
    assert paged.endswith("\n40 occurrences in 5 articles\n")


def test_without_a_keyboard_nothing_is_paged(root):
    shown, paged = on_a_terminal(root, "search", "mine", has_keyboard=False)
    assert paged == ""
    assert "Mine collapse in Donvik" in shown


def test_a_pager_that_ends_early_is_no_error(root):
    shown, paged = on_a_terminal(root, "search", "mine", PAGER=f"{sys.executable} -c pass")
    assert (shown, paged) == ("", "")
