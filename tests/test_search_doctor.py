"""`doctor`: what is damaged is found, and said which part it is; the index is made again."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from pinakes.corpus import ArchiveDamagedError
from pinakes.search import Archive
from pinakes.search.upkeep.erasing import is_unfinished, mark
from tests.forgotten_article import write_files


@pytest.fixture
def archive(tmp_path):
    write_files(tmp_path / "articles")
    with Archive.create(tmp_path) as archive:
        archive.index(tmp_path / "articles")
        (tmp_path / "articles" / "other-3.txt").write_text("It is another text.", "utf-8")
        archive.index(tmp_path / "articles")
        yield archive


def parts(archive: Archive) -> list[str]:
    return [fault.part for fault in archive.upkeep.check()]


def change(archive: Archive, statement: str) -> None:
    path = archive.root / ".pinakes" / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def test_an_archive_that_is_whole_has_no_faults(archive, tmp_path):
    assert archive.upkeep.check() == ()
    with Archive.create(tmp_path / "empty") as empty:
        assert empty.upkeep.check() == ()


def test_a_flipped_byte_of_the_index_is_found_and_cured(archive):
    answer = archive.search("council surveyors").hits
    (path,) = (archive.root / ".pinakes" / "index").glob("*.seg")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    (fault,) = archive.upkeep.check()
    assert fault.part == f"index/{path.name}"
    assert "--repair" in fault.remedy
    archive.upkeep.repair()
    assert archive.upkeep.check() == ()
    assert [hit.article.id for hit in archive.search("council surveyors").hits] == [
        hit.article.id for hit in answer
    ]


def test_every_damaged_segment_is_told(archive):
    for number in range(40):
        (archive.root / "articles" / f"more-{number}.txt").write_text(f"More of {number}.")
        if number % 20 == 0:
            archive.index(archive.root / "articles")
    paths = sorted((archive.root / ".pinakes" / "index").glob("*.seg"))
    for path in paths:
        content = bytearray(path.read_bytes())
        content[-70] ^= 255
        path.write_bytes(content)
    assert sorted(parts(archive)) == [f"index/{path.name}" for path in paths]


@pytest.mark.parametrize("sign", ["6e", "41", "e4"])
def test_an_id_of_the_archive_that_never_was_one_is_told(archive, sign):
    byte = f"CAST(x'{sign}' AS TEXT)"
    change(archive, f"UPDATE archive SET id = substr(id, 1, 5) || {byte} || substr(id, 7)")  # noqa: S608
    faults = archive.upkeep.check()
    assert "store, archive" in [fault.part for fault in faults]


@pytest.mark.parametrize("what", ["_MAIN_{}.toc", "missing segment", "no index"])
def test_a_missing_or_broken_file_of_the_index_is_found_and_cured(archive, what):
    folder = archive.root / ".pinakes" / "index"
    if what == "no index":
        for path in folder.iterdir():
            path.unlink() if path.is_file() else path.rmdir()
    elif what == "missing segment":
        next(folder.glob("*.seg")).unlink()
    else:
        path = next(folder.glob("*.toc"))
        path.write_bytes(path.read_bytes().replace(b"words", b"swrod"))
    (part,) = parts(archive)
    assert part.startswith("index")
    archive.upkeep.repair()
    assert parts(archive) == []
    assert archive.search("council").articles == 11


def test_an_index_with_other_articles_than_the_store_is_found(archive):
    change(archive, "UPDATE articles SET died = 2 WHERE key = (SELECT min(key) FROM articles)")
    assert "index" in parts(archive)


@pytest.mark.parametrize(
    ("statement", "part", "problem"),
    [
        (
            "UPDATE contents SET packed = substr(packed, 1, 40) WHERE content = 2",
            "article",
            "canno",
        ),
        ("UPDATE contents SET text_sha256 = x'00' WHERE content = 2", "article", "its text is not"),
        ("UPDATE contents SET passage_count = 9 WHERE content = 2", "article", "passages, not 9"),
        ("UPDATE contents SET dictionary = 5 WHERE content = 2", "article", "understood"),
        ("UPDATE articles SET record = 5.5 WHERE key = 2", "article", "its text"),
        ("DELETE FROM article_paths WHERE key = 2", "article", "has no file"),
        ("DELETE FROM files WHERE path LIKE '%other-2.txt'", "ledger", "is not in the ledger"),
        ("UPDATE files SET articles = 2 WHERE path LIKE '%other-2.txt'", "ledger", "holds 1 art"),
        ("UPDATE files SET sha256 = x'00' WHERE path LIKE '%other-2.txt'", "ledger", "another SHA"),
        ("UPDATE articles SET sha256 = zeroblob(32) WHERE key = 2", "ledger", "another SHA-256"),
        ("UPDATE files SET problems = 'x' WHERE path LIKE '%other-2.txt'", "ledger", "underst"),
        ("UPDATE sketches SET hashes = x'ffffffffffffffff'", "sketch of", "too large"),
        ("DELETE FROM sketch_hashes WHERE hash % 2", "sketch of", "hashes can be looked up"),
        ("INSERT INTO sketch_hashes VALUES (5, 5)", "sketches", "can be looked up"),
        ("INSERT INTO sketches VALUES (99, 'ab', x'')", "sketch of article ab", "no such"),
        ("UPDATE generations SET articles = 2", "counts", "says 2 articles"),
        ("UPDATE generations SET generation = 7", "counts", "none of its generation"),
        ("DELETE FROM generations", "counts", "none of its generation"),
    ],
)
def test_what_is_wrong_in_the_store_is_told_by_its_part(archive, statement, part, problem):
    change(archive, statement)
    faults = archive.upkeep.check()
    if "record = 5.5" in statement:
        # SQLite keeps a number as text there.
        assert faults == ()
        return
    assert any(
        fault.part.startswith(f"store, {part}") and problem in fault.problem for fault in faults
    ), faults


def test_an_archive_without_the_counts_of_its_generation_asks_for_a_backup(archive):
    change(archive, "DELETE FROM generations")
    with pytest.raises(ArchiveDamagedError, match="restore a backup"):
        archive.upkeep.repair()
    with pytest.raises(ArchiveDamagedError, match="restore a backup"):
        archive.index([archive.root])


def test_damaged_pages_of_the_store_are_told(archive):
    archive.close()
    path = archive.root / ".pinakes" / "store.sqlite"
    content = bytearray(path.read_bytes())
    chance = random.Random(1)  # noqa: S311
    for at in range(16384 * 3, len(content), 512):
        content[at] ^= 1 + chance.randrange(255)
    path.write_bytes(content)
    with Archive.open(archive.root) as damaged:
        assert any(fault.part.startswith("store") for fault in damaged.upkeep.check())


def test_settings_that_cannot_be_read_are_told(archive):
    (archive.root / ".pinakes" / "config.toml").write_text("[passages]\nmax = yes\n")
    assert "settings" in parts(archive)


def test_a_purge_that_was_stopped_is_told_and_finished_by_the_next_writer(archive):
    article_id = archive.search("Pellwether").hits[0].article.id
    folder = archive._folder
    mark(folder, [article_id])
    assert archive.status().is_purge_unfinished
    assert parts(archive) == ["store"]
    # It had not come to taking the article out: it is as if it had not been asked for.
    archive.index(archive.root / "articles")
    assert not is_unfinished(folder)
    assert archive.search("Pellwether").articles == 1
    assert parts(archive) == []
    mark(folder, [article_id])
    archive.upkeep.repair()
    assert parts(archive) == []


def test_an_index_that_is_damaged_is_made_again_by_a_purge(archive):
    (path,) = (archive.root / ".pinakes" / "index").glob("*.seg")
    content = bytearray(path.read_bytes())
    content[-70] ^= 255
    path.write_bytes(content)
    page = archive.root / "articles" / "other-5.txt"
    report = archive.upkeep.purge(str(page))
    assert report.residue.is_clean
    assert archive.upkeep.check() == ()
    assert archive.search("council").articles == 10


def test_a_note_of_a_purge_that_cannot_be_understood_is_damage(archive):
    (archive.root / ".pinakes" / "purge.json").write_text("[]")
    with pytest.raises(ArchiveDamagedError, match="purge again"):
        archive.index(archive.root / "articles")
