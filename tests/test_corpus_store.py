"""The store: versions of articles by generation, and what a damaged or foreign file does."""

from __future__ import annotations

import dataclasses
import os
import shutil
import sqlite3
import threading
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import (
    ArchiveDamagedError,
    ArchiveError,
    ArchiveExistsError,
    ArchiveFormatError,
    ArchiveLockedError,
    ArchiveReadOnlyError,
    Extract,
    Kind,
    LedgerRow,
    MetadataValue,
    Passage,
    Problem,
    Status,
    Store,
    Tag,
    UnknownArticleError,
    read,
    split,
    store_schema,
)
from pinakes.corpus.store_pack import pack, unpack
from pinakes.corpus.store_write import StoreWriter

not_as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything"
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path):
    with Store.create(path, archive_id="test") as store:
        yield store


def packed(text: str):
    (extract,) = read(text.encode(), name="x.txt")
    return pack(extract, split(extract))


def add(writer: StoreWriter, text: str, path: str, *, sha256: str = "", record: str = "") -> int:
    sha256 = sha256 or text.encode().hex().ljust(64, "0")[:64]
    key = writer.add_article(packed(text), path=path, record=record, sha256=sha256)
    writer.ledger.put(LedgerRow(path=path, status=Status.INDEXED, sha256=sha256, articles=1))
    return key


def fail_after(_done: object) -> None:
    raise ZeroDivisionError


def test_an_article_comes_back_as_it_was_put_in(store):
    text = '{"id": "7", "title": "Mine", "author": "Jane Doe; John Roe", "date": "2014-03", '
    text += '"url": "https://www.example.org/x", "text": "The mine collapsed.\\n\\nTwo died."}'
    (extract,) = read(text.encode(), name="x.jsonl")
    passages = split(extract, language="en")
    with store.transaction() as writer:
        key = writer.add_article(
            pack(extract, passages), path="x.jsonl", record="7", sha256="ab" * 32
        )
    article = store.articles([key])[key]
    assert (article.text, article.passages, article.metadata, article.record) == (
        extract.text,
        passages,
        extract.metadata,
        "7",
    )
    assert (article.title, article.authors, article.published) == (
        "Mine",
        ("Jane Doe", "John Roe"),
        "2014-03",
    )
    assert (article.source, article.paths, article.sha256) == (
        "example.org",
        ("x.jsonl",),
        "ab" * 32,
    )


@st.composite
def extracts(draw) -> tuple[Extract, tuple[Passage, ...]]:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    passages = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        spans = st.tuples(st.integers(start, end), st.integers(start, end)).map(sorted)
        tags = tuple(
            Tag(type=type_, value=value, start=span[0], end=span[1], rule=rule)
            for type_, value, rule, span in draw(
                st.lists(st.tuples(words, words, words, spans), max_size=3)
            )
        )
        passages.append(
            Passage(
                number=number,
                kind=draw(st.sampled_from(Kind)),
                section=tuple(draw(st.lists(words, max_size=2))),
                start=start,
                end=end,
                text=text[start:end],
                tags=tags,
            )
        )
    metadata = draw(
        st.lists(
            st.builds(MetadataValue, field=words, value=words, origin=words, chosen=st.booleans()),
            max_size=3,
        )
    )
    return Extract(text=text, blocks=(), metadata=tuple(metadata)), tuple(passages)


@settings(deadline=None, max_examples=60)
@given(extracts(), st.integers(1, 30))
def test_packing_loses_nothing_of_any_text(extracted, times):
    extract, passages = extracted
    # Repeated, so that some texts are worth compressing and some are not.
    metadata = extract.metadata * times
    extract = dataclasses.replace(extract, metadata=metadata)
    row = pack(extract, passages)
    article = unpack(
        (1, "id", "", b"", row.text_sha256, row.text, row.metadata, row.passages), ["a"]
    )
    assert (article.text, article.passages, article.metadata) == (
        extract.text,
        passages,
        metadata,
    )


