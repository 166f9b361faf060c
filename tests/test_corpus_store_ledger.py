"""The ledger: one row a file."""

from __future__ import annotations

import pytest

from pinakes.corpus import (
    LedgerRow,
    Problem,
    Status,
    Store,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path):
    with Store.create(path, archive_id="test") as store:
        yield store


def test_the_ledger_says_what_became_of_every_file(store):
    rows = [
        LedgerRow(path="a.txt", status=Status.INDEXED, size=3, mtime_ns=4, sha256="ab" * 32),
        LedgerRow(path="b.jsonl", status=Status.ERROR, detail="line 1", articles=2,
                  problems=(Problem(where="line 1", reason="not JSON"),), notes=("one", "two")),
        LedgerRow(path="c.txt", status=Status.EMPTY, detail="nothing in it"),
        LedgerRow(path="d.txt", status=Status.REMOVED),
        LedgerRow(path="e/", status=Status.IGNORED),
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
