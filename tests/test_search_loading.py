"""What is loaded, and when: a command takes longer to load than to do, and each waits for its own.

`docs/architecture.md` has the rule, `python -m bench cold` the times.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pinakes.search import Archive

# Prints at the end of the process what it has loaded, by whatever way.
_TELL = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
_MAIN = "from pinakes.search.cli import main; main()"

LIBRARIES = frozenset(
    {
        "bs4", "charset_normalizer", "chardetng_py", "filelock", "lxml", "markdown_it", "pathspec",
        "psutil", "py3langid", "whoosh",
    }
)  # fmt: skip
"""What reads and writes, which no question needs."""
SELDOM = frozenset(
    {
        "asyncio", "base64", "concurrent", "csv", "decimal", "difflib", "email", "http",
        "logging", "multiprocessing", "queue", "random", "secrets", "shutil", "socket", "ssl",
        "statistics", "subprocess", "tempfile", "tomllib",
    }
)  # fmt: skip
"""What is in Python, and takes long to load."""
APART = (
    "pinakes.corpus.article_columns", "pinakes.corpus.config", "pinakes.corpus.extract",
    "pinakes.corpus.ingestion", "pinakes.corpus.ledger_row", "pinakes.corpus.lock",
    "pinakes.corpus.readers", "pinakes.corpus.saved_search", "pinakes.corpus.store.births",
    "pinakes.corpus.store.ledger_rows", "pinakes.corpus.store.saved_rows",
    "pinakes.corpus.store.writes", "pinakes.corpus.tagging", "pinakes.indexer.index",
    "pinakes.indexer.segments.builder", "pinakes.indexer.segments.census",
    "pinakes.indexer.segments.deletions", "pinakes.indexer.segments.slices",
    "pinakes.indexer.verification", "pinakes.indexer.whoosh_index",
    "pinakes.search.cli.render_diagnostics", "pinakes.search.cli.render_facets",
    "pinakes.search.as_json", "pinakes.search.cli.render_rows",
    "pinakes.search.cli.render_why", "pinakes.search.evaluation.explain",
    "pinakes.search.evaluation.patterns", "pinakes.search.evaluation.segment_ranking",
    "pinakes.search.evaluation.texts.places", "pinakes.search.evaluation.texts.proximity",
    "pinakes.search.evaluation.units", "pinakes.search.facets", "pinakes.search.index_options",
    "pinakes.search.query.dates", "pinakes.search.query.numbers", "pinakes.search.query.regex",
    "pinakes.search.saved", "pinakes.search.status", "pinakes.search.suggestions",
    "pinakes.search.vocabulary", "pinakes.search.why", "pinakes.search.writing",
)  # fmt: skip
"""What only some questions need, and what none does: modules, and whole packages."""
APART_OF_INDEXING = (
    "pinakes.corpus.extract", "pinakes.corpus.shingles", "pinakes.search.evaluation",
    "pinakes.search.query", "pinakes.search.tagging.rule_queries",
    "pinakes.search.tagging.text_automaton",
)  # fmt: skip
"""What `pinakes index` needs neither where nothing has changed nor for a rule of words."""
MOST_OF_OURS = 124
"""How many modules of ours a plain search may load; each takes a five hundredth of its time."""


def loaded_by(code: str, *args: str, folder: Path) -> frozenset[str]:
    """Return the modules that a program has loaded when it ends."""
    command = [sys.executable, "-c", _TELL + code, *args]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return frozenset(done.stderr.splitlines()[-1].split())


def ours(loaded: frozenset[str]) -> set[str]:
    """Return the modules of this project."""
    return {name for name in loaded if name.startswith("pinakes")}


def tops(loaded: frozenset[str]) -> set[str]:
    """Return the packages of modules."""
    return {name.partition(".")[0] for name in loaded}


def make_archive(root: Path) -> None:
    """Make an archive of an article in a folder."""
    article = root / "mine.txt"
    article.write_text("The mine\n\nThe “old” mine collapsed at night.\n", "utf-8")
    # What was written a moment ago is read again, as another change may have kept its time.
    long_ago_s = time.time() - 3600
    os.utime(article, (long_ago_s, long_ago_s))
    with Archive.create(root) as archive:
        archive.index(article)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of an article."""
    root = tmp_path_factory.mktemp("archive")
    make_archive(root)
    return root


def test_importing_the_package_loads_nothing_but_itself(tmp_path: Path) -> None:
    loaded = loaded_by("import pinakes.search", folder=tmp_path)
    assert ours(loaded) == {"pinakes", "pinakes.search"}
    assert not tops(loaded) & (LIBRARIES | SELDOM | {"click", "numpy", "sqlite3", "Stemmer"})


@pytest.mark.parametrize("args", [["--help"], ["search", "--help"], ["--version"], ["search"]])
def test_help_loads_the_command_line_only(args: list[str], tmp_path: Path) -> None:
    loaded = loaded_by(_MAIN, *args, folder=tmp_path)
    assert "click" in loaded
    assert not tops(loaded) & (LIBRARIES | {"numpy", "sqlite3", "Stemmer"})
    beside = {name for name in ours(loaded) if not name.startswith("pinakes.search.cli")}
    assert beside <= {
        "pinakes", "pinakes.corpus", "pinakes.corpus.errors", "pinakes.corpus.loggers",
        "pinakes.corpus.model", "pinakes.search", "pinakes.search.options",
    }  # fmt: skip


