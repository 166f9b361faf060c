"""Gathers what goes into a bundle, and writes it: texts and raw files as they come."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from pinakes.corpus import ArchiveFolder, Article, PinakesError
from pinakes.search.as_json import article_facts, article_location, snippet_facts
from pinakes.search.bundling import names
from pinakes.search.bundling.notice import NOTICE_TEXT
from pinakes.search.bundling.page import make_page
from pinakes.search.bundling.zipping import ZipWriter
from pinakes.search.citing import annotation_object, citation_object
from pinakes.search.citing.checking import FileHashes
from pinakes.search.model import Citation, Hit, PassageHit

FORMAT = 1
"""Goes up when a verifier of older bundles would misjudge a new one."""


class BundleError(PinakesError):
    """A bundle cannot be made; the message says why."""


@dataclass(slots=True, kw_only=True)
class Contents:
    """What goes into a bundle; texts and raw files are written as they come, the rest at the end.

    Attributes:
        writer: Writes the members.
        folder: Of the archive.
        hashes: Of its files.
        hits: As they stand in `results.json`.
        citations: In order, each once.
        articles: What is said of each, by id.
        files: Names of raw files in the bundle, by their SHA-256.
        left_out: By the name of a file that is not in the bundle, why.
    """

    writer: ZipWriter
    folder: ArchiveFolder
    hashes: FileHashes
    hits: list[dict[str, Any]] = field(default_factory=list)
    citations: dict[tuple[str, int, int], Citation] = field(default_factory=dict)
    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    def add(self, hit: Hit) -> None:
        """Take in a hit, with its article if that is not there yet."""
        article = hit.article
        if article.id not in self.articles:
            self.articles[article.id] = self._add_article(article)
        for found in hit.passages:
            citation = found.citation
            self.citations[article.id, citation.start, citation.end] = citation
        self.hits.append(
            {
                "rank": hit.rank,
                "score": hit.score,
                "article": self.articles[article.id],
                "passages": [_passage_object(found) for found in hit.passages],
            }
        )

    def finish(self, head: Mapping[str, Any]) -> str:
        """Write all that is about the hits, and the manifest; return the manifest's SHA-256."""
        listed = self.citations.values()
        self._add_json(names.RESULTS, {**head, "hits": self.hits})
        cited = [citation_object(citation) for citation in listed]
        self._add_json(names.CITATIONS, {"schema_version": 1, "citations": cited})
        self._add_json(names.ANNOTATIONS, [annotation_object(citation) for citation in listed])
        self.writer.add(names.PAGE, _encode(make_page(self._facts(head), self.hits)))
        self.writer.add(names.NOTICE, NOTICE_TEXT.encode())
        self.writer.add(
            names.VERIFIER, resources.files(__package__).joinpath("verifier.py").read_bytes()
        )
        manifest = {
            "schema_version": 1,
            "bundle": FORMAT,
            "members": {name: each._asdict() for name, each in sorted(self.writer.members.items())},
            "articles": {
                article_id: {
                    name: article[name] for name in ("text", "file", "file_problem", "location")
                }
                for article_id, article in sorted(self.articles.items())
            },
        }
        self._add_json(names.MANIFEST, manifest)
        return self.writer.members[names.MANIFEST].sha256

    def _add_article(self, article: Article) -> dict[str, Any]:
        text = names.text_name(article)
        self.writer.add(text, article.text.encode())
        file, problem = self._add_file(article)
        return {
            **article_facts(article),
            "location": article_location(article),
            "text_sha256": article.text_sha256,
            "file_sha256": article.sha256,
            "text": text,
            "file": file,
            "file_problem": problem,
        }

    def _add_file(self, article: Article) -> tuple[str, str]:
        """Write the raw file of an article; return its name, or else why it is not there."""
        known = [path for path in article.paths if self.hashes.of(path) == article.sha256]
        if not known:
            where = article.paths[0] if article.paths else article.id
            is_gone = all(self.hashes.of(path) is None for path in article.paths)
            problem = "gone, or cannot be read" if is_gone else "changed since it was indexed"
            self.left_out[where] = problem
            return "", f"not in this bundle: {problem}"
        if article.sha256 in self.files:
            return self.files[article.sha256], ""
        path = known[0]
        name = names.file_name(path, article.sha256)
        if self.writer.add_file(name, self.folder.resolve(path)).sha256 != article.sha256:
            raise BundleError(f"{path}: changed while it was read; index it, and export again")
        self.files[article.sha256] = name
        return name, ""

    def _add_json(self, name: str, value: object) -> None:
        self.writer.add(name, _encode(json.dumps(value, ensure_ascii=False, indent=1) + "\n"))

    def _facts(self, head: Mapping[str, Any]) -> dict[str, str]:
        archive, query = head["archive"], head["query"]
        return {
            "Query": query["text"],
            "Understood as": query["interpreted"],
            "Archive": f"{archive['id']}, generation {archive['generation']}",
            "Articles searched": f"{archive['articles']:,}",
            "Files not searchable": f"{archive['unsearchable']:,} of {archive['files']:,}",
            "In this bundle": f"{len(self.hits):,} hits in {len(self.articles):,} articles",
        }


def _passage_object(found: PassageHit) -> dict[str, Any]:
    return {
        "id": found.id,
        "score": found.score,
        "start": found.passage.start,
        "end": found.passage.end,
        "snippets": [snippet_facts(snippet) for snippet in found.snippets],
    }


def _encode(text: str) -> bytes:
    """Return UTF-8; a lone surrogate, as a shell may pass one on, becomes an escape of JSON."""
    return text.encode("utf-8", "backslashreplace")
