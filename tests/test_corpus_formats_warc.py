"""WARC and WACZ: which answers are articles, what they are called, what is told of the others."""

from __future__ import annotations

import io
import tracemalloc
import zlib

import pytest

from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.readers import read
from tests.made_files import (
    OK_PAGE,
    PAGE,
    PNG,
    SENTENCE,
    make_gzip,
    make_pdf,
    make_warc,
    make_zip,
    place,
)

PAGE_BYTES = PAGE.encode()
AT = "https://paper.example/talks"


def read_all(data, name="a.warc"):
    items = list(read(data, name=name))
    articles = {item.record: item for item in items if isinstance(item, Extract)}
    problems = {item.where: item.reason for item in items if isinstance(item, Problem)}
    return articles, problems


def headers(media_type, *more):
    return "\r\n".join(["HTTP/1.1 200 OK", f"Content-Type: {media_type}", *more])


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (make_warc([(AT, OK_PAGE, PAGE_BYTES)]), "a.warc"),
        (make_warc([(AT, OK_PAGE, PAGE_BYTES)], is_packed=True), "a.warc.gz"),
        (make_gzip(make_warc([(AT, OK_PAGE, PAGE_BYTES)])), "a.warc.gz"),
    ],
)
def test_an_answer_is_an_article_called_by_its_address(data, name):
    articles, problems = read_all(data, name)
    assert problems == {}
    assert list(articles) == [AT]
    told = {(m.field, m.value, m.origin) for m in articles[AT].metadata}
    assert ("url", AT, "warc:WARC-Target-URI") in told
    assert ("saved", "2014-03-04T10:01:00+00:00", "warc:WARC-Date") in told
    assert articles[AT].chosen("source") == ("paper.example",)


def test_what_the_page_says_of_its_address_is_chosen_and_where_it_came_from_is_kept():
    canonical = '<link rel="canonical" href="https://paper.example/canonical">'
    page = PAGE.replace("</title>", f"</title>{canonical}").encode()
    articles, _ = read_all(make_warc([(AT, OK_PAGE, page)]))
    assert [(m.value, m.chosen) for m in articles[AT].metadata if m.field == "url"] == [
        ("https://paper.example/canonical", True),
        (AT, False),
    ]


def test_what_is_no_article_is_passed_over_or_told_by_reason():
    answers = [
        (f"{AT}/1", OK_PAGE, PAGE_BYTES),
        (f"{AT}/2.png", headers("image/png"), PNG),
        (f"{AT}/3.jpg", headers("image/jpeg"), b"\xff\xd8\xff"),
        (f"{AT}/4.js", headers("application/javascript"), b"x()"),
        (f"{AT}/5", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html", PAGE_BYTES),
        (f"{AT}/6", "HTTP/1.1 301 Moved\r\nLocation: /1", b""),
        ("https://paper.example/robots.txt", headers("text/plain"), b"User-agent: *"),
        (f"{AT}/7", headers("application/octet-stream"), b"\x7fELF\0"),
    ]
    articles, problems = read_all(make_warc(answers))
    assert list(articles) == [f"{AT}/1"]
    assert problems == {
        f"{AT}/2.png (and 1 more like it)": "unsupported: image files",
        f"{AT}/4.js": "unsupported: application/javascript",
        f"{AT}/5": "unsupported: an answer with HTTP status 404",
        f"{AT}/7": "unsupported: a program (ELF); no reader reads it",
    }


def test_a_second_capture_has_its_date_in_its_name():
    data = make_warc([(AT, OK_PAGE, PAGE_BYTES)] * 2 + [(AT, OK_PAGE, PAGE_BYTES)])
    articles, _ = read_all(data)
    assert list(articles) == [
        AT,
        f"{AT} (2014-03-04T10:02:00Z)",
        f"{AT} (2014-03-04T10:03:00Z)",
    ]


def test_bodies_are_unpacked_and_decoded_as_the_server_declared():
    words = "Делегаты встретились в старом зале у реки. " * 4
    text = f"<html><body><h1>Шахта</h1><p>{words}</p></body></html>"
    chunked = b"".join(
        b"%x\r\n%s\r\n" % (len(part), part) for part in (PAGE_BYTES[:99], PAGE_BYTES[99:])
    )
    answers = [
        (f"{AT}/1", headers("text/html; charset=koi8-r"), text.encode("koi8-r")),
        (f"{AT}/2", headers("text/html", "Content-Encoding: gzip"), make_gzip(PAGE)),
        (f"{AT}/3", headers("text/html", "Content-Encoding: deflate"), zlib.compress(PAGE_BYTES)),
        (f"{AT}/4", headers("text/html", "Transfer-Encoding: chunked"), chunked + b"0\r\n\r\n"),
        (f"{AT}/5.pdf", headers("application/pdf"), make_pdf([place([SENTENCE], top=700)])),
    ]
    articles, problems = read_all(make_warc(answers))
    assert problems == {}
    assert "Делегаты встретились" in articles[f"{AT}/1"].text
    assert all(SENTENCE in articles[f"{AT}/{name}"].text for name in ("2", "3", "4", "5.pdf"))


def test_a_body_that_inflates_too_far_costs_itself_only():
    bomb = make_gzip(b" " * 20_000_000)
    answers = [
        (f"{AT}/1", headers("text/html", "Content-Encoding: gzip"), bomb),
        (f"{AT}/2", OK_PAGE, PAGE_BYTES),
    ]
    articles, problems = read_all(make_warc(answers, is_packed=True), "a.warc.gz")
    assert list(articles) == [f"{AT}/2"]
    assert "200 times its size" in problems[f"{AT}/1"]


def test_a_wacz_is_read_by_the_warc_files_in_it():
    data = make_zip(
        {
            "datapackage.json": "{}",
            "archive/data.warc.gz": make_warc([(AT, OK_PAGE, PAGE_BYTES)], is_packed=True),
            "pages/pages.jsonl": '{"format": "json-pages-1.0"}\n{"url": "x", "text": "y"}\n',
            "indexes/index.cdx": "x",
        }
    )
    articles, problems = read_all(data, "a.wacz")
    assert list(articles) == [f"!/archive/data.warc.gz#{AT}"]
    assert problems == {}


def test_what_only_begins_as_warc_is_an_error():
    articles, problems = read_all(b"WARC/1.0\r\nsomething else\r\n\r\n\r\nmore of it")
    assert articles == {}
    assert "record 1" in problems


def test_a_large_file_takes_no_more_memory_than_its_largest_pages():
    filler = f"<p>{SENTENCE * 200}</p>"
    page = PAGE.replace("</body>", f"{filler}</body>").encode()
    data = make_warc(((f"{AT}/{n}", OK_PAGE, page) for n in range(8)), is_packed=True)
    small = peak(data)
    assert peak(data * 12) < small + (1 << 20)


def peak(data):
    tracemalloc.start()
    try:
        for _ in read(io.BytesIO(data), name="a.warc.gz"):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
