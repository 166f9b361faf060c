"""Fail each call that an ingest makes on its files, one at a time, and look what becomes of it.

    python -m tests.io_faults [--every 1] [--errors ENOSPC,EIO,ENOSPC+] [--from 1] [--work ingest]

An archive with new, edited, renamed and deleted files waiting is brought up to date by the command
line again and again, each time with another of its calls failing (Linux, with a C compiler); with a
`+`, all that write after it fail too, as on a full disk, or (EROFS+) one that is read only from
then on. It has to end well or with a row of the ledger (status 0 or 4), or with an error that says
what and where (3); nothing committed may be lost, and the next run, on a disk that is well, has to
finish it. Other work than an ingest is gone about in the same way.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pinakes.search.cli import main as command_line
from tests.io_shim import Ended, Shim, is_loaded, place_of_files, run_forked, run_with_shim
from tests.storm_check import observe, try_all
from tests.storm_work import (
    Shelf,
    Work,
    change_files,
    draw_work,
    fill,
    ingest,
    read_here,
    spare_scans,
    tell_commits,
)

_SEED = 5
_WELL = (0, 3, 4)
_ERRORS = ("ENOSPC", "EIO", "ENOSPC+")
_COMMANDS = {
    "ingest": ("index", "."),
    "create": ("index", "."),
    "remove": ("remove",),
    "purge": ("purge", "--yes"),
    "compact": ("purge", "--leftovers"),
    "repair": ("doctor", "--repair"),
    "backup": ("backup", "../backup.zip"),
    "save": ("save", "found", "mine"),
}


class Faults:
    """An archive with work waiting, which is done again and again on copies.

    Attributes:
        calls: How many calls the work makes on files.
    """

    def __init__(self, place: Path, name: str) -> None:
        """Make the archive, and count the calls that work of this name makes."""
        chance = random.Random(_SEED)  # noqa: S311
        self._place = place
        self._desk = place / "run" / "desk"
        self._model = place / "model"
        self._model.mkdir()
        self._shelf = Shelf()
        fill(self._model, self._shelf, files=6)
        if name == "create":
            after = dict(self._shelf.files)
            self._work = Work(name=name, do=ingest, after=after, is_ingest=True)
        else:
            ingest(self._model, create=True)
            self._shelf.living = observe(self._model)
            if name == "ingest":
                change_files(self._model, self._shelf, chance)
            self._work = draw_work(name, self._model, self._shelf, chance)
        gone = sorted(self._shelf.living.keys() - self._work.after.keys())
        self._command = [*_COMMANDS[name], *(gone if name in ("remove", "purge") else ())]
        # In this process too, so that no other has to import anything.
        self._model_ends()
        ended = self._run(0, "EIO")
        assert ended.status == 0, ended.told
        self.calls = json.loads(ended.told.rpartition("\n")[2])[1]

    def _model_ends(self) -> None:
        """Do the work once on a copy, and look at it."""
        root = self._lay_out()
        place = Path.cwd()
        os.chdir(root)
        _run_command(self._command)
        os.chdir(place)
        _, wrong = try_all(root, self._work, self._shelf.living, self._work.after)
        assert not wrong, wrong

    def fail_each(self, error: str, *, first: int, every: int) -> Iterator[tuple[str, list[str]]]:
        """Yield for calls how it ended, and what is wrong with that."""
        for call in range(first, self.calls + 1, every):
            ended = self._run(call, error)
            yield (
                f"{ended.status}",
                [f"call {call} of {self.calls}, {error}: {each}" for each in self._judge(ended)],
            )

    def _lay_out(self) -> Path:
        shutil.rmtree(self._desk.parent, ignore_errors=True)
        return Path(shutil.copytree(self._model, self._desk))

    def _run(self, call: int, error: str) -> Ended:
        root = self._lay_out()
        number = getattr(errno, error.rstrip("+"))

        def do() -> int:
            os.chdir(root)
            shim = Shim()
            told = []
            tell_commits(told.append)
            # Temporary files, and what is made beside the archive, too.
            shim.watch(self._place)
            shim.fail(call, number, lasts=error.endswith("+"))
            status = _run_command(self._command)
            # Only counting: what is written from here on is no work of the ingest.
            shim.fail(0, 0)
            sys.stdout.flush()
            sys.stdout.write("\n" + json.dumps([shim.failed(), shim.calls(), told[-1:]]))
            return status

        return run_forked(do)

    def _judge(self, ended: Ended) -> list[str]:
        told, _, last = ended.told.rpartition("\n")
        if ended.status not in _WELL:
            return [f"ended with {ended.status}: {ended.told}"]
        failed, _, commits = json.loads(last)
        if ended.status and not told.strip():
            return [f"{failed}: ended with {ended.status}, and said nothing"]
        before = self._shelf.living

        def look() -> None:
            _, wrong = try_all(self._desk, self._work, before, commits[0] if commits else before)
            sys.stdout.write("\n" + json.dumps(wrong))

        looked = run_forked(look).told
        try:
            return [f"{failed}: {told}: {each}" for each in json.loads(looked.rpartition("\n")[2])]
        except ValueError:
            return [looked]


def _run_command(words: list[str]) -> int:
    """Do what `pinakes` does with these words behind it; return its exit status."""
    read_here()
    sys.argv = ["pinakes", *words]
    try:
        command_line()
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def main(arguments: list[str]) -> int:
    """Do as the command line says; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="one of so many calls")
    parser.add_argument("--from", type=int, default=1, dest="first", help="from this call on")
    parser.add_argument("--errors", default=",".join(_ERRORS))
    parser.add_argument("--work", default="ingest", choices=_COMMANDS)
    asked = parser.parse_args(arguments)
    if not is_loaded():
        return run_with_shim("tests.io_faults", arguments).returncode
    spare_scans()
    faults = Faults(place_of_files(), asked.work)
    failures = 0
    for error in asked.errors.split(","):
        ends: Counter[str] = Counter()
        for status, wrong in faults.fail_each(error, first=asked.first, every=asked.every):
            ends[status] += 1
            failures += bool(wrong)
            for each in wrong[:2]:
                sys.stdout.write(f"{each}\n")
        told = ", ".join(f"{count:,} with status {status}" for status, count in ends.items())
        sys.stdout.write(f"{error}, {faults.calls:,} calls: {told}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{failures} failures\n")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
