"""Copies an archive into one file, and makes an archive of such a file again.

A backup is a ZIP file: the store as it was at one moment, the settings, the rules, and a manifest
with the checksum of each. The index is not in it: it is made again from the store.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from pinakes.corpus import (
    ArchiveDamagedError,
    ArchiveExistsError,
    ArchiveFolder,
    ArchiveReadOnlyError,
    PinakesError,
    Store,
    check_store,
    copy_store,
    make_folder,
    sync_file,
    sync_folder,
)
from pinakes.search.upkeep.erasing import erase_copy, marked_ids

FORMAT = 1
_MANIFEST = "manifest.json"
_STORE = "store.sqlite"
_PART = r"[^./\\:\0][^/\\:\0]{0,200}"
_MEMBER = re.compile(rf"store\.sqlite|config\.toml|synonyms\.txt|rules/(?:{_PART}/){{0,8}}{_PART}")
# What reading a ZIP file raises that is damaged, encrypted, or made to be neither.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
)
_CHUNK_BYTES = 1 << 20
_MOST_MANIFEST_BYTES = 1 << 24


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


def write_backup(folder: ArchiveFolder, path: Path) -> Backup:
    """Write a backup of the archive in `folder` into the file `path`, or one in a folder of it.

    Others may write the archive meanwhile: what was committed before is in it, whole. A file that
    is there is replaced once the new one is whole.

    Raises:
        BackupError: It cannot be written, or lies inside `.pinakes`.
        ArchiveDamagedError: The store cannot be read, or a file of rules is outside of the folder.
    """
    made = datetime.now(UTC)
    if path.is_dir():
        path /= f"{folder.root.name or 'archive'}-{made:%Y%m%dT%H%M%SZ}.pinakes.zip"
    if path.resolve().is_relative_to(folder.state_dir):
        raise BackupError(f"{path}: inside the archive itself; name another place")
    try:
        with tempfile.TemporaryDirectory(prefix=".pinakes-", dir=path.parent) as place:
            copy = Path(place) / _STORE
            _copy_store(folder, copy)
            backup = _describe(copy, path, made)
            draft = Path(place) / "backup.zip"
            _write(draft, backup, {_STORE: copy, **_settings(folder)})
            sync_file(draft)
            draft.replace(path)
            sync_folder(path.parent)
    except OSError as error:
        raise BackupError(f"{path}: cannot be written ({error.strerror or error})") from error
    return backup


def restore_backup(path: Path, root: Path) -> Backup:
    """Make an archive in the folder `root` of the backup `path`.

    The archive appears whole or not at all. Its index is made when it is first needed. The files
    its articles were read from are no part of it.

    Raises:
        ArchiveExistsError: There is an archive in `root` already.
        BackupError: It is no backup, not whole, or of a newer Pinakes.
        ArchiveFormatError: Its store is of a format that is not read.
        ArchiveReadOnlyError: The folder cannot be written.
    """
    folder = ArchiveFolder(root.resolve())
    if folder.state_dir.exists() or folder.state_dir.is_symlink():
        raise ArchiveExistsError(root)
    try:
        make_folder(folder.root)
        draft = Path(tempfile.mkdtemp(prefix=f"{folder.state_dir.name}.", dir=folder.root))
    except OSError as error:
        raise ArchiveReadOnlyError(root, error.strerror or str(error)) from error
    try:
        backup = _unpack(path, draft)
        _check(draft / _STORE, path)
        draft.chmod(folder.root.stat().st_mode & 0o777 | 0o700)
        _sync(draft)
        draft.rename(folder.state_dir)
        sync_folder(folder.root)
    except _BROKEN as error:
        told = getattr(error, "strerror", None) or str(error)
        raise BackupError(f"{path}: cannot be restored ({told}); take another") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return backup


def read_backup(path: Path) -> Backup:
    """Return what a backup holds; raises `BackupError` as `restore_backup`."""
    with _opened(path) as zipped:
        return _backup_of(path, _read_manifest(zipped, path))


def _copy_store(folder: ArchiveFolder, copy: Path) -> None:
    """Copy the store as it is; of what a purge has not erased yet nothing is in the copy."""
    before = marked_ids(folder)
    copy_store(folder.store_path, copy)
    after = marked_ids(folder)
    if before is not None or after is not None:
        erase_copy(copy, {*(before or ()), *(after or ())})


def _sync(folder: Path) -> None:
    for place, _folders, names in os.walk(folder):
        for name in names:
            sync_file(Path(place, name))
        sync_folder(Path(place))


def _describe(copy: Path, path: Path, made: datetime) -> Backup:
    for fault in check_store(copy):
        raise BackupError(
            f"{path}: not written, as the store is damaged ({fault.part}: {fault.problem}); "
            "`pinakes doctor` tells more"
        )
    with Store.open(copy) as store:
        generation = store.state().generation
        return Backup(
            path=path,
            archive=store.archive_id,
            generation=generation,
            articles=store.counts(generation).articles,
            made=made.isoformat(timespec="seconds"),
        )


def _settings(folder: ArchiveFolder) -> dict[str, Path]:
    """Return what the user has set, by the names of the members of a backup.

    Raises:
        ArchiveDamagedError: A file of rules is outside of their folder.
    """
    single = (folder.config_path, folder.synonyms_path)
    found = {path.name: path for path in single if path.is_file()}
    real = folder.rules_dir.resolve()
    for each in sorted(folder.rules_dir.rglob("*")):
        if each.is_file():
            if not each.resolve().is_relative_to(real):
                raise ArchiveDamagedError(each, "is a link out of the folder of rules; delete it")
            found[each.relative_to(folder.state_dir).as_posix()] = each
    return {name: each for name, each in found.items() if _MEMBER.fullmatch(name)}


def _write(draft: Path, backup: Backup, members: Mapping[str, Path]) -> None:
    # What the store holds is compressed; what users write is short.
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as zipped:
        described = []
        for name, source in members.items():
            with source.open("rb") as content, zipped.open(name, "w", force_zip64=True) as member:
                digest, size = _copy(content, member)
            described.append({"name": name, "sha256": digest, "size": size})
        manifest = {
            "pinakes-backup": FORMAT,
            "archive": backup.archive,
            "generation": backup.generation,
            "articles": backup.articles,
            "made": backup.made,
            "members": described,
        }
        zipped.writestr(_MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))


def _copy(content: IO[bytes], member: IO[bytes]) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    while chunk := content.read(_CHUNK_BYTES):
        digest.update(chunk)
        member.write(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _unpack(path: Path, draft: Path) -> Backup:
    with _opened(path) as zipped:
        manifest = _read_manifest(zipped, path)
        # Members are stored as they are: together they take no more room than the backup.
        if sum(int(member["size"]) for member in manifest["members"]) > path.stat().st_size:
            raise BackupError(f"{path}: says that it holds more than it does, or is compressed")
        for member in manifest["members"]:
            name = str(member["name"])
            target = draft / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with zipped.open(name) as content, target.open("xb") as file:
                if _copy_limited(content, file, int(member["size"])) != member["sha256"]:
                    raise BackupError(f"{path}: {name} is not what the manifest says; take another")
        return _backup_of(path, manifest)


def _copy_limited(content: IO[bytes], file: IO[bytes], size: int) -> str:
    """Copy what a member holds; returns its SHA-256, or nothing if it is longer than it says."""
    digest = hashlib.sha256()
    while chunk := content.read(min(_CHUNK_BYTES, size + 1)):
        size -= len(chunk)
        if size < 0:
            return ""
        digest.update(chunk)
        file.write(chunk)
    return "" if size else digest.hexdigest()


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (ValueError, *_BROKEN) as error:
        told = getattr(error, "strerror", None) or "no ZIP file, or only a part of one"
        raise BackupError(f"{path}: cannot be read ({told})") from error


def _read_manifest(zipped: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        with zipped.open(_MANIFEST) as file:
            manifest = json.loads(file.read(_MOST_MANIFEST_BYTES))
        found = int(manifest["pinakes-backup"])
        names = [str(each["name"]) for each in manifest["members"]]
        [(str(each["sha256"]), int(each["size"])) for each in manifest["members"]]
        _backup_of(path, manifest)
    except (TypeError, ValueError, LookupError, RecursionError, *_BROKEN) as error:
        raise BackupError(f"{path}: no backup of an archive") from error
    if found > FORMAT:
        raise BackupError(
            f"{path}: a backup of format {found}, this Pinakes reads {FORMAT}; install a newer one"
        )
    is_known = all(map(_MEMBER.fullmatch, names)) and len(set(names)) == len(names)
    if _STORE not in names or not is_known:
        raise BackupError(f"{path}: a backup with other members than it should have")
    return dict(manifest)


def _backup_of(path: Path, manifest: Mapping[str, Any]) -> Backup:
    return Backup(
        path=path,
        archive=str(manifest["archive"]),
        generation=int(manifest["generation"]),
        articles=int(manifest["articles"]),
        made=str(manifest["made"]),
    )


def _check(store: Path, path: Path) -> None:
    """Raise what is wrong with the store of a backup; one of an older format is brought up."""
    Store.open(store, read_only=False).close()
    for fault in check_store(store):
        raise BackupError(f"{path}: its store is damaged ({fault.part}: {fault.problem})")
