"""EPUB and DOCX: chapters and documents become articles."""

from __future__ import annotations

import pytest

from pinakes.corpus.errors import EmptySourceError, SourceError
from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.model import Kind
from pinakes.corpus.readers import read
from tests.made_files import SENTENCE, make_docx, make_epub, make_zip, paragraph

CHAPTERS = {
    "cover.xhtml": '<img src="cover.png"/>',
    "one.xhtml": f"<h1>The river</h1><p>{SENTENCE}</p><blockquote><p>So be it.</p></blockquote>",
    "two.xhtml": f"<h2>The hall</h2><p>{SENTENCE}</p>",
    "three.xhtml": f"<p>{SENTENCE}</p>",
}
ABOUT = {"title": "Talks", "creator": "Ana Roe", "date": "2014-03", "publisher": "Quay Press"}


def read_all(data, name):
    items = list(read(data, name=name))
    articles = {item.record: item for item in items if isinstance(item, Extract)}
    problems = {item.where: item.reason for item in items if isinstance(item, Problem)}
    return articles, problems


def test_each_chapter_of_a_book_is_an_article_and_the_book_its_source():
    contents = '<ol><li><a href="two.xhtml#top">2. In the hall</a></li></ol>'
    articles, problems = read_all(make_epub(CHAPTERS, contents=contents, **ABOUT), "a.epub")
    assert problems == {}
    assert {record: extract.chosen("title") for record, extract in articles.items()} == {
        "!/book/one.xhtml": ("The river",),
        "!/book/two.xhtml": ("2. In the hall",),
        "!/book/three.xhtml": ("Talks",),
    }
    one = articles["!/book/one.xhtml"]
    assert one.text == f"The river\n\n{SENTENCE}\n\nSo be it."
    assert one.blocks[2].kind is Kind.QUOTE
    assert [(m.field, m.value, m.origin) for m in one.metadata] == [
        ("title", "The river", "epub:heading"),
        ("source", "Talks", "opf:title"),
        ("author", "Ana Roe", "opf:creator"),
        ("published", "2014-03", "opf:date"),
        ("publisher", "Quay Press", "opf:publisher"),
        ("language", "en", "text:detected"),
    ]


def test_a_book_in_one_file_is_an_article_as_a_whole():
    articles, _ = read_all(make_epub({"all.xhtml": CHAPTERS["three.xhtml"]}, **ABOUT), "a.epub")
    assert articles[""].text == f"Talks\n\n{SENTENCE}"


def test_a_chapter_that_is_missing_or_encrypted_costs_itself_only():
    data = make_epub(CHAPTERS, **ABOUT)
    assert read_all(data.replace(b"book/two.xhtml", b"book/xxx.xhtml"), "a.epub")[1] == {
        "!/book/two.xhtml": "damaged: there is no book/two.xhtml in it"
    }
    parts = {
        "META-INF/container.xml": '<c><rootfile full-path="c.opf"/></c>',
        "META-INF/encryption.xml": '<e><CipherReference URI="one.xhtml"/></e>',
        "c.opf": '<p><manifest><item id="a" href="one.xhtml"/><item id="b" href="two.xhtml"/>'
        '</manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></p>',
        "one.xhtml": b"\x01\x02",
        "two.xhtml": CHAPTERS["two.xhtml"],
    }
    articles, problems = read_all(make_zip(parts), "a.epub")
    assert list(articles) == ["!/two.xhtml"]
    assert problems == {"!/one.xhtml": "encrypted (protected against copying)"}


def test_a_book_without_text_or_without_a_package_says_so():
    with pytest.raises(EmptySourceError, match="no chapter holds a text"):
        read_all(make_epub({"cover.xhtml": "<img/>"}), "a.epub")
    with pytest.raises(SourceError, match=r"there is no META-INF/container\.xml"):
        read_all(make_zip({"mimetype": "application/epub+zip"}), "a.epub")


STYLES = {"T": "Title", "H1": "heading 1", "H2": "heading 2", "Q": "Quote", "C": "caption"}
NUMBERED = '<w:numPr><w:numId w:val="3"/></w:numPr>'
CORE = """<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="t"><dc:title>Draft 7</dc:title><dc:creator>Ana Roe; Bo Lind</dc:creator>
<dcterms:created>2014-03-04T10:00:00Z</dcterms:created><cp:keywords>river, talks</cp:keywords>
</cp:coreProperties>"""