def test_a_reader_stays_with_its_generation_while_a_writer_goes_on(store, path):
    with store.transaction() as writer:
        first = add(writer, "First text", "a.txt")
        add(writer, "Second text", "b.txt")
    with Store.open(path) as reader:
        generation = reader.state().generation
        before = list(reader.living(generation))
        with store.transaction() as writer:
            writer.set_content(first, packed("First text, changed"), record="", sha256="cd" * 32)
        with store.transaction() as writer:
            writer.remove_article(writer.holdings("b.txt")[0].key)
        assert list(reader.living(generation)) == before
        assert [article.text for article in reader.living(generation + 1)] == [
            "Second text",
            "First text, changed",
        ]
        assert [article.text for article in reader.living(generation + 2)] == [
            "First text, changed"
        ]
        assert reader.articles([first])[first].text == "First text"


def test_a_changed_article_keeps_its_id_and_has_a_new_key(store):
    with store.transaction() as writer:
        key = add(writer, "First text", "a.txt")
    with store.transaction() as writer:
        assert writer.set_content(key, packed("Other text"), record="", sha256="cd" * 32)
    (article,) = store.living(2)
    assert article.key != key
    assert article.id == store.articles([key])[key].id
    assert store.died_between(1, 2) == [key]
    assert [a.key for a in store.born_between(1, 2)] == [article.key]


def test_the_same_content_keeps_its_key_and_knows_the_newest_bytes(store):
    with store.transaction() as writer:
        key = add(writer, "First text", "a.txt")
    with store.transaction() as writer:
        assert not writer.set_content(key, packed("First text"), record="", sha256="cd" * 32)
    assert store.state().generation == 1
    assert store.articles([key])[key].sha256 == "cd" * 32


def test_an_article_that_moves_has_a_new_key_so_that_its_path_is_indexed_anew(store, path):
    with store.transaction() as writer:
        key = add(writer, "First text", "a.txt")
    with store.transaction() as writer:
        writer.rename_path(key, "a.txt", "b.txt")
        writer.add_path(writer.holdings("b.txt")[0].key, "c.txt")
    (article,) = store.living(2)
    assert article.paths == ("b.txt", "c.txt")
    assert store.articles([key])[key].paths == ("a.txt",)
    with sqlite3.connect(path) as connection:
        (contents,) = connection.execute("SELECT count(*) FROM contents").fetchone()
    connection.close()
    assert contents == 1


def test_an_article_dies_with_its_last_file(store):
    with store.transaction() as writer:
        key = add(writer, "First text", "a.txt")
        writer.add_path(key, "b.txt")
        assert writer.drop_path(key, "a.txt") == "b.txt"
    with store.transaction() as writer:
        assert writer.drop_path(key, "b.txt") == ""
    assert [article.paths for article in store.living(1)] == [("b.txt",)]
    assert list(store.living(2)) == []
    assert store.counts(1).articles == 1
    assert store.counts(2).articles == 0


def test_what_is_born_and_dies_in_one_transaction_was_never_there(store, path):
    with store.transaction() as writer:
        writer.remove_article(add(writer, "First text", "a.txt"))
    assert list(store.living(1)) == []
    assert store.counts(1).passages == 0
    with sqlite3.connect(path) as connection:
        (contents,) = connection.execute("SELECT count(*) FROM contents").fetchone()
    connection.close()
    assert contents == 0


def test_an_exception_undoes_the_whole_transaction(store):
    with pytest.raises(ZeroDivisionError), store.transaction() as writer:
        fail_after(add(writer, "First text", "a.txt"))
    assert store.state().generation == 0
    assert list(store.ledger()) == []
    with store.transaction() as writer:
        add(writer, "First text", "a.txt")
    assert store.state().generation == 1


def test_a_part_that_fails_is_undone_and_the_rest_stays(store):
    with store.transaction() as writer:
        with pytest.raises(ZeroDivisionError), writer.all_or_nothing():
            fail_after(add(writer, "First text", "a.txt"))
        with writer.all_or_nothing():
            add(writer, "Second text", "b.txt")
    assert [article.text for article in store.living(1)] == ["Second text"]
    assert store.counts(1).articles == 1


