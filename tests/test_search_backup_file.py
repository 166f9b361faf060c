"""A backup as an enemy may have made it: it takes no memory, leads nowhere, and leaves nothing."""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pinakes.search import Archive
from pinakes.search.upkeep import BackupError, read_backup, restore_backup

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("good")
    (root / "river.txt").write_text("The delegates spoke of the river.\n")
    with Archive.create(root) as archive:
        archive.index(root)
        return archive.upkeep.backup(root / "good.zip").path


def lying(good: Path, change: Change, *, kind: int = zipfile.ZIP_STORED) -> bytes:
    """Return the backup with another manifest, packed as `kind` says."""
    target = io.BytesIO()
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(target, "w", kind) as made:
        manifest = json.loads(source.read("manifest.json"))
        change(manifest)
        for name in source.namelist():
            told = json.dumps(manifest).encode()
            made.writestr(name, told if name == "manifest.json" else source.read(name))
    return target.getvalue()


def refuse(path: Path, root: Path, *, is_read: bool = True) -> None:
    with pytest.raises(BackupError):
        restore_backup(path, root)
    assert not root.exists()
    if is_read:
        with pytest.raises(BackupError):
            read_backup(path)


INFINITE = float("inf")
OF_A_MEMBER: list[Any] = [-2, -1, True, 5.0, INFINITE, "5", None, 1 << 63, 10**400, [5]]
OF_ALL: list[tuple[str, Any]] = [
    *((name, value) for name in ("generation", "articles") for value in OF_A_MEMBER),
    ("pinakes-backup", INFINITE),
    ("pinakes-backup", True),
    ("pinakes-backup", "1"),
    ("archive", 5),
    ("archive", [[]]),
    ("made", None),
    ("made", "\x1b[2J"),
    ("members", None),
    ("members", {"name": 5}),
    ("members", ["store.sqlite"]),
    ("members", 5),
]


@pytest.mark.parametrize("size", OF_A_MEMBER, ids=lambda value: repr(value)[:20])
def test_a_size_that_cannot_be_is_refused(good: Path, tmp_path: Path, size: Any) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(lying(good, lambda manifest: manifest["members"][0].update(size=size)))
    refuse(path, tmp_path / "again")


@pytest.mark.parametrize(("name", "value"), OF_ALL, ids=lambda value: repr(value)[:20])
def test_a_manifest_of_what_cannot_be_is_refused(
    good: Path, tmp_path: Path, name: str, value: Any
) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(lying(good, lambda manifest: manifest.update({name: value})))
    refuse(path, tmp_path / "again")


@pytest.mark.parametrize("name", ["name", "sha256"])
@pytest.mark.parametrize("value", [5, None, [], "\ud800"])
def test_a_member_without_a_name_or_checksum_is_refused(
    good: Path, tmp_path: Path, name: str, value: Any
) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(lying(good, lambda manifest: manifest["members"][0].update({name: value})))
    refuse(path, tmp_path / "again", is_read=value != "\ud800")


def test_what_is_told_of_a_restored_archive_is_what_its_store_holds(
    good: Path, tmp_path: Path
) -> None:
    path = tmp_path / "b.zip"
    lies = {"articles": 900, "generation": 70, "archive": "0" * 32}
    path.write_bytes(lying(good, lambda manifest: manifest.update(lies)))
    told = restore_backup(path, tmp_path / "again")
    true = read_backup(good)
    assert (told.archive, told.generation, told.articles, told.made) == (
        true.archive, true.generation, true.articles, true.made
    )  # fmt: skip


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("member", ["store.sqlite", "manifest.json"])
@pytest.mark.parametrize("size", [-2, 5])
def test_a_bomb_takes_no_memory(tmp_path: Path, kind: int, member: str, size: int) -> None:
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w", kind, compresslevel=9) as made:
        head = {"pinakes-backup": 1, "archive": "0", "generation": 1, "articles": 1}
        store = {"name": "store.sqlite", "sha256": "0", "size": size}
        manifest = {**head, "made": "2020-01-01T00:00:00+00:00", "members": [store]}
        if member == "store.sqlite":
            made.writestr("manifest.json", json.dumps(manifest))
        with made.open(member, "w") as bomb:
            for _ in range(64):
                bomb.write(b" " * (1 << 20))
    tracemalloc.start()
    try:
        refuse(path, tmp_path / "again")
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 8 << 20


def test_a_member_that_is_a_link_becomes_a_plain_file(good: Path, tmp_path: Path) -> None:
    place, aim = tmp_path / "b.zip", tmp_path / "aim.txt"
    aim.write_text("not ours")
    content = os.fsencode(aim)
    told = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    names = ("synonyms.txt", "rules/ships.toml")
    members = [{"name": name, **told} for name in names]
    place.write_bytes(lying(good, lambda manifest: manifest["members"].extend(members)))
    with zipfile.ZipFile(place, "a") as made:
        for name in names:
            link = zipfile.ZipInfo(name)
            link.create_system = 3
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            made.writestr(link, content)
    restore_backup(place, tmp_path / "again")
    for name in names:
        path = tmp_path / "again" / ".pinakes" / name
        assert stat.S_ISREG(path.lstat().st_mode)
        assert path.read_bytes() == content
    assert aim.read_text() == "not ours"


def test_a_member_that_begins_beyond_every_file_is_refused(good: Path, tmp_path: Path) -> None:
    content = bytearray(good.read_bytes())
    # In the list at the end, each member has its place 42 bytes after its signature; all ones
    # there mean that it stands in what follows the name.
    at = content.index(b"PK\1\2")
    name_bytes, extra_bytes = struct.unpack_from("<HH", content, at + 28)
    content[at + 42 : at + 46] = b"\xff" * 4
    extra = struct.pack("<HHQ", 1, 8, (1 << 64) - 1)
    begin = at + 46 + name_bytes
    content[begin : begin + extra_bytes] = extra
    struct.pack_into("<H", content, at + 30, len(extra))
    end = content.rindex(b"PK\5\6")
    (size,) = struct.unpack_from("<I", content, end + 12)
    struct.pack_into("<I", content, end + 12, size + len(extra) - extra_bytes)
    path = tmp_path / "b.zip"
    path.write_bytes(content)
    refuse(path, tmp_path / "again", is_read=False)


def test_a_name_in_the_midst_that_is_no_text_is_refused(good: Path, tmp_path: Path) -> None:
    content = bytearray(good.read_bytes())
    # Bit 11 says that names are UTF-8; the name before the content is none.
    at = content.index(b"PK\1\2")
    content[at + 9] |= 8
    content[content.index(b"store.sqlite")] = 0xFF
    path = tmp_path / "b.zip"
    path.write_bytes(content)
    refuse(path, tmp_path / "again", is_read=False)


@pytest.mark.parametrize("deep", ["again", "again/deep/er"])
def test_a_refused_backup_leaves_no_folder_that_was_not_there(tmp_path: Path, deep: str) -> None:
    (tmp_path / "b.zip").write_bytes(b"none")
    with pytest.raises(BackupError):
        restore_backup(tmp_path / "b.zip", tmp_path / deep)
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]
    (tmp_path / deep).mkdir(parents=True)
    with pytest.raises(BackupError):
        restore_backup(tmp_path / "b.zip", tmp_path / deep)
    assert list((tmp_path / deep).iterdir()) == []


def test_paths_may_be_texts(good: Path, tmp_path: Path) -> None:
    assert read_backup(str(good)) == read_backup(good)
    assert restore_backup(str(good), str(tmp_path / "again")) == read_backup(good)
