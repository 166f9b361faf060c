"""The file of a backup, as it is read: a ZIP file whose manifest says what is in it.

It may come from anywhere: what it says is believed only after it was compared with what is there.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from pinakes.corpus import PinakesError

FORMAT = 1
CHUNK_BYTES = 1 << 20
MANIFEST = "manifest.json"
STORE = "store.sqlite"
_PART = r"[^./\\:\0][^/\\:\0]{0,200}"
MEMBER = re.compile(rf"store\.sqlite|config\.toml|synonyms\.txt|rules/(?:{_PART}/){{0,8}}{_PART}")
# What reading a ZIP file raises that is damaged, encrypted, or made to be neither: names that are
# no text, and places beyond all files, are the last two.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)
_MOST_MANIFEST_BYTES = 1 << 24
_END_OF_NUMBERS = 1 << 63


class BackupError(PinakesError):
    """A backup cannot be written, or is not one, or not whole; the message says which and where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup holds.

    Attributes:
        path: The file.
        archive: Id of the archive.
        generation: Of the archive when it was made.
        articles: How many articles are in it.
        made: When, ISO 8601 in UTC.
    """

    path: Path
    archive: str
    generation: int
    articles: int
    made: str


class Member(NamedTuple):
    """What the manifest says of a file in the backup: its name, and what it holds."""

    name: str
    sha256: str
    size: int


def open_backup(path: Path) -> zipfile.ZipFile:
    """Open a ZIP file.

    Raises:
        BackupError: It cannot be read, or is none.
    """
    try:
        return zipfile.ZipFile(path)
    except BROKEN as error:
        told = getattr(error, "strerror", None) or "no ZIP file, or only a part of one"
        raise BackupError(f"{path}: cannot be read ({told})") from error


def read_manifest(zipped: zipfile.ZipFile, path: Path) -> tuple[Backup, list[Member]]:
    """Return what the backup at `path` says of itself, and of each of its members.

    Raises:
        BackupError: It is no backup, of a newer Pinakes, compressed, or has other members.
    """
    try:
        # A kilobyte may be unpacked to gigabytes at one go.
        if zipped.getinfo(MANIFEST).compress_type != zipfile.ZIP_STORED:
            raise BackupError(_compressed(path))
        with zipped.open(MANIFEST) as file:
            manifest = json.loads(file.read(_MOST_MANIFEST_BYTES))
        found = _whole(manifest["pinakes-backup"])
        if found > FORMAT:
            raise BackupError(
                f"{path}: a backup of format {found}, this Pinakes reads {FORMAT}; "
                "install a newer one"
            )
        backup = _backup_of(path, manifest)
        members = [
            Member(_text(each["name"]), _text(each["sha256"]), _whole(each["size"]))
            for each in manifest["members"]
        ]
        names = [member.name for member in members]
        is_known = all(map(MEMBER.fullmatch, names)) and len(set(names)) == len(names)
        if STORE not in names or not is_known:
            raise BackupError(f"{path}: a backup with other members than it should have")
        if any(zipped.getinfo(name).compress_type != zipfile.ZIP_STORED for name in names):
            raise BackupError(_compressed(path))
    except (TypeError, *BROKEN) as error:
        raise BackupError(f"{path}: no backup of an archive") from error
    # Members are stored as they are: together they take no more room than the backup.
    if sum(member.size for member in members) > path.stat().st_size:
        raise BackupError(f"{path}: says that it holds more than it does")
    return backup, members


def unpack(zipped: zipfile.ZipFile, member: Member, target: Path) -> bool:
    """Make the file `target` of a member; return whether it is what the manifest says.

    It is a plain file whatever the ZIP file says, and no longer than the manifest says.

    Raises:
        OSError: It cannot be written, or there is a file of that name.
    """
    digest = hashlib.sha256()
    left = member.size
    with zipped.open(member.name) as content, target.open("xb") as file:
        while chunk := content.read(min(CHUNK_BYTES, left + 1)):
            left -= len(chunk)
            if left < 0:
                return False
            digest.update(chunk)
            file.write(chunk)
    return left == 0 and digest.hexdigest() == member.sha256


def copy(content: IO[bytes], member: IO[bytes]) -> tuple[str, int]:
    """Copy all of a file into a member; return its SHA-256 and how many bytes it has."""
    digest = hashlib.sha256()
    size = 0
    while chunk := content.read(CHUNK_BYTES):
        digest.update(chunk)
        member.write(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _backup_of(path: Path, manifest: Mapping[str, Any]) -> Backup:
    made = _text(manifest["made"])
    datetime.fromisoformat(made)
    return Backup(
        path=path,
        archive=_text(manifest["archive"]),
        generation=_whole(manifest["generation"]),
        articles=_whole(manifest["articles"]),
        made=made,
    )


def _whole(value: object) -> int:
    # To Python `True` is a number.
    if type(value) is not int or not 0 <= value < _END_OF_NUMBERS:
        raise ValueError("no number of what there may be")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _compressed(path: Path) -> str:
    return (
        f"{path}: its members are compressed, and were not when it was made; "
        "take the file as `pinakes backup` wrote it"
    )
