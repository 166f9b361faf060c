"""A disk that is full: each message says where there is no room, and to make some."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pinakes.corpus import ArchiveFolder, ArchiveReadOnlyError, WriterLock
from pinakes.search import Archive
from pinakes.search.cli.app import pinakes
from pinakes.search.upkeep import BackupError, backup, restore_backup

REMEDY = "free some space and try again"
FULL = [errno.ENOSPC, errno.EDQUOT]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "river.txt").write_text("The delegates spoke of the river.")
    with Archive.create(tmp_path / "desk") as archive:
        archive.index(archive.root)
        yield archive


def failing(code: int) -> Any:
    def fail(*_args: object, **_options: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("code", FULL)
@pytest.mark.parametrize("call", ["unpack", "_sync", "make_folder"])
def test_restore_blames_the_folder_and_not_the_backup(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, call: str
) -> None:
    good = archive.upkeep.backup(tmp_path / "good.zip").path
    monkeypatch.setattr(backup, call, failing(code))
    with pytest.raises(ArchiveReadOnlyError) as told:
        restore_backup(good, tmp_path / "again")
    assert told.value.path == tmp_path / "again"
    assert "good.zip" not in str(told.value)
    assert str(told.value).endswith(f"({os.strerror(code)}); {REMEDY}")
    assert not (tmp_path / "again").exists()


def test_restore_still_blames_a_backup_that_cannot_be_read(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = archive.upkeep.backup(tmp_path / "good.zip").path
    monkeypatch.setattr(backup, "unpack", failing(errno.EIO))
    with pytest.raises(BackupError, match=r"good\.zip: cannot be restored .*take another"):
        restore_backup(good, tmp_path / "again")


@pytest.mark.parametrize("code", FULL)
def test_backup_says_to_make_room(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(backup, "sync_file", failing(code))
    with pytest.raises(BackupError, match=rf"good\.zip: cannot be written \(.*\); {REMEDY}$"):
        archive.upkeep.backup(tmp_path / "good.zip")
    monkeypatch.setattr(backup, "sync_file", failing(errno.EIO))
    with pytest.raises(BackupError, match=r"error\)$"):
        archive.upkeep.backup(tmp_path / "good.zip")


@pytest.mark.parametrize(
    ("code", "remedy"),
    [*((code, REMEDY) for code in FULL), (errno.EACCES, "check its permissions")],
)
def test_what_cannot_be_written_has_the_remedy_of_its_reason(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, remedy: str
) -> None:
    folder = ArchiveFolder.open(archive.root)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", failing(code))
        with pytest.raises(ArchiveReadOnlyError, match=remedy):
            WriterLock(folder, wait_s=0).__enter__()
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", failing(code))
        with pytest.raises(ArchiveReadOnlyError, match=remedy):
            Archive.create(tmp_path / "new")


@pytest.mark.parametrize("code", FULL)
def test_an_index_without_room_is_told_with_its_folder_and_what_to_do(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    (archive.root / "lake.txt").write_text("Nobody spoke of the lake.")
    monkeypatch.setattr("pinakes.indexer.changes.make_durable", failing(code))
    done = CliRunner().invoke(pinakes, ["index", str(archive.root)])
    assert done.exit_code == 3
    told = " ".join(done.stderr.split())
    assert f"index: {os.strerror(code)}; {REMEDY}" in told
