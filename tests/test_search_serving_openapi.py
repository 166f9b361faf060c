"""The OpenAPI document is valid, and what is answered is what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from pinakes.search import Archive
from pinakes.search.serving import Access, app
from tests.asgi_client import Client, Reply
from tests.served_archive import make_samples

QUERIES = st.one_of(
    st.text(max_size=30),
    st.text('mine surveyor OR NOT ()"/*?~^:-=#dateklangsource.2014', max_size=40),
    st.sampled_from(["mine", "surveyor letter", '"right to return"', "lang:ar", "kind:quote", "*"]),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with make_samples(tmp_path_factory.mktemp("served") / "archive") as made:
        yield made


class Site:
    """An archive that is served, and the document that describes it."""

    def __init__(self, archive: Archive) -> None:
        self.client = Client(app(archive))
        self.document = self.client.get("/api/openapi.json").json
        self.ids = [hit.article.id for hit in archive.search("mine").hits]


@pytest.fixture(scope="module")
def site(archive: Archive) -> Site:
    return Site(archive)


def test_the_document_is_valid(site: Site, archive: Archive) -> None:
    assert site.document["openapi"].startswith("3.1")
    validate(site.document)
    held = Client(app(archive, access=Access(token="a-token-of-some-length")))  # noqa: S106
    validate(held.get("/api/openapi.json", headers={
        "authorization": "Bearer a-token-of-some-length"}).json)  # fmt: skip


def check(document: Any, path: str, reply: Reply) -> None:
    """Hold an answer against the schema that the document has for its status."""
    (operation,) = document["paths"][path].values()
    told = operation["responses"][str(reply.status)]
    kind = reply.headers["content-type"].partition(";")[0]
    schema = told["content"][kind]["schema"]
    if kind == "application/json":
        whole = {**schema, "components": document["components"]}
        Draft202012Validator(whole).validate(reply.json)


def values_of(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Draw what fits the schema of a parameter."""
    if schema["type"] == "array":
        return st.lists(values_of(schema["items"]), min_size=1, max_size=3)
    if schema["type"] == "boolean":
        return st.sampled_from(["true", "false"])
    if schema["type"] == "integer":
        return st.integers(schema["minimum"], schema["maximum"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "pattern" in schema:
        return st.from_regex(schema["pattern"].replace("$", r"\Z"))
    return QUERIES


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_what_fits_the_document_is_answered_as_it_says(data: st.DataObject, site: Site) -> None:
    document = site.document
    paths = [path for path, item in document["paths"].items() if "get" in item]
    path = data.draw(st.sampled_from(paths))
    parameters = document["paths"][path]["get"]["parameters"]
    address, asked = f"/api{path}", {}
    for parameter in parameters:
        name = parameter["name"]
        if parameter["in"] == "path":
            ids = st.sampled_from([*site.ids, "0000beef"])
            value = data.draw(ids if name == "id" else st.integers(0, 12))
            address = address.replace(f"{{{name}}}", str(value))
        elif parameter["required"] or data.draw(st.booleans()):
            asked[name] = data.draw(values_of(parameter["schema"]))
    reply = site.client.get(address, **asked)
    assert reply.status in (200, 400, 404)
    if reply.status == 400:
        # Only what the grammar of queries refuses; the document cannot tell that.
        assert reply.json["error"]["code"] == "bad-query"
        assert reply.json["error"]["diagnostics"]
    check(document, path, reply)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=st.binary(max_size=60) | st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["exact", "sha256", "citation", "start"]), inner),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_whatever_is_sent_to_be_verified_is_answered(body: bytes, site: Site) -> None:
    as_json = {"content-type": "application/json"}
    reply = site.client.send("POST", "/api/verify", headers=as_json, body=body)
    assert reply.status == 400
    check(site.document, "/verify", reply)
