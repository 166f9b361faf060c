"""Flip each byte of a small archive's index, one at a time: it is noticed, or harmless.

    python -m tests.flips                  every byte, each with one bit flipped
    python -m tests.flips --every 7 --mask 255

After each flip the index is opened and asked as a search does, without being made again: it has to
say that it is damaged, or to answer as before. `doctor` has to tell of every flip. What is
neither is printed, and the status is 1. An interpreter that crashes ends the command.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pinakes.corpus import ArchiveError, Store
from pinakes.indexer import Snapshot
from pinakes.search import Archive, SearchOptions, parse
from pinakes.search.asking import answer

_TEXTS = {
    "mine.txt": "Mine collapse at Halvik\n\nFourteen miners were missing on 4 March 2014.\n\n"
    "“The pillars gave way,” said the engineer in Geneva, and the mine was closed.",
    "talks.md": "# Talks\n\nThe ministers talked about the mine.\n\n> They will talk again.\n",
    "treaty.txt": "The treaty on the right to return was signed in Vienna by both ministers.",
    "gone.txt": "This one is gone, and was on mines and talks.",
}
QUERIES = (
    "mine", '"right to return"', "talk* -mine", "place:geneva OR kind:quote", "mine NEAR/5 closed",
    "miners~1 date:2014..2014 OR treaty", "path:talks.md", "*",
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


def flip_each(archive: Archive, *, every: int = 1, mask: int = 1) -> Iterator[Flip]:
    """Flip a byte of the index at a time, and tell what becomes of it; all is as it was then.

    Args:
        archive: A small one; its index is not made again.
        every: Only one of so many bytes.
        mask: Which of its bits are flipped.
    """
    folder = archive.root / ".pinakes" / "index"
    expected = _ask(archive)
    number = 0
    for path in sorted(
        path for path in folder.iterdir() if path.suffix in (".seg", ".toc", ".del")
    ):
        content = path.read_bytes()
        for at in range(len(content)):
            number += 1
            if number % every:
                continue
            broken = bytearray(content)
            broken[at] ^= mask
            path.write_bytes(broken)
            try:
                outcome = "same" if _ask(archive) == expected else "wrong"
            except ArchiveError:
                outcome = "refused"
            yield Flip(path.name, at, outcome, is_told=bool(archive.upkeep.check()))
        path.write_bytes(content)


def _ask(archive: Archive) -> list[object]:
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
                found = answer(parse(query), SearchOptions(), snapshot, store)
            answers.append((found.articles, found.passages, found.hits))
    return answers


def main() -> int:
    """Flip what the command line asks for; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="one of so many bytes")
    parser.add_argument("--mask", type=int, default=1, help="the bits that are flipped")
    asked = parser.parse_args()
    counts: Counter[tuple[str, bool]] = Counter()
    with tempfile.TemporaryDirectory() as place, make_small_archive(Path(place)) as archive:
        for flip in flip_each(archive, every=asked.every, mask=asked.mask):
            counts[flip.outcome, flip.is_told] += 1
            if flip.outcome == "wrong" or not flip.is_told:
                sys.stdout.write(f"{flip}\n")
    for (outcome, is_told), count in sorted(counts.items()):
        sys.stdout.write(f"{outcome}, {'' if is_told else 'not '}told by doctor: {count:,}\n")
    return int(any(outcome == "wrong" or not is_told for outcome, is_told in counts))


if __name__ == "__main__":
    sys.exit(main())