def blocks_of(data):
    (extract,) = read(data, name="a.docx")
    return [(block.kind.value, extract.text[block.start : block.end]) for block in extract.blocks]


def test_styles_say_what_the_paragraphs_of_a_document_are():
    body = (
        paragraph("Talks by the river", style="T")
        + paragraph("Before", style="H1")
        + paragraph(SENTENCE)
        + paragraph("One", more=NUMBERED)
        + paragraph("So be it.", style="Q")
        + paragraph("The hall", style="C")
    )
    assert blocks_of(make_docx(body, styles=STYLES)) == [
        ("title", "Talks by the river"),
        ("heading", "Before"),
        ("paragraph", SENTENCE),
        ("list-item", "One"),
        ("quote", "So be it."),
        ("caption", "The hall"),
    ]


def test_text_is_taken_as_it_shows():
    body = (
        "<w:p><w:r><w:t>It was</w:t><w:tab/><w:t>here</w:t></w:r>"
        "<w:ins><w:r><w:t>, and is</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText> not</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>"
        "<w:hyperlink><w:r><w:t>, at home</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t>, now.</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('In a control.')}</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>Line one</w:t><w:br/><w:t>line two</w:t></w:r></w:p>"
        '<w:p xmlns:mc="m"><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>'
        f"{paragraph('In a box.')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        f"{paragraph('In a box.')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert blocks_of(make_docx(body)) == [
        ("paragraph", "It was here, and is, at home, now."),
        ("paragraph", "In a control."),
        ("paragraph", "Line one\nline two"),
        ("paragraph", "In a box."),
    ]


def test_tables_are_rows_and_a_frame_of_one_column_is_only_a_frame():
    def row(*cells):
        return f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"

    table = f"<w:tbl>{row('Year', 'Miners')}{row('2013', '1,204')}</w:tbl>"
    frame = f"<w:tbl>{row('Framed.')}</w:tbl>"
    assert blocks_of(make_docx(table + frame)) == [
        ("table", "Year | Miners\n2013 | 1,204"),
        ("paragraph", "Framed."),
    ]


def test_notes_come_at_the_end_and_properties_are_metadata():
    notes = f'<w:footnotes WORD><w:footnote w:type="separator">{paragraph("x")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{paragraph("A note.")}</w:footnote></w:footnotes>'
    data = make_docx(paragraph(SENTENCE), word_footnotes=notes, docProps_core=CORE)
    (extract,) = read(data, name="a.docx")
    assert extract.text == f"Draft 7\n\n{SENTENCE}\n\nA note."
    assert [(m.field, m.value, m.origin) for m in extract.metadata if m.field != "language"] == [
        ("title", "Draft 7", "docx:title"),
        ("author", "Ana Roe", "docx:creator"),
        ("author", "Bo Lind", "docx:creator"),
        ("published", "2014-03-04T10:00:00+00:00", "docx:created"),
        ("keyword", "river", "docx:keywords"),
        ("keyword", "talks", "docx:keywords"),
    ]


def test_the_title_that_shows_is_chosen_and_the_other_kept():
    data = make_docx(paragraph("Talks", style="T") + paragraph(SENTENCE), styles=STYLES)
    core = make_docx(
        paragraph("Talks", style="T") + paragraph(SENTENCE), styles=STYLES, docProps_core=CORE
    )
    assert next(m.value for e in read(data, name="a.docx") for m in e.metadata) == "Talks"
    titles = [(m.value, m.chosen) for e in read(core, name="a.docx") for m in e.metadata[:2]]
    assert titles == [("Talks", True), ("Draft 7", False)]


def test_entities_in_a_document_are_not_expanded():
    data = make_docx(paragraph("Before &boom; after."))
    parts = {"[Content_Types].xml": "<Types/>"}
    parts["word/document.xml"] = (
        '<!DOCTYPE d [<!ENTITY boom "BOOM">]><w:document '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"{paragraph('Before &boom; after.')}</w:body></w:document>"
    )
    for document in (data, make_zip(parts)):
        (extract,) = read(document, name="a.docx")
        assert "BOOM" not in extract.text


def test_a_document_without_text_is_empty_and_one_without_its_part_damaged():
    with pytest.raises(EmptySourceError, match="Word document without text"):
        list(read(make_docx("<w:p/>"), name="a.docx"))
    with pytest.raises(SourceError, match=r"no word/document\.xml"):
        list(read(make_zip({"[Content_Types].xml": "", "word/x.xml": ""}), name="a.docx"))
