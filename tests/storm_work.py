"""Work on a small archive that may be stopped at any moment, and what it may have come to then."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from pinakes.corpus import ArchiveFolder, IngestOptions, ReadingLimits, RetagOptions, Store
from pinakes.indexer import PassageIndex
from pinakes.search import Archive, IndexOptions, rehearsal, taking_in
from pinakes.search.tagging.rule_files import Rules
from pinakes.search.upkeep import restore_backup

_NOUNS = (
    "mine bridge council minister inspector collapse night vote river tower letter strike water"
    " report panel harbour road court witness archive miners talks treaty closed"
)
_WORDS = _NOUNS.split()
_BY_TWO = RetagOptions(batch_articles=2)
_PLACES = ("", "a/", "b/deep/")
BACKUP, AGAIN = "backup.zip", "again"
"""What is beside the archive: a backup, and the folder in which one is restored."""


@dataclass(kw_only=True)
class Shelf:
    """Which text each file holds, by number, and each article of the archive.

    Attributes:
        files: On the disk, by path below the archive's folder.
        living: In the archive, by the path of the file.
        last: The highest number so far.
    """

    files: dict[str, int] = field(default_factory=dict)
    living: dict[str, int] = field(default_factory=dict)
    last: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Something that is done to an archive.

    Attributes:
        name: What it is.
        do: Does it, to the archive in this folder.
        after: What lives in the archive when it is done, as `Shelf.living`.
        is_ingest: Whether an ingest goes on where it was stopped.
        is_in_parts: Whether a part of it may be done, and stay so.
        has_index: Whether there is an index before it is done.
    """

    name: str
    do: Callable[[Path], object]
    after: dict[str, int]
    is_ingest: bool = False
    is_in_parts: bool = False
    has_index: bool = True


def content(number: int) -> str:
    """Return the text of a number; no two are alike, and all share words."""
    chance = random.Random(number)  # noqa: S311
    words = " ".join(chance.choices(_WORDS, k=chance.randrange(8, 60)))
    return f"On {1 + number % 28} March 2014 the text{number} said: {words}."


