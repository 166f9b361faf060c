"""Who may ask, and what a browser is told to keep from doing with an answer."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pinakes.search.serving.limits import Access
from pinakes.search.serving.problems import RequestProblem

COOKIE: Final = "pinakes_token"
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Refuse = Callable[[Scope, RequestProblem], ASGIApp]
"""Makes what answers a request that is refused."""


def cookie_value(token: str) -> str:
    """Return what a browser keeps in place of the token; nobody can tell the token from it."""
    return hmac.new(token.encode(), b"pinakes page", hashlib.sha256).hexdigest()


def is_token(shown: str, token: str) -> bool:
    """Tell whether a token is the one that is needed, in a time that says nothing of it."""
    return hmac.compare_digest(shown.encode("utf-8", "replace"), token.encode())


class Guard:
    """Lets through who may ask, and adds to every answer what browsers have to know."""

    def __init__(self, app: ASGIApp, *, access: Access, refuse: Refuse, is_open: OpenPath) -> None:
        """Stand before `app`.

        Args:
            app: What answers.
            access: Who may ask.
            refuse: Makes the answer for who may not.
            is_open: Tells of a path whether it needs no token.
        """
        self._app = app
        self._access = access
        self._refuse = refuse
        self._is_open = is_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "websocket":
            # Nothing is served so; this is how ASGI says it.
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        problem = self._problem(scope)
        app = self._refuse(scope, problem) if problem else self._app
        await app(scope, receive, _adding_headers(send))

    def _problem(self, scope: Scope) -> RequestProblem | None:
        headers = Headers(scope=scope)
        hosts = self._access.hosts
        if hosts and host_name(headers.get("host", "")) not in hosts:
            return RequestProblem(
                HTTPStatus.MISDIRECTED_REQUEST,
                "unknown-host",
                "this server is not known by that name; its option --allow-host NAME lets it be",
            )
        token = self._access.token
        if not token or self._is_open(scope) or _shows(headers, token):
            return None
        return RequestProblem(
            HTTPStatus.UNAUTHORIZED,
            "token-needed",
            "a token is needed: send the header `Authorization: Bearer TOKEN`",
            {"WWW-Authenticate": 'Bearer realm="pinakes"'},
        )


OpenPath = Callable[[Scope], bool]


def host_name(host: str) -> str:
    """Return the name in a Host header, without its port.

    >>> host_name("[::1]:8765"), host_name("Localhost:80"), host_name("127.0.0.1")
    ('::1', 'localhost', '127.0.0.1')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower().rstrip(".")


def _shows(headers: Headers, token: str) -> bool:
    """Tell whether a request has the token: in its header, or as the cookie that stands for it."""
    scheme, _, shown = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and is_token(shown.strip(), token):
        return True
    try:
        kept = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return False
    return kept is not None and is_token(kept.value, cookie_value(token))


def _adding_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def send_with(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return send_with
