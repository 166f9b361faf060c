"""Runs the recipes of docs/embedding.md, each as it stands there, against the real packages."""

from __future__ import annotations

import doctest
import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from pinakes.search import Archive, QueryError
from pinakes.search.adapters import passages
from pinakes.search.adapters.passages import find_passages
from tests.served_archive import ARTICLES

DOCS = Path(__file__).parent.parent / "docs" / "embedding.md"
_RECIPE = re.compile(r"<!-- recipe: (\S+) -->\n```python\n(.*?)```", re.DOTALL)
RECIPES = dict(_RECIPE.findall(DOCS.read_text("utf-8")))
NEEDS = "needs the extra `adapters-test`"
NEEDS_TEST = "needs the extra `test`"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all recipes, and an archive of the sample articles in `articles`."""
    for name, code in RECIPES.items():
        (tmp_path / name).write_text(code, "utf-8")
    shutil.copytree(ARTICLES, tmp_path / "articles")
    with Archive.create(tmp_path / "articles") as archive:
        archive.index(tmp_path / "articles")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARCHIVE", str(tmp_path / "articles"))
    monkeypatch.setenv("SECRET_KEY", "of no use")
    return tmp_path


def load(name: str) -> ModuleType:
    """Return a recipe as a module."""
    spec = importlib.util.spec_from_file_location(f"recipe_{Path(name).stem}", Path(name))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(*args: str) -> str:
    """Return what a program prints that has to end well."""
    done = subprocess.run(
        [sys.executable, *args], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_every_recipe_is_run_here() -> None:
    here = Path(__file__).read_text("utf-8")
    assert len(RECIPES) == 10
    assert [name for name in RECIPES if Path(name).stem not in here] == []


def test_the_script(place: Path) -> None:
    lines = run("script.py").splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("What is a right to return? fa1a24b7#12 ")


def test_records(place: Path) -> None:
    with sqlite3.connect("stories.sqlite") as database:
        database.execute("CREATE TABLE stories (id, headline, body, day)")
        rows = [(7, "A mine", "The mine was shut.", "2014-03-01"), (8, "No", "A valley.", None)]
        database.executemany("INSERT INTO stories VALUES (?, ?, ?, ?)", rows)
    database.close()
    Archive.create(place).close()
    assert run("records.py").splitlines() == ["2 new or changed, 0 removed", "7 A mine"]
    with sqlite3.connect("stories.sqlite") as database:
        database.execute("DELETE FROM stories WHERE id = 8")
    database.close()
    assert run("records.py").splitlines() == ["0 new or changed, 1 removed", "7 A mine"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_fastapi_application(place: Path) -> None:
    pytest.importorskip("fastapi", reason=NEEDS_TEST)
    from tests.asgi_client import Client

    module = load("fastapi_app.py")
    client = Client(module.site)
    assert "Industry minister resigns over Halvik" in client.get("/titles", q="surveyor").json
    assert client.get("/titles", q="(").status == 400
    hits = client.get("/archive/api/search", q="surveyor", limit=1).json["hits"]
    assert hits[0]["article"]["title"] in client.get("/titles", q="surveyor").json
    module.archive.close()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_flask_blueprint(place: Path) -> None:
    pytest.importorskip("flask", reason=NEEDS_TEST)
    from pinakes.search.as_json import dump, hit_object

    app = load("flask_blueprint.py").make_app("articles")
    client = app.test_client()
    found = client.get("/search?q=surveyor")
    with app.extensions["pinakes"] as archive:
        assert dump(hit_object(archive.search("surveyor").hits[0])) in found.text
        assert client.get("/search?q=(").status_code == 400


# Settings are those of a whole process: Django has one of its own.
_DJANGO = """
import django, json, sys
from django.core.management import call_command
from django.test import Client
django.setup()
call_command("pinakes_index", stdout=sys.stdout)
client = Client()
page = client.get("/search/", {"q": "surveyor OR <b>"})
told = client.get("/search/", {"q": "surveyor", "format": "json"})
bad = client.get("/search/", {"q": "date:2014-99", "format": "json"})
print(json.dumps({
    "page": page.content.decode(), "hits": told.json()["hits"],
    "count": client.get("/count/", {"q": "surveyor"}).json()["articles"],
    "bad": bad.status_code, "empty": client.get("/search/").status_code,
    "more": 'rel="next"' in client.get("/search/", {"q": "*"}).content.decode(),
}))
"""


def test_the_django_view(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of `django_settings`, `django_urls` and `django_stories`."""
    pytest.importorskip("django", reason=NEEDS_TEST)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "django_settings")
    done, told = run("-c", _DJANGO).splitlines()
    assert done == "1 articles new or changed, 0 files removed, 0 not read"
    answer = json.loads(told)
    assert "<mark>surveyor</mark>" in answer["page"]
    assert 'value="surveyor OR &lt;b&gt;"' in answer["page"]
    assert (answer["count"], answer["bad"], answer["empty"]) == (7, 400, 200)
    assert answer["more"] is True
    with Archive.open("articles") as archive:
        printed = [hit.article.id for hit in archive.search("surveyor")]
    assert [hit["article"]["id"] for hit in answer["hits"]] == printed


