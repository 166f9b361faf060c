"""A damaged article takes no other from an answer, and no answer is short without saying so."""

from __future__ import annotations

import json
import logging
import shutil
import zipfile

import pytest
from click.testing import CliRunner

from pinakes.corpus import ArchiveDamagedError
from pinakes.search import Archive, SearchOptions
from pinakes.search.cli.app import pinakes
from pinakes.search.evaluation.clauses import no_texts
from pinakes.search.evaluation.texts.targets import AnyWord, AsWritten
from pinakes.search.evaluation.texts.unread import note_unread, unread_before
from tests.damaged_articles import damage, make_archive, told


@pytest.fixture
def archive(tmp_path):
    with make_archive(tmp_path) as archive:
        yield archive


def run(archive: Archive, *arguments: str):
    return CliRunner().invoke(pinakes, ["--archive", str(archive.root), *arguments])


def lose_index(archive: Archive) -> None:
    archive._reader.let_go()
    shutil.rmtree(archive.root / ".pinakes" / "index")


def codes(results) -> list[str]:
    return [found.code for found in results.diagnostics]


def test_other_hits_are_shown_and_the_damaged_one_is_told_once(archive):
    before = archive.search("harbour")
    ids = damage(archive, 3)
    after = archive.search("harbour")
    assert (before.articles, after.articles, after.is_whole) == (8, 8, False)
    assert [(hit.rank, hit.article.id, hit.score) for hit in after] == [
        (hit.rank, hit.article.id, hit.score) for hit in before if hit.article.id not in ids
    ]
    (finding,) = after.diagnostics
    assert (finding.code, finding.severity) == ("damaged-article", "warning")
    assert f"counted, but damaged and not shown: 1 article ({ids[0]})" in finding.message
    assert "pinakes doctor" in finding.message
    assert archive.search("Quay1ville").is_whole


def test_pages_go_on_behind_a_damaged_article(archive):
    ids = damage(archive, 2, 3)
    found, after = [], ""
    while True:
        page = archive.search("harbour", options=SearchOptions(limit=1, after=after))
        found += [hit.article.id for hit in page]
        after = page.next
        if not after:
            break
    assert len(found) == 6
    assert not set(ids) & set(found)


@pytest.mark.parametrize("query", ['="Quay3ville was"', "Quay3ville SENT dredged", "harbour"])
@pytest.mark.parametrize("options", [{}, {"by": "passage"}, {"explain": True}, {"sort": "date"}])
def test_whatever_needs_the_text_tells_of_it(archive, query, options):
    whole = archive.search(query, options=SearchOptions(**options))
    assert (whole.is_whole, bool(whole.hits)) == (True, True)
    ids = damage(archive, 3)
    results = archive.search(query, options=SearchOptions(**options))
    assert "damaged-article" in codes(results)
    assert any(ids[0] in found.message for found in results.diagnostics)
    assert len(results.hits) == len(whole.hits) - 1


@pytest.mark.parametrize("query", ['="was dredged"', "harbour SENT dredged"])
def test_what_was_found_without_it_is_kept_and_tells_of_it_again(archive, query):
    ids = damage(archive, 3)
    for _ in range(3):
        results = archive.search(query)
        assert (results.articles, codes(results)) == (7, ["damaged-article"])
        assert ids[0] in results.diagnostics[0].message
    with pytest.raises(ArchiveDamagedError):
        list(archive.concord(query))
    with Archive.open(archive.root) as other:
        assert not other.search(query).is_whole
    (archive.root / "pages" / "more.txt").write_text("Of something else.", "utf-8")
    archive.index(archive.root / "pages")
    assert codes(archive.search(query)) == ["damaged-article"]
    archive.remove(ids)
    assert archive.search(query).is_whole


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ('="was dredged"', '="zzzqqq"'),
        ('="was dredged"', '="Quay4ville was"'),
        ("harbour SENT dredged", "Quay4ville SENT dredged"),
    ],
)
def test_a_query_that_did_not_meet_it_is_whole_whatever_others_met(archive, query, other):
    ids = damage(archive, 3)
    assert not archive.search(query).is_whole
    assert archive.search(other).is_whole
    list(archive.concord(other))
    for whole in (f"{query} {other}", f"{other} OR {query}"):
        results = archive.search(whole)
        assert ids[0] in results.diagnostics[0].message


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "ids", "trec"])
def test_the_status_is_that_of_what_failed_in_part(archive, form):
    (id_,) = damage(archive, 3)
    result = run(archive, "search", "harbour", "-f", form)
    assert result.exit_code == 4
    assert id_ in result.stderr
    if form == "ids":
        assert len(result.stdout.split()) == 7
    assert run(archive, "search", "Quay3ville").exit_code == 4
    assert run(archive, "search", "Quay4ville").exit_code == 0


def test_counts_and_tags_by_hand_of_an_index_without_it_have_that_status_too(archive):
    damage(archive, 3)
    lose_index(archive)
    result = run(archive, "facets", "harbour")
    assert (result.exit_code, "not searched: 1 article" in result.stderr) == (4, True)
    assert (result.stdout.strip() != "", run(archive, "facets", "--json").exit_code) == (True, 4)
    result = run(archive, "tag", "+checked", "--", "Quay4ville")
    assert (result.exit_code, "not searched: 1 article" in result.stderr) == (4, True)
    assert "Tagged 1 passage of 1 article" in result.stderr
    # What it does not find, it might have found.
    assert run(archive, "facets", "Quay3ville").exit_code == 4
    assert run(archive, "tag", "+checked", "--", "Quay3ville").exit_code == 4
    (hit,) = archive.search("Quay4ville").hits
    assert run(archive, "tag", "+seen", hit.article.id).exit_code == 0


