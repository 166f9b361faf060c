"""Copies an archive into one file, and makes an archive of such a file again.

A backup is a ZIP file: the store as it was at one moment, the settings, the rules, and a manifest
with the checksum of each. The index is not in it: it is made again from the store.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

from pinakes.corpus import (
    ArchiveDamagedError,
    ArchiveExistsError,
    ArchiveFolder,
    ArchiveReadOnlyError,
    Store,
    check_store,
    copy_store,
    is_full,
    make_folder,
    spelled,
    sync_file,
    sync_folder,
    unwritten,
)
from pinakes.search.upkeep.backup_file import (
    BROKEN,
    FORMAT,
    MANIFEST,
    MEMBER,
    STORE,
    Backup,
    BackupError,
    copy,
    open_backup,
    read_manifest,
    unpack,
)
from pinakes.search.upkeep.erasing import erase_copy, marked_ids


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
            store = Path(place) / STORE
            _copy_store(folder, store)
            for fault in check_store(store):
                raise BackupError(
                    f"{path}: not written, as the store is damaged ({fault.part}: "
                    f"{fault.problem}); `pinakes doctor` tells more"
                )
            backup = _describe(store, path, made.isoformat(timespec="seconds"))
            draft = Path(place) / "backup.zip"
            _write(draft, backup, {STORE: store, **_settings(folder)})
            sync_file(draft)
            draft.replace(path)
            sync_folder(path.parent)
    except OSError as error:
        raise BackupError(f"{path}: {unwritten(error)}") from error
    return backup


def restore_backup(path: Path | str, root: Path | str) -> Backup:
    """Make an archive in the folder `root` of the backup `path`, and return what it holds.

    The archive appears whole or not at all; without it no folder is left that was not there. Its
    index is made when it is first needed. The files its articles were read from are no part of it.

    Raises:
        ArchiveExistsError: There is an archive in `root` already.
        BackupError: It is no backup, not whole, or of a newer Pinakes.
        ArchiveFormatError: Its store is of a format that is not read.
        ArchiveReadOnlyError: The folder cannot be written, or has no room.
    """
    path, root = Path(path), Path(root)
    folder = ArchiveFolder(root.resolve())
    if folder.state_dir.exists() or folder.state_dir.is_symlink():
        raise ArchiveExistsError(root)
    above = (folder.root, *folder.root.parents)
    missing = list(takewhile(lambda each: not each.exists(), above))
    try:
        return _restore(path, root, folder)
    except BaseException:
        # One that others have put something into stays, and those above it.
        with suppress(OSError):
            for each in missing:
                each.rmdir()
        raise


def read_backup(path: Path | str) -> Backup:
    """Return what a backup says that it holds; raises `BackupError` as `restore_backup`."""
    path = Path(path)
    with open_backup(path) as zipped:
        backup, _ = read_manifest(zipped, path)
    return backup


def _restore(path: Path, root: Path, folder: ArchiveFolder) -> Backup:
    try:
        make_folder(folder.root)
        draft = Path(tempfile.mkdtemp(prefix=f"{folder.state_dir.name}.", dir=folder.root))
    except OSError as error:
        raise ArchiveReadOnlyError(root, error) from error
    try:
        said = _unpack(path, draft)
        backup = _check(draft / STORE, said)
        draft.chmod(folder.root.stat().st_mode & 0o777 | 0o700)
        _sync(draft)
        draft.rename(folder.state_dir)
        sync_folder(folder.root)
    except BROKEN as error:
        if is_full(error):
            # The backup is only read: the folder has no room.
            raise ArchiveReadOnlyError(root, error) from error
        told = getattr(error, "strerror", None) or str(error)
        raise BackupError(f"{path}: cannot be restored ({told}); take another") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return backup


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


def _describe(store_path: Path, path: Path, made: str) -> Backup:
    """Return what the store in a backup holds."""
    # To be read only, SQLite might leave files beside it.
    with Store.open(store_path, read_only=False) as store:
        generation = store.state().generation
        return Backup(
            path=path,
            archive=store.archive_id,
            generation=generation,
            articles=store.counts(generation).articles,
            made=made,
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
    return {name: each for name, each in found.items() if MEMBER.fullmatch(name)}


def _write(draft: Path, backup: Backup, members: Mapping[str, Path]) -> None:
    # What the store holds is compressed; what users write is short.
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as zipped:
        described = []
        for name, source in members.items():
            with source.open("rb") as content, zipped.open(name, "w", force_zip64=True) as member:
                digest, size = copy(content, member)
            described.append({"name": name, "sha256": digest, "size": size})
        manifest = {
            "pinakes-backup": FORMAT,
            "archive": backup.archive,
            "generation": backup.generation,
            "articles": backup.articles,
            "made": backup.made,
            "members": described,
        }
        zipped.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))


def _unpack(path: Path, draft: Path) -> Backup:
    with open_backup(path) as zipped:
        backup, members = read_manifest(zipped, path)
        for member in members:
            target = draft / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            if not unpack(zipped, member, target):
                name = spelled(member.name)
                raise BackupError(f"{path}: {name} is not what the manifest says; take another")
    return backup


def _check(path: Path, said: Backup) -> Backup:
    """Return what the store of a backup holds; one of an older format is brought up.

    Raises:
        BackupError: It is damaged.
    """
    Store.open(path, read_only=False).close()
    for fault in check_store(path):
        raise BackupError(f"{said.path}: its store is damaged ({fault.part}: {fault.problem})")
    return _describe(path, said.path, said.made)
