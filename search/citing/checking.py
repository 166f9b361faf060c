"""Looks up what citations quote: in an archive and its files, or in a bare file."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pinakes.corpus import (
    EXTRACTION_VERSION,
    ArchiveFolder,
    Article,
    Extract,
    SourceError,
    Store,
    UnknownArticleError,
    locate,
)
from pinakes.indexer import Snapshot
from pinakes.search.citation import cite_span
from pinakes.search.citing.anchoring import find_quote
from pinakes.search.citing.judging import Present, Verdict, judge
from pinakes.search.model import Citation

_FACTS = ("title", "authors", "source", "url", "published", "language")


class FileHashes:
    """The SHA-256 of files of an archive, each worked out once."""

    def __init__(self, folder: ArchiveFolder) -> None:
        """Look for files in the archive's folder."""
        self._folder = folder
        self._known: dict[str, str | None] = {}

    def of(self, path: str) -> str | None:
        """Return the SHA-256 of a file as it is now, hexadecimal; None if it cannot be read."""
        if path not in self._known:
            self._known[path] = hash_file(self._folder.resolve(path))
        return self._known[path]


def hash_file(path: Path) -> str | None:
    """Return the SHA-256 of a file, hexadecimal; None if it is no file or cannot be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def check_in_archive(
    citation: Citation, snapshot: Snapshot, store: Store, hashes: FileHashes | None
) -> Verdict:
    """Return what became of a citation of an article of an archive.

    Args:
        citation: What is claimed.
        snapshot: The state that answers.
        store: What holds its articles.
        hashes: For comparing the files; None leaves them alone.
    """
    try:
        article = store.find(citation.article_id, generation=snapshot.generation)
    except UnknownArticleError:
        same = store.with_text(citation.text_sha256, generation=snapshot.generation)
        told = f"the archive has no article {citation.article_id}"
        if same is not None:
            told += f"; {same.id} has the same text: cite that one"
        return judge(citation, None, missing=told)
    return judge(citation, _present(article, hashes))


def check_everything(
    snapshot: Snapshot, store: Store, hashes: FileHashes | None
) -> Iterator[tuple[Verdict, int]]:
    """Yield for each article whether its whole text holds, and how many passages that is."""
    for article in store.living(snapshot.generation):
        citation = cite_span(article, article.passages[0].start, article.passages[-1].end)
        yield judge(citation, _present(article, hashes)), len(article.passages)


def check_in_file(citation: Citation, path: Path) -> Verdict:
    """Return what became of a citation, given nothing but a file that may be its source.

    Raises:
        SourceError: The file has nothing in it that could be read as an article.
    """
    sha256 = hash_file(path)
    if sha256 is None:
        return judge(citation, None, missing=f"{path}: there is no such file, or it cannot be read")
    extracts = list(_extracts(path))
    if not extracts:
        raise SourceError(f"{path}: no article can be read from it")
    extract = max(extracts, key=lambda each: _likeness(each, citation, path))
    return judge(
        citation,
        Present(
            where=locate(str(path), extract.record),
            text=extract.text,
            text_sha256=hashlib.sha256(extract.text.encode()).hexdigest(),
            extraction=EXTRACTION_VERSION,
            file_sha256=sha256,
        ),
    )


def _extracts(path: Path) -> Iterator[Extract]:
    from pinakes.corpus.readers import read

    with closing(path.open("rb")) as content:
        data = io.BytesIO(content.read())
    for found in read(data, name=path.name):
        if isinstance(found, Extract):
            yield found


def _likeness(extract: Extract, citation: Citation, path: Path) -> tuple[bool, bool, bool]:
    """Of several articles in a file, how likely one is the cited one."""
    sha256 = hashlib.sha256(extract.text.encode()).hexdigest()
    return (
        sha256 == citation.text_sha256,
        find_quote(extract.text, citation) is not None,
        citation.location.endswith(locate(path.name, extract.record)),
    )


def _present(article: Article, hashes: FileHashes | None) -> Present:
    present = Present(
        where=article.id,
        text=article.text,
        text_sha256=hashlib.sha256(article.text.encode()).hexdigest(),
        extraction=article.extraction,
        file_sha256=article.sha256,
        facts={name: getattr(article, name) for name in _FACTS},
    )
    if hashes is None:
        return present
    found = {path: hashes.of(path) for path in article.paths}
    if article.sha256 in found.values():
        return present
    there = [path for path, sha256 in found.items() if sha256 is not None]
    if there:
        problem = f"{there[0]} has changed since {article.id} was read from it"
    else:
        problem = f"{', '.join(article.paths)}: gone, or cannot be read; the archive has its text"
    return replace(present, file_problem=problem, is_file_gone=not there)
