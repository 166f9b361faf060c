"""Which reader reads a file, and what is told where its name and its content disagree."""

from __future__ import annotations

import pytest

from pinakes.corpus.errors import EmptySourceError, UnsupportedSourceError
from pinakes.corpus.readers import read
from tests.made_files import (
    OK_PAGE,
    PAGE,
    SENTENCE,
    make_docx,
    make_epub,
    make_gzip,
    make_pdf,
    make_warc,
    make_zip,
    paragraph,
    place,
)

MAIL = f"From: Ana Roe <ana@paper.example>\nSubject: Talks\nMessage-ID: <1@x>\n\n{SENTENCE}\n"
FEED = f"""<rss><channel><item><title>Talks</title><description>{SENTENCE}</description></item>
</channel></rss>"""
SAMPLES = {
    "html": PAGE.encode(),
    "feed": FEED.encode(),
    "mail": MAIL.encode(),
    "mbox": f"From ana@paper.example Tue Mar  4 10:00:00 2014\n{MAIL}".encode(),
    "mhtml": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    b"--b\nContent-Type: text/html\n\n" + PAGE.encode() + b"\n--b--\n",
    "warc": make_warc([("https://paper.example/1", OK_PAGE, PAGE.encode())]),
    "pdf": make_pdf([place([SENTENCE], top=700)]),
    "gzip": make_gzip(PAGE),
    "zip": make_zip({"page.html": PAGE}),
    "docx": make_docx(paragraph(SENTENCE)),
    "epub": make_epub({"one.xhtml": f"<p>{SENTENCE}</p>"}),
}
SUFFIXES = {
    "html": ".html",
    "feed": ".xml",
    "mail": ".eml",
    "mbox": ".mbox",
    "mhtml": ".mhtml",
    "warc": ".warc",
    "pdf": ".pdf",
    "gzip": ".html.gz",
    "zip": ".zip",
    "docx": ".docx",
    "epub": ".epub",
}


def notes_on(data, name):
    extract = next(iter(read(data, name=name)))
    assert SENTENCE.split()[0] in extract.text
    return list(extract.notes)


@pytest.mark.parametrize("format_", SAMPLES)
def test_what_is_named_as_it_is_has_nothing_to_tell(format_):
    assert notes_on(SAMPLES[format_], f"talks{SUFFIXES[format_]}") == []


@pytest.mark.parametrize("format_", SAMPLES)
@pytest.mark.parametrize("name", ["talks", "talks.0001", "talks.bin"])
def test_content_tells_the_format_of_what_no_suffix_names(format_, name):
    if format_ == "gzip" and name == "talks.bin":
        name = "talks.bin.gz"
    assert notes_on(SAMPLES[format_], name) == []


@pytest.mark.parametrize("format_", sorted(set(SAMPLES) - {"html"}))
def test_content_counts_for_more_than_the_suffix_and_that_is_told(format_):
    notes = notes_on(SAMPLES[format_], "talks.txt")
    found = {"docx": "zip", "epub": "zip", "gzip": "html"}.get(format_, format_)
    assert notes == [f"read as {found}, as its content is; its name says text"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("talks.pdf", "named as pdf; its content is not of that format"),
        ("talks.docx", "named as docx"),
        ("talks.warc", "named as warc"),
        ("talks.eml", "named as mail"),
        ("talks.rss", "named as feed; no XML"),
    ],
)
def test_text_under_the_name_of_another_format_is_refused(name, reason):
    with pytest.raises(UnsupportedSourceError, match=reason):
        list(read(SENTENCE.encode(), name=name))


def test_xml_that_is_neither_feed_nor_page_is_refused_by_its_root():
    data = b"<?xml version='1.0'?><!-- x --><!DOCTYPE invoice [<!ENTITY a 'b'>]><invoice/>"
    with pytest.raises(UnsupportedSourceError, match="<invoice> is no feed and no page"):
        list(read(data, name="talks.xml"))


def test_a_page_is_found_behind_declarations_whatever_its_name():
    xhtml = '<?xml version="1.0"?>\n<!-- saved -->\n<html xmlns="http://www.w3.org/1999/xhtml">'
    page = PAGE.replace('<!DOCTYPE html><html lang="en">', xhtml)
    for name in ("talks.xml", "talks.txt", "talks.pdf", "talks.json"):
        (extract,) = read(page.encode(), name=name)
        assert extract.blocks[0].kind == "title"
        assert "<" not in extract.text


def test_a_typed_letter_is_text_not_mail():
    letter = f"From: The ministry\nTo: All\nDate: 4 March 2014\n\n{SENTENCE}\n"
    (extract,) = read(letter.encode(), name="letter.txt")
    assert "recipient" not in {m.field for m in extract.metadata}
    (mail,) = read(letter.encode(), name="letter.eml")
    assert mail.chosen("author") == ("The ministry",)


@pytest.mark.parametrize("name", ["a.pdf", "a.zip", "a.mbox", "a.xml", "a"])
def test_an_empty_file_is_empty_whatever_its_name(name):
    with pytest.raises(EmptySourceError):
        list(read(b"", name=name))


@pytest.mark.parametrize("missing", ["pypdfium2", "warcio"])
def test_without_its_library_a_format_is_unsupported_and_the_extra_is_named(monkeypatch, missing):
    for module in (missing, "warcio.archiveiterator"):
        monkeypatch.setitem(__import__("sys").modules, module, None)
    extra = {"pypdfium2": "pdf", "warcio": "warc"}[missing]
    with pytest.raises(UnsupportedSourceError, match=rf"pip install 'pinakes\[{extra}\]'"):
        list(read(SAMPLES[extra], name=f"talks.{extra}"))
