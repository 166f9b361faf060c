"""What fuzzing keeps is gone through: inputs that reach the code, and those that broke it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from pinakes.corpus import Extract, read
from tests.fuzz import archive_files
from tests.fuzz.targets import TARGETS

KEPT = Path(__file__).parent / "fuzz" / "corpus"
MOST_BYTES = 300_000


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