def write(root: Path, path: str, number: int) -> None:
    """Write the file that holds a text."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content(number), "utf-8")


def fill(root: Path, shelf: Shelf, *, files: int) -> None:
    """Write the first files of a shelf."""
    for number in range(1, files + 1):
        path = f"{_PLACES[number % 3]}{number}.txt"
        write(root, path, number)
        shelf.files[path] = shelf.last = number


def change_files(root: Path, shelf: Shelf, chance: random.Random) -> None:
    """Let some files be made, edited, renamed and deleted; what is in no article any more goes."""
    for path in set(shelf.files) - set(shelf.living):
        (root / path).unlink(missing_ok=True)
        del shelf.files[path]
    for _ in range(chance.randrange(1, 6)):
        shelf.last += 1
        paths = sorted(shelf.files)
        path = chance.choice(paths) if paths else ""
        drawn = chance.random()
        if len(paths) < 6 or drawn < 0.3:
            path = f"{chance.choice(_PLACES)}{shelf.last}.txt"
            shelf.files[path] = shelf.last
            write(root, path, shelf.last)
        elif drawn < 0.6:
            shelf.files[path] = shelf.last
            write(root, path, shelf.last)
        elif drawn < 0.8 or len(paths) > 16:
            (root / path).unlink()
            del shelf.files[path]
        else:
            new = f"{chance.choice(_PLACES)}r{shelf.last}.txt"
            (root / new).parent.mkdir(parents=True, exist_ok=True)
            (root / path).rename(root / new)
            shelf.files[new] = shelf.files.pop(path)


def change_rule(root: Path, chance: random.Random) -> None:
    """Let the archive have one rule of its own, such as it has not had."""
    folder = root / ".pinakes" / "rules"
    folder.mkdir(exist_ok=True)
    version = chance.randrange(1, 1_000_000)
    words = ["mine", f"w{chance.randrange(3)}", "the"][: chance.randrange(1, 4)]
    rule = f'version = {version}\ntype = "topic"\nvalue = "{chance.choice("ab")}"\n'
    (folder / "storm.toml").write_text(f"{rule}words = {words}\n", encoding="utf-8")


def read_here(processes: int = 0, *, batch: int = 2) -> None:
    """From now on let ingests commit after so many articles; 0 processes read files here."""
    limits = ReadingLimits(processes=processes) if processes else None

    def options(folder: ArchiveFolder, asked: IndexOptions, *rules: Rules) -> IngestOptions:
        found = rehearsal.ingest_options(folder, asked, *rules)
        return replace(found, limits=limits, batch_articles=batch)

    taking_in.ingest_options = options  # type: ignore[attr-defined]


def ingest(root: Path, *, processes: int = 0, create: bool = False, batch: int = 2) -> None:
    """Take in all files, as `read_here` says."""
    read_here(processes, batch=batch)
    with Archive.create(root) if create else Archive.open(root, exact=True) as archive:
        archive.index([root], options=IndexOptions(prune=True))


def draw_work(name: str, root: Path, shelf: Shelf, chance: random.Random) -> Work:
    """Return what is to be done; first let files change for an ingest, and a rule for a retag."""
    if name.startswith("ingest"):
        change_files(root, shelf, chance)
        processes = 2 if name.endswith("2") else 0
        return Work(
            name=name,
            do=lambda root: ingest(root, processes=processes),
            after=dict(shelf.files),
            is_ingest=True,
        )
    if name == "retag":
        change_rule(root, chance)
    living = sorted(shelf.living)
    some = chance.sample(living, min(len(living), chance.randrange(1, 3)))
    named = [str(root / path) for path in some]
    backup = root.parent / BACKUP
    rest = {path: number for path, number in shelf.living.items() if path not in some}
    tag = f"topic:t{shelf.last}"
    do, after = {
        "remove": (lambda archive: archive.remove(named), rest),
        "purge": (lambda archive: archive.upkeep.purge(named), rest),
        "compact": (lambda archive: archive.upkeep.erase_leftovers(), shelf.living),
        "repair": (lambda archive: archive.upkeep.repair(), shelf.living),
        "retag": (lambda archive: archive.tags.rerun("all", options=_BY_TWO), shelf.living),
        "tag": (lambda archive: archive.tags.change("mine", add=[tag]), shelf.living),
        "backup": (lambda archive: archive.upkeep.backup(backup), shelf.living),
        "leave": (lambda archive: None, shelf.living),
        "save": (lambda archive: archive.saved.save(f"s{shelf.last}", "mine"), shelf.living),
        "restore": (_restore, shelf.living),
    }[name]  # fmt: skip

    def do_opened(root: Path) -> None:
        with Archive.open(root, exact=True) as archive:
            do(archive)

    return Work(name=name, do=do_opened, after=dict(after))


def _restore(archive: Archive) -> None:
    restore_backup(archive.root.parent / BACKUP, archive.root.parent / AGAIN)


def tell_commits(tell: Callable[[dict[str, int]], None]) -> None:
    """From now on tell what lives in the store after each commit of it, before the index's."""
    update = PassageIndex.update

    def update_told(index: PassageIndex, store: Store, *, upto: int | None = None) -> int:
        tell(living_in(store))
        return update(index, store, upto=upto)

    PassageIndex.update = update_told  # type: ignore[method-assign]


def spare_scans() -> None:
    """Let purges end without reading every byte: that takes a process of its own."""
    from pinakes.search.upkeep import purging
    from pinakes.search.upkeep.residue import Residue

    nothing = Residue(words=0, shared=(), leftovers=())
    purging.find_residue = lambda *_, **_names: nothing  # type: ignore[assignment]


def living_in(store: Store) -> dict[str, int]:
    """Return what lives in a store, as `Shelf.living`; -1 is a text that was never written."""
    living = {}
    for article in store.living(store.state().generation):
        found = number_of(article.text)
        for path in article.paths:
            living[path] = found
    return living


def number_of(text: str) -> int:
    """Return the number of a text, -1 if it is none of these."""
    with suppress(ValueError, IndexError):
        number = int(text.split(" text", 1)[1].split(" ", 1)[0])
        if text == content(number):
            return number
    return -1
