"""Kill an ingest again and again, and compare what it ends with to one that was left in peace.

    python -m tests.killing --minutes 5 --seed 1

Each round has folders of its own, made from the seed: some files, then what becomes of them
(edited, moved, copied, deleted, broken). One archive takes in both in peace. The other one's
processes are killed (SIGKILL, SIGTERM or SIGINT) at random moments, or at a file or commit that is
counted out, and started again, up to a few times for each. Then both have to hold the same
articles, passages, tags and ledger, and give the same answers. At a difference it prints the round,
and exits with 1.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

from pinakes.corpus import ArchiveFolder, IngestObserver, IngestOptions, ReadingLimits, Store
from pinakes.search import Archive, IndexOptions, rehearsal, taking_in
from pinakes.search.tagging.rule_files import Rules

_NOUNS = (
    "mine bridge council minister inspector collapse night vote river tower letter strike water"
    " report panel harbour road court witness archive"
)
_WORDS = _NOUNS.split()
_QUERIES = ("mine", "bridge council", "vote OR strike", '"the river"', "minister -court", "water")
_LONG_AGO_NS = 1_500_000_000_000_000_000
_SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
_INTERRUPTED = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """When a process is killed.

    Attributes:
        number: The signal.
        after_s: Seconds after it began to work; or else
        after_events: after how many files and commits.
        processes: How many read files for it; 0 is itself.
    """

    number: int
    after_s: float = 0.0
    after_events: int = 0
    processes: int = 0


def write_files(folder: Path, chance: random.Random, *, files: int) -> None:
    """Make a folder of pages, texts, records, copies, and what cannot be read."""
    for number in range(files):
        place = chance.choice(("", "a/", "b/", "a/deep/"))
        text = _paragraphs(chance)
        kind = chance.random()
        if kind < 0.4:
            _write(folder / f"{place}{number}.html", f"<title>Page {number}</title>{text}")
        elif kind < 0.7:
            _write(folder / f"{place}{number}.txt", text)
        elif kind < 0.8:
            records = [
                json.dumps({"id": f"r{each}", "text": _paragraphs(chance)}) for each in range(4)
            ]
            _write(folder / f"{place}{number}.jsonl", "\n".join([*records, '{"text": ']))
        elif kind < 0.9:
            _write(
                folder / f"{place}{number}.txt", f"Copied text of {chance.randrange(4)}. The end."
            )
        else:
            _write(folder / f"{place}{number}.json", chance.choice(("", "{", "\0\0\0", "[]")))


def change_files(folder: Path, chance: random.Random) -> None:
    """Let files be edited, moved, copied, deleted and broken."""
    for path in _sources(folder):
        what = chance.random()
        other = folder / chance.choice(("a", "b", "c")) / f"{path.stem}-{chance.randrange(9)}"
        if what < 0.15:
            _write(path, f"<p>{_paragraphs(chance)}</p>")
        elif what < 0.3:
            _move(path, other.with_suffix(path.suffix))
        elif what < 0.4:
            _write(other.with_suffix(path.suffix), path.read_text("utf-8"))
        elif what < 0.5:
            path.unlink()
        elif what < 0.55:
            _write(path, "")
    _write(folder / "c/last.txt", "What is there in any case.")


def ingest_in_peace(root: Path) -> None:
    """Take in all files, in this process."""
    with _archive(root) as archive:
        archive.index([root], options=IndexOptions(prune=True))


def ingest_and_kill(root: Path, kill: Kill) -> bool:
    """Take in all files in a process that is killed; return whether it was done before that."""
    with _archive(root):
        pass
    facts = json.dumps([kill.number, kill.after_s, kill.after_events, kill.processes])
    done = subprocess.run(
        [sys.executable, "-m", "tests.killing", "--victim", str(root), "--kill", facts],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        check=False,
    )
    if done.returncode not in (0, -signal.SIGKILL, _INTERRUPTED):
        raise RuntimeError(done.stderr.decode())
    return done.returncode == 0


def describe(root: Path) -> dict[str, object]:
    """Return all that two archives of the same files must have in common."""
    folder = ArchiveFolder.open(root)
    with Store.open(folder.store_path) as store:
        generation = store.state().generation
        articles = {
            f"{a.id} {a.record}": (a.text, a.paths, a.sha256, a.metadata, tuple(a.passages))
            for a in store.living(generation)
        }
        rows = {row.path: replace(row, mtime_ns=0) for row in store.ledger()}
        counts = store.counts(generation)
    with Archive.open(root) as archive:
        answers = {
            query: [
                (hit.article.id, round(hit.score, 9), [p.passage.number for p in hit.passages])
                for hit in archive.search(query, limit=50)
            ]
            for query in _QUERIES
        }
    return {"articles": articles, "ledger": rows, "counts": counts, "answers": answers}


def compare(round_seed: int, folder: Path, *, files: int, kills: int) -> list[str]:
    """Make an archive in peace and one that is killed; return what differs."""
    chance = random.Random(round_seed)  # noqa: S311
    peaceful, killed = folder / "peaceful", folder / "killed"
    write_files(peaceful, chance, files=files)
    for stage in range(2):
        if stage:
            change_files(peaceful, chance)
        _copy_files(peaceful, killed)
        ingest_in_peace(peaceful)
        for _ in range(kills):
            if ingest_and_kill(killed, _draw_kill(chance, files)):
                break
        ingest_in_peace(killed)
        one, other = describe(peaceful), describe(killed)
        if differing := [name for name in one if one[name] != other[name]]:
            return [f"{name}\n  {one[name]}\n  {other[name]}" for name in differing]
    return []


def _draw_kill(chance: random.Random, files: int) -> Kill:
    number, processes = chance.choice(_SIGNALS), chance.choice((0, 0, 0, 2))
    if chance.random() < 0.5:
        events = chance.randrange(1, files + files // 3)
        return Kill(number=number, after_events=events, processes=processes)
    seconds = chance.uniform(0, 1.5 if processes else 0.5)
    return Kill(number=number, after_s=seconds, processes=processes)


def _be_killed(root: Path, kill: Kill) -> None:
    """Take in all files with many small commits, and be killed on the way."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    limits = ReadingLimits(processes=kill.processes) if kill.processes else None
    really = rehearsal.ingest_options

    def options(folder: ArchiveFolder, asked: IndexOptions, rules: Rules) -> IngestOptions:
        return replace(really(folder, asked, rules), limits=limits, batch_articles=3)

    taking_in.ingest_options = options  # type: ignore[attr-defined]
    left = kill.after_events

    def count(_event: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), kill.number)

    with Archive.open(root, exact=True) as archive:
        if kill.after_s:
            timer = threading.Timer(kill.after_s, os.kill, (os.getpid(), kill.number))
            timer.daemon = True
            timer.start()
        try:
            archive.index(
                [root],
                options=IndexOptions(prune=True),
                progress=IngestObserver(on_file=count, on_commit=count),
            )
        except KeyboardInterrupt:
            os._exit(_INTERRUPTED)
    os._exit(0)


