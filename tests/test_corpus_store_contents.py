"""Dictionaries: what is compressed with one is read back, whatever became of the transaction."""

from __future__ import annotations

import sqlite3

import pytest

from pinakes.corpus import ArchiveDamagedError, Store
from tests.desk import add, fail_after, packed


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path):
    with Store.create(path, archive_id="test") as store:
        yield store


def text_of(number: int) -> str:
    return f"Dispatch {number}: the inspectorate of mines has closed shaft {number * 7} of Halvik."


def add_many(writer, first: int, last: int) -> None:
    for number in range(first, last):
        add(writer, text_of(number), f"{number}.txt")


def dictionaries(path) -> list[tuple[int, int]]:
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT dictionary, count(*) FROM contents GROUP BY 1")
        rows = found.fetchall()
    connection.close()
    return rows


def texts(store: Store) -> list[str]:
    return [article.text for article in store.living(store.state().generation)]


def test_what_many_articles_have_in_common_is_kept_once(store, path):
    with store.transaction() as writer:
        add_many(writer, 0, 300)
    assert dictionaries(path) == [(0, 256), (1, 44)]
    assert texts(store) == [text_of(number) for number in range(300)]
    with sqlite3.connect(path) as connection:
        query = "SELECT avg(length(packed)) FROM contents GROUP BY dictionary"
        (without,), (with_one,) = connection.execute(query)
    connection.close()
    assert with_one < without / 2


def test_a_dictionary_serves_later_writers_and_readers_opened_before_it(store, path):
    with Store.open(path) as reader:
        with store.transaction() as writer:
            add_many(writer, 0, 250)
        assert len(texts(reader)) == 250
        with store.transaction() as writer:
            add_many(writer, 250, 260)
        with Store.open(path, read_only=False) as other, other.transaction() as writer:
            add_many(writer, 260, 270)
        with store.transaction() as writer:
            add_many(writer, 270, 280)
        assert texts(reader) == [text_of(number) for number in range(280)]
    assert dictionaries(path) == [(0, 256), (1, 24)]


def test_an_archive_that_grows_has_dictionaries_of_all_that_is_in_it(store, path):
    with store.transaction() as writer:
        add_many(writer, 0, 4100)
    assert dictionaries(path) == [(0, 256), (1, 3840), (2, 4)]
    assert texts(store) == [text_of(number) for number in range(4100)]


def test_a_dictionary_goes_with_the_part_that_made_it(store, path):
    with store.transaction() as writer:
        add_many(writer, 0, 250)
        with pytest.raises(ZeroDivisionError), writer.all_or_nothing():
            fail_after(add_many(writer, 1000, 1020))
        for number in range(250, 270):
            add(writer, text_of(number), f"{number}.txt")
    assert dictionaries(path) == [(0, 256), (1, 14)]
    assert texts(store) == [text_of(number) for number in range(270)]


def test_a_dictionary_goes_with_the_transaction_that_made_it(store, path):
    with pytest.raises(ZeroDivisionError), store.transaction() as writer:
        fail_after(add_many(writer, 0, 300))
    with store.transaction() as writer:
        add_many(writer, 500, 510)
    assert dictionaries(path) == [(0, 10)]
    assert texts(store) == [text_of(number) for number in range(500, 510)]


@pytest.fixture
def ahead(monkeypatch):
    """Let articles be compressed ahead in small batches, however many cores there are."""
    monkeypatch.setattr("pinakes.corpus.child_process.core_count", lambda: 2)
    monkeypatch.setattr("pinakes.corpus.store.contents._BATCH_BYTES", 600)


def add_ahead(writer, first: int, last: int) -> None:
    articles = ((packed(text_of(number)), number) for number in range(first, last))
    for article, number in writer.ahead(articles):
        writer.add_article(article, path=f"{number}.txt", record="", sha256=f"{number:064x}")


@pytest.mark.usefixtures("ahead")
def test_articles_compressed_ahead_are_as_others(store, path):
    with store.transaction() as writer:
        add_ahead(writer, 0, 5)
        add_ahead(writer, 5, 300)
        add_ahead(writer, 300, 300)
    ((none, before), (one, after)) = dictionaries(path)
    assert (none, one, before + after) == (0, 1, 300)
    assert 256 <= before < 300
    assert texts(store) == [text_of(number) for number in range(300)]


@pytest.mark.usefixtures("ahead")
def test_what_was_compressed_ahead_is_compressed_again_if_its_dictionary_is_gone(store, path):
    with store.transaction() as writer:
        add_many(writer, 0, 250)
        articles = writer.ahead((packed(text_of(number)), number) for number in range(250, 290))

        def add_some(count: int) -> None:
            for _, (article, number) in zip(range(count), articles, strict=False):
                writer.add_article(article, path="", record="", sha256=f"{number:064x}")

        with pytest.raises(ZeroDivisionError), writer.all_or_nothing():
            fail_after(add_some(20))
        add_some(20)
    assert [number for number, _ in dictionaries(path)] == [0, 1]
    assert texts(store) == [text_of(number) for number in (*range(250), *range(270, 290))]


@pytest.mark.usefixtures("ahead")
def test_what_was_compressed_ahead_and_not_added_is_taken_for_no_other(store):
    with store.transaction() as writer:
        # As where an article has tags by hand: what is added of it is packed anew.
        made = [number for _, number in writer.ahead((packed(text_of(n)), n) for n in range(40))]
        add_many(writer, 40, 300)
    assert len(made) == 40
    assert texts(store) == [text_of(number) for number in range(40, 300)]


def test_articles_with_nothing_in_common_need_no_dictionary(store, path, monkeypatch):
    monkeypatch.setattr("pinakes.corpus.store.contents.train", lambda _samples: None)
    with store.transaction() as writer:
        add_many(writer, 0, 260)
    assert dictionaries(path) == [(0, 260)]
    assert len(texts(store)) == 260


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM dictionaries",
        "UPDATE dictionaries SET bytes = 'x'",
        "UPDATE dictionaries SET bytes = x''",
        "UPDATE dictionaries SET bytes = x'37a430ec00000000000000000000'",
        "UPDATE dictionaries SET bytes = zeroblob(16384)",
        "UPDATE contents SET dictionary = 2",
        "UPDATE contents SET dictionary = 0",
        "UPDATE contents SET dictionary = 'x'",
    ],
)
def test_a_dictionary_that_is_not_as_it_was_is_damage(store, path, statement):
    with store.transaction() as writer:
        add_many(writer, 0, 300)
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    with Store.open(path, read_only=False) as damaged:
        with pytest.raises(ArchiveDamagedError, match="is damaged"):
            texts(damaged)
        with pytest.raises(ArchiveDamagedError, match="is damaged"):
            list(damaged.articles([270]))


def test_a_dictionary_is_made_of_what_is_not_damaged(store, path):
    with store.transaction() as writer:
        add_many(writer, 0, 255)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE contents SET packed = x'00' WHERE content IN (5, 7)")
    connection.close()
    with store.transaction() as writer:
        add_many(writer, 255, 260)
    assert dictionaries(path) == [(0, 256), (1, 4)]
