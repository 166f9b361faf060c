"""A page or a file made by an enemy: nothing is fetched, and nothing is read but that file."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pinakes.corpus import Extract, PinakesError, ReadingLimits, read
from pinakes.corpus.readers import safe_xml
from tests.desk import Desk
from tests.made_files import make_docx, make_epub, make_warc, make_zip, paragraph

OUTSIDE = "What stands outside of the page."
TEXT = "The delegates met in the old hall and spoke of the river until late in the evening."


@dataclass
class Server:
    """A server on this machine, and what it was asked for."""

    address: str
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<!ENTITY secret 'fetched'>")

        def log_message(self, *_: object) -> None: ...

    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Server(f"http://127.0.0.1:{listening.server_address[1]}")
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    yield found
    listening.shutdown()
    thread.join()
    listening.server_close()


def hostile_files(address: str, outside: Path) -> dict[str, bytes]:
    """Return files that ask for an address and for another file, in each way that there is."""
    file = outside.as_uri()
    entities = f"""<!DOCTYPE html [
        <!ENTITY % remote SYSTEM "{address}/remote.dtd"> %remote;
        <!ENTITY file SYSTEM "{file}"> <!ENTITY page SYSTEM "{address}/entity">
        <!ENTITY a "aaaaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
    external = f'<!DOCTYPE html PUBLIC "-//X//DTD Y//EN" "{address}/public.dtd">'
    include = f"""<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{file}"
        parse="text"/><xi:include xmlns:xi="http://www.w3.org/2001/XInclude"
        href="{address}/include"/>"""
    inside = f"<p>{TEXT} &file;&page;&secret;</p>{include}"
    head = f"""<head><title>A page</title><base href="{address}/">
        <link rel="stylesheet" href="{address}/style.css"><link rel="import" href="{address}/i">
        <script src="{address}/script.js"></script>
        <meta http-equiv="refresh" content="0; url={address}/refresh">
        <style>@import url({address}/import.css)</style></head>"""
    body = f"""<body background="{address}/back.png"><h1>A page</h1><p>{TEXT} {TEXT}</p>
        <img src="{address}/image.png" srcset="{file} 2x"><iframe src="{file}"></iframe>
        <object data="{file}"></object><embed src="{address}/embed"><video src="{address}/v">
        <svg><image xlink:href="{file}"/><use href="{address}/use#a"/></svg>{inside}</body>"""
    style = f'<?xml-stylesheet href="{address}/style.xsl" type="text/xsl"?>'
    page = f"<html>{head}{body}</html>"
    feed = f"""<?xml version="1.0"?>{style}{entities.replace("html", "rss")}<rss version="2.0">
        <channel><title>News</title><item><title>One &file;</title><link>{address}/item</link>
        <description>{TEXT} &file; &page; {include}</description>
        <enclosure url="{address}/e" type="x"/></item></channel></rss>"""
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f"""<?xml version="1.0"?>{entities.replace("html", "w:document")}
        <w:document {word}><w:body><w:p><w:r><w:t>{TEXT} &file;&page;</w:t></w:r></w:p>
        {include}</w:body></w:document>"""
    mail = f"""From: a@example.org\nTo: b@example.org\nSubject: A mail\nMIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\n\n{page}\n--x
Content-Type: message/external-body; access-type=local-file; name="{outside}"\n\n
Content-Type: text/plain\n\n--x
Content-Type: message/external-body; access-type=URL; URL="{address}/external"\n\n
Content-Type: text/plain\n\n--x--\n"""
    return {
        "page.html": f"<!doctype html>{page}".encode(),
        "entities.html": f"{entities}{page}".encode(),
        "external.xhtml": f'<?xml version="1.0"?>{style}{external}{page}'.encode(),
        "entities.xhtml": f'<?xml version="1.0"?>{style}{entities}{page}'.encode(),
        "news.xml": feed.encode(),
        "news.atom": feed.replace("rss", "feed").encode(),
        "book.epub": make_epub({"one.xhtml": f"{entities}{page}"}),
        "paper.docx": with_part(make_docx(paragraph(TEXT)), "word/document.xml", document),
        "mail.eml": mail.encode(),
        "saved.mhtml": mail.replace("mixed", "related").encode(),
        "saved.warc": make_warc(
            [(f"{address}/saved", "HTTP/1.1 200 OK\r\nContent-Type: text/html", page.encode())]
        ),
        "many.zip": make_zip({"a.html": page, "b.xml": feed}),
        "records.jsonl": json.dumps({"title": "A record", "text": page, "url": file}).encode(),
        "notes.md": f"# Notes\n\n{TEXT} ![]({address}/i.png)\n\n{inside}\n".encode(),
    }


def with_part(packed: bytes, name: str, content: str) -> bytes:
    """Return a ZIP file with another member of that name."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    return make_zip({**members, name: content.encode()})


def texts_of(content: bytes, name: str) -> str:
    found = [item for item in read(content, name=name) if isinstance(item, Extract)]
    return "\n".join([*(item.text for item in found), *(str(item.metadata) for item in found)])


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    path = tmp_path / "outside.txt"
    path.write_text(OUTSIDE)
    return path


NAMES = tuple(hostile_files("", Path("/outside.txt")))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_read_without_what_it_asks_for(name: str, server: Server, outside: Path) -> None:
    text = texts_of(hostile_files(server.address, outside)[name], name)
    assert TEXT in text
    assert OUTSIDE not in text
    assert "fetched" not in text
    assert server.asked == []


@pytest.mark.parametrize("name", ["news.xml", "paper.docx"])
def test_the_check_notices_a_file_that_is_fetched(
    name: str, server: Server, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = dict.fromkeys(("resolve_entities", "load_dtd"), True) | {"no_network": False}
    monkeypatch.setattr(safe_xml, "_SAFELY", {**safe_xml._SAFELY, **careless})
    assert OUTSIDE in texts_of(hostile_files(server.address, outside)[name], name)


# Run in a process of its own: what is hooked cannot be let go again.
_WATCHED = """
import json, os, sys
from pathlib import Path
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ingestion.prepared import Sink
from pinakes.corpus.ingestion.preparing import prepare

folder, weakness = sys.argv[1:]
contents = {name: Path(folder, name).read_bytes() for name in sorted(os.listdir(folder))}
def read_all():
    return [prepare(content, name=name, options=IngestOptions(), sink=Sink()).status
            for name, content in contents.items()]
# Everything is loaded afterwards.
statuses = read_all()
events = []
def watch(event, arguments):
    if event in ("open", "os.listdir", "os.scandir", "os.system") or event.startswith(
        ("socket.", "urllib.", "http.", "subprocess.", "os.exec", "os.posix_spawn")
    ):
        events.append((event, repr(arguments)))
sys.addaudithook(watch)
if weakness == "read":
    open(contents and os.path.join(folder, os.pardir, "outside.txt")).close()
elif weakness == "fetch":
    import socket
    socket.socket().close()
assert read_all() == statuses
print(json.dumps([statuses, events]))
"""


def watch_reading(folder: Path, weakness: str = "") -> tuple[list[str], list[list[str]]]:
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, str(folder), weakness],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr.decode()
    statuses, events = json.loads(done.stdout.splitlines()[-1])
    return statuses, events


@pytest.fixture
def folder(tmp_path: Path, outside: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, content in hostile_files("http://127.0.0.1:1", outside).items():
        (folder / name).write_bytes(content)
    return folder


def test_reading_opens_no_file_and_no_connection(folder: Path) -> None:
    statuses, events = watch_reading(folder)
    assert statuses == ["indexed"] * len(NAMES)
    assert events == []


@pytest.mark.parametrize(("weakness", "event"), [("read", "open"), ("fetch", "socket.__new__")])
def test_the_check_notices_what_is_opened(folder: Path, weakness: str, event: str) -> None:
    _statuses, events = watch_reading(folder, weakness)
    assert event in [name for name, _arguments in events]


def test_taking_in_pages_asks_no_server(tmp_path: Path, server: Server, outside: Path) -> None:
    desk = Desk(tmp_path / "archive")
    for name, content in hostile_files(server.address, outside).items():
        desk.write(name, content)
    desk.ingest(limits=ReadingLimits(processes=1))
    assert set(desk.statuses.values()) == {"indexed"}
    assert not [article for article in desk.articles if OUTSIDE in article.text]
    assert server.asked == []
    desk.store.close()


def nested(sign: str, depth: int) -> bytes:
    return (f"<{sign}>" * depth + TEXT + f"</{sign}>" * depth).encode()


def laughs(root: str) -> bytes:
    """Return XML of a kilobyte that stands for 3 GB."""
    lines = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    entities = f'<!DOCTYPE {root} [<!ENTITY l0 "lol">{"".join(lines)}]>'
    return f'<?xml version="1.0"?>{entities}<{root}>&l9;</{root}>'.encode()


def deep_bomb() -> bytes:
    packed = make_zip({"a.txt": b"0" * 100_000_000})
    for level in range(8):
        packed = make_zip({f"{level}.zip": packed, f"{level}b.zip": packed})
    return packed


BOMBS = {
    "nested.html": lambda: b"<!doctype html><title>Deep</title>" + nested("div", 100_000),
    "quotes.html": lambda: b"<!doctype html><title>Deep</title>" + nested("blockquote", 100_000),
    "attributes.html": lambda: (
        b"<!doctype html><p "
        + b" ".join(b"a%d=b" % n for n in range(1_000_000))
        + f">{TEXT}</p>".encode()
    ),
    "nested.xml": lambda: b"<rss><channel><item><description>" + nested("a", 100_000),
    "nested.json": lambda: b"[" * 100_000 + b"]" * 100_000,
    "nested.jsonl": lambda: b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
    "nested.md": lambda: b"> " * 50_000 + TEXT.encode(),
    "brackets.md": lambda: b"[" * 100_000 + TEXT.encode(),
    "laughs.xml": lambda: laughs("rss"),
    "laughs.xhtml": lambda: laughs("html"),
    "laughs.docx": lambda: with_part(
        make_docx(paragraph(TEXT)), "word/document.xml", laughs("document").decode()
    ),
    "bomb.zip": deep_bomb,
    "bomb.gz": lambda: __import__("gzip").compress(b"0" * 500_000_000, 9),
    "parts.eml": lambda: (
        b"MIME-Version: 1.0\nSubject: Parts\nFrom: a@b.c\n"
        + b"".join(
            b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(20_000)
        )
    ),
}
MOST_SECONDS = 60


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_row_of_the_ledger_and_the_others_go_in(tmp_path: Path, name: str) -> None:
    desk = Desk(tmp_path / "archive")
    desk.write(f"0-{name}", BOMBS[name]())
    desk.write("other.txt", TEXT)
    report = desk.ingest(limits=ReadingLimits(processes=1, timeout_s=MOST_SECONDS, memory_mb=400))
    assert desk.statuses["other.txt"] == "indexed"
    row = desk.row(f"0-{name}")
    assert row.status.value in {"indexed", "error", "empty", "unsupported"}
    assert row.status.value == "indexed" or row.detail
    assert report.by_status
    assert all(len(article.text) < 1_000_000 for article in desk.articles)
    desk.store.close()


def test_a_reader_by_itself_withstands_what_is_nested(tmp_path: Path) -> None:
    for name in ("nested.html", "nested.json", "nested.jsonl", "laughs.xml", "parts.eml"):
        try:
            list(read(BOMBS[name](), name=name))
        except PinakesError:
            continue
