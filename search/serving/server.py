"""Serving an archive until somebody stops it."""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

import uvicorn
from starlette.types import ASGIApp

from pinakes.corpus import PinakesError, share_one_heap
from pinakes.search.archive import Archive
from pinakes.search.options import OptionsError
from pinakes.search.serving.limits import Access, Limits

_LEAST_TOKEN_CHARS = 16
_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
# A thread that works in Python lets others in this often, in place of every 5 ms: the short
# answers need not wait for a long one.
_SWITCH_S = 0.001


class ServeError(PinakesError, OSError):
    """The address cannot be served at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """Where an archive is served, and to whom.

    Attributes:
        host: The address, by name or number.
        port: 0 for any that is free.
        token: What clients have to show; empty for none.
        is_public: Whether an address that others reach may be served at without a token.
        hosts: Names by which the server may be addressed beside those of this machine itself.
        origins: Of other sites whose scripts may ask.
        root_path: Where a proxy before it has mounted it.
        limits: What a request may cost.

    Raises:
        OptionsError: Others would reach it, and neither a token nor `is_public` is given; or the
            token is too short.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    is_public: bool = False
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    root_path: str = ""
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if self.token and (len(self.token) < _LEAST_TOKEN_CHARS or not self.token.isprintable()):
            raise OptionsError(f"a token has {_LEAST_TOKEN_CHARS} characters or more")
        if not (is_loopback(self.host) or self.token or self.is_public):
            raise OptionsError(
                f"others reach {self.host}: give a token, or --public if anybody may read it all"
            )

    @property
    def access(self) -> Access:
        """Who may ask; a server on a loopback address answers to its names only."""
        hosts = self.hosts
        if is_loopback(self.host):
            hosts = (*_LOOPBACK_NAMES, self.host, *hosts)
        elif hosts:
            hosts = (self.host, *_LOOPBACK_NAMES, *hosts)
        names = tuple(dict.fromkeys(name.lower() for name in hosts))
        return Access(token=self.token, hosts=names, origins=self.origins)


def is_loopback(host: str) -> bool:
    """Tell whether only programs on this machine reach an address."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(archive: Archive, options: ServeOptions, *, on_ready: Callable[[str], None]) -> None:
    """Answer requests until the process is told to end.

    Args:
        archive: What answers.
        options: Where, and to whom.
        on_ready: Called with the address when requests are taken.

    Raises:
        ServeError: The address cannot be had.
    """
    # Not at the top: who serves another application needs nothing of this one.
    from pinakes.search.serving.application import app

    application = app(archive, limits=options.limits, access=options.access)
    serve_app(application, options, on_ready=on_ready)


def serve_app(
    application: ASGIApp, options: ServeOptions, *, on_ready: Callable[[str], None]
) -> None:
    """Serve an application where `options` say, with its lifespan if it has one.

    Raises:
        ServeError: The address cannot be had.
    """
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        root_path=options.root_path.rstrip("/"),
        server_header=False,
        timeout_keep_alive=20,
        h11_max_incomplete_event_size=64 * 1024,
        ws="none",
        lifespan="auto",
    )
    with closing(_listen(options.host, options.port)) as listener:
        share_one_heap()
        on_ready(_address(listener, options))
        before = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_S)
        try:
            uvicorn.Server(config).run(sockets=[listener])
        finally:
            sys.setswitchinterval(before)


def _listen(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _kind, _protocol, _name, address = found[0]
        return socket.create_server(address[:2], family=family, backlog=512)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ServeError(f"cannot serve at {host}, port {port}: {reason}") from error


def _address(listener: socket.socket, options: ServeOptions) -> str:
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"http://{host}:{listener.getsockname()[1]}{options.root_path.rstrip('/')}/"
