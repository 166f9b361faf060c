"""`Archive` as an application holds it: what it answers."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pinakes.corpus import (
    ArchiveError,
    ArchiveExistsError,
    ArchiveFormatError,
    ArchiveMissingError,
    Kind,
    UnknownArticleError,
)
from pinakes.search import (
    Archive,
    By,
    OptionsError,
    QueryError,
    Scope,
    SearchOptions,
    Sort,
)
from tests.two_articles import MINE, TALKS, highlighted, titles, write_articles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles")


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with Archive.create(folder) as opened:
        opened.index([folder])
        yield opened


def test_words_of_one_article_are_found_across_its_passages(archive: Archive) -> None:
    results = archive.search("rescued inspectors")
    assert titles(results) == ["Mine collapse in Donvik"]
    assert len(results.hits[0].passages) == 2
    assert sorted(highlighted(results)) == ["inspectors", "rescued"]
    assert (
        archive.search("rescued inspectors", options=SearchOptions(scope=Scope.PASSAGE)).articles
        == 0
    )


def test_a_phrase_is_one_highlight_and_nothing_else_is(archive: Archive) -> None:
    results = archive.search('"right to return"')
    assert highlighted(results) == ["right to return"]


def test_every_snippet_and_citation_slices_out_of_the_article(archive: Archive) -> None:
    results = archive.search("families OR mine")
    assert len(results) == 2
    for hit in results:
        for found in hit.passages:
            citation = found.citation
            assert hit.article.text[citation.start : citation.end] == citation.exact
            before, after = hit.article.text[: citation.start], hit.article.text[citation.end :]
            assert before.endswith(citation.prefix)
            assert after.startswith(citation.suffix)
            for snippet in found.snippets:
                assert hit.article.text[snippet.start : snippet.end] == snippet.text


def test_what_is_left_out_elsewhere_in_an_article_is_explained(archive: Archive) -> None:
    results = archive.search("mechanisms -humanitarian")
    assert results.articles == 0
    assert [found.code for found in results.diagnostics] == ["excluded-elsewhere"]
    narrow = archive.search("mechanisms -humanitarian", options=SearchOptions(scope=Scope.PASSAGE))
    assert highlighted(narrow) == ["mechanisms"]


def test_findings_come_in_the_order_of_their_place_in_the_query(archive: Archive) -> None:
    found = archive.search("-humanitarian mechanisms?").diagnostics
    assert [each.code for each in found] == ["excluded-elsewhere", "question-mark"]
    assert [each.start for each in found] == sorted(each.start for each in found)


def test_the_title_is_a_passage_of_its_own_and_stands_once(archive: Archive) -> None:
    (hit,) = archive.search("title:collapse").hits
    assert hit.article.text.count("Mine collapse in Donvik") == 1
    assert [found.passage.kind for found in hit.passages] == [Kind.TITLE]


def test_one_path_may_be_given_without_a_list(archive: Archive, folder: Path) -> None:
    (folder / "third.txt").write_text(TALKS.replace("Talks", "More talks"), encoding="utf-8")
    assert archive.index(str(folder)).files == 3
    assert archive.index(folder / "third.txt").files == 1
    archive.remove("third.txt")
    assert archive.status().archive.articles == 2


def test_a_limit_may_be_given_by_itself(archive: Archive) -> None:
    assert len(archive.search("families", limit=1)) == 1
    with pytest.raises(OptionsError):
        archive.search("families", limit=-1)


def test_pages_of_an_answer_follow_each_other(archive: Archive) -> None:
    both = archive.search("families")
    first = archive.search("families", options=SearchOptions(limit=1))
    second = archive.search("families", options=SearchOptions(limit=1, offset=1))
    assert [*titles(first), *titles(second)] == titles(both)
    assert [hit.rank for hit in second] == [2]
    assert first.articles == second.articles == 2
    assert archive.search("families", options=SearchOptions(limit=0)).articles == 2


def test_filters_alone_find_and_sorting_by_date_is_possible(archive: Archive) -> None:
    assert archive.search("lang:en").articles == 2
    assert archive.search("lang:en", options=SearchOptions(sort=Sort.DATE)).articles == 2
    assert titles(archive.search("path:mine.txt")) == ["Mine collapse in Donvik"]


def test_a_query_with_errors_raises_with_its_findings(archive: Archive) -> None:
    with pytest.raises(QueryError) as caught:
        archive.search("date:yesteryear mine")
    assert [found.code for found in caught.value.diagnostics] == ["bad-date"]
    with pytest.raises(QueryError):
        archive.search("mine or shaft", options=SearchOptions(strict=True))


def test_an_article_is_found_by_the_beginning_of_its_id(archive: Archive) -> None:
    (hit,) = archive.search("shaft").hits
    assert archive.article(hit.article.id[:6]) == hit.article
    with pytest.raises(UnknownArticleError):
        archive.article("ffffffffffff")


def test_a_rename_keeps_the_id_and_the_new_path_is_found(archive: Archive, folder: Path) -> None:
    before = archive.search("shaft").hits[0].article
    (folder / "sub").mkdir()
    (folder / "mine.txt").rename(folder / "sub" / "renamed.txt")
    archive.index([folder])
    after = archive.search("shaft path:sub").hits[0].article
    assert (after.id, after.paths) == (before.id, ("sub/renamed.txt",))
    assert archive.search("path:mine.txt").articles == 0


def test_an_edit_keeps_the_id_and_changes_the_answer(archive: Archive, folder: Path) -> None:
    before = archive.search("shaft").hits[0].article
    (folder / "mine.txt").write_text(MINE.replace("shaft", "gallery"), encoding="utf-8")
    archive.index([folder])
    assert archive.search("shaft").articles == 0
    assert archive.search("gallery").hits[0].article.id == before.id


def test_a_removed_article_is_gone_and_does_not_come_back(archive: Archive, folder: Path) -> None:
    article = archive.search("shaft").hits[0].article
    archive.remove([article.id])
    assert archive.search("shaft").articles == 0
    archive.index([folder])
    assert archive.search("shaft").articles == 0
    assert (folder / "mine.txt").exists()


def test_the_store_can_be_copied_as_one_file_while_the_archive_is_open(
    archive: Archive, tmp_path: Path
) -> None:
    with Archive.create(tmp_path / "copy") as copied:
        store = Path(".pinakes", "store.sqlite")
        shutil.copy(archive.root / store, copied.root / store)
    with Archive.open(tmp_path / "copy") as again:
        assert titles(again.search("families")) == titles(archive.search("families"))


def test_a_deleted_or_damaged_index_is_made_again_from_the_store(
    archive: Archive, folder: Path
) -> None:
    expected = titles(archive.search("families"))
    for harm in (_delete, _truncate, _garble):
        harm(folder / ".pinakes" / "index")
        with Archive.open(folder) as again:
            assert titles(again.search("families")) == expected


def _delete(index: Path) -> None:
    shutil.rmtree(index)


def _truncate(index: Path) -> None:
    for file in index.glob("*.seg"):
        os.truncate(file, file.stat().st_size // 2)


def _garble(index: Path) -> None:
    for file in index.glob("*.toc"):
        file.write_bytes(b"\x80\x04not a table of contents")


def test_an_archive_is_found_from_below_and_moves_with_its_folder(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    (folder / "deep" / "er").mkdir(parents=True)
    with Archive.open(folder / "deep" / "er") as found:
        assert found.root == folder.resolve()
    archive.close()
    moved = folder.rename(tmp_path / "elsewhere")
    with Archive.open(moved) as again:
        assert again.search("shaft").hits[0].article.paths == ("mine.txt",)
        report = again.index([moved])
        assert report.articles == 0


def test_no_archive_another_archive_or_a_newer_one_is_a_clear_error(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArchiveMissingError, match="pinakes index"):
        Archive.open(tmp_path / "empty", exact=True)
    with pytest.raises(ArchiveExistsError):
        Archive.create(folder)
    archive.close()
    store = folder / ".pinakes" / "store.sqlite"
    _set_user_version(store, 99)
    with pytest.raises(ArchiveFormatError, match="99"):
        Archive.open(folder)
    store.write_bytes(b"not a database at all" * 100)
    with pytest.raises(ArchiveError, match=r"store\.sqlite"):
        Archive.open(folder)


def _set_user_version(store: Path, version: int) -> None:
    import sqlite3

    connection = sqlite3.connect(store)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


def test_a_closed_archive_says_so(archive: Archive) -> None:
    archive.close()
    with pytest.raises(ArchiveError, match="closed"):
        archive.search("mine")


def test_options_take_their_words_as_text_and_refuse_others() -> None:
    assert SearchOptions(sort="date", by="passage", scope="passage") == SearchOptions(
        sort=Sort.DATE, by=By.PASSAGE, scope=Scope.PASSAGE
    )
    with pytest.raises(OptionsError, match="sort is one of score, date, -date"):
        SearchOptions(sort="newest")
    with pytest.raises(OptionsError, match="limit is a whole number"):
        SearchOptions(limit=2.5)


def test_by_passage_each_hit_is_one_passage_and_totals_can_be_left_out(archive: Archive) -> None:
    counted = archive.search("families", options=SearchOptions(by=By.PASSAGE))
    assert counted.passages == len(counted.hits)
    assert {len(hit.passages) for hit in counted} == {1}
    bare = archive.search("families", options=SearchOptions(by=By.PASSAGE, totals=False))
    assert (bare.articles, bare.passages) == (None, None)
    assert [hit.score for hit in bare] == [hit.score for hit in counted]


def test_the_time_of_a_run_has_that_of_tagging_by_changed_rules(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tag_again(*_args: object, **_options: object) -> tuple[int, frozenset[str]]:
        time.sleep(0.2)
        return 3, frozenset()

    rules = folder / ".pinakes" / "rules"
    rules.mkdir()
    (rules / "mine.toml").write_text('value = "x"\nwords = ["mine"]\n', "utf-8")
    monkeypatch.setattr("pinakes.search.tagging.rerun.apply_changed_rules", tag_again)
    report = archive.index([folder])
    assert report.retagged == 3
    assert report.seconds >= 0.2
