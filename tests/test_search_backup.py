"""`backup` and `restore`: all that an archive holds, of one moment, and nothing else."""

from __future__ import annotations

import json
import sqlite3
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from pinakes.corpus import ArchiveExistsError, ArchiveFormatError
from pinakes.corpus.store import tables
from pinakes.search import Archive
from pinakes.search.upkeep import BackupError, read_backup, restore_backup
from tests.forgotten_article import write_files
from tests.older_store import make_older


@pytest.fixture
def archive(tmp_path):
    write_files(tmp_path / "desk" / "articles")
    with Archive.create(tmp_path / "desk") as archive:
        archive.index(tmp_path / "desk" / "articles")
        archive.saved.save("letters", "letter surveyors")
        rules = archive.root / ".pinakes" / "rules"
        rules.mkdir()
        (rules / "ships.toml").write_text('type = "ship"\nwords = ["ferry"]\n')
        yield archive


def answers(archive: Archive) -> list[object]:
    return [archive.search(query).hits for query in ("council", "Pellwether", "letter surveyors")]


def test_a_restored_archive_is_what_was_backed_up(archive, tmp_path):
    backup = archive.upkeep.backup(tmp_path / "b.zip")
    assert (backup.articles, backup.generation) == (13, 1)
    assert read_backup(backup.path) == backup
    assert restore_backup(backup.path, tmp_path / "again") == backup
    with Archive.open(tmp_path / "again", exact=True) as again:
        assert again.id == archive.id
        assert answers(again) == answers(archive)
        assert [search.query for search in again.saved] == ["letter surveyors"]
        assert list(again.ledger()) == list(archive.ledger())
        assert again.upkeep.check() == archive.upkeep.check()
        for name in ("config.toml", "rules/ships.toml"):
            state = again.root / ".pinakes"
            assert (state / name).read_bytes() == (archive.root / ".pinakes" / name).read_bytes()
        # Its files are not there: that is no reason to forget them.
        again.index(again.root)
        assert again.search("council").articles == 12
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "b.zip", "desk"]


def test_a_restored_archive_goes_on_where_it_was(archive, tmp_path):
    backup = archive.upkeep.backup(tmp_path / "b.zip")
    restore_backup(backup.path, tmp_path / "again")
    write_files(tmp_path / "again" / "articles")
    (tmp_path / "again" / "articles" / "new.txt").write_text("A new one.", "utf-8")
    with Archive.open(tmp_path / "again") as again:
        report = again.index(again.root / "articles")
        assert (report.articles, report.removed) == (1, 0)
        assert again.upkeep.check() == archive.upkeep.check()


def test_a_backup_in_a_folder_has_a_name_that_says_what_and_when(archive, tmp_path):
    (tmp_path / "backups").mkdir()
    backup = archive.upkeep.backup(tmp_path / "backups")
    assert backup.path.parent == tmp_path / "backups"
    assert backup.path.name.startswith("desk-2")
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [backup.path.name]


def test_backups_while_others_write_are_each_of_one_whole_state(archive, tmp_path):
    is_over = threading.Event()

    def write() -> None:
        number = 0
        with Archive.open(archive.root) as writer:
            while not is_over.is_set():
                for part in range(3):
                    path = archive.root / "articles" / f"t-{number}-{part}.txt"
                    path.write_text(f"Triplet {number} {part}.")
                writer.index(archive.root / "articles")
                number += 1

    thread = threading.Thread(target=write)
    thread.start()
    try:
        backups = [archive.upkeep.backup(tmp_path / f"{number}.zip") for number in range(5)]
    finally:
        is_over.set()
        thread.join()
    for backup in backups:
        restore_backup(backup.path, tmp_path / backup.path.stem)
        with Archive.open(tmp_path / backup.path.stem, exact=True) as again:
            assert (again.search("*").articles - 13) % 3 == 0
            assert again.search("*").archive.generation == backup.generation
            assert [f for f in again.upkeep.check() if f.part.startswith("st")] == []
    assert len({backup.generation for backup in backups}) > 1


def test_what_is_there_is_not_overwritten(archive, tmp_path):
    backup = archive.upkeep.backup(tmp_path / "b.zip")
    with pytest.raises(ArchiveExistsError):
        restore_backup(backup.path, archive.root)
    with pytest.raises(BackupError, match="inside the archive"):
        archive.upkeep.backup(archive.root / ".pinakes" / "b.zip")
    with pytest.raises(BackupError, match="cannot be written"):
        archive.upkeep.backup(tmp_path / "nowhere" / "b.zip")


def test_a_damaged_store_is_not_backed_up_over_a_good_backup(archive, tmp_path):
    backup = archive.upkeep.backup(tmp_path / "b.zip")
    before = backup.path.read_bytes()
    with closing(sqlite3.connect(archive.root / ".pinakes" / "store.sqlite")) as store, store:
        store.execute("UPDATE contents SET text_sha256 = x'00' WHERE content = 2")
    with pytest.raises(BackupError, match=r"damaged.*article"):
        archive.upkeep.backup(backup.path)
    assert backup.path.read_bytes() == before


