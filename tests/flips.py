"""Flip bytes of an archive's index, one at a time: each flip is noticed, or harmless.

    python -m tests.flips                       every byte of a small one, with one bit flipped
    python -m tests.flips --every 7 --mask 255
    python -m tests.flips --large 400           so many bytes of a larger one, drawn by chance

After each flip the index is opened and asked as a search does, without being made again: it has to
say that it is damaged, or to answer as before. `doctor` has to tell of every flip. What is
neither is printed, and the status is 1; so is what ends the process.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pinakes.corpus import ArchiveError, ArchiveFolder, Store
from pinakes.indexer import Snapshot
from pinakes.search import Archive, SearchOptions, parse
from pinakes.search.asking import answer
from tests.io_shim import memory_folder, run_forked
from tests.long_run import MAX_WORDS, switched

_TEXTS = {
    "mine.txt": "Mine collapse at Halvik\n\nFourteen miners were missing on 4 March 2014.\n\n"
    "“The pillars gave way,” said the engineer in Geneva, and the mine was closed.",
    "talks.md": "# Talks\n\nThe ministers talked about the mine.\n\n> They will talk again.\n",
    "treaty.txt": "The treaty on the right to return was signed in Vienna by both ministers.",
    "gone.txt": "This one is gone, and was on mines and talks.",
}
_STEMS = ("mole", "harbour", "walk", "talk", "nation", "tower", "vote", "gard")
_ENDS = ("s", "ed", "ing", "ly", "er", "ful")
_COMMON = ["mine", "mines", "closed", "council", "talks", "talking", "the", "return", "right"]
_LARGE = 1500
_ALL = SearchOptions(limit=2000, snippets=1)
QUERIES = (
    "mine", '"right to return"', "talk* -mine", "place:geneva OR kind:quote", "mine NEAR/5 closed",
    "miners~1 date:2014..2014 OR treaty", "path:talks.md", "*",
    "mol*", "talks NOT mines", "geneva OR harbour*", "m* NEAR/4 *t*", "the-t*", "was-*",
)  # fmt: skip


class Flip(NamedTuple):
    """What became of one flipped byte.

    Attributes:
        file: In which file.
        byte: Which of its bytes.
        outcome: `refused` if it was noticed when it was asked, else `same` or `wrong` answers.
        is_told: Whether `doctor` tells of it.
    """

    file: str
    byte: int
    outcome: str
    is_told: bool


def make_small_archive(root: Path) -> Archive:
    """Make an archive of a few articles, one of which is deleted in its index."""
    (root / "articles").mkdir(parents=True)
    for name, text in _TEXTS.items():
        (root / "articles" / name).write_text(text, "utf-8")
    archive = Archive.create(root)
    archive.index(root / "articles")
    archive.remove(str(root / "articles" / "gone.txt"))
    return archive


def make_large_archive(root: Path, chance: random.Random) -> Archive:
    """Make one whose arrays are so long that their checksums are of parts of them."""
    words = [f"{chance.choice(_STEMS)}{chance.choice(_ENDS)}{number}" for number in range(9000)]
    records = []
    for number in range(_LARGE):
        drawn = chance.choices(words, k=80) + chance.choices(_COMMON, k=80)
        chance.shuffle(drawn)
        records.append(
            {"id": str(number), "text": " ".join(drawn) + f" on {1 + number % 28} May 2014."}
        )
    archive = Archive.create(root)
    archive.add([{"id": name, "text": text} for name, text in _TEXTS.items()] + records)
    return archive


def flip_each(archive: Archive, *, every: int = 1, mask: int = 1, first: int = 1) -> Iterator[Flip]:
    """Flip a byte of the index at a time, and tell what becomes of it; all is as it was then.

    Args:
        archive: A small one; its index is not made again.
        every: Only one of so many bytes.
        mask: Which of its bits are flipped.
        first: Which of them is the first one, from 1.
    """
    files = [(path, path.stat().st_size) for path in _files(archive)]
    places = [(path, at) for path, size in files for at in range(size)]
    yield from flip_at(archive, places[first - 1 :: every], mask=mask)


def flip_some(archive: Archive, chance: random.Random, *, count: int) -> Iterator[Flip]:
    """Flip so many bytes of the index, drawn by chance, each in one bit; as `flip_each` does."""
    for _ in range(count):
        path = max(_files(archive), key=lambda path: path.stat().st_size)
        place = path, chance.randrange(path.stat().st_size)
        yield from flip_at(archive, [place], mask=1 << chance.randrange(8))


def flip_at(archive: Archive, places: Iterable[tuple[Path, int]], *, mask: int) -> Iterator[Flip]:
    """Flip bits at some places of files, one after the other; as `flip_each` does."""
    from pinakes.search.upkeep.checking import check_index

    expected = ask(archive)
    folder = ArchiveFolder.open(archive.root)
    for path, at in places:
        content = path.read_bytes()
        broken = bytearray(content)
        broken[at] ^= mask
        try:
            path.write_bytes(broken)
            try:
                outcome = "same" if ask(archive) == expected else "wrong"
            except ArchiveError:
                outcome = "refused"
            is_told = any(path.name in fault.part for fault in check_index(folder))
            yield Flip(path.name, at, outcome, is_told)
        finally:
            path.write_bytes(content)


def _files(archive: Archive) -> list[Path]:
    folder = archive.root / ".pinakes" / "index"
    return sorted(path for path in folder.iterdir() if path.suffix in (".seg", ".toc", ".del"))


def ask(archive: Archive) -> list[object]:
    """Return all answers, from the files as they are."""
    from pinakes.indexer import verify_snapshot
    from pinakes.search.reading import damage_told

    folder = archive.root / ".pinakes"
    answers: list[object] = []
    with Store.open(folder / "store.sqlite") as store, Snapshot.open(folder / "index") as snapshot:
        if store.token_of(snapshot.generation) != snapshot.token:
            raise ArchiveError(folder, "an index of another history")
        for query in QUERIES:
            with damage_told(partial(verify_snapshot, snapshot)):
                found = answer(parse(query), _ALL, snapshot, store)
            answers.append((found.articles, found.passages, found.hits))
    return answers


def main() -> int:
    """Flip what the command line asks for; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="one of so many bytes")
    parser.add_argument("--first", type=int, default=1, help="which of them is the first")
    parser.add_argument("--mask", type=int, default=1, help="the bits that are flipped")
    parser.add_argument("--large", type=int, default=0, help="so many bytes of a larger archive")
    parser.add_argument("--divided", action="store_true", help="with checksums of parts only")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    with (
        tempfile.TemporaryDirectory(dir=memory_folder()) as place,
        divided() if asked.divided else nullcontext(),
    ):
        chance = random.Random(asked.seed)  # noqa: S311
        if asked.large:
            archive = make_large_archive(Path(place), chance)
            flips = flip_some(archive, chance, count=asked.large)
        else:
            archive = make_small_archive(Path(place))
            flips = flip_each(archive, every=asked.every, mask=asked.mask, first=asked.first)
        ended = run_forked(lambda: _tell(flips))
        archive.close()
    for line in ended.told.splitlines():
        outcome, is_told, *_ = json.loads(line) if line.startswith("[") else ("ended", False)
        counts[f"{outcome}, {'' if is_told else 'not '}told by doctor"] += 1
        if outcome not in ("same", "refused") or not is_told:
            sys.stdout.write(f"{line}\n")
    for what, count in sorted(counts.items()):
        sys.stdout.write(f"{what}: {count:,}\n")
    if ended.status:
        sys.stdout.write(f"the process ended with {ended.status}\n")
    return int(ended.status != 0 or any("wrong" in each or "not told" in each for each in counts))


@contextmanager
def divided() -> Iterator[None]:
    """Write and read all as long ones: arrays with checksums of their parts, words as many."""
    with switched(
        {
            "indexer.segments.arrays.UNDIVIDED_BYTES": 0,
            "indexer.segments.array_writer.UNDIVIDED_BYTES": 0,
            "search.evaluation.texts.many_words._MANY": 1,
            MAX_WORDS: 2,
        }
    ):
        yield


def _tell(flips: Iterator[Flip]) -> None:
    for flip in flips:
        line = json.dumps([flip.outcome, flip.is_told, flip.file, flip.byte])
        sys.stdout.write(f"{line}\n")
        # What comes next may end the process.
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
