"""Asks an ASGI application as a server does, in this process and without a network."""

from __future__ import annotations

import asyncio
import gzip
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

from starlette.types import ASGIApp


@dataclass
class Reply:
    """What came back: names of headers in lower case."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        is_packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if is_packed else self.body).decode()

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass(frozen=True)
class Client:
    """Asks one application."""

    app: ASGIApp
    prefix: str = ""
    host: str = "localhost"

    def get(self, path: str, *, headers: dict[str, str] | None = None, **asked: Any) -> Reply:
        query = urlencode(asked, doseq=True)
        return self.send("GET", f"{path}?{query}" if query else path, headers=headers)

    def send(
        self, method: str, address: str, *, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> Reply:
        return asyncio.run(self.send_soon(method, address, headers or {}, body))

    async def send_soon(
        self, method: str, address: str, headers: dict[str, str], body: bytes = b""
    ) -> Reply:
        path, _, query = (self.prefix + address).partition("?")
        given = {"host": self.host, **headers}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(n.lower().encode(), v.encode("latin-1")) for n, v in given.items()],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8765),
        }
        reply = Reply()
        sent = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            if sent:
                return sent.pop()
            await asyncio.sleep(3600)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                reply.status = message["status"]
                pairs = [(n.decode().lower(), v.decode("latin-1")) for n, v in message["headers"]]
                reply.headers = dict(pairs)
            elif message["type"] == "http.response.body":
                reply.body += message.get("body", b"")

        await self.app(scope, receive, send)
        return reply
