"""Saved searches: kept in the archive, and what is new in their answers."""

from __future__ import annotations

import shutil
import sqlite3
import threading

import pytest

from pinakes.corpus import SavedSearch, Store, rewrite_store
from pinakes.corpus.store import replacing
from pinakes.corpus.store.saved_rows import SavedRows
from pinakes.search import (
    Archive,
    By,
    QueryError,
    SavedSearchError,
    Scope,
    SearchOptions,
    Sort,
)
from pinakes.search.query.query import SYNTAX
from tests.two_articles import MINE, TALKS, titles, write_articles

NEWER = "A newer report\n\nThe families of the men in the mine were told in the evening.\n"


@pytest.fixture
def archive(tmp_path):
    folder = write_articles(tmp_path / "articles")
    with Archive.create(tmp_path) as archive:
        archive.index([folder])
        yield archive


def write(archive: Archive, name: str, text: str) -> None:
    (archive.root / "articles" / name).write_text(text, encoding="utf-8")


def index(archive: Archive, **options: bool) -> None:
    archive.index([archive.root / "articles"], **options)


def new(archive: Archive, name: str = "all", **options: object) -> list[str]:
    """What is new in the answer to a saved search, noted as seen."""
    search = archive.saved.get(name)
    results = archive.search(search.query, options=SearchOptions(since=search.seen or 0, **options))
    archive.saved.remember(search, results.archive.generation)
    assert results.articles == len(results.hits)
    return titles(results)


def test_a_search_is_kept_with_the_version_of_its_language(archive):
    kept = archive.saved.save("mine", '"right to return" OR mine')
    assert (kept.query, kept.syntax, kept.seen) == ('"right to return" OR mine', SYNTAX, None)
    assert archive.saved.get("mine") == kept
    with Archive.open(archive.root) as again:
        assert list(again.saved) == [kept]


def test_searches_are_listed_by_name_and_removed(archive):
    for name in ("b", "a.2", "обвал"):
        archive.saved.save(name, "mine")
    assert [search.name for search in archive.saved] == ["a.2", "b", "обвал"]
    archive.saved.remove("b")
    assert [search.name for search in archive.saved] == ["a.2", "обвал"]
    with pytest.raises(SavedSearchError):
        archive.saved.remove("b")


def test_a_name_is_taken_once_unless_replaced(archive):
    archive.saved.save("mine", "mine")
    with pytest.raises(SavedSearchError, match="--replace"):
        archive.saved.save("mine", "other")
    archive.saved.remember(archive.saved.get("mine"), 1)
    assert archive.saved.save("mine", "other", replace=True).seen is None
    assert archive.saved.get("mine").query == "other"


@pytest.mark.parametrize("name", ["", "a b", "-x", ".x", "a/b", "x" * 65, "a\n", "a:b"])
def test_a_name_that_could_not_be_asked_for_is_refused(archive, name):
    if name.strip() == name or not name.strip():
        with pytest.raises(SavedSearchError):
            archive.saved.save(name, "mine")


def test_composed_and_combining_letters_are_one_name(archive):
    archive.saved.save("cafe\u0301", "mine")
    assert archive.saved.get("caf\xe9").query == "mine"


def test_a_change_that_was_made_before_the_store_was_replaced_is_made(archive, monkeypatch):
    for change in (lambda: archive.saved.save("a", "mine"), lambda: archive.saved.remove("a")):
        answers = iter([True, False])
        monkeypatch.setattr(Store, "is_replaced", lambda _store, told=answers: next(told))
        change()
    assert list(archive.saved) == []


@pytest.mark.parametrize("is_stopped", [True, False])
@pytest.mark.parametrize("change", ["put", "remove"])
def test_a_change_outlasts_a_purge_that_was_under_way_and_is_stopped(
    archive, monkeypatch, change, is_stopped
):
    archive.saved.save("old", "mine")
    as_known = getattr(SavedRows, change)
    path = archive.root / ".pinakes" / "store.sqlite"

    def after_a_purge(rows, *given, **options):
        monkeypatch.undo()
        with monkeypatch.context() as patch:
            if is_stopped:
                # Before the new file, which is whole, gets the name of the store.
                patch.setattr(replacing, "_finish", lambda _path: 1 / 0)
                with pytest.raises(ZeroDivisionError):
                    rewrite_store(path)
            else:
                rewrite_store(path)
        return as_known(rows, *given, **options)

    monkeypatch.setattr(SavedRows, change, after_a_purge)
    if change == "put":
        archive.saved.save("new", "council")
    else:
        archive.saved.remove("old")
    expected = ["new", "old"] if change == "put" else []
    assert [search.name for search in archive.saved] == expected
    assert archive.search("mine").articles == 1
    assert archive.upkeep.check() == ()


def test_a_bad_query_is_not_kept(archive):
    with pytest.raises(QueryError):
        archive.saved.save("bad", "date:nonsense")
    assert list(archive.saved) == []


