"""Requests to what is served over HTTP: none is answered with an error of ours, or not at all."""

from __future__ import annotations

import asyncio
import tempfile
from functools import cache
from pathlib import Path

from pinakes.search import Archive
from pinakes.search.serving import app
from tests.asgi_client import Client

_METHODS = ("GET", "GET", "GET", "GET", "POST", "HEAD", "PUT", "OPTIONS")


def ask(content: bytes) -> None:
    """Send a request: its first byte chooses the method, then address, headers and body.

    Lines end with a newline; a blank one is before the body.
    """
    method = _METHODS[content[0] % len(_METHODS)] if content else "GET"
    head, _, body = content[1:].decode("latin-1").partition("\n\n")
    address, *lines = head.split("\n")
    headers = dict(line.partition(":")[::2] for line in lines if ":" in line)
    address = "/" + "".join(sign for sign in address if "!" <= sign <= "~").lstrip("/")
    reply = asyncio.run(
        asyncio.wait_for(
            _client().send_soon(method, address, headers, body.encode("latin-1")), timeout=20
        )
    )
    assert 200 <= reply.status < 500, (method, address, reply.status, reply.body[:200])
    if method != "HEAD" and "json" in reply.headers.get("content-type", ""):
        assert reply.json is not None


def seeds() -> list[bytes]:
    """Return requests for each page and endpoint."""
    reply = _client().get("/api/openapi.json")
    paths = list(reply.json["paths"]) if reply.status == 200 else []
    asked = [
        "/", "/search?q=river", "/?q=river+OR+hall&page=2&sort=newest", "/article/0000", "/help",
        "/api/search?q=river&limit=3&scope=passage&facet=source", "/api/suggest?q=riv",
    ]  # fmt: skip
    named = [
        "/api" + path.replace("{id}", "0000").replace("{article_id}", "0000") for path in paths
    ]
    headers = "\naccept: text/html\nif-none-match: *\naccept-encoding: gzip"
    return [f"\x00{path}{headers}".encode() for path in (*asked, *named)]


@cache
def _client() -> Client:
    root = Path(tempfile.mkdtemp(prefix="pinakes-fuzz-"))
    text = "The river\n\nThe delegates met in the old hall and spoke of the river.\n"
    (root / "river.txt").write_text(text)
    archive = Archive.create(root)
    archive.index(root)
    return Client(app(archive))
