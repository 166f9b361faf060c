"""What a power cut leaves of work on an archive loses nothing that was committed; a part of it.

`python -m tests.power_cut` looks at every beginning of two dozen runs.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

from pinakes.search.writing import PURGE_MARK
from tests.disk_model import Disk, Event
from tests.forgotten_article import find_id, make_archive
from tests.io_shim import is_possible, run_with_shim


@pytest.mark.skipif(not is_possible(), reason="takes Linux and a C compiler")
def test_a_power_cut_loses_nothing_that_was_committed():
    done = run_with_shim("tests.power_cut", ["--runs", "create,add,purge", "--every", "41"])
    assert done.returncode == 0, done.stdout
    assert "3 runs" in done.stdout


@pytest.fixture
def archive(tmp_path):
    with make_archive(tmp_path / "desk") as archive:
        yield archive


@pytest.mark.skipif(sys.platform == "win32", reason="Windows syncs no folders")
@pytest.mark.parametrize("is_damaged", [False, True])
def test_the_mark_goes_when_nothing_that_was_removed_can_come_back(
    archive, monkeypatch, is_damaged
):
    index = archive.root / ".pinakes" / "index"
    purged = find_id(archive)
    if is_damaged:
        # It is noticed when all is read, and the index made again.
        for path in index.glob("*.seg"):
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 1
            path.write_bytes(content)
    unlink, fsync = Path.unlink, os.fsync
    waiting: set[Path] = set()
    removed_from: set[Path] = set()
    with_the_mark = []

    def note_unlink(path, missing_ok=False):
        if path.name == PURGE_MARK:
            with_the_mark.append(set(waiting))
        elif path.exists():
            waiting.add(path.parent)
            removed_from.add(path.parent)
        unlink(path, missing_ok=missing_ok)

    def note_fsync(handle):
        fsync(handle)
        opened = os.fstat(handle)
        waiting.difference_update(
            [each for each in waiting if os.path.samestat(each.stat(), opened)]
        )

    monkeypatch.setattr(Path, "unlink", note_unlink)
    monkeypatch.setattr(os, "fsync", note_fsync)
    archive.upkeep.purge(purged)
    assert with_the_mark == [set()]
    assert index in removed_from


@pytest.fixture
def disk(tmp_path):
    (tmp_path / "old.txt").write_bytes(b"old")
    return Disk(tmp_path), tmp_path


def leave(disk, cut, seeds=range(40)):
    return [disk.after_cut(cut, random.Random(seed)) for seed in seeds]  # noqa: S311


def write(node, content, at=0):
    return Event("W", node, at, content)


def test_what_was_synced_lasts_and_what_was_not_may_be_lost(disk):
    disk, folder = disk
    root = folder.stat().st_ino
    old = (folder / "old.txt").stat().st_ino
    for event in (
        Event("C", 7_000_001, 0, str(folder / "new.txt").encode()),
        write(7_000_001, b"new one"),
    ):
        disk.apply(event)
    assert disk.after_cut("drop", random.Random(1)) == {"old.txt": b"old"}  # noqa: S311
    disk.apply(Event("S", 7_000_001, 0, b""))
    # Its content lasts, and its name does not yet.
    assert disk.after_cut("drop", random.Random(1)) == {"old.txt": b"old"}  # noqa: S311
    disk.apply(Event("S", root, 0, b""))
    both = {"old.txt": b"old", "new.txt": b"new one"}
    assert leave(disk, "drop") == leave(disk, "tear") == leave(disk, "reorder") == [both] * 40
    disk.apply(write(old, b"OLDER"))
    assert {left["old.txt"] for left in leave(disk, "drop")} == {b"old"}
    torn = {left["old.txt"] for left in leave(disk, "tear")}
    assert torn == {b"old", b"Old", b"OLd", b"OLD", b"OLDE", b"OLDER"}
    spoiled = {left["old.txt"] for left in leave(disk, "reorder")}
    assert {b"old", b"OLDER", bytes(5)} <= spoiled


def test_of_two_writes_the_later_may_last_alone(disk):
    disk, folder = disk
    old = (folder / "old.txt").stat().st_ino
    disk.apply(write(old, b"AAAA", 4))
    disk.apply(write(old, b"BBBB", 8))
    assert b"old\0\0\0\0\0BBBB" in {left["old.txt"] for left in leave(disk, "reorder")}
    disk.apply(Event("T", old, 2, b""))
    assert {left["old.txt"] for left in leave(disk, "tear")} == {b"ol"}


def test_a_rename_lasts_when_its_folder_was_synced_and_is_whole_or_not_at_all(disk):
    disk, folder = disk
    root = folder.stat().st_ino
    disk.apply(Event("C", 7_000_002, 0, str(folder / "new.part").encode()))
    disk.apply(write(7_000_002, b"new"))
    disk.apply(Event("S", 7_000_002, 0, b""))
    disk.apply(Event("S", root, 0, b""))
    names = f"{folder / 'new.part'}\n{folder / 'old.txt'}"
    disk.apply(Event("R", 0, 0, names.encode()))
    before, after = {"old.txt": b"old", "new.part": b"new"}, {"old.txt": b"new"}
    assert leave(disk, "drop") == [before] * 40
    assert all(left in (before, after) for left in leave(disk, "reorder"))
    assert {len(left) for left in leave(disk, "reorder")} == {1, 2}
    disk.apply(Event("S", root, 0, b""))
    assert leave(disk, "drop") == [after] * 40


def test_what_is_in_a_folder_follows_it_when_it_is_renamed(disk):
    disk, folder = disk
    root = folder.stat().st_ino
    for event in (
        Event("M", 7_000_003, 0, str(folder / "draft").encode()),
        Event("C", 7_000_004, 0, str(folder / "draft/a.txt").encode()),
        Event("S", 7_000_003, 0, b""),
        Event("R", 0, 0, f"{folder / 'draft'}\n{folder / 'place'}".encode()),
    ):
        disk.apply(event)
    assert leave(disk, "drop") == [{"old.txt": b"old"}] * 40
    disk.apply(Event("S", root, 0, b""))
    assert leave(disk, "drop") == [{"old.txt": b"old", "place": None, "place/a.txt": b""}] * 40
    disk.apply(Event("U", 0, 0, str(folder / "place/a.txt").encode()))
    assert leave(disk, "drop")[0].keys() == {"old.txt", "place", "place/a.txt"}
    disk.apply(Event("S", 7_000_003, 0, b""))
    assert leave(disk, "drop")[0].keys() == {"old.txt", "place"}
