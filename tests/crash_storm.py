"""Kill work on an archive at random moments, and look whether anything is lost.

    python -m tests.crash_storm --rounds 2000 --seed 1

One archive lives through all rounds, in memory. In each a forked process is killed with its group
(SIGKILL) in the midst of an ingest, here or with two processes that read, of a removal, a
compaction, a purge, a backup, and so on. Then the archive has to open and to answer; every article
that was committed has to be there, with its text, and nothing else; the next ingest has to go on
from there; `doctor` may find nothing; and an index made anew from the store has to give the same
answers, with the same scores and spans, as the one that survived. What must not be is printed, and
the status is 1.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil

from tests.io_shim import fork, memory_folder, run_forked
from tests.storm_check import Living, observe, try_all
from tests.storm_work import AGAIN, Shelf, Work, draw_work, fill, ingest, spare_scans, tell_commits

_NAMES = {
    "ingest": 40, "ingest 2": 3, "remove": 8, "compact": 10, "purge": 10, "backup": 8,
    "retag": 6, "tag": 4, "repair": 5, "restore": 4, "save": 2,
}  # fmt: skip
_FIRST_GUESS_S = 0.4
_TWO_PROCESSES_S = 3.0
_GIVE_UP_S = 60.0


class Stopped(NamedTuple):
    """How work ended.

    Attributes:
        is_done: Whether it was over before it could be killed.
        told: What lived in the archive after the last commit; None if there was none.
        took_s: How long it went on.
        failure: What it wrote if it ended with an error of its own.
    """

    is_done: bool
    told: Living | None
    took_s: float
    failure: str


class Storm:
    """One archive, and what is known of it.

    Attributes:
        root: Of the archive.
        shelf: What it and its files hold.
        counts: How many rounds of each kind were killed, and how many were over before.
    """

    def __init__(self, place: Path, seed: int) -> None:
        """Make the archive, and load what all rounds need."""
        self.root = place / "desk"
        self.root.mkdir()
        self.shelf = Shelf()
        self.counts: Counter[tuple[str, bool]] = Counter()
        self._chance = random.Random(seed)  # noqa: S311
        self._usual_s: dict[str, float] = {"ingest 2": _TWO_PROCESSES_S}
        fill(self.root, self.shelf, files=8)
        ingest(self.root, create=True)
        self.shelf.living = observe(self.root)
        # So that no round has to import it.
        spare_scans()
        for name in ("tag", "purge", "compact", "backup", "restore", "retag"):
            work = draw_work(name, self.root, self.shelf, self._chance)
            work.do(self.root)
            self.shelf.living, wrong = try_all(self.root, work, self.shelf.living, {})
            assert not wrong, (name, wrong)

    def rounds(self, kills: int) -> Iterator[tuple[str, list[str]]]:
        """Yield of each round what was done and what is wrong, until so many were killed."""
        while kills:
            (name,) = self._chance.choices(list(_NAMES), list(_NAMES.values()))
            shutil.rmtree(self.root.parent / AGAIN, ignore_errors=True)
            before = dict(self.shelf.living)
            work = draw_work(name, self.root, self.shelf, self._chance)
            usual_s = self._usual_s.get(name, _FIRST_GUESS_S)
            stopped = stop(work, self.root, after_s=self._chance.uniform(0, usual_s))
            if stopped.is_done:
                self._usual_s[name] = usual_s * 0.7 + stopped.took_s * 0.3
            else:
                kills -= 1
                self._usual_s[name] = usual_s * 1.05
            self.counts[name, stopped.is_done] += 1
            wrong = [stopped.failure] if stopped.failure else []
            told = before if stopped.told is None else stopped.told
            wrong += self._look(work, before, work.after if stopped.is_done else told)
            self.shelf.last += 1
            yield name, wrong

    def _look(self, work: Work, before: Living, told: Living) -> list[str]:
        """Check the archive in a process of its own, and take over what lives in it."""

        def look() -> int:
            found, wrong = try_all(self.root, work, before, told)
            sys.stdout.write("\n" + json.dumps([found, wrong]))
            return 0

        ended = run_forked(look)
        try:
            found, wrong = json.loads(ended.told.rpartition("\n")[2])
        except ValueError:
            return [f"the check ended with {ended.status}: {ended.told}"]
        self.shelf.living = dict(found)
        return list(wrong)


def stop(work: Work, root: Path, *, after_s: float) -> Stopped:
    """Do work in a process, and kill it and what it has started after a time."""

    def do() -> None:
        tell_commits(lambda living: _tell("commit " + json.dumps(living)))
        _tell("begun")
        work.do(root)
        _tell("done")

    number, told = fork(do, own_group=True)
    with told:
        began = time.monotonic()
        text = _read_until(told.fileno(), b"begun\n", _GIVE_UP_S)
        begun = time.monotonic()
        text += _read_until(told.fileno(), b"done\n", after_s)
        took_s = time.monotonic() - begun
        _kill_all(number)
        text += _read_until(told.fileno(), b"", _GIVE_UP_S)
    status = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    lines = text.decode(errors="replace").splitlines()
    commits = [
        json.loads(line[7:]) for line in lines if line.startswith("commit {") and line[-1] == "}"
    ]
    failure = "" if status in (0, -signal.SIGKILL) else text.decode(errors="replace")
    if begun - began > _GIVE_UP_S:
        failure = "it did not begin"
    return Stopped("done" in lines, commits[-1] if commits else None, took_s, failure)


def _tell(line: str) -> None:
    os.write(1, line.encode() + b"\n")


def _read_until(source: int, end: bytes, within_s: float) -> bytes:
    """Read what comes until it ends so, or time is up, or nothing can come any more."""
    until = time.monotonic() + within_s
    text = b""
    while not (end and text.endswith(end)):
        left_s = until - time.monotonic()
        if left_s <= 0 or not select.select([source], [], [], left_s)[0]:
            break
        piece = os.read(source, 1 << 16)
        if not piece:
            break
        text += piece
    return text


def _kill_all(number: int) -> None:
    """Kill a process with its group, and those that it started in other ones."""
    children = psutil.Process(number).children(recursive=True)
    os.killpg(number, signal.SIGKILL)
    for child in children:
        if child.is_running():
            child.kill()


def main() -> int:
    """Do as the command line says; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=2000, help="that are killed")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    failures = 0
    with tempfile.TemporaryDirectory(prefix="storm-", dir=memory_folder()) as place:
        storm = Storm(Path(place), asked.seed)
        for number, (name, wrong) in enumerate(storm.rounds(asked.rounds), start=1):
            for each in wrong:
                sys.stdout.write(f"round {number}, {name}: {each}\n")
            failures += bool(wrong)
            if wrong:
                break
            if number % 100 == 0:
                sys.stdout.write(f"{number} rounds\n")
                sys.stdout.flush()
    for (name, is_done), count in sorted(storm.counts.items()):
        sys.stdout.write(f"{name}: {count:,} {'over before the kill' if is_done else 'killed'}\n")
    sys.stdout.write(f"{failures} rounds with a fault\n")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