def test_a_transaction_without_a_change_makes_no_generation(store):
    with store.transaction() as writer:
        add(writer, "First text", "a.txt")
    row = next(store.ledger())
    with store.transaction() as writer:
        writer.ledger.refresh("a.txt", size=9, mtime_ns=9)
        writer.ledger.put(dataclasses.replace(row, size=9, mtime_ns=9))
    assert store.state().generation == 1
    assert next(store.ledger()).mtime_ns == 9


def test_all_calls_in_a_snapshot_see_one_state(store, path):
    with Store.open(path) as reader:
        with reader.snapshot():
            assert reader.state().generation == 0
            with store.transaction() as writer:
                add(writer, "First text", "a.txt")
            with reader.snapshot():
                assert reader.state().generation == 0
            assert list(reader.ledger()) == []
        assert reader.state().generation == 1


def test_pruning_deletes_the_dead_and_says_so(store, path):
    for text in ("First", "Second", "Third"):
        with store.transaction() as writer:
            held = writer.holdings("a.txt")
            if held:
                writer.set_content(held[0].key, packed(text), record="", sha256="ab" * 32)
            else:
                add(writer, text, "a.txt")
    store.prune(2)
    assert store.state().pruned == 2
    assert sorted(store.articles([1, 2, 3])) == [2, 3]
    assert store.died_between(2, 3) == [2]
    store.prune(99)
    assert store.state().pruned == 3
    assert sorted(store.articles([1, 2, 3])) == [3]
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM contents").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM article_paths").fetchone() == (1,)
    connection.close()


def test_a_key_never_comes_back(store):
    with store.transaction() as writer:
        key = add(writer, "First text", "a.txt")
    with store.transaction() as writer:
        writer.remove_article(key)
    store.prune(2)
    with store.transaction() as writer:
        assert add(writer, "Second text", "b.txt") > key


def test_an_id_comes_from_the_bytes_and_takes_more_digits_where_it_is_taken(store):
    with store.transaction() as writer:
        key = add(writer, "First text", "a.txt", sha256="ab" * 32)
        writer.set_content(key, packed("Other text"), record="", sha256="cd" * 32)
        add(writer, "First text", "b.txt", sha256="ab" * 32)
        add(writer, "First text", "c.jsonl", sha256="ab" * 32, record="line 1")
    short, long, third = (article.id for article in store.living(1))
    assert (len(short), len(long), len(third)) == (8, 12, 8)
    assert long.startswith(short)
    assert not third.startswith(short)
    assert store.find(short, generation=1).text == "Other text"
    assert store.find(long[:9].upper(), generation=1).text == "First text"


def test_an_article_is_found_by_a_beginning_of_its_id_that_is_its_own(store):
    with store.transaction() as writer:
        add(writer, "First text", "a.txt")
    (article,) = store.living(1)
    assert store.find(article.id[:4], generation=1) == article
    for unknown in ("ffff0000", article.id[:3], "", "%", "zzzz", article.id + "0" * 90):
        with pytest.raises(UnknownArticleError, match="no such article"):
            store.find(unknown, generation=1)
    with pytest.raises(UnknownArticleError):
        store.find(article.id, generation=0)


def test_a_beginning_that_several_ids_share_names_them(store):
    with store.transaction() as writer:
        for number in range(400):
            add(writer, f"Text {number}", f"{number}.txt")
    ids = sorted(article.id for article in store.living(1))
    shared = [a for a, b in pairwise(ids) if a[:2] == b[:2]]
    assert shared
    with store.transaction() as writer:
        key = add(writer, "A", "a.txt", sha256="ab" * 32)
        writer.add_path(key, "b.txt")
        writer.split_article(writer.holdings("a.txt")[0].key)
    first = next(a.id for a in store.living(2) if a.paths == ("a.txt",))
    with pytest.raises(UnknownArticleError, match="names 2 articles"):
        store.find(first[:7], generation=2)


