"""What a stranger finds of words in the files of an archive, with no code of Pinakes for it.

Every byte as it stands, without case and in UTF-16 too; every value that SQLite hands out; every
frame of Zstandard that begins anywhere, with every dictionary that is found; every list of terms of
the index, as docs/index-format.md describes it.
"""

from __future__ import annotations

import itertools
import sqlite3
import struct
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_FRAME = b"\x28\xb5\x2f\xfd"
_DICTIONARY = b"\x37\xa4\x30\xec"


def scan(root: Path, words: Iterable[str]) -> list[tuple[str, str]]:
    """Return which words stand in which files below `root`, and how they were found."""
    wanted = [word.lower().encode() for word in words]
    wide = [word.lower().encode("utf-16-le") for word in words]
    files = [path for path in sorted(root.rglob("*")) if path.is_file()]
    held = {path: path.read_bytes() for path in files}
    dictionaries = list(_dictionaries(held.values()))
    found: list[tuple[str, str]] = []
    for path, content in held.items():
        pieces = [("bytes", content), *_frames(content, dictionaries), *_terms(content)]
        if content.startswith(b"SQLite format 3\0"):
            pieces += _rows(path, dictionaries)
        for how, piece in pieces:
            lowered = piece.lower()
            found += [
                (word.decode(errors="replace"), f"{path.name}: {how}")
                for word in (*wanted, *wide)
                if word in lowered
            ]
    return found


def _dictionaries(contents: Iterable[bytes]) -> Iterator[zstd.ZstdDict | None]:
    yield None
    for content in contents:
        at = content.find(_DICTIONARY)
        while at >= 0:
            for size in (16384, 4096):
                try:
                    yield zstd.ZstdDict(content[at : at + size])
                except (ValueError, zstd.ZstdError):
                    continue
            at = content.find(_DICTIONARY, at + 1)


def _frames(
    content: bytes, dictionaries: Iterable[zstd.ZstdDict | None]
) -> Iterator[tuple[str, bytes]]:
    at = content.find(_FRAME)
    while at >= 0:
        for dictionary in dictionaries:
            plain = _decode(content[at:], dictionary)
            if plain:
                yield f"frame at {at}", plain
        at = content.find(_FRAME, at + 1)


def _decode(frame: bytes, dictionary: zstd.ZstdDict | None) -> bytes:
    decompressor = zstd.ZstdDecompressor(dictionary)
    plain = b""
    try:
        for at in range(0, len(frame), 64):
            plain += decompressor.decompress(frame[at : at + 64])
            if decompressor.eof:
                break
    except zstd.ZstdError:
        pass
    return plain


def _rows(path: Path, known: list[zstd.ZstdDict | None]) -> Iterator[tuple[str, bytes]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (table,) in tables.fetchall():
            for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608
                for value in row:
                    content = value.encode() if isinstance(value, str) else value
                    if isinstance(content, bytes):
                        yield f"table {table}", content
                        if table == "dictionaries":
                            known.append(zstd.ZstdDict(content))
            for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608
                for value in row:
                    if isinstance(value, bytes) and value.startswith(_FRAME):
                        for dictionary in known:
                            yield f"packed in {table}", _decode(value, dictionary)


def _terms(content: bytes) -> Iterator[tuple[str, bytes]]:
    if not content.startswith(b"PINAKSEG"):
        return
    (count,) = struct.unpack_from("<I", content, 12)
    sections = {}
    for number in range(count):
        at = 64 + 64 * number
        name, kind = (content[at : at + 36].rstrip(b"\0"), content[at + 36 : at + 40])
        start, length = struct.unpack_from("<QQ", content, at + 40)
        sections[name.decode()] = (kind.rstrip(b"\0"), content[start : start + length])
    for name, (_, letters) in sections.items():
        if name.endswith(".terms"):
            kind, places = sections[f"{name}_at"]
            size = int(kind[1:])
            form = {1: "B", 2: "H", 4: "I", 8: "Q"}[size]
            ends = struct.unpack(f"<{len(places) // size}{form}", places)
            terms = [letters[a:b].strip() for a, b in itertools.pairwise(ends)]
            yield name, b"\n".join(terms)
