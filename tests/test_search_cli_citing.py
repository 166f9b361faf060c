"""`cite` and `verify` as commands: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pinakes.search import Archive
from pinakes.search.cli.app import pinakes

DONE, FAILED, USAGE = range(3)
TEXT = "The mine at Halvik closed in May.\n\nNobody was hurt, \x1b[31mthe minister said."


@pytest.fixture(autouse=True)
def article_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Work in an archive of one file, `note.txt`; its article's id."""
    monkeypatch.delenv("PINAKES_ARCHIVE", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("note.txt").write_text(TEXT, encoding="utf-8")
    with Archive.create(tmp_path) as archive:
        archive.index("note.txt")
        return archive.search("halvik").hits[0].article.id


def run(*args: str, given: str | None = None) -> Result:
    return CliRunner().invoke(pinakes, args, input=given)


@pytest.mark.parametrize("style", ["json", "json-ld"])
def test_what_cite_prints_is_what_verify_reads(article_id: str, style: str) -> None:
    cited = run("cite", article_id, f"{article_id}#0", "-f", style)
    assert cited.exit_code == DONE
    Path("cited.json").write_text(cited.stdout, encoding="utf-8")
    for arguments, given in (
        (("cited.json",), None),
        (("-",), cited.stdout),
        ((cited.stdout.splitlines()[0],), None),
        ((article_id, f"{article_id}#0"), None),
        (("--source", "note.txt", "cited.json"), None),
        (("--all",), None),
    ):
        done = run("verify", *arguments, given=given)
        assert done.exit_code == DONE, done.output
        assert "hold" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("format_", ["json", "jsonl"])
def test_verify_reads_the_citations_of_a_search(format_: str) -> None:
    found = run("search", "halvik OR minister", "-f", format_)
    done = run("verify", "-", "--json", given=found.stdout)
    assert done.exit_code == DONE
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["ok"]


def test_a_verdict_that_is_not_ok_has_its_reasons_and_status_1(article_id: str) -> None:
    cited = run("cite", article_id, "--span", "4:8", "--json").stdout
    Path("note.txt").write_text("Anything else.", encoding="utf-8")
    done = run("verify", "-", given=cited)
    assert done.exit_code == FAILED
    first, reason, last = done.stdout.splitlines()
    assert first == f"file-changed  {article_id}#0  4:8  “mine”"
    assert reason.strip() == f"note.txt has changed since {article_id} was read from it"
    assert last == "0 of 1 citations hold"
    done = run("verify", "--all")
    assert done.exit_code == FAILED
    assert done.stdout.splitlines()[-1] == "0 of 1 articles, with 1 passages, hold"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("verify",), "give citations, or --all"),
        (("verify", "--all", "note.txt"), "give citations, or --all"),
        (("verify", "--all", "--source", "note.txt"), "without one"),
        (("verify", "no-such-file"), "no-such-file: cannot be read"),
        (("verify", "note.txt"), "note.txt: no JSON"),
        (("verify", "{}"), "the citation given: no citation in it"),
        (("cite", "ID", "--span", "5"), "is no span: give START:END"),
        (("cite", "ID#0", "ID", "--span", "1:2"), "--span goes with one ID"),
        (("cite", "ID", "--span", "1:99999"), "is not within"),
        (("cite", "ID#x"), "not a passage number"),
    ],
)
def test_what_cannot_be_done_is_said(article_id: str, args: tuple[str, ...], told: str) -> None:
    done = run(*(arg.replace("ID", article_id) for arg in args))
    assert done.exit_code == USAGE
    assert told in " ".join(done.stderr.split())


@pytest.mark.parametrize("style", ["text", "markdown", "html", "bibtex", "csl-json", "ris"])
def test_every_style_has_the_quote_and_where_it_stands(article_id: str, style: str) -> None:
    done = run("cite", article_id, "--span", "4:8", "-f", style)
    assert done.exit_code == DONE
    assert "mine" in done.stdout
    assert article_id in done.stdout


def test_csl_json_of_several_passages_is_one_list(article_id: str) -> None:
    done = run("cite", article_id, f"{article_id}#0", "-f", "csl-json")
    assert [item["id"] for item in json.loads(done.stdout)] == [f"{article_id}#0"] * 2
