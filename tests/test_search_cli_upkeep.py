"""`purge`, `doctor`, `backup` and `restore` as commands."""

from __future__ import annotations

import json

import pytest

from pinakes.search import Archive
from tests.copied_texts import make_text
from tests.forgotten_article import NAME, TITLE, find_id, make_archive
from tests.stranger_scan import scan
from tests.wide_articles import run

DONE, FOUND_SOMETHING, USAGE, ARCHIVE, SOME_FAILED = range(5)


@pytest.fixture(autouse=True)
def root(tmp_path, monkeypatch):
    for name in ("PINAKES_ARCHIVE", "NO_COLOR", "FORCE_COLOR", "PAGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    make_archive(tmp_path).close()
    return tmp_path


def id_of_it() -> str:
    with Archive.open(".") as archive:
        return find_id(archive)


def test_purge_says_what_would_go_and_wants_to_be_sure(root):
    plan = run("purge", id_of_it(), "--dry-run")
    assert (plan.exit_code, plan.stdout) == (DONE, "")
    for told in (TITLE, f"articles/{NAME}", "ferries"):
        assert told in plan.stderr
    asked = run("purge", id_of_it())
    assert asked.exit_code == USAGE
    assert "--yes" in asked.stderr
    assert run("count", "Pellwether").exit_code == DONE
    done = run("purge", id_of_it(), "--yes")
    assert done.exit_code == DONE
    assert "Forgot 1 article" in done.stderr
    assert "Nothing is left of" in done.stderr
    assert run("count", "Pellwether").exit_code == FOUND_SOMETHING
    assert scan(root / ".pinakes", ["Pellwether"]) == []


def test_purge_takes_a_path_a_query_and_what_is_named_by_mistake_for_nothing():
    assert run("purge", "--yes", "nothing-of-the-kind").exit_code == FOUND_SOMETHING
    assert run("purge", "--yes", "council", "AND", "(day").exit_code == USAGE
    assert run("purge").exit_code == USAGE
    report = json.loads(run("purge", "--yes", "--json", f"articles/{NAME}").stdout)
    assert report["files"] == [f"articles/{NAME}"]
    assert report["residue"]["clean"]
    done = run("purge", "--yes", "council", "chimneys")
    assert "Forgot 12 articles" in done.stderr
    assert run("count", "*").exit_code == FOUND_SOMETHING


@pytest.mark.parametrize("name", ["articles/council.tx", "deadbeef", "no.html", "no\\such"])
def test_a_name_that_nothing_has_is_not_taken_for_a_query(name):
    refused = run("purge", "--yes", "council", name)
    assert refused.exit_code == USAGE
    assert f"{name}: no such article or file" in refused.stderr
    assert run("count", "council").exit_code == DONE


def test_copies_that_stay_are_told(root):
    for number, headline in enumerate(("Bridge closed", "No way across")):
        text = f"{headline}\n\n{make_text([1, 2, 3])}"
        (root / "articles" / f"wire-{number}.txt").write_text(text)
    run("index", "articles")
    plan = run("purge", "articles/wire-0.txt", "--dry-run").stderr
    done = run("purge", "articles/wire-0.txt", "--yes").stderr
    for told in (plan, done):
        assert "1 other article is a copy and stays" in told
        assert "wire-1.txt" in told or "No way across" in told
    assert "copy" not in run("purge", "articles/wire-1.txt", "--yes").stderr


def test_with_query_a_name_is_taken_for_words():
    done = run("purge", "--yes", "--query", "articles/other-1.txt")
    assert done.exit_code == FOUND_SOMETHING


def test_status_and_index_say_what_is_kept_out_and_it_can_be_let_back():
    run("purge", id_of_it(), "--yes")
    assert "1 article kept out (pinakes purge --let-back FILE)" in run("status").stdout
    assert "1 kept out as purged" in run("index", "articles").stderr
    assert f"purged: articles/{NAME}" in run("index", "articles", "-v").stderr
    assert json.loads(run("status", "--json").stdout)["archive"]["purged"] == 1
    assert run("purge", "--let-back", f"articles/{NAME}").exit_code == DONE
    assert run("purge", "--let-back", f"articles/{NAME}").exit_code == FOUND_SOMETHING
    assert "1 article indexed" in run("index", "articles").stderr


def test_purge_ends_with_4_if_something_is_left(root):
    (root / ".pinakes" / "notes").write_text("Of the Quillback.")
    done = run("purge", id_of_it(), "--yes", "--keep-saved")
    assert done.exit_code == SOME_FAILED
    assert "left: quillback in notes, byte 7" in done.stderr
    assert "left: quillback in store.sqlite, table saved_searches, row ferries" in done.stderr
    found = run("doctor", "--residue", "Quillback", "Skerrivaig")
    assert found.exit_code == FOUND_SOMETHING
    assert "Something is left of 1 of 2 words" in found.stdout


def test_leftovers_are_erased(root):
    run("remove", f"articles/{NAME}")
    assert scan(root / ".pinakes", ["Pellwether"])
    assert run("purge", "--leftovers", "x").exit_code == USAGE
    assert run("purge", "--leftovers").exit_code == DONE
    assert scan(root / ".pinakes", ["Pellwether"]) == []


def test_doctor_looks_for_words_and_for_those_of_files(root):
    assert run("doctor", "--residue").exit_code == USAGE
    assert run("doctor", "council").exit_code == USAGE
    shared = run("doctor", "--residue", "council")
    assert (shared.exit_code, "in articles of the archive: council" in shared.stdout) == (
        DONE,
        True,
    )
    run("remove", f"articles/{NAME}")
    left = run("doctor", "--residue", f"articles/{NAME}", "--json")
    assert left.exit_code == FOUND_SOMETHING
    assert {"pellwether", "skerrivaig"} <= {
        each["word"] for each in json.loads(left.stdout)["leftovers"]
    }
    run("purge", f"articles/{NAME}", "--yes")
    # The tag by hand is still there, for the article might come back.
    after = run("doctor", "--residue", f"articles/{NAME}")
    assert "left: fennimore in store.sqlite" in after.stdout
    run("purge", "--leftovers")
    assert run("doctor", "--residue", f"articles/{NAME}").exit_code == DONE


def test_doctor_tells_of_damage_and_repairs_the_index(root):
    whole = run("doctor")
    assert (whole.exit_code, whole.stdout) == (DONE, "Settings, store and index are whole\n")
    (path,) = (root / ".pinakes" / "index").glob("*.seg")
    content = bytearray(path.read_bytes())
    content[5000] ^= 1
    path.write_bytes(content)
    found = run("doctor")
    assert found.exit_code == FOUND_SOMETHING
    assert f"index/{path.name}: damaged index" in found.stdout
    assert "To do: `pinakes doctor --repair`" in found.stdout
    (fault,) = json.loads(run("doctor", "--json").stdout)["faults"]
    assert fault["part"] == f"index/{path.name}"
    repaired = run("doctor", "--repair")
    assert (repaired.exit_code, "Made the index again" in repaired.stderr) == (DONE, True)
    assert run("doctor").exit_code == DONE


def test_backup_and_restore(root):
    made = run("backup", "b.zip")
    assert (made.exit_code, made.stdout) == (DONE, "b.zip\n")
    assert "13 articles, at generation " in made.stderr
    assert run("restore", "b.zip").exit_code == ARCHIVE
    back = run("restore", "b.zip", "again")
    assert back.exit_code == DONE
    assert "Restored 13 articles" in back.stderr
    assert run("--archive", "again", "count", "council").exit_code == DONE
    (root / "b.zip").write_bytes(b"PK")
    broken = run("restore", "b.zip", "other")
    assert broken.exit_code == ARCHIVE
    assert "b.zip: cannot be read" in broken.stderr
