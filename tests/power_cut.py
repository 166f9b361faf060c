"""Record what work on an archive writes, and look at what a power cut would leave of it.

    python -m tests.power_cut [--runs ingest,purge] [--every 1] [--seed 1]

Each run is done once in a process whose writes, renames and syncs are recorded (Linux, with a C
compiler). Then, for each beginning of what was recorded, the disk is made as a power cut would
leave it: all lost that was not synced; or torn in the midst of the last write; or any part of it
kept, in any order. Each has to open and to answer, with all that was committed; the next ingest has
to go on from there, `doctor` may find nothing, and an index made anew has to give the same answers.
Once the mark of a purge is gone, no file of the archive may hold a word of what was purged.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, get_args

from pinakes.corpus import ArchiveFolder
from pinakes.search import Archive
from pinakes.search.adding import file_name
from pinakes.search.writing import PURGE_MARK
from tests.disk_model import Cut, Disk, Event, read_log
from tests.io_shim import Shim, is_loaded, memory_folder, run_forked, run_with_shim
from tests.older_store import make_older
from tests.storm_check import Living, observe, try_all
from tests.storm_work import (
    Shelf,
    Work,
    content,
    draw_work,
    fill,
    ingest,
    spare_scans,
    tell_commits,
)
from tests.stranger_scan import scan

RUNS = (
    "create", "ingest", "ingest", "ingest", "ingest", "ingest", "add", "add", "remove", "remove",
    "purge", "purge", "compact", "compact", "repair", "backup", "restore", "retag", "tag", "save",
    "no index", "older", "unfinished purge", "add first",
)  # fmt: skip
_FILES = 5
_MORE_CUTS: tuple[Cut, ...] = ("reorder",) * 9
"""Looked at too where a purge is done: a few names, of which any may come back."""


class Recorded(NamedTuple):
    """A run, and what was written in it.

    Attributes:
        work: What was done.
        before: What lived in the archive.
        disk: As it was before.
        events: What happened to it.
        times: When sources were changed, by their paths, in nanoseconds.
    """

    work: Work
    before: Living
    disk: Disk
    events: list[Event]
    times: dict[str, int]


def record(name: str, place: Path, chance: random.Random) -> Recorded:
    """Do a run in the folder `place`, and record it."""
    root = place / "desk"
    root.mkdir(parents=True)
    shelf = Shelf()
    work = _prepare(name, root, shelf, chance)
    disk = Disk(place)
    times = {
        str(path.relative_to(place)): path.stat().st_mtime_ns
        for path in root.rglob("*.*")
        if path.is_file() and ".pinakes" not in path.parts
    }
    log_path = place.with_suffix(".log")

    def do() -> None:
        shim = Shim()
        tell_commits(lambda living: shim.mark(json.dumps(living)))
        with log_path.open("wb", buffering=0) as log:
            shim.record(log)
            shim.watch(place)
            work.do(root)
            shim.mark("done")

    ended = run_forked(do)
    if ended.status:
        raise RuntimeError(ended.told)
    return Recorded(work, dict(shelf.living), disk, list(read_log(log_path)), times)


def _prepare(name: str, root: Path, shelf: Shelf, chance: random.Random) -> Work:
    """Make what is there before a run, and return the run."""
    fill(root, shelf, files=_FILES)
    if name == "create":
        after = dict(shelf.files)
        return Work(name=name, do=_create, after=after, is_ingest=True)
    _create(root)
    shelf.living = observe(root)
    if name in ("restore", "unfinished purge"):
        draw_work("backup", root, shelf, chance).do(root)
    if name.startswith("add"):
        if name == "add":
            _add(root, shelf)
            shelf.living = observe(root)
        numbers = range(shelf.last + 1, shelf.last + 3)
        added = {file_name(str(number)): number for number in numbers}
        return Work(
            name=name,
            do=lambda root: _add_numbers(root, list(numbers)),
            after=shelf.living | added,
            is_in_parts=True,
        )
    if name == "no index":
        shutil.rmtree(root / ".pinakes" / "index")
        return replace(draw_work("repair", root, shelf, chance), has_index=False)
    if name == "older":
        make_older(root / ".pinakes" / "store.sqlite", 4)
        return draw_work("ingest", root, shelf, chance)
    if name == "unfinished purge":
        _stop_purge(root)
        return draw_work("ingest", root, shelf, chance)
    return draw_work(name, root, shelf, chance)


def _create(root: Path) -> None:
    ingest(root, create=True)


def _add(root: Path, shelf: Shelf) -> None:
    shelf.last += 1
    _add_numbers(root, [shelf.last])
    shelf.files[file_name(str(shelf.last))] = shelf.last


def _add_numbers(root: Path, numbers: list[int]) -> None:
    with Archive.open(root, exact=True) as archive:
        archive.add({"id": str(number), "text": content(number)} for number in numbers)


def _stop_purge(root: Path) -> None:
    from pinakes.search.upkeep.erasing import mark

    mark(ArchiveFolder.open(root), [])


def cuts(
    recorded: Recorded, chance: random.Random, *, every: int
) -> Iterator[tuple[str, list[str]]]:
    """Yield, for each beginning and each kind of cut, what it was and what is wrong with it.

    Args:
        recorded: A run.
        chance: Draws what is torn and what is lost.
        every: Only one of so many beginnings is looked at.
    """
    told: Living = {}
    last_told: Living = recorded.before
    seen: set[str] = set()
    is_erased = False
    for number, event in enumerate(recorded.events):
        if event.kind == "K":
            text = event.content.decode()
            last_told = recorded.work.after if text == "done" else json.loads(text)
        recorded.disk.apply(event)
        is_erased |= event.kind == "U" and event.content.endswith(PURGE_MARK.encode())
        if number % every and not is_erased:
            continue
        told = last_told
        for cut in (*get_args(Cut), *(_MORE_CUTS if is_erased else ())):
            found = recorded.disk.after_cut(cut, chance)
            digest = _digest(found, told)
            # What was looked at already need not be again.
            wrong = [] if digest in seen else _look(recorded, found, told)
            seen.add(digest)
            yield f"{recorded.work.name}, event {number} of {len(recorded.events)}, {cut}", wrong


def _digest(found: dict[str, bytes | None], told: Living) -> str:
    digest = hashlib.sha256(json.dumps(dict(told)).encode())
    for path in sorted(found):
        held = found[path]
        digest.update(
            path.encode() + b"\0" + (b"/" if held is None else hashlib.sha256(held).digest())
        )
    return digest.hexdigest()


def _look(recorded: Recorded, found: dict[str, bytes | None], told: Living) -> list[str]:
    with tempfile.TemporaryDirectory(dir=memory_folder()) as place:
        for path in sorted(found):
            target = Path(place, path)
            held = found[path]
            if held is None:
                target.mkdir()
            else:
                target.write_bytes(held)
            if clock_ns := recorded.times.get(path):
                os.utime(target, ns=(clock_ns, clock_ns))
        root = Path(place) / "desk"
        left = list(_residue(root, recorded, told))
        _, wrong = try_all(root, recorded.work, recorded.before, told)
    return left + wrong


def _residue(root: Path, recorded: Recorded, told: Living) -> Iterator[str]:
    """Yield where words are left of what a purge has taken out, if no mark says that it goes on."""
    state = root / ".pinakes"
    is_done = told == recorded.work.after and not (state / PURGE_MARK).exists()
    if recorded.work.name == "purge" and is_done:
        purged = set(recorded.before.values()) - set(recorded.work.after.values())
        for word, where in scan(state, [f"text{number}" for number in purged]):
            yield f"{word} is left in {where}"


def run(name: str, number: int, *, seed: int, every: int) -> tuple[int, int, list[str]]:
    """Record a run; return how many beginnings there are, how many cuts were looked at, and how
    they failed."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311
    with tempfile.TemporaryDirectory(prefix="power-", dir=memory_folder()) as place:
        recorded = record(name, Path(place) / "files", chance)

        def look() -> None:
            looked = 0
            failures = []
            for what, wrong in cuts(recorded, chance, every=every):
                looked += 1
                failures += [f"{what}: {each}" for each in wrong[:3]]
            sys.stdout.write("\n" + json.dumps([looked, failures]))

        ended = run_forked(look)
    try:
        looked, failures = json.loads(ended.told.rpartition("\n")[2])
    except ValueError:
        return len(recorded.events), 0, [ended.told]
    return len(recorded.events), looked, failures


def main(arguments: list[str]) -> int:
    """Do as the command line says; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--runs", default="", help=f"some of {', '.join(dict.fromkeys(RUNS))}")
    parser.add_argument("--every", type=int, default=1, help="one of so many beginnings")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    if not is_loaded():
        return run_with_shim("tests.power_cut", arguments).returncode
    spare_scans()
    total: Counter[str] = Counter()
    names = asked.runs.split(",") if asked.runs else RUNS
    for number, name in enumerate(names):
        events, looked, failures = run(name, number, seed=asked.seed, every=asked.every)
        for failure in failures[:20]:
            sys.stdout.write(f"{failure}\n")
        sys.stdout.write(f"{name}: {events:,} events, {looked:,} cuts, {len(failures)} failures\n")
        sys.stdout.flush()
        total.update(runs=1, cuts=looked, failures=len(failures))
    sys.stdout.write(
        f"{total['runs']} runs, {total['cuts']:,} cuts: {total['failures']} failures\n"
    )
    return int(total["failures"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