def test_a_bundle_and_a_report_have_the_others_and_say_so(archive):
    (id_,) = damage(archive, 3)
    bundle = archive.root / "out.zip"
    result = run(archive, "export", "harbour", "--bundle", str(bundle))
    assert (result.exit_code, id_ in result.stderr) == (4, True)
    with zipfile.ZipFile(bundle) as packed:
        name = next(each for each in packed.namelist() if each.endswith("results.json"))
        assert len(json.loads(packed.read(name))["hits"]) == 7
    none = run(archive, "export", "Quay3ville", "--bundle", str(archive.root / "none.zip"))
    assert (none.exit_code, id_ in none.stderr) == (4, True)
    report = archive.root / "report.json"
    result = run(archive, "search", "harbour", "-n", "1", "--report", str(report))
    assert result.exit_code == 4
    assert id_ in json.loads(report.read_text("utf-8"))["query"]["findings"][0]["message"]


def test_a_concordance_has_the_others_and_says_so(archive):
    ids = damage(archive, 3)
    result = run(archive, "concord", "harbour", "-f", "jsonl")
    assert (result.exit_code, len(result.stdout.splitlines())) == (4, 7)
    assert f"Passed over {ids[0]}" in result.stderr
    with pytest.raises(ArchiveDamagedError):
        list(archive.concord("harbour"))
    lose_index(archive)
    result = run(archive, "concord", "harbour")
    assert (result.exit_code, f"Passed over {ids[0]}" in result.stderr) == (4, True)


def test_a_list_of_queries_is_answered_with_status_4(archive):
    damage(archive, 3)
    queries = archive.root / "queries.txt"
    queries.write_text("Quay3ville\nQuay4ville\n", "utf-8")
    result = run(archive, "batch", str(queries), "-f", "csv")
    assert (result.exit_code, "2 found" in result.stderr) == (4, True)


def test_the_index_is_made_again_without_the_damaged_and_tells_so(archive, caplog):
    ids = damage(archive, 3, 5)
    lose_index(archive)
    with caplog.at_level(logging.WARNING):
        results = archive.search("harbour")
    assert all(id_ in caplog.text for id_ in ids)
    assert (results.articles, len(results.hits), codes(results)) == (6, 6, ["damaged-article"])
    assert "damaged and not searched: 2 articles" in results.diagnostics[0].message
    # What it does not find, it might have found.
    assert run(archive, "search", "Quay3ville").exit_code == 4
    assert run(archive, "count", "Quay4ville").exit_code == 4
    assert archive.status().left_out == 2
    status = run(archive, "status")
    assert "2 articles, not searched: pinakes doctor" in status.stdout
    # All of it is told of the store, nothing of the index, which holds what it can.
    assert sorted(told(archive)) == sorted(ids)
    archive.upkeep.repair()
    assert sorted(told(archive)) == sorted(ids)


def test_what_was_left_out_of_the_index_comes_back_from_its_file(archive):
    ids = damage(archive, 3, 5)
    lose_index(archive)
    archive.search("harbour")
    pages = archive.root / "pages"
    # An ingest of something else goes on, and the index with it.
    (pages / "more.txt").write_text("The harbour of more.", "utf-8")
    archive.index(pages)
    assert (archive.search("harbour").articles, archive.status().left_out) == (7, 2)
    assert run(archive, "index", "--force", str(pages / "page3.txt")).exit_code == 0
    assert archive.status().left_out == 1
    archive.remove(ids[1])
    assert (archive.status().left_out, archive.upkeep.check()) == (0, ())
    results = archive.search("harbour")
    assert (results.articles, results.is_whole) == (8, True)


def test_a_damaged_article_whose_file_gets_another_name_stops_no_run(archive):
    ids = damage(archive, 3)
    pages = archive.root / "pages"
    (pages / "page3.txt").rename(pages / "moved.txt")
    archive.index(pages)
    assert told(archive) == ids
    assert archive.search("Quay4ville").articles == 1
    assert archive.status().left_out == 1


def test_an_index_that_lacks_a_whole_article_is_still_told(archive):
    damage(archive, 3)
    lose_index(archive)
    archive.search("harbour")
    # It cannot be read while its index is made, and can then: the index is short of it.
    path = archive.root / ".pinakes" / "store.sqlite"
    shutil.copy(path, archive.root / "broken.sqlite")
    damage(archive, 3)
    assert [fault.part for fault in archive.upkeep.check()] == ["index"]
    archive.upkeep.repair()
    assert archive.upkeep.check() == ()
    assert archive.search("harbour").is_whole


def test_a_saved_search_does_not_count_as_shown_what_was_missing(archive):
    run(archive, "save", "near", "harbour")
    before = archive.search("harbour")
    ids = damage(archive, 3)
    short = run(archive, "search", "--since-last", "near", "-f", "ids")
    assert short.exit_code == 4
    assert not set(ids) & set(short.stdout.split())
    again = run(archive, "search", "--since-last", "near", "-f", "ids")
    assert again.stdout == short.stdout
    assert len(again.stdout.split()) == before.articles - 1


def test_what_is_noted_of_damage_takes_no_more_memory_for_ever(tmp_path):
    targets = [AnyWord((f"word{number}",)) for number in range(1002)]
    written = [AsWritten(each, ("", each.words[0], ""), no_texts) for each in targets]
    for each in [*written[:1000], written[0], *written[1000:]]:
        note_unread(tmp_path, each, {7})
    left = [each for each in written if unread_before(tmp_path, each)]
    assert (len(left), written[0] in left, written[1] in left) == (1000, True, False)
