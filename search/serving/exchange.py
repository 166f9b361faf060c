"""What an endpoint is given, and what it gives back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

from pinakes.search.archive import Archive
from pinakes.search.as_json import dump
from pinakes.search.serving.limits import Limits
from pinakes.search.serving.parameters import Parameter, read_parameters
from pinakes.search.serving.problems import RequestProblem

JSON = "application/json"
HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request, and what it is put to.

    Attributes:
        archive: What answers.
        limits: What an answer may cost.
        prefix: Where the application is mounted, percent-encoded, without a slash at its end.
        address: As it was asked, from its first slash on; nothing in it needs to be encoded.
        given: The parameters of the address, in order, with repetitions.
        path: The parts of the path that an endpoint names.
        cookies: What the browser keeps.
        takes_gzip: Whether it takes answers packed so.
        body: What was sent; empty unless an endpoint takes something.
    """

    archive: Archive
    limits: Limits
    prefix: str = ""
    address: str = "/"
    given: tuple[tuple[str, str], ...] = ()
    path: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    takes_gzip: bool = False
    body: bytes = b""

    def read(self, *known: Parameter) -> dict[str, Any]:
        """Return the parameters by name, checked.

        Raises:
            RequestProblem: One is not known, missing, or does not fit.
        """
        return read_parameters(known, self.given)

    def first(self, name: str, default: str = "") -> str:
        """Return the first value of a parameter, whatever it is."""
        return next((value for key, value in self.given if key == name), default)

    def link(self, *parts: str, **parameters: str | int) -> str:
        """Return the address of a part of this application."""
        # Half a character, as a name of a file may hold, has no address.
        path = "/".join(quote(part, safe="", errors="replace") for part in parts)
        kept = {name: value for name, value in parameters.items() if value not in ("", 0)}
        return f"{self.prefix}/{path}" + (f"?{urlencode(kept, errors='replace')}" if kept else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent back.

    Attributes:
        body: As it is sent.
        kind: Its media type.
        status: HTTP's.
        headers: What is said beside.
    """

    body: bytes
    kind: str = JSON
    status: int = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)


Respond: TypeAlias = Callable[[Ask], Answer]


def json_answer(value: Mapping[str, Any], status: int = HTTPStatus.OK) -> Answer:
    """Return an object as the command line prints it."""
    return Answer(body=(dump(value) + "\n").encode(), status=status)


def mark_of(ask: Ask, salt: str) -> str:
    """Return an entity tag that changes whenever the answer to a request may.

    It is weak: two answers from one state of the archive differ in the time they took.

    Args:
        ask: The request; its address and the state of its archive make the tag.
        salt: What else the answer depends on.
    """
    state = ask.archive.state_mark()
    address = repr((ask.prefix, sorted(ask.path.items()), ask.given, salt))
    if "saved" in address.lower() or not ask.first("q"):
        # Searches are saved without a new generation of the archive; the first page lists them.
        state += repr([(search.name, search.query, search.seen) for search in ask.archive.saved])
    if ask.first("synonyms"):
        # Nor does their file make a new generation.
        state += ask.archive.synonyms().mark
    digest = hashlib.sha256(f"{state}\n{address}".encode("utf-8", "replace")).hexdigest()
    return f'W/"{digest[:32]}"'


def only(ask: Ask, name: str) -> int:
    """Return a part of the path that is a number.

    Raises:
        RequestProblem: It is none.
    """
    text = ask.path[name]
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise RequestProblem(HTTPStatus.NOT_FOUND, "not-found", f"{name} is a whole number")
    return int(text)