def test_a_plain_search_loads_what_answers_it_and_no_more(folder: Path) -> None:
    loaded = loaded_by(_MAIN, "search", "old mine", folder=folder)
    assert {"numpy", "sqlite3", "pinakes.search.snippets"} <= loaded
    assert not tops(loaded) & (LIBRARIES | SELDOM)
    apart = tuple(f"{name}." for name in APART)
    assert not [name for name in ours(loaded) if f"{name}.".startswith(apart)]
    assert len(ours(loaded)) <= MOST_OF_OURS


def test_to_find_nothing_new_loads_no_readers_and_nothing_that_answers(folder: Path) -> None:
    everything = loaded_by(_MAIN, "index", "mine.txt", folder=folder)
    loaded = ours(everything)
    assert "pinakes.corpus.ingestion.run" in loaded
    assert not everything & {"csv", "importlib.metadata", "numpy", "tempfile", "whoosh"}
    apart = (
        *APART_OF_INDEXING,
        *("pinakes.corpus.tagging.tagger", "pinakes.indexer.segments"),
        "pinakes.search.tagging.rerun",
    )
    assert not [name for name in loaded if f"{name}.".startswith(tuple(f"{one}." for one in apart))]
    readers = {name for name in loaded if name.startswith("pinakes.corpus.readers.")}
    assert readers == {"pinakes.corpus.readers.saved_pages"}
    assert not loaded & {
        "pinakes.corpus.ingestion.preparing", "pinakes.corpus.sentences", "pinakes.search.answer",
        "pinakes.search.as_json", "pinakes.search.asking", "pinakes.search.evaluation",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("finding", "needed"),
    [
        ('words = ["mine"]', "pinakes.indexer.segments.retagged"),
        ('queries = ["old mine"]', "pinakes.search.tagging.rule_queries"),
        ('patterns = ["min[ea]"]', "pinakes.search.tagging.text_automaton"),
        ('words = ["mine"]\nlanguages = ["en"]', "pinakes.search.query.fields"),
    ],
)
def test_a_rule_loads_what_finds_its_tags_and_nothing_that_takes_articles_in(
    finding: str, needed: str, tmp_path: Path
) -> None:
    make_archive(tmp_path)
    rules = tmp_path / ".pinakes" / "rules"
    rules.mkdir()
    (rules / "mining.toml").write_text(f'value = "mining"\n{finding}\n', "utf-8")
    loaded = loaded_by(_MAIN, "index", "mine.txt", folder=tmp_path)
    assert needed in loaded
    assert "importlib.metadata" not in loaded
    assert not loaded & {"pinakes.corpus.shingles", "pinakes.indexer.segments.builder"}
    if finding == 'words = ["mine"]':
        apart = tuple(f"{name}." for name in APART_OF_INDEXING)
        assert not [name for name in ours(loaded) if f"{name}.".startswith(apart)]


@pytest.mark.parametrize(
    ("args", "needed"),
    [
        (["search", "min*"], "pinakes.search.evaluation.patterns.expansion"),
        (["search", "mine", "date:2014"], "pinakes.search.query.dates"),
        (["search", "mine NEAR old"], "pinakes.search.evaluation.texts.nearby"),
        (["search", "nimes"], "pinakes.search.why"),
        (["search", "--facet", "source", "mine"], "pinakes.search.facets"),
        (["search", "--json", "mine"], "pinakes.search.as_json"),
    ],
)
def test_what_is_apart_is_loaded_when_it_is_asked_for(
    args: list[str], needed: str, folder: Path
) -> None:
    assert needed in loaded_by(_MAIN, *args, folder=folder)


FRAMEWORKS = frozenset(
    {
        "anyio", "django", "fastapi", "flask", "haystack", "jinja2", "langchain_core",
        "llama_index", "mcp", "mcp_types", "pydantic", "starlette", "uvicorn",
    }
)  # fmt: skip
"""What serves an archive to others, or lets others hold one."""


def test_an_application_that_searches_loads_no_framework(folder: Path) -> None:
    code = (
        "from pinakes.search import Archive, AsyncArchive, SearchOptions\n"
        "with Archive.open() as archive: archive.search('old mine')"
    )
    assert not tops(loaded_by(code, folder=folder)) & FRAMEWORKS
    assert not tops(loaded_by(_MAIN, "mcp", "--help", folder=folder)) & FRAMEWORKS


def test_the_names_of_the_front_door_load_what_they_are_and_no_more(tmp_path: Path) -> None:
    loaded = loaded_by("from pinakes.search import Archive", folder=tmp_path)
    assert not tops(loaded) & (FRAMEWORKS | LIBRARIES | {"asyncio", "click"})
    apart = {"adapters", "adding", "agents", "async_archive", "cli", "notebook", "serving"}
    assert not ours(loaded) & {f"pinakes.search.{name}" for name in apart}


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="tells no threads")
@pytest.mark.parametrize(("given", "kept"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2")])
def test_the_program_lets_numpy_start_no_threads_unless_it_is_told_to(
    given: dict[str, str], kept: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    tell = (
        "import atexit, os, sys; atexit.register(lambda: print("
        "len(os.listdir('/proc/self/task')), os.environ['OPENBLAS_NUM_THREADS'], file=sys.stderr))"
    )
    command = [sys.executable, "-c", f"{tell}; {_MAIN}", "search", "old mine"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    threads, named = done.stderr.splitlines()[-1].split()
    assert named == kept
    assert given or threads == "1"
