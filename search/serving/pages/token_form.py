"""The form that takes the token of who wants to see pages."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qs

from pinakes.search.serving.exchange import Answer, Ask
from pinakes.search.serving.guarding import COOKIE, cookie_value, is_token
from pinakes.search.serving.pages.templating import render


def token_form(ask: Ask, *, is_wrong: bool = False) -> Answer:
    """Return the page that asks for the token."""
    return render("token.html", ask, status=HTTPStatus.UNAUTHORIZED, is_wrong=is_wrong)


def enter(ask: Ask, body: bytes, token: str, *, is_safe: bool) -> Answer:
    """Have the browser keep that it has the token, if it has.

    Args:
        ask: The request.
        body: The form that was sent.
        token: What is needed.
        is_safe: Whether the connection is encrypted, so that the cookie may be kept to such.
    """
    shown = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0].strip()
    if not is_token(shown, token):
        return token_form(ask, is_wrong=True)
    secure = "; Secure" if is_safe else ""
    path = f"{ask.prefix}/"
    cookie = f"{COOKIE}={cookie_value(token)}; Path={path}; HttpOnly; SameSite=Strict{secure}"
    return Answer(
        body=b"", status=HTTPStatus.SEE_OTHER, headers={"Location": path, "Set-Cookie": cookie}
    )
