"""`purge`: nothing of an article is left in any file, whoever looks, and it stays out."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from pinakes.corpus import Store, UnknownArticleError
from pinakes.indexer import Snapshot
from pinakes.search import Archive
from pinakes.search.upkeep import purging, restore_backup
from tests.forgotten_article import NAME, TITLE, WORDS, find_id, make_archive
from tests.stranger_scan import scan

ALL_WORDS = (*WORDS, "Fennimorism")


@pytest.fixture
def archive(tmp_path):
    with make_archive(tmp_path / "desk") as archive:
        yield archive


def state(archive: Archive) -> Path:
    return archive.root / ".pinakes"


def leave_words(archive: Archive) -> tuple[str, ...]:
    """Remove the article, and return words of it that are left."""
    archive.remove(find_id(archive))
    archive.saved.remove("ferries")
    left = ("Pellwether", "Fennimorism")
    assert {word for word, _ in scan(state(archive), left)} == {word.lower() for word in left}
    return left


def fail(*_given: object) -> None:
    raise ZeroDivisionError


def test_before_it_is_purged_a_stranger_finds_every_word_of_the_article(archive):
    found = {word for word, _ in scan(state(archive), ALL_WORDS)}
    assert {word.lower() for word in ALL_WORDS} <= found


def test_after_remove_alone_a_stranger_still_finds_some(archive):
    archive.remove(find_id(archive))
    assert scan(state(archive), ALL_WORDS)


def test_after_purge_none_of_its_words_is_in_any_file(archive):
    report = archive.upkeep.purge(find_id(archive))
    assert scan(state(archive), ALL_WORDS) == []
    assert report.articles[0][1] == TITLE
    assert report.files == (f"articles/{NAME}",)
    assert report.residue.is_clean
    assert report.residue.words > 30
    assert archive.search("Pellwether").articles == 0
    assert archive.search("council").articles == 12


def test_what_the_ledger_says_of_other_files_is_nothing_left(archive):
    page = archive.root / "articles" / "bare.html"
    page.write_text("<html><body><script>show()</script></body></html>")
    said = archive.root / "articles" / "said.txt"
    said.write_text("Whoever prints a page that holds no text prints paper.")
    archive.index(archive.root / "articles")
    assert "holds no text" in next(
        row.detail for row in archive.ledger() if row.path.endswith("bare.html")
    )
    assert archive.upkeep.purge("articles/said.txt").residue.is_clean


def test_after_purge_with_four_other_generations_held_and_released_none_is_left(archive):
    with ExitStack() as held:
        for number in range(4):
            held.enter_context(Archive.open(archive.root)).search("council")
            reader = held.enter_context(Store.open(state(archive) / "store.sqlite"))
            held.enter_context(reader.snapshot())
            generation = reader.state().generation
            snapshot = held.enter_context(Snapshot.open(state(archive) / "index"))
            occurrences = archive.concord("Skerrivaig OR council")
            next(occurrences)
            held.callback(occurrences.close)
            (archive.root / "articles" / f"more-{number}.txt").write_text(f"More {number}.")
            archive.index(archive.root / "articles")
            assert len(list(reader.living(generation))) == snapshot.live_articles
        archive.upkeep.purge(find_id(archive))
        # What a reader has open it may read to its end.
        assert any("Pellwether" in article.text for article in reader.living(generation))
    assert scan(state(archive), ALL_WORDS) == []
    assert archive.search("council").articles == 12


def test_after_backup_and_restore_none_is_left(archive, tmp_path):
    archive.upkeep.purge(find_id(archive))
    backup = archive.upkeep.backup(tmp_path / "backup.zip")
    restore_backup(backup.path, tmp_path / "again")
    with Archive.open(tmp_path / "again", exact=True) as again:
        assert again.search("council").articles == 12
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup.zip").rename(tmp_path / "backup" / "backup.zip")
    for folder in (state(archive), tmp_path / "again" / ".pinakes", tmp_path / "backup"):
        assert scan(folder, ALL_WORDS) == []


def test_with_a_dictionary_of_its_text_none_is_left(tmp_path):
    with make_archive(tmp_path / "desk", others=300) as archive:
        with Store.open(state(archive) / "store.sqlite") as store:
            assert store._connection.execute("SELECT count(*) FROM dictionaries").fetchone() == (1,)
        assert archive.upkeep.purge(find_id(archive)).residue.is_clean
        assert scan(state(archive), ALL_WORDS) == []
        with Store.open(state(archive) / "store.sqlite") as store:
            (numbers,) = store._connection.execute(
                "SELECT group_concat(DISTINCT dictionary) FROM contents"
            ).fetchone()
            assert numbers == "1"
        assert archive.search("council").articles == 300


def test_it_does_not_come_back_at_the_next_index_nor_its_name(archive):
    archive.upkeep.purge(find_id(archive))
    report = archive.index(archive.root / "articles")
    assert (report.articles, report.purged) == (0, 1)
    assert archive.status().purged == 1
    page = archive.root / "articles" / NAME
    report = archive.index([archive.root / "articles", page], force=True)
    assert (report.articles, report.purged) == (0, 1)
    page.rename(page.with_name("renamed-grimsvatn.html"))
    # The picture in the folder beside it is no part of a page any more, and kept out as the folder.
    assert archive.index(archive.root / "articles").purged == 2
    assert archive.index(archive.root / "articles").purged == 2
    assert archive.search("Pellwether").articles == 0
    assert scan(state(archive), ALL_WORDS) == []


def test_a_saved_search_that_quotes_it_goes_with_it_unless_it_is_to_be_kept(archive):
    article_id = find_id(archive)
    plan = archive.upkeep.purge(article_id, is_rehearsal=True)
    assert (plan.searches, plan.residue) == (("ferries",), None)
    assert archive.search("Pellwether").articles == 1
    report = archive.upkeep.purge(article_id, keeps_saved=True)
    assert [search.name for search in archive.saved] == ["ferries", "letters"]
    assert {each.word for each in report.residue.leftovers} == {"quillback"}
    assert "saved_searches, row ferries" in report.residue.leftovers[0].place


def test_a_purge_that_is_stopped_is_finished_with_the_searches_that_quote_it(archive, monkeypatch):
    with monkeypatch.context() as context:
        context.setattr(purging, "catch_up", fail)
        with pytest.raises(ZeroDivisionError):
            archive.upkeep.purge(find_id(archive))
    assert [search.name for search in archive.saved] == ["letters"]
    archive.index(archive.root / "articles")
    assert scan(state(archive), ALL_WORDS) == []


def test_a_backup_has_nothing_of_what_a_purge_that_was_stopped_took_out(
    archive, monkeypatch, tmp_path
):
    monkeypatch.setattr(purging, "catch_up", fail)
    with pytest.raises(ZeroDivisionError):
        archive.upkeep.purge(find_id(archive))
    (tmp_path / "backups").mkdir()
    backup = archive.upkeep.backup(tmp_path / "backups" / "b.zip")
    assert scan(tmp_path / "backups", ALL_WORDS) == []
    restore_backup(backup.path, tmp_path / "again")
    assert scan(tmp_path / "again" / ".pinakes", ALL_WORDS) == []
    with Archive.open(tmp_path / "again", exact=True) as again:
        assert again.search("council").articles == 12


def test_a_purge_that_is_stopped_before_anything_is_gone_leaves_all_as_it_was(archive, monkeypatch):
    with monkeypatch.context() as context:
        context.setattr(purging, "purge_articles", fail)
        with pytest.raises(ZeroDivisionError):
            archive.upkeep.purge(find_id(archive))
    archive.index(archive.root / "articles")
    assert archive.search("Pellwether").articles == 1
    assert [search.name for search in archive.saved] == ["ferries", "letters"]


def test_leftovers_whose_erasing_is_stopped_are_erased_by_the_next_who_writes(archive, monkeypatch):
    left = leave_words(archive)
    with monkeypatch.context() as context:
        context.setattr(purging, "erase", fail)
        with pytest.raises(ZeroDivisionError):
            archive.upkeep.erase_leftovers()
    archive.upkeep.let_back("nowhere.txt")
    assert scan(state(archive), left) == []


def test_all_that_a_query_finds_is_purged(archive):
    ids = archive.upkeep.find(archive.understand("council OR Quillback"))
    assert len(ids) == 13
    assert archive.upkeep.purge(ids).residue.is_clean
    assert archive.search("*").articles == 0
    assert scan(state(archive), [*ALL_WORDS, "chimneys", "concerned", "surveyors"]) == []


def test_a_target_that_is_nothing_changes_nothing(archive):
    generation = archive.search("council").archive.generation
    with pytest.raises(UnknownArticleError):
        archive.upkeep.purge([find_id(archive), "nowhere.txt"])
    assert archive.search("Pellwether").archive.generation == generation


def test_a_file_that_was_removed_before_can_be_purged(archive):
    archive.remove(find_id(archive))
    report = archive.upkeep.purge(str(archive.root / "articles" / NAME))
    assert report.files == (f"articles/{NAME}",)
    assert report.searches == ("ferries",)
    # The tag by hand is known by the id alone, which the file does not tell after an edit.
    assert {word for word, _ in scan(state(archive), ALL_WORDS)} == {"fennimorism"}
    archive.upkeep.erase_leftovers()
    assert scan(state(archive), ALL_WORDS) == []


def test_leftovers_of_removed_articles_can_be_erased(archive):
    left = leave_words(archive)
    archive.upkeep.erase_leftovers()
    assert scan(state(archive), left) == []
    assert archive.search("council").articles == 12


def test_threads_go_on_asking_while_articles_are_purged(archive):
    errors: list[BaseException] = []
    is_over = threading.Event()

    def ask() -> None:
        try:
            while not is_over.is_set():
                assert archive.search("council").articles == 12
                with Archive.open(archive.root) as other:
                    assert other.search("council").articles == 12
        except BaseException as error:  # noqa: BLE001  # told below
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    archive.upkeep.purge(find_id(archive))
    for _ in range(3):
        archive.upkeep.erase_leftovers()
    is_over.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert scan(state(archive), ALL_WORDS) == []


def test_what_is_written_after_a_purge_is_there_for_readers_of_before(archive):
    with Archive.open(archive.root) as reader:
        assert reader.search("council").articles == 12
        archive.upkeep.purge(find_id(archive))
        archive.saved.save("after", "council")
        (archive.root / "articles" / "new.txt").write_text("The council met again.", "utf-8")
        archive.index(archive.root / "articles")
        assert reader.search("council").articles == 13
        assert [search.name for search in reader.saved] == ["after", "letters"]
    with Archive.open(archive.root) as reader:
        assert reader.search("council").articles == 13
