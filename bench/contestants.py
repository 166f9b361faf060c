"""Which engines are compared, and how each is started."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.peer import PeerMissingError
from bench.peers.lucene import LuceneProcess
from bench.worker_process import WorkerProcess, python_worker

_SYSTEM_PYTHON = "/usr/bin/python3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """An engine in one of its settings.

    Attributes:
        name: As it stands in the tables.
        module: Of `bench.peers`; `lucene` is started by Java.
        factory: The function in it that returns the engine.
        index: Contestants with the same one search in one index.
        joined: Passages that make one document of it; Pinakes makes articles of them by itself.
    """

    name: str
    module: str
    factory: str
    index: str
    joined: int = 1

    @property
    def is_one_threaded(self) -> bool:
        """Whether it builds in one thread, however many cores there are."""
        return self.module in {"xapian_", "sqlite_", "bm25s_", "whoosh_"}

    def start(self, *, cores: int = 1, lucene_jars: Path | None = None) -> WorkerProcess:
        """Start a process that runs it.

        Raises:
            PeerMissingError: It is not installed.
        """
        if self.module == "lucene":
            return LuceneProcess.start(find_jars(lucene_jars), cores=cores)
        module = f"bench.peers.{self.module}"
        python = sys.executable
        if self.module == "xapian_" and importlib.util.find_spec("xapian") is None:
            python = shutil.which(_SYSTEM_PYTHON) or sys.executable
        return python_worker("worker", module, self.factory, cores=cores, python=python)


def find_jars(folder: Path | None) -> Path:
    """Return the folder of Lucene's jars: the one given, or that of pyserini.

    Raises:
        PeerMissingError: There is none, or no jar in it.
    """
    if folder is not None:
        if not any(folder.glob("*.jar")):
            raise PeerMissingError(f"no jars in {folder}")
        return folder
    spec = importlib.util.find_spec("pyserini")
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent / "resources" / "jars"
    raise PeerMissingError("--lucene-jars FOLDER; bench/README.md says which jars")


PASSAGES = (
    Contestant(name="pinakes", module="pinakes_", factory="by_passage", index="pinakes"),
    Contestant(name="tantivy", module="tantivy_", factory="lean", index="tantivy"),
    Contestant(name="tantivy-2f", module="tantivy_", factory="like_pinakes", index="tantivy-2f"),
    Contestant(name="lucene", module="lucene", factory="", index="lucene"),
    Contestant(name="xapian", module="xapian_", factory="create", index="xapian"),
    Contestant(name="fts5", module="sqlite_", factory="create", index="fts5"),
    Contestant(name="bm25s", module="bm25s_", factory="create", index="bm25s"),
)
"""Passages are what is found."""

WHOOSH = (
    Contestant(name="pinakes", module="pinakes_", factory="by_passage", index="pinakes"),
    Contestant(name="whoosh", module="whoosh_", factory="create", index="whoosh"),
)
"""Passages are what is found, of a sample by default."""

ARTICLES = (
    Contestant(name="pinakes", module="pinakes_", factory="by_article", index="pinakes"),
    Contestant(
        name="tantivy", module="tantivy_", factory="lean", index="tantivy-articles", joined=20
    ),
    Contestant(
        name="tantivy-2f",
        module="tantivy_",
        factory="like_pinakes",
        index="tantivy-2f-articles",
        joined=20,
    ),
)
"""Articles are what is found; for other engines documents of as many passages."""

NAMES = tuple(dict.fromkeys(each.name for each in (*PASSAGES, *WHOOSH)))
"""All that can be asked for."""
