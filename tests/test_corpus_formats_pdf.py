"""PDF: lines on pages become paragraphs."""

from __future__ import annotations

import pytest

from pinakes.corpus.errors import EmptySourceError, SourceError
from pinakes.corpus.readers import read
from pinakes.corpus.readers.documents.pdf_metadata import read_pdf_date
from tests.made_files import SENTENCE, make_pdf, place

FIRST = (
    "The delegates met in the old hall and spoke of the river until it was late in the",
    "evening, and nobody could agree on where the bound-",
    "ary should lie. It was cold.",
)
SECOND = (
    "A second paragraph begins after a gap and runs over more than one line, so that",
    "it can be seen to go on over the end of the page because the sentence has not",
)
HEAD = (9, 72, 815, "Report 7 on the river")


def page(number, *lines):
    return [HEAD, *(line for group in lines for line in group), (9, 290, 25, f"Page {number}")]


PAGES = [
    page(
        1,
        place(["Talks by the river"], top=760, size=20),
        place(FIRST, top=710),
        place(SECOND, top=650),
    ),
    page(
        2,
        place(["ended where the page did. Here it ends."], top=770),
        place(["Background"], top=730, size=14),
        place(["• first thing", "• second thing"], top=700),
    ),
    page(3, place([SENTENCE], top=770)),
]


def blocks_of(data):
    (extract,) = read(data, name="a.pdf")
    return [(block.kind.value, extract.text[block.start : block.end]) for block in extract.blocks]


def test_paragraphs_headings_and_lists_are_told_by_where_lines_stand():
    assert blocks_of(make_pdf(PAGES)) == [
        ("title", "Talks by the river"),
        (
            "paragraph",
            f"{FIRST[0]} evening, and nobody could agree on where the boundary should lie. "
            "It was cold.",
        ),
        ("paragraph", f"{SECOND[0]} {SECOND[1]} ended where the page did. Here it ends."),
        ("heading", "Background"),
        ("list-item", "first thing"),
        ("list-item", "second thing"),
        ("paragraph", SENTENCE),
    ]


def test_an_indent_begins_a_paragraph_where_no_gap_does():
    lines = [*place([FIRST[0], "it ended there."], top=700), *place([FIRST[0]], top=672, left=90)]
    lines += place(["and it ended as well."], top=658)
    assert [kind for kind, _ in blocks_of(make_pdf([lines]))] == ["paragraph", "paragraph"]


def test_two_columns_are_read_one_after_the_other():
    left = place(["The first column is set on the left", "and its last sentence goes"], top=700)
    right = place(["on in the second. There it ends."], top=700, left=320)
    assert blocks_of(make_pdf([[*left, *right]])) == [
        (
            "paragraph",
            "The first column is set on the left and its last sentence goes on in the second. "
            "There it ends.",
        )
    ]


def test_what_a_document_says_of_itself_is_metadata_but_no_name_of_a_file():
    data = make_pdf(
        PAGES,
        Title="Microsoft Word - river7.doc",
        Author="Ana Roe; Bo Lind",
        CreationDate="D:20140304101500+01'00'",
        Keywords="river, talks",
    )
    (extract,) = read(data, name="a.pdf")
    assert [(m.field, m.value, m.origin) for m in extract.metadata if m.field != "language"] == [
        ("title", "Talks by the river", "pdf:largest text"),
        ("author", "Ana Roe", "pdf:Author"),
        ("author", "Bo Lind", "pdf:Author"),
        ("keyword", "river", "pdf:Keywords"),
        ("keyword", "talks", "pdf:Keywords"),
        ("published", "2014-03-04T10:15:00+01:00", "pdf:CreationDate"),
    ]


def test_a_declared_title_is_the_title_where_none_shows():
    (extract,) = read(make_pdf([place([SENTENCE], top=700)], Title="Talks"), name="a.pdf")
    assert extract.text == f"Talks\n\n{SENTENCE}"


def test_xmp_is_read_where_it_is_not_compressed():
    packet = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreateDate="2014-03-04T10:00:00Z"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>Ana Roe</rdf:li>
</rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"""
    data = make_pdf([place([SENTENCE], top=700)])
    (extract,) = read(data.replace(b"\nendstream", b"\nendstream\n%" + packet, 1), name="a.pdf")
    told = [(m.field, m.value, m.origin) for m in extract.metadata if m.field != "language"]
    assert told == [
        ("published", "2014-03-04T10:00:00+00:00", "xmp:CreateDate"),
        ("author", "Ana Roe", "xmp:creator"),
    ]


def test_pages_without_text_are_empty_and_that_says_what_to_do():
    with pytest.raises(EmptySourceError, match=r"2 pages without text.*\(OCR\) first"):
        list(read(make_pdf([[], []]), name="a.pdf"))


def test_a_damaged_document_is_an_error():
    with pytest.raises(SourceError, match="damaged"):
        list(read(make_pdf(PAGES)[:400], name="a.pdf"))


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("D:2014", "2014"),
        ("D:201403", "2014-03"),
        ("D:20140304", "2014-03-04"),
        ("D:20140304101500Z", "2014-03-04T10:15:00+00:00"),
        ("D:20140304101500", "2014-03-04T10:15:00"),
        ("D:20140304101500-05'30'", "2014-03-04T10:15:00-05:30"),
        ("4 March 2014", "4 March 2014"),
    ],
)
def test_dates_of_pdf_keep_their_precision(written, date):
    assert read_pdf_date(written) == date
