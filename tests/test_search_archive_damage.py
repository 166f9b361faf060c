"""What becomes of an archive whose index is damaged: it is made again, whatever is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pinakes.corpus import ArchiveError
from pinakes.indexer.segments import arrays
from pinakes.indexer.segments.arrays import ArrayFile
from pinakes.indexer.verification import verify
from pinakes.search import Archive
from tests.two_articles import titles, write_articles

QUERIES = (
    "mine",
    "families",
    '"right to return"',
    "mechanisms -shaft",
    "title:collapse",
    "date:2020..2030",
    "lang:en",
    "path:mine.txt",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles")


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with Archive.create(folder) as opened:
        opened.index([folder])
        yield opened


def answers(archive: Archive) -> list[list[str]]:
    return [titles(archive.search(query)) for query in QUERIES]


def garble(folder: Path, section: str) -> None:
    """Damage a section of the segment, as a bad disk would: the table still has its checksum."""
    (path,) = (folder / ".pinakes" / "index").glob("*.seg")
    found = ArrayFile(path)._sections[section]
    content = bytearray(path.read_bytes())
    content[found.offset : found.offset + found.length] = b"\xfe" * found.length
    path.with_suffix(".new").write_bytes(content)
    path.with_suffix(".new").replace(path)


SECTIONS = (
    "article_key",
    "article_first",
    "article_words",
    "published",
    "passage_article",
    "passage_kind",
    "passage_words",
    "word.terms",
    "word.terms_at",
    "word.pairs",
    "stem.gaps1",
    "stem.codes",
    "stem.positions",
    "stem.words",
    "stem.variants",
    "lang.terms",
    "lang.gaps1",
)


@pytest.mark.parametrize("section", SECTIONS)
def test_no_damage_of_an_array_changes_an_answer(
    archive: Archive, folder: Path, section: str
) -> None:
    expected = answers(archive)
    garble(folder, section)
    with Archive.open(folder) as again:
        assert answers(again) == expected


@pytest.mark.parametrize("section", SECTIONS)
def test_damage_found_while_writing_is_cured_and_not_merged(
    archive: Archive, folder: Path, section: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrays, "UNDIVIDED_BYTES", -1)
    garble(folder, section)
    (folder / "third.txt").write_text("Third\n\nThe harbour is open.\n", encoding="utf-8")
    with Archive.open(folder) as again:
        again.index([folder])
        assert titles(again.search("harbour")) == ["Third"]
        verify(folder / ".pinakes" / "index")


@pytest.mark.parametrize("section", ["stem.gaps1", "word.terms_at", "stem.postings_at"])
def test_damage_of_a_large_array_that_stops_a_search_is_cured(
    archive: Archive, folder: Path, section: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrays, "UNDIVIDED_BYTES", -1)
    expected = answers(archive)
    garble(folder, section)
    with Archive.open(folder) as again:
        assert answers(again) == expected


def test_an_error_without_damage_is_not_called_damage(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr("pinakes.search.asking.present", fail)
    with pytest.raises(KeyError, match="a bug"):
        archive.search("mine")
    assert caplog.text == ""


def test_what_later_indexes_do_not_need_is_removed_from_the_store(
    archive: Archive, folder: Path
) -> None:
    with archive._reader.store() as store:
        before = store.state()
        (hit,) = archive.search("shaft").hits
        keys = [hit.article.key]
        assert store.articles(keys)
        archive.remove(["mine.txt"])
        assert store.state().pruned == store.state().generation > before.pruned
        assert store.articles(keys) == {}
        assert store.token_of(before.generation) is None


def test_a_search_that_cannot_make_a_missing_index_says_that_it_is_missing(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(folder / ".pinakes" / "index")
    monkeypatch.setattr("pinakes.corpus.lock.os.access", lambda *_: False)
    with pytest.raises(ArchiveError, match="index is missing and cannot be made here"):
        archive.search("mine")
