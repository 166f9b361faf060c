"""Files of records are written whole, last when in place, and leave nothing beside them."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pinakes.corpus import ArchiveReadOnlyError
from pinakes.search import record_files
from pinakes.search.record_files import RecordFiles, delete_files


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_what_was_put_is_in_place_at_the_end_and_told_to_be_new_or_not(tmp_path):
    path = tmp_path / "a/1.json"
    with RecordFiles() as files:
        assert files.put(path, b"one")
        assert not files.put(path, b"one")
        assert files.put(path, b"two")
        assert not path.exists()
    assert path.read_bytes() == b"two"
    with RecordFiles() as files:
        assert not files.put(path, b"two")
    assert names(tmp_path) == ["1.json"]


def test_content_is_synced_before_its_name_and_the_folder_after(tmp_path, monkeypatch):
    done: list[str] = []
    really_sync, really_replace = os.fsync, Path.replace

    def sync(descriptor: int) -> None:
        place = Path(f"/proc/self/fd/{descriptor}")
        done.append("folder" if place.is_dir() else "content")
        really_sync(descriptor)

    def replace(self: Path, target: Path) -> Path:
        done.append("name")
        return really_replace(self, target)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("tells files by their numbers")
    (tmp_path / "a").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", sync)
        patch.setattr(Path, "replace", replace)
        with RecordFiles() as files:
            for number in range(3):
                files.put(tmp_path / f"a/{number}.json", b"text")
    assert done == ["content"] * 3 + ["name"] * 3 + ["folder"]


def test_after_an_exception_nothing_is_left_of_what_was_not_in_place(tmp_path, monkeypatch):
    monkeypatch.setattr(record_files, "_AT_ONCE", 2)

    def write() -> None:
        with RecordFiles() as files:
            for number in range(5):
                files.put(tmp_path / f"{number}.json", b"text")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert names(tmp_path) == ["0.json", "1.json", "2.json", "3.json"]


def test_a_file_that_cannot_be_written_or_deleted_is_said_to_be_one(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArchiveReadOnlyError, match=r"1\.json"), RecordFiles() as files:
        files.put(tmp_path / "file/1.json", b"text")
    (tmp_path / "folder.json/in").mkdir(parents=True)
    with pytest.raises(ArchiveReadOnlyError, match=r"folder\.json"):
        delete_files([tmp_path / "folder.json"])


def test_a_disk_that_is_full_when_contents_are_synced_is_told_with_its_folder(
    tmp_path, monkeypatch
):
    def fail(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ArchiveReadOnlyError) as told, RecordFiles() as files:
        files.put(tmp_path / "1.json", b"text")
    assert told.value.path == tmp_path
    assert names(tmp_path) == []


def test_deleting_takes_empty_folders_along_and_no_others(tmp_path):
    for name in ("a/1.json", "a/2.json", "b/3.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"text")
    delete_files([tmp_path / "a/1.json", tmp_path / "b/3.json", tmp_path / "c/4.json"])
    assert names(tmp_path) == ["2.json"]
    assert not (tmp_path / "b").exists()
