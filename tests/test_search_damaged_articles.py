"""A damaged article is told with its files, and can be read again, taken out and forgotten."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from pinakes.corpus import Store, remove
from pinakes.search import Archive
from pinakes.search.cli.app import pinakes
from pinakes.search.upkeep.erasing import is_unfinished, mark
from tests.damaged_articles import damage, make_archive, told


@pytest.fixture
def archive(tmp_path):
    with make_archive(tmp_path) as archive:
        yield archive


def run(archive: Archive, *arguments: str):
    return CliRunner().invoke(pinakes, ["--archive", str(archive.root), *arguments])


def test_doctor_tells_the_files_of_a_damaged_article_and_what_to_do(archive):
    (id_,) = damage(archive, 3)
    (fault,) = archive.upkeep.check()
    assert fault.part == f"store, article {id_}"
    assert fault.problem.endswith("(in pages/page3.txt)")
    assert "pinakes index --force FILE" in fault.remedy
    assert "pinakes remove ID" in fault.remedy


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "ID"),
        ("cite", "ID"),
        ("verify", "ID"),
        ("diff", "ID", "OTHER"),
        ("similar", "ID"),
        ("why-not", "Quay4ville", "ID"),
        ("tag", "+checked", "ID"),
        ("tag", "--rerun", "all"),
    ],
)
def test_what_asks_for_a_damaged_article_says_what_to_do_about_that_alone(archive, arguments):
    (id_,) = damage(archive, 3)
    (hit,) = archive.search("Quay4ville").hits
    ids = {"ID": id_, "OTHER": hit.article.id}
    result = run(archive, *(ids.get(each, each) for each in arguments))
    assert (result.exit_code, f"article {id_} cannot be" in result.stderr) == (3, True)
    for told_ in ("`pinakes doctor`", "`pinakes index --force FILE`", "`pinakes remove ID`"):
        assert told_ in result.stderr
    assert "restore a backup" not in result.stderr
    assert "move its folder away" not in result.stderr


def test_a_damaged_article_is_mended_from_its_file_that_is_read_again(archive):
    (id_,) = damage(archive, 3)
    assert (
        run(archive, "index", "--force", str(archive.root / "pages" / "page3.txt")).exit_code == 0
    )
    assert archive.upkeep.check() == ()
    assert [hit.article.id for hit in archive.search("Quay3ville").hits] == [id_]


def test_a_damaged_article_is_taken_out_by_its_id(archive):
    ids = damage(archive, 3, 5)
    result = run(archive, "remove", ids[0])
    assert (result.exit_code, "Took out 1 article" in result.stderr) == (0, True)
    assert told(archive) == [ids[1]]
    assert archive.search("Quay3ville").articles == 0


def test_a_damaged_article_that_no_file_holds_is_taken_out_by_its_id(archive):
    (id_,) = damage(archive, 3)
    path = archive.root / ".pinakes" / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM article_paths WHERE path = 'pages/page3.txt'")
    archive.remove(id_[:6])
    assert all(id_ not in fault.part for fault in archive.upkeep.check())


def test_one_of_two_files_and_the_article_of_both_are_taken_out_at_once(archive):
    pages = archive.root / "pages"
    (pages / "zcopy.txt").write_bytes((pages / "page3.txt").read_bytes())
    archive.index(pages)
    (hit,) = archive.search("Quay3ville").hits
    assert len(hit.article.paths) == 2
    report = archive.remove([str(archive.root / hit.article.paths[0]), hit.article.id])
    assert report.articles == (hit.article.id,)
    assert archive.search("Quay3ville").articles == 0


@pytest.mark.parametrize("by_path", [True, False])
def test_a_damaged_article_is_purged_beside_another(archive, by_path):
    ids = damage(archive, 3, 5)
    target = str(archive.root / "pages" / "page3.txt") if by_path else ids[0]
    report = archive.upkeep.purge(target)
    assert report.articles == ((ids[0], "pages/page3.txt"),)
    # Its words are read from its file, which is as it was.
    assert report.is_proved
    assert report.residue.words >= 2
    assert told(archive) == [ids[1]]
    archive.index(archive.root / "pages")
    assert archive.search("Quay3ville").articles == 0


def test_a_whole_article_is_purged_while_another_is_damaged(archive):
    ids = damage(archive, 5)
    assert archive.upkeep.purge(str(archive.root / "pages" / "page3.txt")).is_proved
    assert told(archive) == ids
    archive.upkeep.erase_leftovers()
    assert told(archive) == ids
    assert archive.search("Quay2ville").articles == 1


def test_a_purge_says_whose_words_could_not_be_looked_for(archive):
    (id_,) = damage(archive, 3)
    (archive.root / "pages" / "page3.txt").write_text("Another text.", "utf-8")
    result = run(archive, "purge", "--yes", id_)
    assert result.exit_code == 4
    assert f"{id_} is damaged" in result.stderr
    assert archive.upkeep.check() == ()


def test_a_purge_of_a_damaged_article_that_was_stopped_is_finished(archive):
    ids = damage(archive, 3, 5)
    mark(archive._folder, ids[:1])
    archive.index(archive.root / "pages")
    assert not is_unfinished(archive._folder)
    archive.upkeep.purge(ids)
    assert archive.upkeep.check() == ()


def test_what_a_damaged_article_was_before_is_told_with_what_erases_it(archive):
    ids = damage(archive, 3)
    folder = archive._folder
    with Store.open(folder.store_path, read_only=False) as store:
        remove(store, folder, ids)
    (fault,) = archive.upkeep.check()
    assert fault.part == f"store, article {ids[0]} as it was before"
    assert "--leftovers" in fault.remedy
    archive.upkeep.erase_leftovers()
    assert archive.upkeep.check() == ()
