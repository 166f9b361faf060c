"""Reads the file of an article again, for the texts that its article does not have."""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path

from pinakes.corpus.errors import SourceError, SourceGoneError
from pinakes.corpus.extract import Extract, SourceText
from pinakes.corpus.folder import ArchiveFolder
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ingestion.source import SourceBytes, read_source
from pinakes.corpus.locators import locate
from pinakes.corpus.model import Article


def read_again(
    folder: ArchiveFolder, article: Article, *, options: IngestOptions
) -> tuple[SourceText, ...]:
    """Return every text of the page that an article is from, in reading order.

    Of several files of the same bytes the first is read that still has them.

    Raises:
        SourceGoneError: None is as it was when the article was read from it.
        SourceError: It is no saved page, and nothing is known of what was left out.
    """
    # Not at the top: a run with nothing to read needs no readers.
    from pinakes.corpus.readers import read

    path, source = _find(folder, article, options)
    data = source.data
    with closing(data.open("rb") if isinstance(data, Path) else io.BytesIO(data)) as content:
        found = read(
            content, name=path, fields=options.fields, limits=options.containers, is_whole=True
        )
        for item in found:
            if isinstance(item, Extract) and item.record == article.record:
                if item.whole:
                    return item.whole
                break
    raise SourceError(
        f"{locate(path, article.record)}: not a saved page, and only of those it is known what was"
        f" left out; `pinakes show {article.id}` prints what was kept"
    )


def _find(
    folder: ArchiveFolder, article: Article, options: IngestOptions
) -> tuple[str, SourceBytes]:
    """Return the first file of an article that has not changed, and its bytes."""
    problems = []
    for path in article.paths:
        try:
            source = read_source(folder.resolve(path), max_bytes=options.max_file_bytes)
        except OSError as error:
            problems.append(f"{path}: cannot be read ({error.strerror or error})")
            continue
        if source.sha256 == article.sha256:
            return path, source
        problems.append(f"{path}: has changed since {article.id} was read from it")
    raise SourceGoneError(
        f"{'; '.join(problems)}; bring it back, or take it in as it is with `pinakes index`"
    )
