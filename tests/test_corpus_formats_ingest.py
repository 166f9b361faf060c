"""What an ingest makes of files that hold others: ledger, ids, locators."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from pinakes.corpus import Status, locate
from pinakes.corpus.locators import join_record, names_a_place
from pinakes.corpus.readers import sources
from pinakes.corpus.readers.saved_pages import page_of_folder
from pinakes.search import Archive
from pinakes.search.cli.app import pinakes
from tests.desk import Desk
from tests.made_files import PAGE, PNG, SENTENCE, make_zip
from tests.test_corpus_formats_recognition import SAMPLES, SUFFIXES


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "archive")
    yield desk
    desk.store.close()


def places(desk):
    return sorted(locate(article.paths[0], article.record) for article in desk.articles)


def test_each_article_says_where_in_its_container_it_is(desk):
    inner = make_zip({"page.html": PAGE})
    desk.write("a.zip", make_zip({"x/page.html": PAGE, "in.zip": inner, "c.png": PNG}))
    desk.ingest()
    assert places(desk) == ["a.zip!/in.zip!/page.html", "a.zip!/x/page.html"]
    row = desk.row("a.zip")
    assert (row.status, row.articles) == (Status.INDEXED, 2)
    assert [(p.where, p.reason) for p in row.problems] == [
        ("!/c.png", "unsupported: a PNG image; no reader reads it")
    ]


def test_a_member_keeps_its_id_while_others_come_go_and_change(desk):
    desk.write("a.zip", make_zip({"one.txt": "One. " + SENTENCE, "two.txt": "Two. " + SENTENCE}))
    desk.ingest()
    before = {article.record: article.id for article in desk.articles}
    members = {"new.txt": "New. " + SENTENCE, "two.txt": "Two. " + SENTENCE, "one.txt": "Changed."}
    desk.write("a.zip", make_zip(members))
    desk.ingest()
    after = {article.record: article.id for article in desk.articles}
    assert {record: after[record] for record in before} == before
    assert len(after) == 3


def test_a_container_of_nothing_that_is_read_is_unsupported(desk):
    desk.write("a.zip", make_zip({"1.png": PNG, "2.png": PNG, "3.css": "p {}"}))
    desk.write("b.xlsx", make_zip({"xl/workbook.xml": "<x/>"}))
    desk.ingest()
    row = desk.row("a.zip")
    assert row.status is Status.UNSUPPORTED
    assert row.detail == (
        "!/1.png (and 1 more like it): a PNG image; no reader reads it and 1 other kinds"
    )
    assert desk.row("b.xlsx").status is Status.UNSUPPORTED


def test_what_is_not_what_it_is_called_is_told_in_the_ledger(desk):
    desk.write("a.pdf", PAGE)
    desk.ingest()
    assert desk.row("a.pdf").status is Status.INDEXED
    assert desk.row("a.pdf").notes == ("read as html, as its content is; its name says pdf",)


@pytest.mark.parametrize("folder", ["page_files", "page-Dateien", "page.files", "page_fichiers"])
def test_the_folder_saved_with_a_page_is_listed_and_left_out(desk, folder):
    desk.write("page.html", PAGE)
    desk.write(f"{folder}/frame.html", PAGE.replace("Talks", "Advertisement"))
    desk.ingest()
    assert places(desk) == ["page.html"]
    row = desk.row(f"{folder}/")
    assert (row.status, row.detail) == (Status.IGNORED, "saved with page.html")


def test_a_folder_that_only_looks_like_one_is_read(desk):
    desk.write("case_files/page.html", PAGE)
    desk.ingest()
    assert places(desk) == ["case_files/page.html"]


def test_names_of_folders_tell_their_pages():
    assert page_of_folder("Talks_files", {"Talks.htm", "x"}) == "Talks.htm"
    assert page_of_folder("Talks_files", {"Talks"}) == "Talks"
    assert page_of_folder("Talks_files", {"talk.html"}) == ""
    assert page_of_folder("_files", {".html"}) == ""


@pytest.mark.parametrize("format_", ["zip", "mbox", "warc", "gzip", "docx", "epub"])
def test_a_large_container_is_read_from_the_disk_and_gives_the_same(desk, monkeypatch, format_):
    name = f"a{SUFFIXES[format_]}"
    desk.write(name, SAMPLES[format_])
    desk.ingest()
    before = [(a.id, a.record, a.text, a.sha256) for a in desk.articles]
    assert before
    monkeypatch.setattr(sources, "HELD_BYTES", 10)
    desk.ingest(force=True)
    assert [(a.id, a.record, a.text, a.sha256) for a in desk.articles] == before


def test_a_container_may_be_longer_than_what_is_read_whole(desk, monkeypatch):
    monkeypatch.setattr(sources, "HELD_BYTES", 10)
    desk.write("a.zip", SAMPLES["zip"])
    desk.write("a.html", PAGE)
    desk.ingest(max_file_bytes=50)
    assert desk.row("a.zip").status is Status.INDEXED
    assert desk.row("a.html").status is Status.UNSUPPORTED


def test_show_leads_back_to_the_member(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.zip").write_bytes(make_zip({"x/page.html": PAGE}))
    with Archive.create(tmp_path) as archive:
        archive.index([tmp_path / "a.zip"])
        (hit,) = archive.search("delegates")
        id_ = hit.article.id
    shown = CliRunner().invoke(pinakes, ["show", id_])
    assert "a.zip!/x/page.html" in shown.output


def test_records_of_records_are_named_from_the_outside_in():
    assert join_record("!/a.zip", "!/b.html") == "!/a.zip!/b.html"
    assert join_record("!/a.mbox", "message 3") == "!/a.mbox#message 3"
    assert join_record("", "line 3") == "line 3"
    assert join_record("!/a.html", "") == "!/a.html"
    assert names_a_place("!/a.mbox#message 3")
    assert not names_a_place("!/a.html")