def alter(path: Path, change) -> None:
    """Write a backup again with other members."""
    with zipfile.ZipFile(path) as zipped:
        members = {name: zipped.read(name) for name in zipped.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)


def with_manifest(change):
    def alter_manifest(members):
        manifest = json.loads(members["manifest.json"])
        change(manifest, members)
        members["manifest.json"] = json.dumps(manifest).encode()

    return alter_manifest


def add_member(name: str):
    import hashlib

    def change(manifest, members):
        members[name] = b"x"
        sha256 = hashlib.sha256(b"x").hexdigest()
        manifest["members"].append({"name": name, "sha256": sha256, "size": 1})

    return with_manifest(change)


@pytest.mark.parametrize(
    "change",
    [
        lambda members: members.pop("manifest.json"),
        lambda members: members.pop("store.sqlite"),
        lambda members: members.pop("config.toml"),
        lambda members: members.update({"config.toml": b"[tags]"}),
        lambda members: members.update({"manifest.json": b"[" * 100_000}),
        lambda members: members.update({"manifest.json": b"{}"}),
        with_manifest(lambda manifest, _: manifest.update({"pinakes-backup": 99})),
        with_manifest(lambda manifest, _: manifest["members"].append(manifest["members"][0])),
        with_manifest(lambda manifest, _: manifest["members"][0].update(size=10)),
        add_member("../../escaped.txt"),
        add_member("rules/../../escaped.txt"),
        add_member("rules/.."),
        add_member("/escaped.txt"),
        add_member("rules\\escaped.txt"),
        add_member("index/MAIN_1.seg"),
        add_member("purge.json"),
        add_member("rules/C:escaped.txt"),
    ],
)
def test_a_backup_that_is_not_as_it_was_made_is_refused_and_leaves_nothing(
    archive, tmp_path, change
):
    backup = archive.upkeep.backup(tmp_path / "b.zip")
    alter(backup.path, change)
    with pytest.raises(BackupError):
        restore_backup(backup.path, tmp_path / "again" / "deep")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "desk"]


def test_a_backup_that_would_grow_is_refused(archive, tmp_path):
    backup = archive.upkeep.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(backup.path) as zipped:
        members = {name: zipped.read(name) for name in zipped.namelist()}
    with zipfile.ZipFile(backup.path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    for use in (read_backup, lambda path: restore_backup(path, tmp_path / "again")):
        with pytest.raises(BackupError, match="are compressed"):
            use(backup.path)


def test_every_flipped_byte_of_a_backup_is_noticed_or_harmless(archive, tmp_path):
    backup = archive.upkeep.backup(tmp_path / "b.zip")
    content = backup.path.read_bytes()
    for at in range(0, len(content), len(content) // 60):
        broken = bytearray(content)
        broken[at] ^= 0x55
        backup.path.write_bytes(broken)
        try:
            restore_backup(backup.path, tmp_path / str(at))
        except BackupError:
            assert not (tmp_path / str(at)).exists()
        else:
            with Archive.open(tmp_path / str(at), exact=True) as again:
                assert answers(again) == answers(archive)
    backup.path.write_bytes(content[:-1000])
    with pytest.raises(BackupError):
        restore_backup(backup.path, tmp_path / "cut")


@pytest.mark.parametrize("version", sorted(tables._TABLES_OF))
def test_a_backup_of_an_older_format_is_brought_up(archive, tmp_path, version):
    archive.close()
    path = archive.root / ".pinakes" / "store.sqlite"
    make_older(path, version)
    copy = tmp_path / "old.zip"
    write_old_backup(path, copy, archive.id)
    restore_backup(copy, tmp_path / "again")
    with Archive.open(tmp_path / "again", exact=True) as again:
        assert again.search("council").articles == 12
        assert again.upkeep.purge(again.search("Pellwether").hits[0].article.id).residue.is_clean


def test_a_backup_of_a_newer_format_asks_for_a_newer_pinakes(archive, tmp_path):
    archive.close()
    path = archive.root / ".pinakes" / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {tables.FORMAT + 1}")
    write_old_backup(path, tmp_path / "new.zip", archive.id)
    with pytest.raises(ArchiveFormatError):
        restore_backup(tmp_path / "new.zip", tmp_path / "again")
    assert not (tmp_path / "again").exists()


def write_old_backup(path: Path, target: Path, archive_id: str) -> None:
    import hashlib

    content = path.read_bytes()
    member = {"name": "store.sqlite", "size": len(content)}
    member["sha256"] = hashlib.sha256(content).hexdigest()
    manifest = {
        "pinakes-backup": 1, "archive": archive_id, "generation": 1, "articles": 13,
        "made": "2020-01-01T00:00:00+00:00", "members": [member],
    }  # fmt: skip
    with zipfile.ZipFile(target, "w") as zipped:
        zipped.writestr("store.sqlite", content)
        zipped.writestr("manifest.json", json.dumps(manifest))
