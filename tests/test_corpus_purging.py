"""What is purged stays out: by its name, its bytes and its text; the store is written anew."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pinakes.corpus import (
    ArchiveDamagedError,
    Status,
    Store,
    check_store,
    find_targets,
    let_back,
    purge_articles,
    rewrite_store,
)
from pinakes.corpus.store import replacing, rewriting
from pinakes.corpus.store.forgetting import APART, HANGING, SHARED, forget_articles
from pinakes.corpus.store.tables import TABLES
from pinakes.corpus.store.writes import StoreWriter
from tests.desk import Desk, fail_after


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path / "archive")
    yield desk
    desk.store.close()


def purge(desk: Desk, *targets: str) -> list[str]:
    """Purge what is named; return the files that are forgotten."""
    named = [str(desk.root / t) if "." in t or "/" in t else t for t in targets]
    found = find_targets(desk.store, desk.folder, named)
    with desk.store.transaction() as writer:
        files = purge_articles(writer, found)
    desk.store.close()
    rewrite_store(desk.folder.store_path, forgotten=[article.id for article in found.articles])
    desk.store = Store.open(desk.folder.store_path, read_only=False)
    return list(files)


def paths(desk: Desk) -> list[str]:
    return [row.path for row in desk.store.ledger()]


def test_every_table_says_whether_its_rows_hang_on_an_article():
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in TABLES:
            connection.execute(statement)
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        names = {name for (name,) in tables if not name.startswith("sqlite_")}
        assert names == {*HANGING, *SHARED, *APART}, (
            "a new table: say in corpus/store/forgetting.py by which column its rows hang on an "
            "article, or that they do not"
        )
        for table, (column, what) in {**HANGING, **SHARED}.items():
            assert what in {"id", "key", "content"}
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            assert column in columns


def test_every_table_with_rows_of_an_article_is_emptied_of_it(desk):
    desk.write("a.txt", "First text.")
    desk.ingest()
    desk.write("a.txt", "Another text.")
    desk.ingest()
    article = desk.article("a.txt")
    with closing(sqlite3.connect(desk.folder.store_path)) as connection, connection:
        rows = connection.execute("SELECT key, content FROM articles").fetchall()
        assert len(rows) == 2
        for table, (column, what) in HANGING.items():
            if table not in ("articles", "article_paths"):
                values = {"id": [article.id], "key": [rows[0][0]], "content": [rows[0][1]]}[what]
                _fill(connection, table, column, values[0])
        forget_articles(connection, [article.id])
        for table in (*HANGING, *SHARED):
            (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
            assert count == 0, table


def _fill(connection: sqlite3.Connection, table: str, column: str, value: object) -> None:
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    values = [value if each[1] == column else 0 for each in columns]
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", values)  # noqa: S608


def test_what_an_article_shares_with_another_one_stays(desk):
    desk.write("a.txt", "The same text.")
    desk.write("b.txt", "The same text.")
    desk.ingest()
    desk.write("a.txt", "Another text.")
    desk.ingest()
    assert purge(desk, "a.txt") == ["a.txt"]
    assert desk.texts == {("b.txt",): "The same text."}
    assert list(check_store(desk.folder.store_path)) == []


def test_a_purged_file_stays_out_whatever_it_holds_and_whoever_names_it(desk):
    desk.write("a.txt", "First text.")
    desk.write("b.txt", "Second text.")
    desk.ingest()
    assert purge(desk, "a.txt") == ["a.txt"]
    assert paths(desk) == ["b.txt"]
    for names, options in (((), {}), (("a.txt",), {}), (("a.txt",), {"force": True})):
        report = desk.ingest(*names, **options)
        assert report.by_status.get(Status.PURGED) == 1
        assert (report.articles, report.purged, paths(desk)) == (0, 1, ["b.txt"])
    desk.write("a.txt", "Something else.")
    assert desk.ingest().purged == 1
    assert desk.texts == {("b.txt",): "Second text."}


def test_the_bytes_and_the_text_of_a_purged_file_stay_out_under_other_names(desk):
    desk.write("a.txt", "First text.")
    desk.ingest()
    purge(desk, "a.txt")
    desk.write("copy.txt", "First text.")
    desk.write("text.md", "First text.\n\n")
    desk.write("other.txt", "Second text.")
    report = desk.ingest()
    assert (report.purged, report.articles, paths(desk)) == (3, 1, ["other.txt"])
    # From then on by their names.
    desk.write("text.md", "Something else.")
    assert desk.ingest().purged == 3


def test_a_known_file_that_comes_to_have_purged_bytes_goes_out(desk):
    desk.write("a.txt", "First text.")
    desk.write("b.txt", "Second text.")
    desk.ingest()
    purge(desk, "a.txt")
    desk.write("b.txt", "First text.")
    assert (desk.ingest().purged, desk.articles, paths(desk)) == (2, [], [])


def test_an_article_goes_with_all_its_files(desk):
    desk.write("a.txt", "First text.")
    desk.write("copies/b.txt", "First text.")
    desk.ingest()
    assert sorted(purge(desk, desk.articles[0].id)) == ["a.txt", "copies/b.txt"]
    assert (desk.ingest().purged, desk.articles, paths(desk)) == (2, [], [])


def test_of_a_file_of_records_only_what_was_purged_stays_out(desk):
    desk.write_records("r.jsonl", one="First text.", two="Second text.", three="Third text.")
    desk.ingest()
    assert purge(desk, desk.article("r.jsonl", "two").id) == []
    assert (desk.row("r.jsonl").articles, desk.row("r.jsonl").status) == (2, Status.INDEXED)
    desk.ingest(force=True)
    assert [article.record for article in desk.articles] == ["one", "three"]
    desk.write_records("r.jsonl", one="First.", two="Second text, edited.", four="Second text.")
    desk.ingest()
    assert [article.text for article in desk.articles] == ["First."]
    assert purge(desk, desk.article("r.jsonl", "one").id) == ["r.jsonl"]
    assert (desk.ingest().purged, paths(desk)) == (1, [])


def test_what_a_file_holds_is_looked_up_as_often_for_many_of_its_records_as_for_a_few(
    desk, monkeypatch
):
    desk.write_records("r.jsonl", **{f"r{number}": f"Text {number}." for number in range(40)})
    desk.ingest()
    looked_up = []
    holdings = StoreWriter.holdings
    monkeypatch.setattr(
        StoreWriter, "holdings", lambda self, path: looked_up.append(path) or holdings(self, path)
    )
    purge(desk, *[article.id for article in desk.articles if article.record != "r7"])
    assert [article.record for article in desk.articles] == ["r7"]
    assert len(looked_up) < 5


def test_records_that_have_no_name_of_their_own_stay_out_by_their_text(desk):
    lines = [json.dumps({"text": text}) for text in ("First text.", "Second text.")]
    desk.write("r.jsonl", "\n".join(lines))
    desk.ingest()
    (second,) = [article for article in desk.articles if article.text == "Second text."]
    purge(desk, second.id)
    desk.write("r.jsonl", "\n".join([lines[0], json.dumps({"text": "A new one."}), lines[1]]))
    desk.ingest()
    assert [article.text for article in desk.articles] == ["First text.", "A new one."]


def test_the_folder_that_a_browser_saved_with_a_purged_page_is_not_told_of(desk):
    desk.write("page.html", "<title>A page</title><p>First text of the page.</p>")
    desk.write("page_files/picture.png", b"\x89PNG")
    desk.ingest()
    assert paths(desk) == ["page.html", "page_files/"]
    purge(desk, "page.html")
    report = desk.ingest()
    assert (report.purged, report.files, paths(desk)) == (1, 0, [])


def test_a_file_without_an_article_can_be_purged(desk):
    desk.write("a.txt", "")
    desk.write("b.txt", "Second text.")
    desk.ingest()
    desk.remove("b.txt")
    assert sorted(purge(desk, "a.txt", "b.txt")) == ["a.txt", "b.txt"]
    assert (desk.ingest().purged, paths(desk)) == (2, [])


def test_what_was_purged_from_a_file_can_be_let_back(desk):
    path = desk.write("a.txt", "First text.")
    desk.write("b.txt", "First text.")
    desk.write_records("r.jsonl", one="One.", two="Two.")
    desk.ingest()
    purge(desk, "a.txt", desk.article("r.jsonl", "two").id)
    assert desk.ingest().articles == 0
    assert desk.store.count_purged() == 2
    assert let_back(desk.store, desk.folder, path) == 1
    assert let_back(desk.store, desk.folder, desk.root / "r.jsonl") == 1
    assert let_back(desk.store, desk.folder, path) == 0
    desk.ingest(force=True)
    assert sorted(article.text for article in desk.articles) == ["First text.", "One.", "Two."]


def test_a_store_that_is_written_anew_is_what_it_was(desk):
    for number in range(300):
        desk.write(f"{number}.txt", f"Text {number} of many that are much alike. " * 4)
    desk.ingest()
    desk.remove("7.txt")
    before = (desk.store.state().generation, desk.articles, list(desk.store.ledger()))
    token = desk.store.token_of(desk.generation)
    last = max(article.key for article in desk.articles)
    desk.remove("299.txt")
    desk.store.close()
    rewrite_store(desk.folder.store_path)
    desk.store = Store.open(desk.folder.store_path, read_only=False)
    assert list(check_store(desk.folder.store_path)) == []
    assert desk.generation == before[0] + 1
    assert desk.articles == [a for a in before[1] if a.paths != ("299.txt",)]
    assert desk.store.token_of(desk.generation - 1) is None
    assert desk.store.token_of(desk.generation) not in (None, token)
    numbers = {n for (n,) in desk.store._connection.execute("SELECT dictionary FROM contents")}
    assert numbers == {1}
    # A key never comes back.
    desk.write("299.txt", "Text 299, again")
    desk.ingest("299.txt")
    assert desk.article("299.txt").key > last
    assert [f.name for f in desk.folder.state_dir.iterdir() if "part" in f.name] == []


def test_content_that_is_damaged_stays_so_and_the_rest_is_written_anew(desk):
    for name in ("a.txt", "b.txt", "c.txt"):
        desk.write(name, f"The text of {name}.")
    desk.ingest()
    desk.remove("c.txt")
    desk.store._connection.execute("UPDATE contents SET packed = x'00ff' WHERE content = 1")
    desk.store.close()
    rewrite_store(desk.folder.store_path)
    desk.store = Store.open(desk.folder.store_path)
    damaged = []
    with desk.store.passing_over_damage(damaged.append):
        (article,) = desk.store.living(desk.generation)
    assert (article.paths, [each.paths for each in damaged]) == (("b.txt",), [("a.txt",)])
    frames = desk.store._connection.execute("SELECT packed, dictionary FROM contents").fetchall()
    assert frames[0] == (b"\x00\xff", 0)


def test_a_table_that_cannot_be_read_leaves_the_store_as_it_was(desk, monkeypatch):
    desk.write("a.txt", "First text.")
    desk.ingest()
    desk.store.close()

    def fail(*_given):
        raise sqlite3.DatabaseError("database disk image is malformed")

    with monkeypatch.context() as context:
        context.setattr("pinakes.corpus.store.rewriting._copy_contents", fail)
        with pytest.raises(ArchiveDamagedError, match="malformed"):
            rewrite_store(desk.folder.store_path)
    desk.store = Store.open(desk.folder.store_path)
    assert desk.generation == 1
    assert sorted(f.name for f in desk.folder.state_dir.iterdir() if "store" in f.name) == [
        "store.sqlite", "store.sqlite-shm", "store.sqlite-wal",
    ]  # fmt: skip


@pytest.mark.parametrize("step", ["sync_file", "sync_folder", "_finish", "unlink"])
@pytest.mark.parametrize("is_read", [True, False])
def test_whatever_stops_it_the_store_is_the_old_or_the_new_one(desk, monkeypatch, step, is_read):
    desk.write("a.txt", "First text.")
    desk.ingest()
    desk.remove("a.txt")
    desk.write("b.txt", "Second text.")
    desk.ingest()
    expected = (desk.generation, desk.texts, paths(desk))
    desk.store.close()
    with monkeypatch.context() as context:
        if step == "unlink":
            context.setattr("pathlib.Path.unlink", _unlink_unless_log)
        else:
            context.setattr(replacing, step, fail_after)
        with pytest.raises(ZeroDivisionError):
            rewrite_store(desk.folder.store_path)
    desk.store = Store.open(desk.folder.store_path, read_only=is_read)
    assert (desk.generation, desk.texts, paths(desk)) == expected
    assert not replacing.pending_path(desk.folder.store_path).exists()
    assert list(check_store(desk.folder.store_path)) == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files cannot be listed")
def test_where_open_files_cannot_be_replaced_it_holds_none_of_them(desk, monkeypatch):
    desk.write("a.txt", "First text.")
    desk.ingest()
    desk.store.close()
    monkeypatch.setattr(rewriting, "_KEEPS_OPEN_FILES", True)
    monkeypatch.setattr(replacing, "_finish", _finish_unless_open)
    rewrite_store(desk.folder.store_path)
    desk.store = Store.open(desk.folder.store_path, read_only=False)
    assert desk.texts == {("a.txt",): "First text."}


def _finish_unless_open(path: Path, finish=replacing._finish) -> None:
    links = [each for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
    opened = [link.readlink() for link in links]
    # Other tests of this process may have left stores of theirs open.
    ours = [each for each in opened if each.parent == path.parent.resolve()]
    assert [each.name for each in ours if each.name.startswith("store.sqlite")] == []
    finish(path)


def _unlink_unless_log(path, missing_ok=False) -> None:
    if path.name == "store.sqlite-wal":
        raise ZeroDivisionError
    if path.exists():
        os.unlink(path)  # noqa: PTH108


def test_a_connection_to_the_old_file_that_closes_leaves_the_new_log_alone(desk):
    desk.write("a.txt", "First text.")
    desk.ingest()
    with Store.open(desk.folder.store_path) as reader:
        assert reader.state().generation == 1
        old = Store.open(desk.folder.store_path, read_only=False)
        assert old.state().generation == 1
        desk.store.close()
        rewrite_store(desk.folder.store_path)
        assert (reader.is_replaced(), old.is_replaced()) == (True, True)
        desk.store = Store.open(desk.folder.store_path, read_only=False)
        desk.write("b.txt", "Second text.")
        desk.ingest()
        log = desk.folder.store_path.with_name("store.sqlite-wal")
        size = log.stat().st_size
        assert size > 0
        old.close()
        assert log.stat().st_size == size
        assert [article.text for article in reader.living(1)] == ["First text."]
    assert log.stat().st_size == size
    with Store.open(desk.folder.store_path) as other:
        assert other.state().generation == 2
