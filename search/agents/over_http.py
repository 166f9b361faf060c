"""The tools over streamable HTTP, for this machine only unless somebody says otherwise."""

from __future__ import annotations

from collections.abc import Callable

from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Scope

from pinakes.search.agents.limits import AgentOptions
from pinakes.search.agents.server import make_server
from pinakes.search.archive import Archive
from pinakes.search.serving.guarding import Guard
from pinakes.search.serving.limits import Access
from pinakes.search.serving.problems import RequestProblem, problem_object
from pinakes.search.serving.server import ServeOptions, serve_app

PATH = "/mcp"
_BODY_BYTES = 1 << 20


def app(
    archive: Archive, *, options: AgentOptions | None = None, access: Access | None = None
) -> Starlette:
    """Return an ASGI application that answers agents at `/mcp`.

    It has a lifespan, which must be run: an application that mounts it runs it in its own. The
    archive is not closed by it. No session is kept: any worker answers any request.

    Args:
        archive: What answers.
        options: What an answer may take; None for the defaults.
        access: Who may ask; None for whoever reaches the address, but no page of another site.
    """
    access = access or Access()
    # Who is asked is checked by the guard. A browser tells from which page it asks.
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=bool(access.hosts),
        allowed_hosts=[form for host in access.hosts for form in _forms(host)],
        allowed_origins=[*access.origins],
    )
    application = make_server(archive, options).streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=_BODY_BYTES,
        transport_security=security,
    )
    application.user_middleware.insert(
        0, Middleware(Guard, access=access, refuse=_refuse, is_open=_is_open)
    )
    if access.origins:
        # Before the guard: what a browser asks first carries no token.
        cors = Middleware(
            CORSMiddleware,
            allow_origins=list(access.origins),
            allow_methods=["POST"],
            allow_headers=["Authorization", "Content-Type", "MCP-Protocol-Version"],
        )
        application.user_middleware.insert(0, cors)
    return application


def _forms(host: str) -> tuple[str, str]:
    name = f"[{host}]" if ":" in host else host
    return name, f"{name}:*"


def _is_open(_scope: Scope) -> bool:
    return False


def _refuse(_scope: Scope, problem: RequestProblem) -> ASGIApp:
    return JSONResponse(
        problem_object(problem), status_code=problem.status, headers=dict(problem.headers)
    )


def serve_http(
    archive: Archive,
    where: ServeOptions,
    options: AgentOptions | None = None,
    *,
    on_ready: Callable[[str], None],
) -> None:
    """Answer agents over HTTP until the process is told to end.

    Args:
        archive: What answers.
        where: The address, and who may ask.
        options: What an answer may take; None for the defaults.
        on_ready: Called with the address when requests are taken.

    Raises:
        ServeError: The address cannot be had.
    """
    application = app(archive, options=options, access=where.access)
    serve_app(application, where, on_ready=lambda address: on_ready(address.rstrip("/") + PATH))
