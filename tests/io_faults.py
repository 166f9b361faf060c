"""Fail each call that an ingest makes on its files, one at a time, and look what becomes of it.

    python -m tests.io_faults [--every 1] [--errors ENOSPC,EIO,full] [--from 1]

An archive with new, edited, renamed and deleted files waiting is brought up to date by the command
line again and again, each time with another of its calls failing (Linux, with a C compiler); with
`full`, all that write after it fail too. It has to end well or with a row of the ledger (status 0
or 4), or with an error that says what and where (3); nothing committed may be lost, and the next
run, on a disk that is well, has to finish it.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pinakes.search.cli import main as command_line
from tests.io_shim import Ended, Shim, is_loaded, memory_folder, run_forked, run_with_shim
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
_ERRORS = ("ENOSPC", "EIO", "full")


class Faults:
    """An archive with work waiting, which is done again and again on copies.

    Attributes:
        calls: How many calls the work makes on files.
    """

    def __init__(self, place: Path) -> None:
        """Make the archive, and count the calls."""
        chance = random.Random(_SEED)  # noqa: S311
        self._place = place
        self._model = place / "model"
        self._model.mkdir()
        self._shelf = Shelf()
        fill(self._model, self._shelf, files=6)
        ingest(self._model, create=True)
        self._shelf.living = observe(self._model)
        for _ in range(2):
            change_files(self._model, self._shelf, chance)
        self._work: Work = draw_work("ingest", self._model, self._shelf, chance)
        # In this process too, so that no other has to import anything.
        self._model_ends()
        ended = self._run(0, "EIO")
        assert ended.status == 0, ended.told
        self.calls = json.loads(ended.told.rpartition("\n")[2])[1]

    def _model_ends(self) -> None:
        """Do the work once on a copy, and look at it."""
        root = Path(shutil.copytree(self._model, self._place / "desk"))
        place = Path.cwd()
        os.chdir(root)
        _index()
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

    def _run(self, call: int, error: str) -> Ended:
        shutil.rmtree(self._place / "desk", ignore_errors=True)
        root = Path(shutil.copytree(self._model, self._place / "desk"))
        number = errno.ENOSPC if error == "full" else getattr(errno, error)

        def do() -> int:
            os.chdir(root)
            shim = Shim()
            told = []
            tell_commits(told.append)
            shim.watch(root)
            shim.fail(call, number, lasts=error == "full")
            status = _index()
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
            root = self._place / "desk"
            _, wrong = try_all(root, self._work, before, commits[0] if commits else before)
            sys.stdout.write("\n" + json.dumps(wrong))

        looked = run_forked(look).told
        try:
            return [f"{failed}: {told}: {each}" for each in json.loads(looked.rpartition("\n")[2])]
        except ValueError:
            return [looked]


def _index() -> int:
    """Do what `pinakes index .` does; return its exit status."""
    read_here()
    sys.argv = ["pinakes", "index", "."]
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
    asked = parser.parse_args(arguments)
    if not is_loaded():
        return run_with_shim("tests.io_faults", arguments).returncode
    spare_scans()
    failures = 0
    with tempfile.TemporaryDirectory(prefix="faults-", dir=memory_folder()) as place:
        faults = Faults(Path(place))
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
