"""Writes the inputs in `tests/messy/` that are of formats which no one types.

`python -m tests.write_messy_formats` writes them anew, byte for byte the same. What is expected of
them stands beside them, and test_corpus_messy.py checks it.
"""

from __future__ import annotations

from pathlib import Path

from tests.made_files import (
    OK_PAGE,
    PNG,
    make_docx,
    make_epub,
    make_gzip,
    make_pdf,
    make_warc,
    make_zip,
    paragraph,
    place,
)

MESSY = Path(__file__).parent / "messy"

FERRY = (
    "The ferry to Sandholm will not run before April, the harbour office said on Tuesday, because "
    "the ice has damaged two of the piles that carry the pier."
)
MAIL_BOAT = (
    "Until then the mail goes over with the fishing boat of the Olsen brothers, who take no "
    "passengers and leave when the weather allows."
)
SCHOOL = (
    "The school on the island stays open. Its nine pupils are taught by the two teachers who "
    "spent the winter there, and by radio in the afternoon."
)
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>No ferry before April</title>
<meta property="article:published_time" content="2014-03-04"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>No ferry before April</h1>
<p>{FERRY}</p>
<p>{MAIL_BOAT}</p></article>
<footer><a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></footer></body></html>
"""
SECOND_PAGE = PAGE.replace("No ferry before April", "The island school").replace(FERRY, SCHOOL)
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Sandholm Post</title><link>https://post.example/</link><language>en</language>
<item><title>No ferry before April</title><guid>https://post.example/ferry</guid>
<pubDate>Tue, 04 Mar 2014 10:00:00 GMT</pubDate><description>In short.</description>
<content:encoded><![CDATA[<p>{FERRY}</p>
<blockquote><p>We were lucky.</p></blockquote>]]></content:encoded>
</item>
<item><title>The island school</title><description>&lt;p&gt;{SCHOOL}&lt;/p&gt;</description></item>
</channel></rss>
"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Sandholm Post</title>
<entry><title>No ferry before April</title><id>tag:post.example,2014:1</id>
<link href="https://post.example/ferry"/><updated>2014-03-04T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{FERRY}</p>
<ul><li>No car deck</li><li>No freight</li></ul></div></content></entry></feed>
"""
MAIL = f"""From: Harbour office <office@harbour.example>
To: Sandholm Post <desk@post.example>
Subject: =?utf-8?q?No_ferry_before_April_=E2=80=93_notice?=
Date: Tue, 04 Mar 2014 10:00:00 +0100
Message-ID: <7@harbour.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{FERRY}

> When will it run again?

{MAIL_BOAT}

--{" "}
Harbour office, Quay 3
"""
FROM_LINE = "From desk@post.example Tue Mar  4 10:00:00 2014\n"
SECOND_MAIL = f"""From: desk@post.example
Subject: Re: the school
Content-Type: text/html; charset=utf-8

<html><body><p>{SCHOOL}</p><p>&gt;From memory.</p></body></html>
"""
MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://post.example/ferry
Subject: No ferry before April
Date: Wed, 5 Mar 2014 08:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----Part"

------Part
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://post.example/ferry

{PAGE.replace("=", "=3D")}
------Part
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------Part--
"""
SINGLE_FILE = PAGE.replace(
    "<head>",
    """<head><!--
 Page saved with SingleFile
 url: https://post.example/ferry
 saved date: Wed Mar 05 2014 08:00:00 GMT+0100 (Central European Standard Time)
