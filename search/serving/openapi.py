"""The OpenAPI 3.1 document: made from the endpoints, so that it says what they check."""

from __future__ import annotations

from typing import Any

from pinakes.search.citing import STYLES
from pinakes.search.options import SearchOptions
from pinakes.search.serving.api import ENDPOINTS, MEDIA_TYPES, Endpoint
from pinakes.search.serving.exchange import JSON, Answer, Ask, json_answer
from pinakes.search.serving.limits import Limits
from pinakes.search.serving.parameters import Parameter
from pinakes.search.serving.schemas import SCHEMAS, ref

_PATH_PARTS: dict[str, dict[str, Any]] = {
    "id": {"type": "string", "pattern": "^[0-9a-f]{4,64}$"},
    "number": {"type": "integer", "minimum": 0, "maximum": 999_999_999},
}
_PROBLEMS = {
    "400": "A parameter does not fit, or the query cannot be answered: `diagnostics` say why.",
    "401": "A token is needed.",
    "404": "There is no such article or passage.",
    "413": "Too much was sent.",
    "415": "What was sent is not JSON.",
    "421": "The server is not known by this name.",
    "422": "The answer takes too long.",
    "503": "Too many requests wait, or the archive cannot be read.",
}


def describe_api(ask: Ask, *, has_token: bool) -> Answer:
    """Return the document, with an article of the archive as the example for others."""
    some = ask.archive.search("*", options=SearchOptions(limit=1, totals=False, hints=False)).hits
    known = some[0].article.id if some else ""
    return json_answer(describe(ask.limits, prefix=ask.prefix, known=known, has_token=has_token))


def describe(limits: Limits, *, prefix: str, known: str, has_token: bool) -> dict[str, Any]:
    """Return the document.

    Args:
        limits: As of the application.
        prefix: Where it is mounted.
        known: The id of an article, as an example; empty for none.
        has_token: Whether a client has to show a token.
    """
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "Pinakes",
            "version": "1",
            "description": "Search in an archive of articles. No request changes anything.",
        },
        "servers": [{"url": f"{prefix}/api"}],
        "paths": {each.path: _path(each, limits, known) for each in ENDPOINTS},
        "components": {
            "schemas": SCHEMAS,
            "responses": {"Problem": _content("A problem.", JSON, ref("Problem"))},
        },
    }
    if has_token:
        document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"token": []}]
    return document


def _content(description: str, kind: str, schema: Any) -> dict[str, Any]:
    return {"description": description, "content": {kind: {"schema": schema}}}


def _path(endpoint: Endpoint, limits: Limits, known: str) -> dict[str, Any]:
    examples = {"id": known, "number": 0} if known else {}
    named = [name for name in _PATH_PARTS if f"{{{name}}}" in endpoint.path]
    operation: dict[str, Any] = {
        "operationId": _operation_id(endpoint.path),
        "summary": endpoint.about,
        "parameters": [
            *(
                {
                    "name": name,
                    "in": "path",
                    "required": True,
                    "schema": _PATH_PARTS[name],
                    **({"example": examples[name]} if name in examples else {}),
                }
                for name in named
            ),
            *map(_parameter, endpoint.parameters(limits)),
        ],
        "responses": _responses(endpoint),
    }
    if endpoint.takes:
        operation["requestBody"] = {
            "required": True,
            "content": {endpoint.takes: {"schema": _SENT}},
        }
    return {"post" if endpoint.takes else "get": operation}


_SENT = {
    "description": "A citation as `citation` and `search` have it, or a list of them.",
    "anyOf": [
        ref("SentCitation"),
        {"type": "array", "items": ref("SentCitation"), "minItems": 1},
    ],
}


def _operation_id(path: str) -> str:
    parts = path.strip("/").replace("{", "by_").replace("}", "").split("/")
    return "_".join(parts)


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: Any = parameter.schema
    if parameter.is_repeated:
        schema = {"type": "array", "items": schema, "maxItems": parameter.most}
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.is_required,
        "description": parameter.about,
        "schema": schema,
    }


def _responses(endpoint: Endpoint) -> dict[str, Any]:
    found = _content("The answer.", JSON, ref(endpoint.schema))
    if endpoint.schema == "Cited":
        others = {MEDIA_TYPES.get(style, "text/plain").partition(";")[0] for style in STYLES}
        for kind in sorted({*others, "application/ld+json"}):
            is_json = kind.endswith("json")
            found["content"][kind] = {"schema": {} if is_json else {"type": "string"}}
    if endpoint.is_of_state:
        found["headers"] = {"ETag": {"schema": {"type": "string"}}}
    problems = {
        status: _content(description, JSON, ref("Problem"))
        for status, description in _PROBLEMS.items()
    }
    unchanged = {"304": {"description": "As it was."}} if endpoint.is_of_state else {}
    return {"200": found, **unchanged, **problems}
