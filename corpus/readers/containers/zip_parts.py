"""Opens a ZIP archive and its members, within limits."""

from __future__ import annotations

import contextlib
import io
import zipfile
from typing import IO

from pinakes.corpus.errors import SourceError
from pinakes.corpus.readers.limits import Budget, ContainerLimitError
from pinakes.corpus.readers.sources import Reading, Source

_END = b"PK\x05\x06"
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_END_64 = b"PK\x06\x06"
_LOCATOR_64 = b"PK\x06\x07"
_LOCATOR_64_BYTES = 20
# An entry of the directory is 46 bytes and a name.
_USUAL_ENTRY_BYTES = 200
_UTF_8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1


def open_zip(file: IO[bytes], name: str, reading: Reading) -> zipfile.ZipFile:
    """Open a ZIP archive in a file that can be read from any place.

    Raises:
        ContainerLimitError: Its directory lists too many members.
        SourceError: It is damaged.
    """
    limits = reading.budget.limits
    # The directory is read whole, so its length is looked at first.
    if _directory_bytes(file) > limits.max_members * _USUAL_ENTRY_BYTES:
        raise ContainerLimitError("max_members", f"far more than {limits.max_members:,} members")
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SourceError(f"{name}: not a ZIP archive that can be read: {error}") from error


def open_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> io.BufferedReader:
    """Open a member for reading.

    Raises:
        SourceError: It is encrypted, damaged or packed in a way that is not known here.
    """
    name = info.filename
    if info.flag_bits & _ENCRYPTED_FLAG:
        raise SourceError(
            f"{name}: encrypted; unpack it with its password and index what comes out"
        )
    try:
        stream = archive.open(info)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"{name}: damaged: {error}") from error
    return budget.bound(stream, packed_bytes=lambda: info.compress_size)


def read_part(archive: zipfile.ZipFile, name: str, reading: Reading) -> bytes:
    """Return a member that has to be there.

    Raises:
        SourceError: It is not there, encrypted, damaged or too long.
    """
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise SourceError(f"damaged: there is no {name} in it") from error
    stream = open_part(archive, info, reading.budget)
    max_bytes = reading.budget.limits.max_member_bytes
    return Source(name=name, stream=stream, max_bytes=max_bytes).read_all()


def readable_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member with `/` between its parts, in UTF-8 where that is what it is."""
    name = info.filename
    if not info.flag_bits & _UTF_8_FLAG and not name.isascii():
        # If it is of some other old code page, it is a label all the same.
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode()
    return name.replace("\\", "/")


def _directory_bytes(file: IO[bytes]) -> int:
    """Return how long an archive says its directory is; 0 if it does not say."""
    size = file.seek(0, io.SEEK_END)
    tail_at = max(0, size - _LONGEST_COMMENT - _END_BYTES - _LOCATOR_64_BYTES)
    file.seek(tail_at)
    tail = file.read()
    file.seek(0)
    end = tail.rfind(_END)
    if end < 0:
        return 0
    claimed = int.from_bytes(tail[end + 12 : end + 16], "little")
    locator = tail[max(0, end - _LOCATOR_64_BYTES) : end]
    if locator.startswith(_LOCATOR_64):
        file.seek(min(size, int.from_bytes(locator[8:16], "little")))
        record = file.read(56)
        file.seek(0)
        if record.startswith(_END_64):
            return max(claimed % 0xFFFFFFFF, int.from_bytes(record[40:48], "little"))
    return claimed
