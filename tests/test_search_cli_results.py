"""Facets, explanations, reasons and suggestions as the commands print them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pinakes.search import Archive
from pinakes.search.cli.app import pinakes
from tests.two_articles import write_articles

DONE, NOTHING_FOUND, USAGE, _ARCHIVE = range(4)


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an archive of two articles, at 80 columns."""
    for name in ("PINAKES_ARCHIVE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    folder = write_articles(tmp_path / "articles")
    monkeypatch.chdir(folder)
    with Archive.create(folder) as opened:
        opened.index([folder])


def run(*args: str) -> Result:
    return CliRunner().invoke(pinakes, args)


def told(*args: str) -> dict[str, object]:
    done = run(*args, "--json")
    assert done.exit_code == DONE, done.output
    found: dict[str, object] = json.loads(done.stdout)
    return found


def id_of(query: str) -> str:
    return str(told("search", query)["hits"][0]["article"]["id"])


def normalised(text: str) -> str:
    # The last digits of a logarithm are not the same on every machine.
    text = re.sub(r"(\.[0-9]{9})[0-9]+", r"\1…", text)
    return re.sub(r"\b[0-9a-f]{8}\b", "aaaaaaaa", text)


def test_facets_stand_below_the_hits_and_in_json() -> None:
    done = run("search", "-n", "1", "--facet", "language", "--facet", "tag:kind", "mine OR talks")
    assert "language\n          2  en\n" in done.stdout
    found = told(
        "search", "--facet", "lang", "--facet", "kind", "--facet-values", "1", "mine OR talks"
    )
    assert found["facets"]["language"] == [{"value": "en", "count": 2}]
    assert found["facets_further"] == {"language": 0, "kind": 1}


def test_the_command_facets_takes_a_query_or_the_whole_archive(golden) -> None:
    done = run("facets")
    assert done.exit_code == DONE
    golden("facets.txt", done.stdout)
    assert told("facets", "shaft")["facets"]["kind"] == [{"value": "paragraph", "count": 1}]
    assert run("facets", "nowhere").exit_code == NOTHING_FOUND
    assert run("facets", "date:never").exit_code == USAGE
    assert run("facets", "--facet", "colour").exit_code == USAGE


def test_explain_prints_a_tree_that_ends_at_the_score(golden) -> None:
    done = run("search", "--explain", "shaft title:collapse")
    golden("explain.txt", re.sub(r", \S+ (\d+ )?ms", "", normalised(done.stdout)))
    (hit,) = told("search", "--explain", "shaft title:collapse")["hits"]
    assert hit["explanation"]["value"] == hit["score"]
    assert "explanation" not in told("search", "shaft")["hits"][0]


def test_pages_go_on_by_token() -> None:
    first = told("search", "-n", "1", "mine OR talks")
    second = told("search", "-n", "1", "--after", first["next"], "mine OR talks")
    assert second["next"] is None
    assert first["hits"][0]["article"]["id"] != second["hits"][0]["article"]["id"]
    assert run("search", "--after", "nonsense", "mine").exit_code == USAGE


def test_occurrences_are_in_the_last_line_and_in_json() -> None:
    assert "3 occurrences, 1 article" in run("search", "--occurrences", "mine OR shaft").stdout
    assert told("search", "--occurrences", "mine OR shaft")["total"]["occurrences"] == 3


def test_a_query_without_hits_tells_why_and_what_may_have_been_meant() -> None:
    done = run("search", "mine delegats")
    assert done.exit_code == NOTHING_FOUND
    assert "`mine` 1, AND `delegats` 0" in done.stderr
    assert run("search", "mnie").stderr.endswith("Did you mean: mine (1)\n")
    assert run("-q", "search", "mnie").stderr == ""
    found = json.loads(run("search", "mnie", "--json").stdout)
    assert found["suggestions"] == [{"text": "mine", "total": 1}]
    assert found["funnel"] == [{"clause": "mnie", "start": 0, "end": 4, "alone": 0, "together": 0}]


def test_why_not_prints_what_fails_then_every_part(golden) -> None:
    done = run("why-not", 'shaft "right to return" (mine OR talks) -families', id_of("shaft"))
    assert done.exit_code == DONE
    golden("why-not.txt", normalised(done.stdout))
    found = told("why-not", "shaft", "delegates", id_of("shaft"))
    assert found["holds"] is False
    assert [part["clause"] for part in found["failing"]] == ["delegates"]
    assert run("why-not", "mine", "ffffffff").exit_code == NOTHING_FOUND
    assert run("why-not", "date:never", id_of("shaft")).exit_code == USAGE


def test_similar_finds_other_articles() -> None:
    done = run("similar", id_of("shaft"))
    assert done.exit_code == DONE
    assert "Talks on monitoring" in done.stdout
    assert "Mine collapse" not in done.stdout
    assert run("similar", "ffffffff").exit_code == NOTHING_FOUND


def test_complete_prints_a_line_for_each_way_to_go_on() -> None:
    assert run("complete", "fam").stdout == "families\n"
    assert told("complete", "fam")["completions"][0]["count"] == 2
    assert run("complete", "zzz").exit_code == NOTHING_FOUND


def test_show_marks_what_a_search_marks_with_passages_around() -> None:
    article = id_of("shaft")
    done = run("show", article, "--query", "shaft families")
    assert "The [shaft] collapsed" in done.stdout
    assert "Two workers" in done.stdout
    near = run("show", article, "--query", "shaft families", "-C", "0").stdout
    assert "The [shaft] collapsed" in near
    assert "Two workers" not in near
    around = run("show", f"{article}#2", "-C", "1").stdout
    assert "Two workers" in around
    assert "Mine collapse in Donvik\n\n" not in around
    found = told("show", article, "--query", "shaft families")
    assert found["holds"] is True
    assert found["highlights"][0]["passage"] == 2
    assert run("show", article, "-C", "1").exit_code == USAGE
    other = run("show", article, "--query", "delegates")
    assert "does not satisfy the query" in other.stderr
