"""Kill purges again and again, and look whether each archive is whole, and forgets all the same.

    python -m tests.purge_killing --rounds 200 --seed 1

Each round copies an archive, lets another process purge an article, kills it at a random moment,
from when it has begun to change anything, and lets a third read meanwhile. Then the archive has to
be whole and either as it was, or without the article; after the next command that writes none of
its words may be left if it is without it. What must not be ends it with an error.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pinakes.search import Archive
from tests.forgotten_article import WORDS, find_id, make_archive
from tests.stranger_scan import scan

_PURGE = """
import sys
from pinakes.search import Archive
with Archive.open(sys.argv[1]) as archive:
    print("ready", flush=True)
    sys.stdin.readline()
    archive.upkeep.purge(sys.argv[2])
"""
_READ = """
import sys
from pinakes.search import Archive
with Archive.open(sys.argv[1]) as archive:
    print("ready", flush=True)
    while True:
        assert archive.search("council").articles == 12
        with Archive.open(sys.argv[1]) as other:
            assert other.search("council").articles == 12
"""


def kill_rounds(place: Path, *, rounds: int, seed: int, longest_s: float) -> dict[str, int]:
    """Return how many rounds ended how; raises `AssertionError` for what must not be."""
    chance = random.Random(seed)  # noqa: S311
    with make_archive(place / "model") as archive:
        article_id = find_id(archive)
    ends = {"as it was": 0, "forgotten": 0}
    for number in range(rounds):
        root = place / f"round-{number}"
        shutil.copytree(place / "model", root)
        with _start(_READ, root) as reader:
            with _start(_PURGE, root, article_id) as purger:
                purger.stdin.write(b"\n")
                purger.stdin.flush()
                _wait_for_change(root, purger)
                time.sleep(chance.uniform(0, longest_s))
                purger.kill()
            assert reader.poll() is None, reader.stderr.read().decode()
            reader.kill()
        ends[_look(root)] += 1
        shutil.rmtree(root)
    return ends


def _wait_for_change(root: Path, purger: subprocess.Popen[bytes]) -> None:
    while not (root / ".pinakes" / "purge.json").exists() and purger.poll() is None:
        time.sleep(0.001)


def _look(root: Path) -> str:
    with Archive.open(root, exact=True) as archive:
        assert archive.search("council").articles == 12
        was_there = archive.search("Pellwether").articles == 1
        told = {fault.part for fault in archive.upkeep.check()}
        assert told <= {"store"}, told
        archive.index(root / "articles")
        assert archive.upkeep.check() == ()
        # An index that had not caught up yet answered with it.
        is_there = archive.search("Pellwether").articles == 1
        assert was_there or not is_there
        assert archive.search("council").articles == 12
    if is_there:
        return "as it was"
    found = scan(root / ".pinakes", WORDS)
    assert found == [], found
    return "forgotten"


def _start(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"ready"
    return process


def main() -> None:
    """Run the rounds that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=0.6, help="seconds until the kill")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        ends = kill_rounds(
            Path(place), rounds=asked.rounds, seed=asked.seed, longest_s=asked.longest
        )
    sys.stdout.write(f"{ends}\n")


if __name__ == "__main__":
    main()