def _archive(root: Path) -> Archive:
    if (root / ".pinakes").exists():
        return Archive.open(root, exact=True)
    return Archive.create(root)


def _copy_files(source: Path, target: Path) -> None:
    """Make the files in `target` those of `source`, and leave its archive alone."""
    for path in _sources(target):
        path.unlink()
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".pinakes"))


def _sources(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*.*") if path.is_file() and ".pinakes" not in path.parts
    )


def _paragraphs(chance: random.Random) -> str:
    sentences = (
        f"The {' '.join(chance.choices(_WORDS, k=6))} was seen by the {chance.choice(_WORDS)}."
        for _ in range(chance.randrange(2, 12))
    )
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    # Another time for another content, the same in every archive: it is when a page was saved.
    clock_ns = _LONG_AGO_NS + zlib.crc32(text.encode()) * 1_000
    os.utime(path, ns=(clock_ns, clock_ns))


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)


def _run(minutes: float, seed: int) -> int:
    until = time.monotonic() + minutes * 60
    rounds = 0
    while time.monotonic() < until:
        with tempfile.TemporaryDirectory(prefix="killing-") as place:
            differing = compare(seed + rounds, Path(place), files=40, kills=5)
        if differing:
            sys.stdout.write(f"round {seed + rounds} differs: " + "\n".join(differing) + "\n")
            return 1
        rounds += 1
    sys.stdout.write(f"{rounds} rounds, from seed {seed}: no difference\n")
    return 0


def main() -> int:
    """Do as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--victim", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--kill", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.victim:
        number, after_s, after_events, processes = json.loads(asked.kill)
        _be_killed(
            asked.victim,
            Kill(
                number=number,
                after_s=after_s,
                after_events=after_events,
                processes=processes,
            ),
        )
    return _run(asked.minutes, asked.seed)


if __name__ == "__main__":
    sys.exit(main())