def test_the_ledger_says_what_became_of_every_file(store):
    rows = [
        LedgerRow(path="a.txt", status=Status.INDEXED, size=3, mtime_ns=4, sha256="ab" * 32),
        LedgerRow(path="b.jsonl", status=Status.ERROR, detail="line 1", articles=2,
                  problems=(Problem(where="line 1", reason="not JSON"),)),
        LedgerRow(path="c.txt", status=Status.EMPTY, detail="nothing in it"),
        LedgerRow(path="d.txt", status=Status.REMOVED),
    ]  # fmt: skip
    with store.transaction() as writer:
        for row in reversed(rows):
            writer.ledger.put(row)
    assert list(store.ledger()) == rows
    assert list(store.ledger(status=Status.EMPTY)) == [rows[2]]
    counts = store.counts(1)
    assert (counts.files, counts.unsearchable) == (3, 1)
    assert counts.by_status == dict.fromkeys((row.status for row in rows), 1)
    with store.transaction() as writer:
        writer.ledger.drop("c.txt")
    assert store.counts(1) == counts
    assert store.counts(2).unsearchable == 0


def test_a_long_ledger_is_whole(store):
    with store.transaction() as writer:
        for number in range(2500):
            writer.ledger.put(LedgerRow(path=f"{number:04}.txt", status=Status.EMPTY))
    assert [row.path for row in store.ledger()] == [f"{n:04}.txt" for n in range(2500)]
    assert len(store.known_files("0001.txt")) == 1


def test_known_files_below_a_folder_are_not_those_beside_it(store):
    names = ["a", "a.txt", "a/b.txt", "a/c/d.txt", "a0", "a-b/x.txt", "b/a/x.txt"]
    with store.transaction() as writer:
        for name in names:
            writer.ledger.put(LedgerRow(path=name, status=Status.EMPTY))
    assert sorted(store.known_files("a")) == ["a", "a/b.txt", "a/c/d.txt"]
    assert sorted(store.known_files()) == sorted(names)


def test_living_articles_come_by_key_over_many_pages(store):
    with store.transaction() as writer:
        for number in range(450):
            add(writer, f"Text {number}", f"{number}.txt")
    with store.transaction() as writer:
        for number in range(0, 450, 2):
            writer.remove_article(writer.holdings(f"{number}.txt")[0].key)
    keys = [article.key for article in store.living(2)]
    assert len(keys) == store.counts(2).articles == 225
    assert keys == sorted(keys)
    assert list(store.articles(keys[::-1])) == keys[::-1]


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
        with pytest.raises(ArchiveFormatError, match=r"format 99.*up to 1") as caught:
            Store.open(path, read_only=read_only)
    assert (caught.value.found, caught.value.supported) == (99, 1)


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


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text", b"x\x9c rubbish"),
        ("text", 7),
        ("text", b""),
        ("metadata", "[[1]]"),
        ("metadata", b"\x00"),
        ("passages", "{}"),
        ("passages", "[[], [], [[1, 0, 0, 1]]]"),
        ("passages", '[[], [], [["quote", 0, 0, 1]]]'),
        ("passages", '[[[]], [], [["quote", 0, 0, 1, []]]]'),
    ],
)
def test_a_row_that_cannot_be_unpacked_is_damage(store, path, column, value):
    with store.transaction() as writer:
        add(writer, "First text", "a.txt")
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE contents SET {column} = ?", (value,))  # noqa: S608
    connection.close()
    with pytest.raises(ArchiveDamagedError, match="is damaged"):
        list(store.living(1))


def test_a_broken_page_is_damage_and_says_what_to_do(store, path):
    with store.transaction() as writer:
        for number in range(300):
            add(writer, f"Text {number} " * 20, f"{number}.txt")
    store.close()
    data = bytearray(path.read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 60] = b"\xff" * 60
    path.write_bytes(data)
    with pytest.raises(ArchiveDamagedError, match="restore a backup"), Store.open(path) as broken:
        list(broken.living(1))


def test_a_full_disk_is_said_to_be_one(store):
    store._connection.execute("PRAGMA max_page_count = 40")
    with pytest.raises(ArchiveError, match=r"full.*free some space"), store.transaction() as writer:
        fail_after([add(writer, f"Text {number}", f"{number}.txt") for number in range(2000)])
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
