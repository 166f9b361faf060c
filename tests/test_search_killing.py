"""Killed at any moment and started again, an ingest ends with the archive of one left in peace.

`python -m tests.killing` goes on for longer.
"""

from __future__ import annotations

import random
import signal
import sys

import pytest

from tests.killing import (
    Kill,
    compare,
    describe,
    ingest_and_kill,
    ingest_in_peace,
    write_files,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.mark.parametrize("round_seed", [101, 102])
def test_random_kills_change_nothing_in_the_end(tmp_path, round_seed):
    assert compare(round_seed, tmp_path, files=25, kills=3) == []


def test_killed_after_each_of_many_files_and_commits_it_goes_on_from_there(tmp_path):
    for root in (peaceful := tmp_path / "peaceful", killed := tmp_path / "killed"):
        write_files(root, random.Random(7), files=12)  # noqa: S311
    ingest_in_peace(peaceful)
    for events in range(1, 8):
        kill = Kill(number=signal.SIGKILL, after_events=events)
        if ingest_and_kill(killed, kill):
            break
    ingest_in_peace(killed)
    assert describe(killed) == describe(peaceful)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_was_done_before_an_interrupt_is_kept(tmp_path, number):
    write_files(tmp_path, random.Random(8), files=12)  # noqa: S311
    assert not ingest_and_kill(tmp_path, Kill(number=number, after_events=6, processes=2))
    ledger = describe(tmp_path)["ledger"]
    assert isinstance(ledger, dict)
    assert len(ledger) >= 4
