"""Looks for words in every byte of the files below a folder, in a process of its own.

A process that closes a file lets go of all locks that it has on it (POSIX), those by which SQLite
keeps a database from being changed under its readers too. So who has the store open must not read
its file by itself.
"""

from __future__ import annotations

import base64
import errno
import json
import mmap
import os
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pinakes.corpus import ArchiveError, PinakesError, read_frames
from pinakes.indexer import Segment
from pinakes.search.upkeep.sieve import Hit, Sieve

_CODE = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from pinakes.search.upkeep.raw_bytes import serve; serve()"
)
_CHUNK_BYTES = 1 << 23
_CERTAIN_BYTES = 6
"""A shorter word counts only where it stands by itself: 100 MB of anything have it by chance."""
_MOST_TOLD = 20
"""So often is one word told of one file."""
_LOCKS = frozenset({"lock", "lock.json", "replace.lock"})
"""What says which process writes, and since when."""


class ScanError(PinakesError):
    """The files of an archive cannot be read for what they hold."""


class RawHit(NamedTuple):
    """A word found in a file.

    Attributes:
        path: Relative to the folder, `/` between parts.
        word: Which word.
        start: The first byte of it in the file, or of the compressed frame that it is in.
        is_compressed: Whether it is in a frame of Zstandard.
    """

    path: str
    word: str
    start: int
    is_compressed: bool


def scan(
    root: Path, spellings: Mapping[str, Sequence[str]], dictionaries: Sequence[bytes]
) -> tuple[list[RawHit], list[str]]:
    """Return where the files below `root` hold words, and which files could not be read.

    Args:
        root: The folder.
        spellings: Of each word.
        dictionaries: With which frames may be compressed.

    Raises:
        ScanError: No process can be started, or it ended with an error.
    """
    if not sys.executable or getattr(sys, "frozen", False):
        raise ScanError(f"{root}: cannot be read by another process: this is part of a program")
    request = {
        "root": str(root),
        "spellings": {word: list(spelt) for word, spelt in spellings.items()},
        "dictionaries": [base64.b64encode(each).decode() for each in dictionaries],
    }
    command = [sys.executable, "-c", _CODE, json.dumps([str(each) for each in sys.path])]
    try:
        done = subprocess.run(  # noqa: S603  # this very interpreter, with code of ours
            command, input=json.dumps(request).encode(), capture_output=True, check=True
        )
        reply = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        told = getattr(error, "stderr", None) or str(error).encode()
        raise ScanError(
            f"{root}: cannot be read by another process: {told.decode(errors='replace')[-500:]}"
        ) from error
    return [RawHit(*hit) for hit in reply["hits"]], reply["unread"]


def serve() -> None:
    """Answer one request on standard input: the other side of `scan`."""
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    sieve = Sieve(asked["spellings"])
    dictionaries = [base64.b64decode(each) for each in asked["dictionaries"]]
    root = Path(asked["root"])
    hits: list[RawHit] = []
    unread: list[str] = []
    for path in sorted(_files_below(root)):
        name = path.relative_to(root).as_posix()
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise OSError(errno.EINVAL, "not a file")
            hits += _scan_file(path, name, sieve, dictionaries)
        except FileNotFoundError:
            continue
        except OSError:
            unread.append(name)
    print(json.dumps({"hits": hits, "unread": unread}))  # noqa: T201  # the answer of a process


def _files_below(root: Path) -> Iterator[Path]:
    for folder, _folders, names in os.walk(root):
        yield from (Path(folder, name) for name in names if name not in _LOCKS)


def _term_spans(path: Path) -> list[tuple[int, int]]:
    """Return where in a segment of the index its terms are: these are looked into one by one."""
    if path.suffix != ".seg":
        return []
    try:
        return Segment(path).term_spans()
    except (ArchiveError, FileNotFoundError):
        return []


def _scan_file(
    path: Path, name: str, sieve: Sieve, dictionaries: Sequence[bytes]
) -> Iterator[RawHit]:
    told: dict[str, int] = {}
    terms = _term_spans(path)

    def tell(hit: Hit, start: int, *, is_compressed: bool) -> Iterator[RawHit]:
        is_certain = hit.is_whole or len(hit.spelling) >= _CERTAIN_BYTES
        is_certain &= not any(first <= start < last for first, last in terms)
        told[hit.word] = told.get(hit.word, 0) + is_certain
        if is_certain and told[hit.word] <= _MOST_TOLD:
            yield RawHit(name, hit.word, start, is_compressed)

    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            for first in range(0, len(content), _CHUNK_BYTES):
                # A byte before, and what a word may need behind, to tell where it ends.
                begin = max(0, first - 1)
                chunk = content[begin : first + _CHUNK_BYTES + sieve.longest_bytes]
                for hit in sieve.find(chunk):
                    yield from tell(hit, begin + hit.start, is_compressed=False)
            for start, plain in read_frames(content, dictionaries):
                for hit in sieve.find(plain):
                    yield from tell(hit, start, is_compressed=True)