-->""",
).replace("<h1>", f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 60}" alt=""><h1>')
XHTML = PAGE.replace(
    '<!DOCTYPE html>\n<html lang="en">',
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
    '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en">',
).replace('<meta charset="utf-8">', "")
TEXT = f"No ferry before April\nBy Ana Roe\nDate: 2014-03-04\n\n{FERRY}\n\n{MAIL_BOAT}\n"
MARKDOWN = (
    f"---\ntitle: No ferry before April\nauthor: Ana Roe\n---\n\n{FERRY}\n\n"
    f"## School\n\n{SCHOOL}\n\n> We were lucky.\n"
)
RECORDS = (
    f'{{"id": "7", "title": "No ferry before April", "text": "{FERRY}\\n\\n{MAIL_BOAT}"}}\n'
    "{not json\n"
    f'{{"id": "8", "headline": "The island school", "html": "<p>{SCHOOL}</p>"}}\n'
)
TABLE = (
    f'headline;body;date\nNo ferry before April;"{FERRY}";2014-03-04\n'
    f'The island school;"{SCHOOL}";2014-03-05\n'
)
STYLES = {"T": "Title", "H": "heading 1", "Q": "Quote"}
ITEM = '<w:numPr><w:numId w:val="1"/></w:numPr>'
DOCUMENT = make_docx(
    paragraph("No ferry before April", style="T")
    + paragraph(FERRY)
    + paragraph("School", style="H")
    + paragraph(SCHOOL)
    + paragraph("No car deck", more=ITEM)
    + paragraph("We were lucky.", style="Q")
    + "<w:tbl><w:tr><w:tc>"
    + f"{paragraph('Winter')}</w:tc><w:tc>{paragraph('Days')}</w:tc></w:tr><w:tr><w:tc>"
    + f"{paragraph('2013')}</w:tc><w:tc>{paragraph('41')}</w:tc></w:tr></w:tbl>",
    styles=STYLES,
)
CHAPTERS = {
    "one.xhtml": f"<h1>The ferry</h1><p>{FERRY}</p><blockquote><p>We were lucky.</p></blockquote>",
    "two.xhtml": f"<h1>The school</h1><p>{SCHOOL}</p>",
}
ADDRESS = "https://post.example"
ANSWERS = (
    (f"{ADDRESS}/ferry", OK_PAGE, PAGE.encode()),
    (f"{ADDRESS}/logo.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png", PNG),
    (f"{ADDRESS}/school", OK_PAGE, SECOND_PAGE.encode()),
    (f"{ADDRESS}/gone", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html", PAGE.encode()),
)
HEAD = (9, 72, 815, "Sandholm Post, 4 March 2014")
PRINTED = (
    [
        HEAD,
        *place(["No ferry before April"], top=760, size=20),
        *place(
            [
                "The ferry to Sandholm will not run before April, the harbour office said on",
                "Tuesday, because the ice has damaged two of the piles that carry the pier.",
            ],
            top=720,
        ),
        *place(["Until then the mail goes over with the fishing boat of the Olsen"], top=680),
        (9, 290, 25, "1"),
    ],
    [
        HEAD,
        *place(["brothers, who take no passengers."], top=760),
        *place(["School"], top=720, size=14),
        *place(["The school on the island stays open, with its nine pupils."], top=690),
        (9, 290, 25, "2"),
    ],
)
INPUTS: dict[str, str | bytes] = {
    "atom/input.xml": ATOM,
    "csv/input.csv": TABLE,
    "docx/input.docx": DOCUMENT,
    "eml/input.eml": MAIL,
    "epub/input.epub": make_epub(CHAPTERS, title="Winters", creator="Ana Roe", language="en"),
    "gzip/input.html.gz": make_gzip(PAGE),
    "html-with-files/input.html": PAGE.replace("<h1>", '<img src="input_files/a.png"><h1>'),
    "html-with-files/input_files/frame.html": SECOND_PAGE,
    "html-with-files/input_files/style.css": "p { margin: 0 }",
    "jsonl/input.jsonl": RECORDS,
    "markdown/input.md": MARKDOWN,
    "mbox/input.mbox": f"{FROM_LINE}{MAIL}\n{FROM_LINE}{SECOND_MAIL}",
    "mhtml/input.mhtml": MHTML,
    "pdf/input.pdf": make_pdf(PRINTED, Title="Microsoft Word - ferry.doc"),
    "pdf-of-scans/input.pdf": make_pdf([[], []]),
    "pdf-that-is-a-page/input.pdf": PAGE,
    "rss/input.xml": RSS,
    "singlefile/input.html": SINGLE_FILE,
    "spreadsheet/input.xlsx": make_zip({"xl/workbook.xml": "<workbook/>"}),
    "text/input.txt": TEXT,
    "wacz/input.wacz": make_zip(
        {"datapackage.json": "{}", "archive/data.warc.gz": make_warc(ANSWERS, is_packed=True)}
    ),
    "warc/input.warc.gz": make_warc(ANSWERS, is_packed=True),
    "xhtml/input.xhtml": XHTML,
    "zip/input.zip": make_zip(
        {
            "a/page.html": PAGE,
            "a/page_files/frame.html": SECOND_PAGE,
            "b.txt": f"The island school\n\n{SCHOOL}\n",
            "logo.png": PNG,
            "bomb.txt": b"a " * 1_000_000,
        }
    ),
}


def main() -> None:
    for name, content in INPUTS.items():
        path = MESSY / f"format-{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


if __name__ == "__main__":
    main()