def test_an_unknown_name_says_which_is_near(archive):
    archive.saved.save("collapse", "mine")
    with pytest.raises(SavedSearchError, match="did you mean collapse"):
        archive.saved.get("colapse")
    with pytest.raises(SavedSearchError, match="pinakes saved"):
        archive.saved.get("zzz")


def test_a_search_of_a_newer_language_is_listed_but_not_read(archive):
    archive.saved.save("mine", "mine")
    with sqlite3.connect(archive.root / ".pinakes" / "store.sqlite") as connection:
        connection.execute("UPDATE saved_searches SET syntax = 99")
    connection.close()
    assert [search.syntax for search in archive.saved] == [99]
    with pytest.raises(SavedSearchError, match="newer"):
        archive.saved.get("mine")


def test_what_was_never_answered_is_all_new_and_then_nothing_is(archive):
    archive.saved.save("all", "families")
    assert sorted(new(archive)) == ["Mine collapse in Donvik", "Talks on monitoring"]
    assert new(archive) == []


def test_new_and_changed_articles_are_new_moved_and_untouched_ones_are_not(archive):
    archive.saved.save("all", "families")
    new(archive)
    write(archive, "newer.txt", NEWER)
    write(archive, "talks.txt", TALKS + "\nMore families came.\n")
    articles = archive.root / "articles"
    # With its times: when a file was saved is known of an article too.
    shutil.copy2(articles / "mine.txt", articles / "mine-copy.txt")
    index(archive)
    assert sorted(new(archive)) == ["A newer report", "Talks on monitoring"]
    (articles / "newer.txt").rename(articles / "moved.txt")
    (articles / "mine.txt").unlink()
    index(archive)
    index(archive, force=True)
    assert new(archive) == []
    write(archive, "moved.txt", NEWER.replace("evening", "morning"))
    index(archive)
    assert new(archive) == ["A newer report"]


def test_a_change_that_no_longer_satisfies_the_query_is_not_new(archive):
    archive.saved.save("all", "shaft")
    new(archive)
    write(archive, "mine.txt", MINE.replace("shaft", "roof"))
    write(archive, "newer.txt", NEWER)
    index(archive)
    assert new(archive) == []


def test_an_article_that_came_back_is_new(archive):
    archive.saved.save("all", "shaft")
    new(archive)
    archive.remove([str(archive.root / "articles" / "mine.txt")])
    assert new(archive) == []
    archive.index([archive.root / "articles" / "mine.txt"])
    assert new(archive) == ["Mine collapse in Donvik"]


def test_each_search_remembers_for_itself(archive):
    archive.saved.save("all", "families")
    archive.saved.save("other", "families")
    new(archive)
    write(archive, "newer.txt", NEWER)
    index(archive)
    assert new(archive) == ["A newer report"]
    assert len(new(archive, "other")) == 3


def test_what_is_remembered_survives_the_index(archive):
    archive.saved.save("all", "families")
    new(archive)
    write(archive, "newer.txt", NEWER)
    index(archive)
    shutil.rmtree(archive.root / ".pinakes" / "index")
    with Archive.open(archive.root) as again:
        assert new(again) == ["A newer report"]
        assert new(again) == []


def test_new_hits_are_those_of_the_whole_answer_in_every_order(archive):
    archive.saved.save("all", "families OR mine OR kind:quote")
    new(archive)
    write(archive, "newer.txt", NEWER)
    write(archive, "talks.txt", TALKS.replace("nine", "ten"))
    index(archive)
    since = archive.saved.get("all").seen
    for scope in Scope:
        for sort in Sort:
            for by in By:
                options = SearchOptions(limit=100, scope=scope, sort=sort, by=by, snippets=9)
                query = "families OR mine OR kind:quote"
                whole = archive.search(query, options=options)
                only = archive.search(
                    query,
                    options=SearchOptions(
                        limit=100, scope=scope, sort=sort, by=by, snippets=9, since=since
                    ),
                )
                wanted = {"A newer report", "Talks on monitoring"}
                assert {
                    (h.article.id, p.passage.number, p.snippets)
                    for h in whole if h.article.title in wanted for p in h.passages
                } == {(h.article.id, p.passage.number, p.snippets) for h in only
                      for p in h.passages}  # fmt: skip
                assert only.articles == 2
                assert only.archive == whole.archive


def test_a_later_answer_is_not_forgotten_for_an_earlier_one(archive):
    search = archive.saved.save("all", "mine")
    assert archive.saved.remember(search, 5).seen == 5
    archive.saved.remember(search, 3)
    assert archive.saved.get("all").seen == 5
    # Replaced meanwhile by another query, whose answer nobody has seen.
    archive.saved.save("all", "other", replace=True)
    archive.saved.remember(search, 7)
    assert archive.saved.get("all").seen is None


def test_threads_may_save_while_articles_are_indexed(archive):
    def save(number: int) -> None:
        archive.saved.save(f"search-{number}", "mine")

    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    write(archive, "newer.txt", NEWER)
    index(archive)
    for thread in threads:
        thread.join()
    assert len(list(archive.saved)) == 8
    assert all(isinstance(search, SavedSearch) for search in archive.saved)
