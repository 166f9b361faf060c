"""The table of contents: which segments make up the index, since which generation of the store.

One file, two lines of JSON; renaming it into place is the moment at which a commit happens.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pinakes.corpus import ArchiveDamagedError, ArchiveFormatError
from pinakes.indexer.analysis import ANALYSIS_VERSION
from pinakes.indexer.errors import IndexDamagedError, IndexFormatError, IndexMissingError, reading
from pinakes.indexer.stemming import stemming_release

if TYPE_CHECKING:
    from pinakes.corpus import Store

FORMAT = 5
INDEX_NAME = "MAIN"
_MAX_RACES = 20
_RULES = re.compile(r"words/([0-9]{1,9}) ")
_TOC = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")
# As SQLite and numpy hold them.
_END_OF_NUMBERS = 1 << 63
_TEMPORARY = rf"_{INDEX_NAME}_[0-9]+\.toc\..+"
_SEGMENT_FILE = rf"({INDEX_NAME}_[0-9a-z]+)\.[A-Za-z0-9_.]+"
_SEGMENT_NAME = re.compile(rf"{INDEX_NAME}_[0-9a-z]+")
_DELETIONS_NAME = re.compile(rf"{INDEX_NAME}_[0-9a-z]+\.[0-9]+\.del")

# What reading JSON and taking it for a table raises, numbers too large and nests too deep included.
_NOT_JSON = (ValueError, LookupError, TypeError, OverflowError, RecursionError)


def fingerprint() -> str:
    """Return what makes words and stems what they are: our rules, and the release of the stemmers.

    An index of other rules is not read. One of other stemmers is: most stems are alike, and two
    machines that share an archive must not make it again for each other at every search. Only who
    writes makes it anew.
    """
    return f"words/{ANALYSIS_VERSION} pystemmer/{stemming_release()}"


class SegmentEntry(NamedTuple):
    """What the table of contents says of a segment.

    Attributes:
        name: Of its file, without the suffix `.seg`.
        articles: How many it holds, deleted ones included.
        passages: Likewise.
        live_articles: How many of them are not deleted.
        live_passages: How many passages those have.
        live_words: How many words those have in title, headings and body.
        languages: Of living articles with passages, sorted.
        deletions: The name of its deletions file, or empty.
    """

    name: str
    articles: int
    passages: int
    live_articles: int
    live_passages: int
    live_words: tuple[int, int, int]
    languages: tuple[str, ...]
    deletions: str = ""


class Toc(NamedTuple):
    """A table of contents.

    Attributes:
        number: Counts commits; part of the file's name.
        generation: The store's generation that the segments were made from.
        analysis: What made its words and stems; see `fingerprint`.
        token: The store's token of that generation; empty for an index that was never caught up.
        segments: The keys of living articles ascend from each to the next.
    """

    number: int
    generation: int
    analysis: str
    token: str = ""
    segments: tuple[SegmentEntry, ...] = ()


def toc_path(folder: Path, number: int) -> Path:
    """Return where a table of contents stands."""
    return folder / f"_{INDEX_NAME}_{number}.toc"


def latest_toc(folder: Path) -> int:
    """Return the highest number of a table of contents in the folder.

    Raises:
        IndexMissingError: There is none, or no folder.
    """
    try:
        with reading(folder):
            names = os.listdir(folder)  # noqa: PTH208 - asked at every search, names suffice.
    except (FileNotFoundError, IndexDamagedError) as error:
        raise IndexMissingError(folder) from error
    found = [int(match[1]) for name in names if (match := _TOC.fullmatch(name))]
    if not found:
        raise IndexMissingError(folder)
    return max(found)


def read_toc(folder: Path, number: int) -> Toc:
    """Read a table of contents.

    Raises:
        IndexDamagedError: It fails its checks.
        IndexFormatError: An older Pinakes wrote it: it is made again.
        ArchiveFormatError: A newer Pinakes wrote it, which would have to make it again after us.
        FileNotFoundError: It is not there (any more).
    """
    path = toc_path(folder, number)
    with reading(path):
        content = path.read_bytes()
    toc, rules = _parse(path, content)
    if rules > ANALYSIS_VERSION:
        raise ArchiveFormatError(path, found=rules, supported=ANALYSIS_VERSION)
    if rules != ANALYSIS_VERSION:
        raise IndexFormatError(path, found=toc.analysis, supported=fingerprint())
    if toc.number != number:
        raise IndexDamagedError(path, f"is number {toc.number}")
    return toc


def current_toc(path: Path) -> Toc:
    """Return the latest table of contents.

    Raises:
        IndexMissingError: There is none.
        IndexDamagedError: It fails its checks.
        IndexFormatError: Another version wrote it.
    """
    for _ in range(_MAX_RACES):
        try:
            return read_toc(path, latest_toc(path))
        except FileNotFoundError:  # A commit replaced it between listing and reading.
            continue
    raise IndexDamagedError(path, "the table of contents vanishes while it is read")


# Every search looks whether it is still the same.
@lru_cache(maxsize=16)
def _parse(path: Path, content: bytes) -> tuple[Toc, int]:
    """Return what the table of contents at `path` says, and the number of its rules of words."""
    head, _, body = content.partition(b"\n")
    try:
        header = json.loads(head)
        found = int(header["pinakes-index"])
        checksum = int(header["crc32"])
    except _NOT_JSON as error:
        raise IndexDamagedError(path, "first line") from error
    if found > FORMAT:
        raise ArchiveFormatError(path, found=found, supported=FORMAT)
    if found != FORMAT:
        raise IndexFormatError(path, found=f"format {found}", supported=f"format {FORMAT}")
    if zlib.crc32(body) != checksum:
        raise IndexDamagedError(path, "checksum")
    try:
        toc = _toc_of(json.loads(body))
        # What stands twice would be counted twice.
        if len({entry.name for entry in toc.segments}) != len(toc.segments):
            raise IndexDamagedError(path, "a segment stands in it twice")
        return toc, int(_RULES.match(toc.analysis)[1])  # type: ignore[index]
    except _NOT_JSON as error:
        raise IndexDamagedError(path, "content") from error


def _toc_of(content: Mapping[str, Any]) -> Toc:
    """Return what is said, every piece of the type and within the bounds that it should have."""
    toc = Toc(
        analysis=_text(content["analysis"]),
        number=_count(content["number"]),
        generation=_count(content["generation"]),
        token=_text(content["token"]),
        segments=tuple(map(_entry_of, _list(content["segments"]))),
    )
    # What is added up over all segments is a number too.
    for zone in range(3):
        _count(sum(entry.live_words[zone] for entry in toc.segments))
    return toc


def _entry_of(content: Mapping[str, Any]) -> SegmentEntry:
    name, deletions = _text(content["name"]), _text(content["deletions"])
    # A name becomes a path: none may lead out of the folder.
    if not _SEGMENT_NAME.fullmatch(name):
        raise ValueError(name)
    if deletions and not _DELETIONS_NAME.fullmatch(deletions):
        raise ValueError(deletions)
    title, heading, body = map(_count, _list(content["live_words"]))
    articles, passages = _count(content["articles"]), _count(content["passages"])
    return SegmentEntry(
        name=name,
        articles=articles,
        passages=passages,
        live_articles=_count(content["live_articles"], most=articles),
        live_passages=_count(content["live_passages"], most=passages),
        live_words=(title, heading, body),
        languages=tuple(map(_text, _list(content["languages"]))),
        deletions=deletions,
    )


def _count(value: object, *, most: int = _END_OF_NUMBERS - 1) -> int:
    # To Python `True` is a number.
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError("no number from 0 to what there is")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def write_toc(folder: Path, toc: Toc) -> None:
    """Put a table of contents in place, durably: this is the commit.

    The files it names must be on the disk; their names in the folder need not be.
    """
    from pinakes.corpus import sync_folder

    content = toc._asdict() | {"segments": [entry._asdict() for entry in toc.segments]}
    body = json.dumps(content, separators=(",", ":")).encode() + b"\n"
    head = json.dumps({"pinakes-index": FORMAT, "crc32": zlib.crc32(body)}).encode()
    path = toc_path(folder, toc.number)
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("wb") as file:
        file.write(head + b"\n" + body)
        file.flush()
        os.fsync(file.fileno())
    # The names of new segments first, so that no power cut leaves a table naming what is gone.
    sync_folder(folder)
    temporary.replace(path)
    sync_folder(folder)


def leftover_files(folder: Path, toc: Toc) -> list[Path]:
    """Return the files of the index that `toc` does not use: of older commits, or of crashes."""
    used = {toc_path(folder, toc.number).name}
    for entry in toc.segments:
        used |= {f"{entry.name}.seg", entry.deletions}
    patterns = (_TOC, _TEMPORARY, _SEGMENT_FILE)
    return [
        path
        for path in folder.iterdir()
        if path.name not in used and any(re.fullmatch(pattern, path.name) for pattern in patterns)
    ]


def words_of_format() -> tuple[str, ...]:
    """Return the words that a table of contents has whatever is indexed."""
    return ("pinakes-index", "crc32", fingerprint(), *Toc._fields, *SegmentEntry._fields)


def token_of(store: Store, generation: int) -> str:
    """Return the token of a generation of the store, which it still has.

    Raises:
        ArchiveDamagedError: The store has lost the row of its latest generation.
    """
    token = store.token_of(generation)
    if token is None and generation != store.state().generation:
        raise ValueError(f"generation {generation} is pruned")
    if token is None:
        problem = f"has lost the row of its generation {generation}; restore a backup"
        raise ArchiveDamagedError(store.path, problem)
    return token
