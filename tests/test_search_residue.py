"""`doctor --residue`: a word that is left anywhere is found, wherever it was planted."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus import Store
from pinakes.indexer import build_segment
from pinakes.search import Archive
from pinakes.search.upkeep import Residue, ScanError
from pinakes.search.upkeep.sieve import Sieve
from tests.forgotten_article import write_files
from tests.small_archive import article

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

WORD = "Skerrivaig"
TEXT = f"The magistrates of {WORD} met.".encode()


def change(state: Path, *statements: str) -> None:
    with closing(sqlite3.connect(state / "store.sqlite", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement, ())


def plant_file(state: Path) -> None:
    (state / "notes.bin").write_bytes(b"\xff\x00\x01" + TEXT.upper() + b"\x02")


def plant_frame(state: Path) -> None:
    (state / "frame.bin").write_bytes(b"\x00" * 100 + zstd.compress(TEXT * 20))


def plant_broken_frame(state: Path) -> None:
    plain = b"".join(TEXT + str(number).encode() for number in range(9000))
    (state / "frame.bin").write_bytes(zstd.compress(plain)[:5000] + b"\x00" * 5000)


def plant_frame_of_the_stores_dictionary(state: Path) -> None:
    with Store.open(state / "store.sqlite") as store:
        (found,) = store._connection.execute("SELECT bytes FROM dictionaries").fetchone()
    packed = zstd.compress(TEXT * 3, zstd_dict=zstd.ZstdDict(found))
    assert WORD.encode() not in packed.replace(b"k", b"")
    (state / "frame.bin").write_bytes(packed)


def plant_free_page(state: Path) -> None:
    change(
        state,
        "PRAGMA secure_delete = OFF",
        "INSERT INTO saved_searches VALUES ('s', 'met OR skerrivaig', 1, '', NULL)",
        "DELETE FROM saved_searches",
        "PRAGMA wal_checkpoint(TRUNCATE)",
    )


def plant_log(state: Path) -> None:
    with Store.open(state / "store.sqlite") as reader, reader.snapshot():
        reader.state()
        change(
            state,
            "INSERT INTO saved_searches VALUES ('s', 'met OR skerrivaig', 1, '', NULL)",
            "DELETE FROM saved_searches",
        )
    assert (state / "store.sqlite-wal").stat().st_size


def plant_saved_search(state: Path) -> None:
    change(state, "INSERT INTO saved_searches VALUES ('s', 'met OR skerrivaig', 1, '', NULL)")


def plant_ledger_row(state: Path) -> None:
    row = "'a/skerrivaig-1.html', 'empty', '', 1, 1, NULL, 0, '[]', '[]'"
    change(state, f"INSERT INTO files VALUES ({row})")  # noqa: S608


def plant_hand_tag(state: Path) -> None:
    change(state, f"INSERT INTO hand_tags VALUES ('0', x'00', 0, 'topic', '{WORD}', 1)")  # noqa: S608


def plant_content_of_nobody(state: Path) -> None:
    with closing(sqlite3.connect(state / "store.sqlite")) as connection, connection:
        packed = zstd.compress(TEXT * 3)
        insert = "INSERT INTO contents VALUES (NULL, 1, x'', x'', 0, ?, 0, 0)"
        connection.execute(insert, (packed,))


def plant_dictionary(state: Path) -> None:
    with closing(sqlite3.connect(state / "store.sqlite")) as connection, connection:
        texts = [TEXT + str(number).encode() * 9 for number in range(400)]
        content = zstd.train_dict(texts, 4096).dict_content
        assert WORD.encode() in content
        connection.execute("INSERT INTO dictionaries (bytes) VALUES (?)", (content,))


def plant_old_segment(state: Path) -> None:
    # Capitals are not in the index, and a word after another one is not told from it in bytes.
    build_segment([article(1, f"Two skerries and {WORD}.")], state / "index" / "MAIN_old.seg")


def plant_rule(state: Path) -> None:
    (state / "rules").mkdir()
    (state / "rules" / "places.toml").write_text(f'words = ["{WORD}"]\n')


PLANTERS: tuple[Callable[[Path], None], ...] = (
    plant_file,
    plant_frame,
    plant_broken_frame,
    plant_frame_of_the_stores_dictionary,
    plant_free_page,
    plant_log,
    plant_saved_search,
    plant_ledger_row,
    plant_hand_tag,
    plant_content_of_nobody,
    plant_dictionary,
    plant_old_segment,
    plant_rule,
)


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    root = tmp_path_factory.mktemp("clean")
    write_files(root / "articles", others=300)
    (root / "articles" / "quillback-ferry-founders-off-zanthorpe.html").unlink()
    with Archive.create(root) as archive:
        archive.index(root / "articles")
        assert archive.upkeep.residue([WORD]).is_clean
    return root


@pytest.fixture
def copied(clean, tmp_path):
    shutil.copytree(clean, tmp_path / "copy")
    with Archive.open(tmp_path / "copy") as archive:
        yield archive


@pytest.mark.parametrize("plant", PLANTERS, ids=lambda plant: plant.__name__)
def test_a_word_that_is_left_is_found_wherever_it_is(copied, plant):
    plant(copied.root / ".pinakes")
    found = copied.upkeep.residue([WORD])
    assert {each.word for each in found.leftovers} == {"skerrivaig"}


def test_the_words_of_a_file_are_looked_for_in_all_their_forms(copied, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(
        "<html><title>Skerrivaig</title><p>Bilgepumps and the council, Головотяпством.", "utf-8"
    )
    folder = copied.root / ".pinakes"
    assert copied.upkeep.residue(files=[file]).is_clean
    for spelt in ("bilgepumps", "SKERRIVAIG", "головотяпством", "ГОЛОВОТЯПСТВОМ"):
        (folder / "notes").write_text(f"-{spelt}-", "utf-8")
        assert words(copied.upkeep.residue(files=[file])) == {spelt.lower()}
    (folder / "notes").write_text("-council-", "utf-8")
    found = copied.upkeep.residue(files=[file])
    assert found.is_clean
    assert "council" in found.shared


def test_a_stem_counts_where_no_other_word_has_it(copied, tmp_path):
    file = tmp_path / "wherries.txt"
    file.write_text("The wherries were late. " * 20, "utf-8")
    state = copied.root / ".pinakes"
    path = state / "index" / "MAIN_old.seg"
    build_segment([article(1, "wherry")], path)
    assert copied.upkeep.residue(files=[file]).is_clean
    (state / "notes").write_text("-wherri-", "utf-8")
    assert words(copied.upkeep.residue(files=[file])) == {"wherries"}


def test_a_part_of_a_word_of_an_article_is_no_residue(copied):
    # All articles have `surveyors`, and their stem.
    assert copied.upkeep.residue(["surve", "urveyor", "passen"]).is_clean


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_what_cannot_be_read_is_told(copied):
    os.mkfifo(copied.root / ".pinakes" / "pipe")
    found = copied.upkeep.residue([WORD])
    assert (found.leftovers, found.unread, found.is_clean) == ((), ("pipe",), False)


def words(residue: Residue) -> set[str]:
    return {each.word for each in residue.leftovers}


@given(
    st.lists(st.text("abAB é.", min_size=1, max_size=7), max_size=5),
    st.text("abABé. ", max_size=60),
)
def test_the_sieve_finds_what_a_search_for_each_word_finds(spellings, text):
    content = text.encode()
    found = {
        (hit.word, hit.start) for hit in Sieve({word: [word] for word in spellings}).find(content)
    }
    expected = set()
    lowered = content.lower()
    for word in spellings:
        encoded = word.encode().lower()
        if len(encoded) >= 4:
            starts = range(len(lowered) - len(encoded) + 1)
            expected |= {(encoded, start) for start in starts if lowered.startswith(encoded, start)}
    assert {(word.encode().lower(), start) for word, start in found} == expected


def test_a_program_that_is_no_python_is_not_started_to_read_files(tmp_path, monkeypatch):
    with Archive.create(tmp_path) as archive:
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        with pytest.raises(ScanError, match="part of a program"):
            archive.upkeep.residue([WORD])
