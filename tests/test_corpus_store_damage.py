"""A store that is damaged says so, whatever is wrong with it and whatever is asked of it."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from pathlib import Path

import pytest

from pinakes.corpus import ArchiveDamagedError, PinakesError, Store, ingest, remove
from tests.desk import Desk


@pytest.fixture(scope="module")
def healthy(tmp_path_factory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("healthy"))
    desk.write("a.txt", "One\n\n" + "A longer paragraph of this text. " * 30)
    desk.write("b.txt", "Two")
    desk.write("copy.txt", "Two")
    desk.write("empty.txt", "")
    desk.write("bad.jsonl", '{"id": "x", "text": "Three"}\n{"id": "y", "text": "Four"}\nnot JSON\n')
    desk.ingest()
    desk.remove(desk.article("bad.jsonl", "y").id)
    desk.write("a.txt", "One, changed")
    desk.ingest()
    desk.store.close()
    return desk


def use_all_of(desk: Desk, store_path: Path) -> None:
    """Do everything that can be done with a store."""
    with Store.open(store_path, read_only=False) as store:
        generation = store.state().generation
        store.counts(generation)
        list(store.ledger())
        store.known_files("a")
        store.files_with_records_removed()
        for article in store.living(generation):
            store.find(article.id, generation=generation)
            assert all(path + "" for path in article.paths)
            assert all(passage.text is not None for passage in article.passages)
        store.died_between(0, generation)
        try:
            desk.write("a.txt", "One, changed again")
            desk.write("new.txt", "Two")
            (desk.root / "b.txt").rename(desk.root / "moved.txt")
            ingest(store, desk.folder, [desk.root])
            remove(store, desk.folder, ["copy.txt", "bad.jsonl"])
            store.prune(generation)
        finally:
            desk.write("a.txt", "One, changed")
            (desk.root / "moved.txt").rename(desk.root / "b.txt")
            (desk.root / "new.txt").unlink()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM archive",
        "UPDATE archive SET generation = 'x'",
        "UPDATE archive SET id = x'ff'",
        "DELETE FROM generations",
        "UPDATE generations SET by_status = '[]'",
        "UPDATE generations SET by_status = '{\"lost\": 1}'",
        "UPDATE generations SET articles = 'x'",
        "UPDATE files SET problems = '[1]'",
        "UPDATE files SET problems = '5'",
        "UPDATE files SET problems = '" + "[" * 100_000 + "'",
        "UPDATE files SET status = 'lost'",
        "UPDATE files SET sha256 = 'x'",
        "UPDATE files SET size = 'x'",
        "UPDATE files SET detail = CAST(x'ff' AS TEXT)",
        "UPDATE articles SET sha256 = 'x'",
        "UPDATE articles SET id = x'61'",
        "UPDATE articles SET born = 'x'",
        "UPDATE articles SET content = 99",
        "UPDATE article_paths SET path = x'61'",
        "UPDATE article_paths SET path = CAST(x'ff' AS TEXT)",
        "UPDATE contents SET text_sha256 = 'x'",
        "UPDATE contents SET metadata = '[[1, 2, 3]]'",
        "UPDATE removed_records SET text_sha256 = 'x'",
    ],
)
def test_a_row_that_holds_something_else_is_damage(healthy, tmp_path, statement):
    path = tmp_path / "store.sqlite"
    path.write_bytes(healthy.folder.store_path.read_bytes())
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
    connection.close()
    # What no reader comes upon may stay hidden; what one does is an error of ours.
    with contextlib.suppress(ArchiveDamagedError):
        use_all_of(healthy, path)


def test_any_bytes_may_change_and_no_error_is_of_another_kind(healthy, tmp_path):
    path = tmp_path / "store.sqlite"
    before = healthy.folder.store_path.read_bytes()
    chance = random.Random(7)  # noqa: S311  # not a secret
    for _ in range(300):
        data = bytearray(before)
        for _ in range(chance.choice([1, 3, 30])):
            data[chance.randrange(len(data))] = chance.choice([0, 1, 0x7F, 0xFF, ord("x")])
        path.write_bytes(data)
        with contextlib.suppress(PinakesError):
            use_all_of(healthy, path)
        for left in tmp_path.glob("store.sqlite-*"):
            left.unlink()
