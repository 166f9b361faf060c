"""What a request is refused for, in one shape."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from pinakes.corpus import ArchiveError, PinakesError, TimeLimitError, UnknownArticleError
from pinakes.search.as_json import SCHEMA_VERSION, error_object
from pinakes.search.query import Diagnostic, QueryError


class RequestProblem(Exception):  # noqa: N818 - it is what the client is told
    """A request that cannot be answered.

    Attributes:
        status: The status of the answer.
        code: Which problem it is; a word that programs may rely on.
        headers: What the answer says beside.
    """

    def __init__(
        self, status: int, code: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers or {}
        self.query: QueryError | None = None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found out about the query, if that is the problem."""
        return self.query.diagnostics if self.query else ()


def bad_parameter(name: str, message: str) -> RequestProblem:
    """Return the problem that a parameter is not as it has to be."""
    return RequestProblem(HTTPStatus.BAD_REQUEST, "bad-parameter", f"{name}: {message}")


def not_found(message: str) -> RequestProblem:
    """Return the problem that what is asked for is not there."""
    return RequestProblem(HTTPStatus.NOT_FOUND, "not-found", message)


def problem_of(error: PinakesError | OSError) -> RequestProblem:
    """Return what the library raised as a problem."""
    if isinstance(error, QueryError):
        problem = RequestProblem(HTTPStatus.BAD_REQUEST, "bad-query", str(error))
        problem.query = error
        return problem
    if isinstance(error, UnknownArticleError):
        return RequestProblem(HTTPStatus.NOT_FOUND, "unknown-article", str(error))
    if isinstance(error, TimeLimitError):
        return RequestProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "too-expensive", str(error))
    if isinstance(error, ValueError) and not isinstance(error, ArchiveError):
        return RequestProblem(HTTPStatus.BAD_REQUEST, "bad-parameter", str(error))
    # What it says of files and folders is for who runs the server, not for who asks.
    return RequestProblem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "archive-unavailable",
        "the archive cannot be read at the moment; `pinakes status` says more",
    )


def problem_object(problem: RequestProblem) -> dict[str, Any]:
    """Return a problem as JSON: its code and message, and the diagnostics of the query."""
    told: dict[str, Any] = {"schema_version": SCHEMA_VERSION}
    diagnostics: list[Any] = []
    if problem.query:
        whole = error_object(problem.query)
        told["query"] = whole["query"]
        diagnostics = whole["error"]["diagnostics"]
    told["error"] = {
        "code": problem.code,
        "status": int(problem.status),
        "message": str(problem),
        "diagnostics": diagnostics,
    }
    return told
