"""A damaged article is told with its files, and can be read again, taken out and forgotten."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from pinakes.corpus import ArchiveDamagedError, Store, remove
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


def state_of(archive: Archive) -> tuple[object, ...]:
    """Return what a purge would change: generation, contents, dictionaries, index, its mark."""
    folder = archive.root / ".pinakes"
    with closing(sqlite3.connect(folder / "store.sqlite")) as connection:
        tables = [
            connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
            for name in ("generations", "contents", "dictionaries", "saved_searches")
        ]
    files = sorted(path.name for path in (folder / "index").iterdir())
    return (*tables, files, is_unfinished(archive._folder))


@pytest.mark.parametrize("by_path", [True, False])
def test_a_damaged_article_is_purged_by_itself(archive, by_path):
    (id_,) = damage(archive, 3)
    target = str(archive.root / "pages" / "page3.txt") if by_path else id_
    report = archive.upkeep.purge(target)
    assert report.articles == ((id_, "pages/page3.txt"),)
    # Its words are read from its file, which is as it was.
    assert report.is_proved
    assert report.residue.words >= 2
    assert told(archive) == []
    archive.index(archive.root / "pages")
    assert archive.search("Quay3ville").articles == 0


@pytest.mark.parametrize("is_made_again", [False, True])
def test_nothing_is_purged_while_another_article_is_damaged(archive, is_made_again):
    ids = damage(archive, 3, 5)
    if is_made_again:
        archive.upkeep.repair()
    before = state_of(archive)
    pages = archive.root / "pages"
    for target, others in ((ids[0], ids[1:]), (str(pages / "page2.txt"), ids)):
        for is_rehearsal in (True, False):
            with pytest.raises(ArchiveDamagedError) as raised:
                archive.upkeep.purge(target, is_rehearsal=is_rehearsal)
            assert [each for each in ids if each in str(raised.value)] == others
    result = run(archive, "purge", "--yes", str(pages / "page2.txt"))
    assert result.exit_code == 3
    for advice in ("index --force FILE", "pinakes remove ID", "pinakes doctor"):
        assert advice in " ".join(result.stderr.split())
    with pytest.raises(ArchiveDamagedError):
        archive.upkeep.erase_leftovers()
    assert state_of(archive) == before
    assert archive.upkeep.purge([*ids, str(pages / "page2.txt")]).is_proved
    assert archive.upkeep.check() == ()


def test_a_refused_purge_names_five_articles_at_most(archive):
    ids = damage(archive, *range(1, 8))
    with pytest.raises(ArchiveDamagedError, match="7 articles are damaged") as raised:
        archive.upkeep.purge(str(archive.root / "pages" / "page0.txt"))
    assert sum(each in str(raised.value) for each in ids) == 5
    assert "and 2 more" in str(raised.value)


def test_a_purge_goes_on_once_the_others_are_read_again_or_taken_out(archive):
    ids = damage(archive, 3, 5)
    archive.upkeep.repair()
    archive.index(archive.root / "pages" / "page3.txt", force=True)
    archive.remove(ids[1])
    # What is dead stops nothing, though it cannot be read.
    assert archive.upkeep.purge(str(archive.root / "pages" / "page2.txt")).is_proved
    assert archive.upkeep.check() == ()


def test_a_query_does_not_choose_what_is_purged_while_the_index_is_without_articles(archive):
    (id_,) = damage(archive, 3)
    archive.upkeep.repair()
    for query in ("Quay3ville", "harbour"):
        result = run(archive, "purge", "--yes", "--query", query)
        assert (result.exit_code, id_ in result.stderr) == (3, True)
    assert archive.search("harbour").articles == 7


def test_nothing_is_purged_while_the_index_is_without_an_article_that_is_whole_again(archive):
    path = archive.root / ".pinakes" / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT packed, content FROM contents").fetchall()
    (id_,) = damage(archive, 3)
    archive.upkeep.repair()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("UPDATE contents SET packed = ? WHERE content = ?", rows)
    page = str(archive.root / "pages" / "page2.txt")
    with pytest.raises(ArchiveDamagedError, match=id_):
        archive.upkeep.purge(page)
    archive.upkeep.repair()
    assert archive.upkeep.purge(page).is_proved


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
