"""Lucene's BM25 on a judged collection, by `peers/LuceneBm25.java`."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.peer import PeerMissingError
from pinakes.search.judged import Run, Scored

SETTINGS: Mapping[str, str] = {"k1 0.9, b 0.4": "0.9,0.4", "k1 1.2, b 0.75": "1.2,0.75"}
"""As Anserini has it unless told otherwise, and as Lucene has: by how they are told of."""

_SOURCE = Path(__file__).parent / "peers" / "LuceneBm25.java"
_DEPTH = 100


def ask_lucene(folder: Path, questions: Mapping[str, str], jars: Path) -> dict[str, Run]:
    """Return what Lucene answers to the questions of a collection, by setting.

    An article is one field: its title and its text. Both are analysed as Lucene has it for the
    language that `meta.json` in the folder names, by `StandardAnalyzer` where that is none of those
    measured.

    Args:
        folder: Holds `docs.jsonl.gz` and `meta.json`.
        questions: By id.
        jars: A folder with those of `lucene-core` and `lucene-analysis-common`.

    Raises:
        PeerMissingError: There is no Java, or it cannot compile the source against these jars.
    """
    java = shutil.which("java")
    if java is None:
        raise PeerMissingError("needs Java 17 or newer")
    language = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["lang"]
    with TemporaryDirectory(prefix="bench-") as made:
        articles, asked = Path(made) / "articles.tsv", Path(made) / "questions.tsv"
        _write_rows(articles, _read_articles(folder / "docs.jsonl.gz"))
        _write_rows(asked, questions.items())
        command = [java, "-Xmx2g", "--class-path", f"{jars.resolve()}/*", str(_SOURCE), language]
        command += [f"{made}/index", str(articles), str(asked), str(_DEPTH), *SETTINGS.values()]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise PeerMissingError(f"Lucene failed: {done.stderr.strip()}")
    runs: dict[str, dict[str, list[Scored]]] = {name: {} for name in SETTINGS}
    names = {setting: name for name, setting in SETTINGS.items()}
    for line in done.stdout.splitlines():
        question, _, article, _, score, setting = line.split(" ")
        answers = runs[names[setting]].setdefault(question, [])
        answers.append(Scored(article, float(score)))
    return dict(runs)


def _read_articles(path: Path) -> Iterable[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["id"], f"{record.get('title', '')} {record['text']}"


def _write_rows(path: Path, rows: Iterable[tuple[str, str]]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for name, text in rows:
            out.write(f"{name}\t{' '.join(text.split())}\n")
