"""Reads the tables of queries and answers that `test_search_answers.py` holds the search to.

An archive is written as articles, each after a line `= name`, with what is known of it behind the
name, as in `= a language=ru published=2014-03-04`; blank lines divide its passages, and a line
`# text` before them is its title. A case is a line with the query, and below it, indented by two
spaces, what it finds: every passage that proves it, article after article in the order of the
answer, with what is highlighted in brackets. A line `! codes` names the findings about the query.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pinakes.search import Archive, Hit, PassageHit, SearchOptions, parse

TODAY = date(2024, 5, 31)
CONFIG = "[passages]\nmin_chars = 1\n"
_ALL = SearchOptions(limit=1000, snippets=1000, hints=False)


@dataclass(frozen=True)
class Case:
    """A query, and what it finds.

    Attributes:
        query: As typed.
        found: Passages with their highlights in brackets, in order.
        codes: Of the findings, in order of their place, divided by spaces.
    """

    query: str
    found: tuple[str, ...]
    codes: str


def read_cases(table: str) -> Iterator[Case]:
    """Yield the cases of a table."""
    for block in re.findall(r"^\S.*\n(?:  .*\n)*", table, re.MULTILINE):
        query, *lines = block.splitlines()
        told = [line[2:] for line in lines]
        found = tuple(line for line in told if not line.startswith("! "))
        codes = " ".join(line[2:] for line in told if line.startswith("! "))
        yield Case(query, found, codes)


def read_records(table: str) -> Iterator[dict[str, object]]:
    """Yield the articles of an archive as records of a JSONL file."""
    for block in re.split(r"^= ", table, flags=re.MULTILINE)[1:]:
        head, _, text = block.partition("\n")
        name, *known = head.split()
        title = re.match(r"# (.*)\n", text)
        values: dict[str, object] = {}
        for each in known:
            field, _, values[field] = each.partition("=")
        if title:
            values["title"] = title[1]
        yield {"id": name, "text": text[title.end() if title else 0 :].strip(), **values}


def make_archive(folder: Path, table: str, files: dict[str, str]) -> Archive:
    """Return an archive of the articles of a table and of `files`, by their names."""
    articles = folder / "articles"
    for name, content in files.items():
        (articles / name).parent.mkdir(parents=True, exist_ok=True)
        (articles / name).write_text(content, encoding="utf-8")
    lines = [json.dumps(record, ensure_ascii=False) for record in read_records(table)]
    articles.mkdir(exist_ok=True)
    (articles / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    archive = Archive.create(folder)
    (folder / ".pinakes" / "config.toml").write_text(CONFIG, encoding="utf-8")
    report = archive.index([articles])
    assert not report.errors, report
    return archive


def ask(archive: Archive, query: str) -> tuple[tuple[str, ...], str]:
    """Return what a query finds, and the codes of what is found wrong with it, as in a table."""
    parsed = parse(query, today=TODAY)
    codes = " ".join(found.code.value for found in parsed.diagnostics)
    if parsed.errors:
        return (), codes
    results = archive.search(parsed, options=_ALL)
    found = tuple(mark(hit, passage) for hit in results for passage in hit.passages)
    assert results.articles == len({hit.article.id for hit in results})
    assert results.passages == len(found)
    return found, " ".join(each.code.value for each in results.diagnostics)


def mark(hit: Hit, found: PassageHit) -> str:
    """Return a passage, cut from the article's text, with its highlights in brackets."""
    (snippet,) = found.snippets
    text, at = "", found.passage.start
    for start, end in snippet.highlights:
        text += f"{hit.article.text[at:start]}[{hit.article.text[start:end]}]"
        at = end
    return text + hit.article.text[at : found.passage.end]
