"""The library is silent unless it is listened to; the command line prints its warnings."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pinakes.search import Archive

SEARCH = """
import sys
{before}
from pinakes.search import Archive
with Archive.open(sys.argv[1], exact=True) as archive:
    assert archive.search("river").articles == 1
"""
COMMAND = "from pinakes.search.cli import main; main()"
WARNING = "making the index again from the store"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive of an article, without its index: to make that again is warned of."""
    (tmp_path / "river.txt").write_text(
        "The delegates met in the old hall and spoke of the river.\n"
    )
    with Archive.create(tmp_path) as archive:
        archive.index(tmp_path / "river.txt")
    shutil.rmtree(tmp_path / ".pinakes" / "index")
    return tmp_path


def said_by(code: str, *args: object) -> str:
    """Return what a program prints on standard error."""
    command = [sys.executable, "-c", code, *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stderr


def test_an_application_that_has_set_up_no_logging_prints_nothing(root: Path) -> None:
    assert said_by(SEARCH.format(before=""), root) == ""


@pytest.mark.parametrize(
    "before",
    [
        "import logging; logging.basicConfig()",
        "import logging; logging.getLogger('pinakes').addHandler(logging.StreamHandler())",
    ],
)
def test_an_application_hears_what_it_asks_for(root: Path, before: str) -> None:
    assert said_by(SEARCH.format(before=before), root).count(WARNING) == 1


def test_the_command_line_prints_warnings(root: Path) -> None:
    assert said_by(COMMAND, "search", "river", "--archive", root).count(WARNING) == 1


def test_the_command_line_prints_that_a_rule_cannot_be_read(root: Path) -> None:
    rules = root / ".pinakes" / "rules"
    rules.mkdir()
    (rules / "bad.toml").write_text("nonsense\n")
    command = [sys.executable, "-c", COMMAND, "index", str(root / "river.txt"), "-q"]
    done = subprocess.run(
        [*command, "--archive", str(root)], capture_output=True, text=True, check=False
    )
    assert "until then its tags stay as they are" in done.stderr
