"""What fuzzing keeps is gone through: inputs that reach the code, and those that broke it."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from pinakes.corpus import Extract, read
from tests.fuzz import archive_files
from tests.fuzz.target_lines import TARGET_LINES
from tests.fuzz.targets import TARGETS

KEPT = Path(__file__).parent / "fuzz" / "corpus"
MOST_BYTES = 300_000


def run_fuzz(*args: str, before: str = "-B") -> subprocess.CompletedProcess[str]:
    """Run the fuzzer's command in the folder that `tests` is in."""
    command = [sys.executable, before, "-m", "tests.fuzz", *args]
    return subprocess.run(command, cwd=KEPT.parents[2], capture_output=True, text=True, check=False)


def inputs_of(target: str) -> Iterator[bytes]:
    yield from TARGETS[target].seeds()
    yield from (path.read_bytes() for path in sorted((KEPT / target).glob("*")))
    yield b""


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_withstands_its_seeds_and_what_was_kept(
    target: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for content in inputs_of(target):
            TARGETS[target].run(content)


def test_the_help_has_a_line_for_each_target() -> None:
    assert list(TARGET_LINES) == list(TARGETS)
    shown = run_fuzz("--help")
    assert shown.returncode == 0
    for name, line in TARGET_LINES.items():
        assert f"  {name:<10} {line}\n" in shown.stdout


@pytest.mark.parametrize("others", [[], ["--corpus", "nowhere"]])
def test_an_unknown_target_is_told_with_all_there_are_before_anything_is_loaded(
    others: list[str], tmp_path: Path
) -> None:
    told = run_fuzz("pages", *others, before="-Ximporttime")
    assert told.returncode == 2
    error = told.stderr.splitlines()[-1]
    assert "'pages'" in error
    assert all(name in error for name in TARGETS)
    loaded = [line.rpartition("|")[2].strip() for line in told.stderr.splitlines()]
    assert not [name for name in loaded if name.startswith(("pinakes", "atheris"))]


def test_what_is_kept_is_small_and_of_targets() -> None:
    assert {path.name for path in KEPT.iterdir()} <= set(TARGETS)
    assert sum(path.stat().st_size for path in KEPT.rglob("*") if path.is_file()) < MOST_BYTES


def test_what_is_begun_with_is_read_and_not_refused() -> None:
    for seed in archive_files.segments():
        assert archive_files.mend(seed) == seed
    for suffix, target in ((".html", "html"), (".pdf", "pdf"), (".eml", "mail"), (".zip", "zip")):
        assert any(
            isinstance(item, Extract)
            for seed in TARGETS[target].seeds()
            for item in read(seed, name=f"input{suffix}")
        )
