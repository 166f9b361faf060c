"""The ASGI application: an archive, its API and its pages, at any address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from typing import TypeAlias
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Scope

from pinakes.corpus import PinakesError
from pinakes.search.archive import Archive
from pinakes.search.serving.api import ENDPOINTS
from pinakes.search.serving.evaluating import Workers
from pinakes.search.serving.exchange import JSON, Answer, Ask, Respond, json_answer, mark_of
from pinakes.search.serving.guarding import Guard
from pinakes.search.serving.limits import Access, Limits
from pinakes.search.serving.openapi import describe_api
from pinakes.search.serving.packing import packed, takes_gzip
from pinakes.search.serving.pages.site import PAGES, Page, tell_problem
from pinakes.search.serving.pages.token_form import enter, token_form
from pinakes.search.serving.problems import RequestProblem, problem_object, problem_of
from pinakes.search.serving.static_files import static_answer

_REVALIDATE = "private, no-cache"
_NOT_KEPT = "no-store"
_FORM = "application/x-www-form-urlencoded"

Handle: TypeAlias = Callable[[Request], Awaitable[Response]]
Tell: TypeAlias = Callable[[Ask, RequestProblem], Answer]


def app(
    archive: Archive, *, limits: Limits | None = None, access: Access | None = None
) -> Starlette:
    """Return an ASGI application that answers questions to `archive`, and changes nothing in it.

    It may be mounted in another application at any path, beside others of other archives. The
    archive stays open, and is not closed by it. Threads begin with the first request.

    Args:
        archive: What answers.
        limits: What a request may cost; None for the defaults.
        access: Who may ask; None for whoever reaches the address.
    """
    site = _Site(archive, limits or Limits(), access or Access())
    return site.application()


class _Site:
    def __init__(self, archive: Archive, limits: Limits, access: Access) -> None:
        self._archive = archive
        self._limits = limits
        self._access = access
        self._workers = Workers(limits)

    def application(self) -> Starlette:
        """Return the application with its routes, and who stands before them."""
        middleware = [
            Middleware(
                Guard, access=self._access, refuse=self._refuse, is_open=self._needs_no_token
            ),
        ]
        if self._access.origins:
            cors = Middleware(
                CORSMiddleware,
                allow_origins=list(self._access.origins),
                allow_headers=["Authorization", "Content-Type", "If-None-Match"],
                expose_headers=["ETag"],
            )
            middleware.insert(0, cors)
        return Starlette(
            routes=self._routes(),
            middleware=middleware,
            exception_handlers={HTTPException: self._tell_http, Exception: self._tell_bug},
        )

    def _routes(self) -> list[BaseRoute]:
        routes: list[BaseRoute] = [
            Route("/api/openapi.json", self._describe, methods=["GET"]),
            Route("/static/{name}", self._send_static, methods=["GET"]),
        ]
        for endpoint in ENDPOINTS:
            respond = endpoint.respond
            handle = (
                self._taking(respond, endpoint.takes)
                if endpoint.takes
                else self._handling(respond, is_of_state=endpoint.is_of_state)
            )
            methods = ["POST"] if endpoint.takes else ["GET"]
            routes.append(Route(f"/api{endpoint.path}", handle, methods=methods))
        for page in PAGES:
            routes.append(Route(page.path, self._showing(page), methods=["GET"]))
        if self._access.token:
            routes.append(Route("/enter", self._enter, methods=["POST"]))
        return routes

    def _ask(self, request: Request, body: bytes = b"") -> Ask:
        return Ask(
            archive=self._archive,
            limits=self._limits,
            prefix=quote(request.scope.get("root_path", "").rstrip("/"), safe="/"),
            address=_address(request.scope),
            given=tuple(request.query_params.multi_items()),
            path={name: str(value) for name, value in request.path_params.items()},
            cookies=request.cookies,
            takes_gzip=takes_gzip(request.headers.get("accept-encoding", "")),
            body=body,
        )

    def _handling(self, respond: Respond, *, is_of_state: bool) -> Handle:
        async def handle(request: Request) -> Response:
            tags = _tags(request) if is_of_state else None
            return await self._work(respond, self._ask(request), tags, _tell_json)

        return handle

    def _showing(self, page: Page) -> Handle:
        async def handle(request: Request) -> Response:
            tags = _tags(request) if page.is_of_state else None
            return await self._work(page.respond, self._ask(request), tags, tell_problem)

        return handle

    def _taking(self, respond: Respond, kind: str) -> Handle:
        async def handle(request: Request) -> Response:
            given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            try:
                if given != kind:
                    raise RequestProblem(
                        HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong-media-type", f"send {kind}"
                    )
                body = await _read_body(request, self._limits.body_bytes)
            except RequestProblem as problem:
                return _response(_tell_json(self._ask(request), problem), _NOT_KEPT)
            return await self._work(respond, self._ask(request, body), None, _tell_json)

        return handle

    async def _work(
        self, respond: Respond, ask: Ask, tags: tuple[str, ...] | None, tell: Tell
    ) -> Response:
        """Have a request answered in a thread, unless the client has the answer."""
        work = partial(_answer, respond, ask, tags)
        try:
            answer, tag = await self._workers.run(work)
        except RequestProblem as problem:
            return _response(tell(ask, problem), _NOT_KEPT)
        except (PinakesError, OSError) as error:
            return _response(tell(ask, problem_of(error)), _NOT_KEPT)
        if tag is None:
            return _response(answer, _NOT_KEPT)
        return _response(answer, _REVALIDATE, {"ETag": tag})

    async def _describe(self, request: Request) -> Response:
        describe = partial(describe_api, has_token=bool(self._access.token))
        return await self._work(describe, self._ask(request), None, _tell_json)

    async def _send_static(self, request: Request) -> Response:
        answer = static_answer(request.path_params["name"])
        if answer is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return _response(packed(answer, self._ask(request)), answer.headers["Cache-Control"])

    async def _enter(self, request: Request) -> Response:
        ask = self._ask(request)
        try:
            body = await _read_body(request, self._limits.body_bytes)
        except RequestProblem as problem:
            return _response(tell_problem(ask, problem), _NOT_KEPT)
        is_safe = request.url.scheme == "https"
        return _response(enter(ask, body, self._access.token, is_safe=is_safe), _NOT_KEPT)

    def _needs_no_token(self, scope: Scope) -> bool:
        path = _path_below(scope)
        return path.startswith("/static/") or path == "/enter"

    def _refuse(self, scope: Scope, problem: RequestProblem) -> ASGIApp:
        """Return what tells who may not ask: on a page, a form for the token."""
        ask = self._ask(Request(scope))
        if _path_below(scope).startswith("/api/"):
            return _response(_tell_json(ask, problem), _NOT_KEPT)
        if problem.status == HTTPStatus.UNAUTHORIZED:
            return _response(token_form(ask), _NOT_KEPT)
        return _response(tell_problem(ask, problem), _NOT_KEPT)

    async def _tell_http(self, request: Request, error: Exception) -> Response:
        """Tell what Starlette refuses by itself: an unknown path, another method."""
        status, headers = HTTPStatus.INTERNAL_SERVER_ERROR, {}
        if isinstance(error, HTTPException):
            status, headers = HTTPStatus(error.status_code), dict(error.headers or {})
        code = status.phrase.lower().replace(" ", "-")
        problem = RequestProblem(status, code, status.description or status.phrase, headers)
        is_api = _path_below(request.scope).startswith("/api/")
        tell = _tell_json if is_api else tell_problem
        return _response(tell(self._ask(request), problem), _NOT_KEPT)

    async def _tell_bug(self, request: Request, error: Exception) -> Response:
        # The server logs the error itself: it is raised again behind this answer.
        return await self._tell_http(request, error)


def _answer(respond: Respond, ask: Ask, tags: tuple[str, ...] | None) -> tuple[Answer, str | None]:
    """Return the answer with its entity tag; without a body if the client has that one."""
    if tags is None:
        return packed(respond(ask), ask), None
    # Before the answer: of two states that follow one another, the tag is that of the older one,
    # and a client never holds on to what has become wrong.
    tag = mark_of(ask, ask.cookies.get("pinakes_theme", ""))
    if tag in tags or "*" in tags:
        return Answer(body=b"", status=HTTPStatus.NOT_MODIFIED), tag
    return packed(respond(ask), ask), tag


def _tell_json(_ask: Ask, problem: RequestProblem) -> Answer:
    answer = json_answer(problem_object(problem), problem.status)
    return Answer(body=answer.body, kind=JSON, status=problem.status, headers=problem.headers)


def _response(answer: Answer, cache: str, headers: dict[str, str] | None = None) -> Response:
    told = {"Cache-Control": cache, "Vary": "Accept-Encoding, Authorization, Cookie"}
    has_body = answer.status != HTTPStatus.NOT_MODIFIED
    return Response(
        content=answer.body,
        status_code=answer.status,
        headers={**told, **(headers or {}), **answer.headers},
        media_type=answer.kind if has_body else None,
    )


def _tags(request: Request) -> tuple[str, ...]:
    """Return the entity tags of answers that the client has."""
    return tuple(tag.strip() for tag in request.headers.get("if-none-match", "").split(","))


async def _read_body(request: Request, most: int) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise RequestProblem(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", f"{most} bytes at the most"
            )
    return bytes(body)


def _address(scope: Scope) -> str:
    path = quote(scope.get("path", "/"), safe="/")
    query = scope.get("query_string", b"").decode("latin-1")
    return path + (f"?{query}" if query else "")


def _path_below(scope: Scope) -> str:
    """Return the path of a request below the place where the application is mounted."""
    path, prefix = str(scope.get("path", "")), str(scope.get("root_path", "")).rstrip("/")
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path