@pytest.mark.filterwarnings("ignore")
def test_the_notebook(place: Path) -> None:
    nbformat = pytest.importorskip("nbformat", reason=NEEDS)
    nbconvert = pytest.importorskip("nbconvert.preprocessors", reason=NEEDS)
    pytest.importorskip("ipykernel", reason=NEEDS)
    cell = nbformat.v4.new_code_cell(RECIPES["notebook.py"])
    book = nbformat.v4.new_notebook(cells=[cell])
    runner = nbconvert.ExecutePreprocessor(timeout=120, kernel_name="python3")
    runner.preprocess(book, {"metadata": {"path": str(place)}})
    (output,) = book.cells[0].outputs
    assert "<mark>surveyor</mark>" in output["data"]["text/html"]


def test_the_indexer_beside_workers(place: Path) -> None:
    new = place / "articles" / "new.txt"
    with Archive.open("articles") as archive:
        assert not archive.search("zebrafish")
        new.write_text("A zebrafish came.", "utf-8")
        with subprocess.Popen([sys.executable, "indexer.py", "articles", "1"]) as indexer:
            while indexer.poll() is None:
                assert archive.search("surveyor").articles == 6
        assert indexer.returncode == 0
        assert archive.search("zebrafish").articles == 1


def test_testing(place: Path) -> None:
    load("testing.py").test_a_story_is_found()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.create(tmp_path_factory.mktemp("retrieved")) as made:
        made.index(ARTICLES)
        yield made


def test_a_question_becomes_a_query_for_any_word(archive: Archive) -> None:
    assert doctest.testmod(passages).attempted == 1
    assert doctest.testmod(passages).failed == 0
    words = find_passages(
        archive, "Who, or what: and NOT near (surveyor)?", limit=3, is_question=True
    )
    assert len(words) == 3
    assert find_passages(archive, "?!", limit=3, is_question=True) == []
    with pytest.raises(QueryError):
        find_passages(archive, "date:2014-99", limit=3, is_question=False)


QUESTION = "Who was the chief surveyor of the mine (in 2013)?"
ANSWER = "The witness was chief surveyor"


def check(archive: Archive, text: str, passage_id: str, metadata: dict[str, object]) -> None:
    """Check a passage that a retriever handed on."""
    from pinakes.search.citing import read_citations

    (citation,) = read_citations(json.dumps(metadata["citation"]))
    assert (citation.exact, citation.passage_id) == (text, passage_id)
    assert archive.verify(citation).status == "ok"
    assert metadata["title"]


@pytest.mark.filterwarnings("ignore")
def test_the_retriever_for_langchain(archive: Archive) -> None:
    pytest.importorskip("langchain_core", reason=NEEDS)
    from pinakes.search.adapters.langchain import PinakesRetriever

    retriever = PinakesRetriever(archive=archive, limit=5)
    found = retriever.invoke(QUESTION)
    assert len(found) == 5
    assert any(document.page_content.startswith(ANSWER) for document in found)
    for document in found:
        check(archive, document.page_content, str(document.id), document.metadata)
    assert retriever.invoke("?!") == []
    exact = PinakesRetriever(archive=archive, is_question=False)
    assert all(
        "right to return" in d.page_content.lower() for d in exact.invoke('"right to return"')
    )


@pytest.mark.filterwarnings("ignore")
def test_the_retriever_for_llama_index(archive: Archive) -> None:
    pytest.importorskip("llama_index.core", reason=NEEDS)
    from pinakes.search.adapters.llama_index import PinakesRetriever

    found = PinakesRetriever(archive, limit=5).retrieve(QUESTION)
    assert len(found) == 5
    assert any(each.node.get_content().startswith(ANSWER) for each in found)
    for each in found:
        check(archive, each.node.get_content(), each.node.node_id, each.node.metadata)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


@pytest.mark.filterwarnings("ignore")
def test_the_component_for_haystack(archive: Archive) -> None:
    haystack = pytest.importorskip("haystack", reason=NEEDS)
    from pinakes.search.adapters.haystack import PinakesRetriever

    pipeline = haystack.Pipeline()
    pipeline.add_component("retriever", PinakesRetriever(archive, limit=5))
    found = pipeline.run({"retriever": {"query": QUESTION}})["retriever"]["documents"]
    assert len(found) == 5
    assert any(document.content.startswith(ANSWER) for document in found)
    for document in found:
        check(archive, document.content, document.id, document.meta)
    trusted = [PinakesRetriever.__module__]
    again = haystack.Pipeline.loads(pipeline.dumps(), allowed_modules=trusted)
    assert again.run({"retriever": {"query": QUESTION}})["retriever"]["documents"] == found
    assert os.fspath(archive.root) in pipeline.dumps()


def test_no_text_has_more_tokens_than_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """LlamaIndex brings two vocabularies of models along."""
    tiktoken = pytest.importorskip("tiktoken", reason=NEEDS)
    is_there = importlib.util.find_spec("llama_index") is not None
    core = importlib.util.find_spec("llama_index.core") if is_there else None
    if core is None or core.origin is None:
        pytest.skip(NEEDS)
    from pinakes.search.agents import count_tokens

    folder = Path(core.origin).parent / "_static" / "tiktoken_cache"
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(folder))
    for name in ("cl100k_base", "o200k_base"):
        encoding = tiktoken.get_encoding(name)
        for path in sorted(ARTICLES.iterdir()):
            text = path.read_text("utf-8", "replace")
            for at in range(0, len(text), 500):
                part = text[at : at + 500]
                tokens = len(encoding.encode(part, disallowed_special=()))
                assert tokens <= count_tokens(part), part
