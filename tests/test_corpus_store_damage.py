"""A store that is damaged says so, whatever is wrong with it and whatever is asked of it."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import struct
from pathlib import Path

import pytest

from pinakes.corpus import ArchiveDamagedError, PinakesError, Store, ingest, remove
from pinakes.corpus.store.compression import compressor, decompress
from tests.desk import Desk, add


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
        "UPDATE contents SET packed = 'x'",
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


compress = compressor(None)


def plain(
    *,
    text: bytes = b"First text",
    metadata: str = "[]",
    notes: str = '[[["Top"]],[[["lang","en","a/1"]]]]',
    kinds: bytes = b"\x03\x04",
    numbers: tuple[int, ...] = (0, 0, 0, 0, 0, 5, 1, 4),
) -> bytes:
    """Return what is packed for two passages, as `packing` describes it."""
    sizes = struct.pack("<4I", len(text), len(metadata), len(notes), len(kinds))
    columns = kinds + struct.pack(f"<{len(numbers)}I", *numbers)
    return sizes + text + metadata.encode() + notes.encode() + columns


def put_packed(store: Store, path: Path, value: object) -> None:
    with store.transaction() as writer:
        add(writer, "First text", "a.txt")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE contents SET packed = ?", (value,))
    connection.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path):
    with Store.create(path) as store:
        yield store


def test_what_is_packed_as_described_is_read(store, path):
    put_packed(store, path, compress(plain(metadata='[["title","A","b"],["title","C","d",0]]')))
    (article,) = store.living(1)
    assert (article.title, [value.chosen for value in article.metadata]) == ("A", [True, False])
    assert [
        (passage.kind, passage.section, passage.text, [tag.value for tag in passage.tags])
        for passage in article.passages
    ] == [("paragraph", ("Top",), "First", ["en"]), ("quote", ("Top",), "text", ["en"])]


@pytest.mark.parametrize(
    "change",
    [
        {"text": b"\xff"},
        {"text": b"First"},
        {"metadata": "["},
        {"metadata": "7"},
        {"metadata": "[[1]]"},
        {"metadata": "[[1, 2, 3]]"},
        {"metadata": '[["title","A","b",0,0]]'},
        {"metadata": "[" * 100_000},
        {"notes": "{}"},
        {"notes": "[[]]"},
        {"notes": '[[],[[["lang","en","a/1"]]]]'},
        {"notes": '[[["Top"]],[]]'},
        {"notes": '[[[1]],[[["lang","en","a/1"]]]]'},
        {"notes": '[[["Top"]],[[["lang","en"]]]]'},
        {"notes": '[[["Top"]],[[["lang","en",1]]]]'},
        {"notes": '[[["Top"]],[[["lang","en","a/1",0]]]]'},
        {"notes": '[[["Top"]],[[["lang","en","a/1",0,"1"]]]]'},
        {"notes": '[[["Top"]],[[["lang","en","a/1",2,1]]]]'},
        {"kinds": b"\x03\x08"},
        {"kinds": b"\x03\x04\x04"},
        {"numbers": (0, 1, 0, 0, 0, 5, 1, 4)},
        {"numbers": (0, 0, 0, 1, 0, 5, 1, 4)},
        {"numbers": (0, 0, 0, 0, 0, 5, 1, 5)},
        {"numbers": (0, 0, 0, 0, 0, 5, 1)},
    ],
)
def test_what_cannot_be_unpacked_is_damage(store, path, change):
    put_packed(store, path, compress(plain(**change)))
    with pytest.raises(ArchiveDamagedError, match=r"is damaged \(article"):
        list(store.living(1))


@pytest.mark.parametrize(
    "value",
    [
        7,
        "",
        b"",
        b"rubbish",
        compress(b""),
        compress(plain()[:12]),
        compress(plain())[:-1],
        compress(plain()) + b"x",
        compress(plain()) + compress(plain()),
    ],
)
def test_what_is_no_whole_frame_is_damage(store, path, value):
    put_packed(store, path, value)
    with pytest.raises(ArchiveDamagedError, match="is damaged"):
        list(store.living(1))


def test_a_bit_that_changes_in_a_frame_changes_nothing_or_is_noticed():
    before = plain()
    frame = compress(before)
    noticed = 0
    for place in range(8 * len(frame)):
        changed = bytearray(frame)
        changed[place // 8] ^= 1 << place % 8
        try:
            assert decompress(bytes(changed), None) == before
        except ValueError:
            noticed += 1
    assert noticed > 7 * len(frame)
