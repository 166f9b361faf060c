"""The store: versions of articles by generation."""

from __future__ import annotations

import dataclasses
import sqlite3
from itertools import pairwise

import pytest

from pinakes.corpus import (
    Store,
    UnknownArticleError,
    read,
    split,
)
from pinakes.corpus.store.packing import pack
from tests.desk import add, fail_after, packed


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path):
    with Store.create(path, archive_id="test") as store:
        yield store


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


def test_a_record_that_only_moves_in_its_file_shares_its_text(store, path):
    with store.transaction() as writer:
        key = add(writer, "First text", "a.jsonl", record="line 1")
    with store.transaction() as writer:
        assert not writer.set_content(key, packed("First text"), record="line 2", sha256="cd" * 32)
    assert [(a.record, a.key != key) for a in store.living(2)] == [("line 2", True)]
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM contents").fetchone() == (1,)
    connection.close()


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
