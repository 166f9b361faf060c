"""A damaged article hides in no list of names and in no report that is asked again."""

from __future__ import annotations

import json

import pytest

from pinakes.search import Archive
from tests.damaged_articles import damage, make_archive
from tests.test_search_damaged_answers import lose_index, run


@pytest.fixture
def archive(tmp_path):
    with make_archive(tmp_path) as archive:
        yield archive


def ask_names(archive: Archive, *names: str):
    path = archive.root / "names.txt"
    path.write_text("".join(f"{name}\n" for name in names), "utf-8")
    return run(archive, "batch", "--names", str(path), "-f", "jsonl")


def write_report(archive: Archive, query: str, *, status: int) -> str:
    path = archive.root / "report.json"
    assert run(archive, "search", query, "--report", str(path)).exit_code == status
    return str(path)


def test_a_name_that_is_not_found_without_the_damaged_tells_so(archive):
    assert ask_names(archive, "Nobody Xyzzyplugh").exit_code == 1
    damage(archive, 3)
    lose_index(archive)
    result = ask_names(archive, "Nobody Xyzzyplugh", "Ulrich Zorb3kin")
    assert (result.exit_code, "0 found, 2 not found" in result.stderr) == (4, True)
    for line in result.stdout.splitlines():
        assert "damaged and not searched: 1 article" in " ".join(json.loads(line)["warnings"])
    assert "line 2: warning: damaged and not searched" in result.stderr


@pytest.mark.parametrize("name", ["Q. Zorb3kin", "Quincy Zorb3kin", "Dr. Said"])
def test_a_damaged_article_that_holds_a_surname_ends_no_list(archive, name):
    (id_,) = damage(archive, 3)
    result = ask_names(archive, name, "Zorb4kin")
    assert result.exit_code == 4
    first, last = map(json.loads, result.stdout.splitlines())
    assert id_ in " ".join(first["warnings"])
    assert (last["text"], last["total"]["articles"]) == ("Zorb4kin", 1)


def test_a_surer_way_that_could_not_be_tried_is_told_of_what_is_found(archive):
    ids = damage(archive, 3)
    # As it is written it may stand in the damaged article, which is counted for its folded words.
    (entry,) = map(json.loads, ask_names(archive, "quay3ville WAS").stdout.splitlines())
    assert entry["tier"] == "folded"
    told = " ".join(entry["warnings"])
    assert "cannot be told whether the query is true" in told
    assert ids[0] in told


def test_a_replay_tells_that_what_it_lost_is_damaged(archive):
    report = write_report(archive, "harbour", status=0)
    (id_,) = damage(archive, 3)
    result = run(archive, "replay", report)
    assert (result.exit_code, id_ in result.stderr) == (4, True)
    assert "the article is damaged" in result.stdout
    assert "the article is as it was" not in result.stdout
    found = json.loads(run(archive, "replay", report, "--json").stdout)
    (lost,) = found["differences"]
    assert (lost["id"], lost["outcome"]) == (id_, "lost")
    assert "is damaged" in lost["reasons"][0]
    assert id_ in found["warnings"][0]


def test_a_replay_by_an_index_without_the_damaged_tells_so_of_each_hit(archive):
    report = write_report(archive, "harbour", status=0)
    (id_,) = damage(archive, 3)
    lose_index(archive)
    result = run(archive, "replay", report, "--json")
    assert result.exit_code == 4
    for each in json.loads(result.stdout)["differences"]:
        assert "damaged" in each["reasons"][0]
        assert (each["outcome"] == "lost") == (each["id"] == id_)


def test_a_replay_of_a_report_of_the_damaged_is_short_as_well(archive):
    (id_,) = damage(archive, 3)
    report = write_report(archive, "harbour", status=4)
    result = run(archive, "replay", report)
    assert (result.exit_code, "same: all 7 hits" in result.stdout) == (4, True)
    assert f"warning: counted, but damaged and not shown: 1 article ({id_})" in result.stderr


def test_what_a_report_lacked_and_was_mended_is_told_as_such(archive):
    (id_,) = damage(archive, 3)
    report = write_report(archive, "harbour", status=4)
    page = archive.root / "pages" / "page3.txt"
    assert run(archive, "index", "--force", str(page)).exit_code == 0
    result = run(archive, "replay", report, "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    (gained,) = (each for each in found["differences"] if each["outcome"] == "gained")
    assert (gained["id"], found["warnings"]) == (id_, [])
    assert "damaged then" in gained["reasons"][0]
