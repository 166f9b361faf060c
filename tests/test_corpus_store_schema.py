"""Opening a store: what a damaged, foreign, newer, locked or read-only file does."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from pinakes.corpus import (
    ArchiveDamagedError,
    ArchiveError,
    ArchiveExistsError,
    ArchiveFormatError,
    ArchiveLockedError,
    ArchiveReadOnlyError,
    Store,
)
from pinakes.corpus.store import schema as store_schema
from pinakes.corpus.store import store as store_module
from tests.desk import Desk, add, fail_after, not_as_root


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path):
    with Store.create(path, archive_id="test") as store:
        yield store


@not_as_root
def test_a_store_that_may_not_be_read_is_not_said_to_be_read_only(store, path):
    store.close()
    path.chmod(0)
    with pytest.raises(ArchiveError, match="cannot be read ") as caught:
        Store.open(path)
    assert not isinstance(caught.value, ArchiveReadOnlyError)


def test_a_second_writer_is_told_that_the_store_is_locked(store, path, monkeypatch):
    monkeypatch.setattr(store_schema, "BUSY_TIMEOUT_S", 0.05)
    with Store.open(path, read_only=False) as other, store.transaction() as writer:
        add(writer, "First text", "a.txt")
        with pytest.raises(ArchiveLockedError), other.transaction():
            pass


def test_a_store_opened_for_reading_is_not_written(store, path):
    with Store.open(path) as reader:
        with pytest.raises(ArchiveReadOnlyError), reader.transaction():
            pass
        with pytest.raises(ArchiveReadOnlyError):
            reader.prune(1)


def test_a_store_may_go_from_thread_to_thread(store):
    states = []
    thread = threading.Thread(target=lambda: states.append(store.state()))
    thread.start()
    thread.join()
    assert states == [store.state()]


def test_a_store_is_not_made_over_another_file(path):
    path.write_bytes(b"")
    with pytest.raises(ArchiveExistsError):
        Store.create(path)


@pytest.mark.parametrize(
    "data", [b"", b"x", b"<html>not a store</html>" * 200, b"SQLite format 3\0" + b"\0" * 5000]
)
def test_a_file_that_is_no_store_is_damage(path, data):
    path.write_bytes(data)
    with pytest.raises(ArchiveDamagedError, match=r"store\.sqlite.*index the articles again"):
        Store.open(path)
    assert path.read_bytes() == data


def test_a_database_of_another_program_is_not_touched(path):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE articles (key)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ArchiveDamagedError, match="not a store of Pinakes"):
        Store.open(path, read_only=False)
    assert path.read_bytes() == before


def test_a_newer_format_asks_for_a_newer_pinakes(store, path):
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("CREATE TABLE what_is_new (x)")
    connection.close()
    for read_only in (True, False):
        with pytest.raises(ArchiveFormatError, match=r"format 99.*up to 5") as caught:
            Store.open(path, read_only=read_only)
    assert (caught.value.found, caught.value.supported) == (99, 5)


def test_an_older_format_asks_for_the_articles_again(store, path):
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    message = r"format 1, .*reads 5; move its folder away, index the articles again"
    with pytest.raises(ArchiveFormatError, match=message) as caught:
        Store.open(path)
    assert (caught.value.found, caught.value.supported) == (1, 5)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON files BEGIN DELETE FROM articles; END",
        "CREATE VIEW v AS SELECT 1",
        "DROP TABLE generations",
        "ALTER TABLE files ADD COLUMN more TEXT",
    ],
)
def test_a_store_with_other_tables_than_ours_is_not_opened(store, path, statement):
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    with pytest.raises(ArchiveDamagedError, match="its tables are not those"):
        Store.open(path)


def test_a_broken_page_is_damage_and_says_what_to_do(store, path):
    with store.transaction() as writer:
        for number in range(300):
            add(writer, f"Text {number} " * 20, f"{number}.txt")
    store.close()
    data = bytearray(path.read_bytes())
    for page in range(2, len(data) // 16384):
        data[page * 16384 : page * 16384 + 60] = b"\xff" * 60
    path.write_bytes(data)
    with pytest.raises(ArchiveDamagedError, match="restore a backup"), Store.open(path) as broken:
        list(broken.living(1))


def test_a_full_disk_is_said_to_be_one(store):
    store._connection.execute("PRAGMA max_page_count = 40")
    with pytest.raises(ArchiveError, match=r"full.*free some space"), store.transaction() as writer:
        fail_after([add(writer, f"Text {number}", f"{number}.txt") for number in range(2000)])
    assert store.state().generation == 0


def test_a_disk_that_is_full_in_the_midst_of_an_ingest_is_said_to_be_one(tmp_path):
    desk = Desk(tmp_path / "archive")
    for number in range(60):
        text = " ".join(str(number * each) for each in range(1000))
        desk.write(f"{number}.txt", text)
    desk.store._connection.execute("PRAGMA max_page_count = 20")
    with pytest.raises(ArchiveError, match=r"full.*free some space"):
        desk.ingest()
    assert desk.generation == 0
    desk.store._connection.execute("PRAGMA max_page_count = 100000")
    assert desk.ingest().articles == 60
    desk.store.close()


def test_a_snapshot_that_sqlite_has_ended_is_over(store):
    with store.snapshot():
        store._connection.execute("ROLLBACK")
    assert store.state().generation == 0


def test_a_store_on_a_read_only_medium_can_be_read(store, path, tmp_path, monkeypatch):
    with store.transaction() as writer:
        add(writer, "First text", "a.txt")
    store.close()
    medium = tmp_path / "medium"
    medium.mkdir()
    shutil.copy(path, medium)
    really_access = os.access
    monkeypatch.setattr(
        os, "access", lambda where, mode: mode != os.W_OK and really_access(where, mode)
    )
    with Store.open(medium / path.name) as reader:
        assert reader.counts(1).articles == 1
    assert [file.name for file in medium.iterdir()] == [path.name]


@not_as_root
def test_a_store_in_a_folder_that_cannot_be_written_can_be_read_and_not_written(store, path):
    with store.transaction() as writer:
        add(writer, "First text", "a.txt")
    store.close()
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with Store.open(path) as reader:
            assert reader.counts(1).articles == 1
        with pytest.raises(ArchiveReadOnlyError, match="check its permissions"):
            Store.open(path, read_only=False)
    finally:
        path.parent.chmod(0o700)


def test_what_is_committed_is_on_the_disk(store):
    (synchronous,) = store._connection.execute("PRAGMA synchronous").fetchone()
    (journal_mode,) = store._connection.execute("PRAGMA journal_mode").fetchone()
    assert (synchronous, journal_mode) == (2, "wal")


def test_small_writes_do_not_let_the_log_grow(store, path):
    log = path.with_name(path.name + "-wal")
    for number in range(60):
        with store.transaction() as writer:
            add(writer, f"Text {number}", f"{number}.txt")
    assert log.stat().st_size < 5_000_000


def test_after_a_checkpoint_the_file_alone_is_the_store(tmp_path):
    desk = Desk(tmp_path / "archive")
    desk.write("a.txt", "First text")
    path = desk.folder.store_path
    # The last connection to close empties the log too, but not if it may only read.
    with Store.open(path) as reader:
        desk.ingest()
        desk.store.checkpoint()
        copy = Path(shutil.copy(path, tmp_path / "copy.sqlite"))
        assert reader.counts(1).articles == 1
        desk.store.close()
    with Store.open(copy) as alone:
        assert [article.text for article in alone.living(1)] == ["First text"]


def test_a_reader_that_stops_a_checkpoint_is_not_an_error(store, path, monkeypatch):
    monkeypatch.setattr(store_module, "_CHECKPOINT_TIMEOUT_MS", 10)
    log = path.with_name(path.name + "-wal")
    with Store.open(path) as reader:
        with reader.snapshot():
            assert reader.state().generation == 0
            with store.transaction() as writer:
                add(writer, "First text", "a.txt")
            store.checkpoint()
            assert (log.stat().st_size > 0, reader.state().generation) == (True, 0)
        reader.checkpoint()
        assert log.stat().st_size > 0
        store.checkpoint()
        assert (log.stat().st_size, reader.state().generation) == (0, 1)
    (timeout_ms,) = store._connection.execute("PRAGMA busy_timeout").fetchone()
    assert timeout_ms == store_schema.BUSY_TIMEOUT_S * 1000
