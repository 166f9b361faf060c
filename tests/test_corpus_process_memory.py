"""A process that only writes an archive holds what it uses, not what it has once used."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pinakes import corpus
from pinakes.search.cli.app import pinakes

# Blocks of 100 kB come from the heap; what is kept above them keeps the heap from shrinking.
_LETTING_GO = """
from pinakes.corpus import give_back
def held():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon"))
blocks = [bytearray(100_000) for _ in range(1000)]
kept = [bytes(1000) for _ in range(1000)]
del blocks
before = held()
give_back()
print((before - held()) / 1000)
"""
# Each array but the first is read while the ones before are no longer held.
_VERIFYING = """
import sys
from pathlib import Path
import numpy as np
from pinakes.indexer.segments.array_writer import ArrayWriter
from pinakes.indexer.segments.arrays import ArrayFile
def held():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssFile"))
path = Path(sys.argv[1])
with ArrayWriter(path, passages=0, articles=0) as writer:
    for number in range(8):
        writer.append(f"a{number}", np.arange(1 << 20, dtype=np.uint32))
    writer.finish()
file = ArrayFile(path)
before = held()
file.verify()
print((held() - before) / 1000)
"""
_is_gnu = platform.libc_ver()[0] == "glibc"


@pytest.mark.skipif(not _is_gnu, reason="it is the GNU C library that keeps what is let go")
def test_what_was_let_go_is_given_back_to_the_system() -> None:
    run = subprocess.run(
        [sys.executable, "-c", _LETTING_GO], capture_output=True, text=True, check=True
    )
    assert float(run.stdout) > 80


@pytest.mark.skipif(sys.platform != "linux", reason="it is Linux that tells")
def test_what_was_verified_of_an_index_does_not_stay_in_memory(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _VERIFYING, str(tmp_path / "arrays")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(run.stdout) < 8


@pytest.mark.parametrize("library", [OSError, AttributeError])
def test_without_that_library_nothing_is_asked(
    monkeypatch: pytest.MonkeyPatch, library: type[Exception]
) -> None:
    def load(_name: None) -> None:
        raise library

    monkeypatch.setattr("ctypes.CDLL", load)
    corpus.share_one_heap()
    corpus.give_back()


def test_index_shares_one_heap_and_gives_back_with_each_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(corpus, "share_one_heap", lambda **_: asked.append("shared"))
    monkeypatch.setattr(corpus, "give_back", lambda: asked.append("given back"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("The mine by the lake was closed in May.\n")
    for expected in (["shared", "given back"], ["shared"]):
        assert CliRunner().invoke(pinakes, ["index", "."]).exit_code == 0
        # The second time there is nothing to commit.
        assert asked == expected
        asked.clear()
