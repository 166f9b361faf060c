"""`show --raw`: all that a saved page says, and what of it its article has."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pinakes.search.cli.app import pinakes

DONE, _, USAGE, ARCHIVE = range(4)
KEPT = "The ferry to Hestnes did not sail on Tuesday, as its crew had found a leak below the deck."
DROPPED = "Subscribe to our newsletter"
PAGE = f"""<html lang="en"><head><title>Ferry stays in port</title></head><body>
<nav><ul><li><a href="/a">Home</a></li><li><a href="/b">Sports</a></li></ul></nav>
<article><h1>Ferry stays in port</h1>
<p>{KEPT}</p>
<p>Passengers were taken by bus around the fjord, which takes three hours, the company said on
Tuesday evening, and it hopes to sail again by the end of the week.</p></article>
<aside class="newsletter"><p>{DROPPED}</p></aside></body></html>
"""


@pytest.fixture(autouse=True)
def surroundings(tmp_path, monkeypatch):
    monkeypatch.delenv("PINAKES_ARCHIVE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)


def run(*args: str) -> Result:
    return CliRunner().invoke(pinakes, args)


def taken_in(*paths: str) -> str:
    """Return the id of the article that holds the word `leak`."""
    assert run("index", *paths).exit_code == DONE
    found = json.loads(run("search", "--json", "ferry OR lines").stdout)
    return str(found["hits"][0]["article"]["id"])


def test_what_was_kept_is_told_from_what_was_left_out() -> None:
    Path("ferry.html").write_text(PAGE, encoding="utf-8")
    article_id = taken_in("ferry.html")
    shown = run("show", "--raw", article_id)
    assert shown.exit_code == DONE
    assert f"| {KEPT}\n" in shown.stdout
    assert f"- {DROPPED}\n" in shown.stdout
    assert "- Sports\n" in shown.stdout
    told = json.loads(run("show", "--raw", "--json", article_id).stdout)
    assert {"text": DROPPED, "is_kept": False} in told["whole"]
    assert {"text": KEPT, "is_kept": True} in told["whole"]


def test_a_page_in_a_zip_file_is_read_again_too() -> None:
    with zipfile.ZipFile("saved.zip", "w") as archive:
        archive.writestr("a/ferry.html", PAGE)
    assert f"- {DROPPED}\n" in run("show", "--raw", taken_in("saved.zip")).stdout


def test_a_page_that_is_gone_or_has_changed_is_named() -> None:
    page = Path("ferry.html")
    page.write_text(PAGE, encoding="utf-8")
    article_id = taken_in("ferry.html")
    page.write_text(PAGE.replace("Tuesday", "Monday"), encoding="utf-8")
    changed = run("show", "--raw", article_id)
    assert changed.exit_code == ARCHIVE
    assert "ferry.html: has changed since" in changed.stderr
    page.unlink()
    gone = run("show", "--raw", article_id)
    assert gone.exit_code == ARCHIVE
    assert "ferry.html: cannot be read (No such file or directory)" in gone.stderr
    assert run("show", article_id).exit_code == DONE


def test_a_copy_of_a_page_will_do() -> None:
    for name in ("a.html", "b.html"):
        Path(name).write_text(PAGE, encoding="utf-8")
    article_id = taken_in("a.html", "b.html")
    Path("a.html").unlink()
    assert f"| {KEPT}\n" in run("show", "--raw", article_id).stdout


def test_of_a_text_nothing_more_is_known_than_its_article() -> None:
    Path("ferry.txt").write_text("Two lines\n\nof a text about a ferry.\n", encoding="utf-8")
    shown = run("show", "--raw", taken_in("ferry.txt"))
    assert shown.exit_code == ARCHIVE
    assert "ferry.txt: not a saved page" in shown.stderr


def test_a_passage_or_metadata_cannot_be_asked_for_with_it() -> None:
    assert run("show", "--raw", "abc#1").exit_code == USAGE
    assert run("show", "--raw", "--metadata", "abc").exit_code == USAGE
