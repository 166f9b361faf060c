"""Makes a bundle: what a query found, with all that it takes to read and to check it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from pinakes.corpus import EXTRACTION_VERSION, ArchiveFolder, Store, unwritten
from pinakes.indexer import Snapshot
from pinakes.search.asking import answer
from pinakes.search.bundling.contents import BundleError, Contents
from pinakes.search.bundling.zipping import ZipWriter
from pinakes.search.citing.checking import FileHashes
from pinakes.search.every_hit import every_hit
from pinakes.search.options import SearchOptions
from pinakes.search.query import Query
from pinakes.search.query.printer import print_node
from pinakes.search.query.query import SYNTAX
from pinakes.search.replacing import replacing
from pinakes.search.reporting.making import find_filters
from pinakes.search.reporting.manifest import manifest_sha256, read_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle that was written.

    Attributes:
        path: The file; None if nothing was found, and so nothing written.
        hits: How many are in it.
        articles: How many articles these are of.
        citations: Passages that were found, each with its citation.
        files: Raw files, each once, however many articles it holds.
        left_out: By the name of a file that is not in it, why; `articles` are those damaged.
        manifest_sha256: Of `manifest.json`, hexadecimal: with it anyone can tell whether a bundle
            is the one that was made.
    """

    path: Path | None
    hits: int
    articles: int
    citations: int
    files: int
    left_out: Mapping[str, str]
    manifest_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRequest:
    """What a bundle is made of, and where.

    Attributes:
        query: One that can be answered.
        options: Scope, unit, order and snippets count; what they say of pages does not.
        limit: Hits at the most; None for all.
        path: The file to write; one that is there is replaced, when the new one is whole.
    """

    query: Query
    options: SearchOptions
    limit: int | None
    path: Path


def write_bundle(
    folder: ArchiveFolder, request: BundleRequest, snapshot: Snapshot, store: Store
) -> Bundle:
    """Write what a query finds into a ZIP file; the same archive gives the same members, in order.

    Raises:
        BundleError: A file changed while it was read, or the bundle cannot be written.
        IndexDamagedError: As of `answer`.
    """
    damaged: dict[str, str] = {}
    found = every_hit(
        request.query, request.options, snapshot, store,
        on_damage=lambda finding: damaged.update({"articles": finding.message}),
    )  # fmt: skip
    hits = islice(found, request.limit)
    first = list(islice(hits, 1))
    if not first:
        return Bundle(
            path=None, hits=0, articles=0, citations=0, files=0, left_out=damaged,
            manifest_sha256="",
        )  # fmt: skip
    try:
        with replacing(request.path) as file, closing(ZipWriter(file)) as writer:
            contents = Contents(writer=writer, folder=folder, hashes=FileHashes(folder))
            for hit in (*first, *hits):
                contents.add(hit)
            contents.left_out.update(damaged)
            digest = contents.finish(_head(request, snapshot, store))
    except OSError as error:
        raise BundleError(f"{request.path}: {unwritten(error)}") from error
    return Bundle(
        path=request.path,
        hits=len(contents.hits),
        articles=len(contents.articles),
        citations=len(contents.citations),
        files=len(contents.files),
        left_out=contents.left_out,
        manifest_sha256=digest,
    )


def _head(request: BundleRequest, snapshot: Snapshot, store: Store) -> dict[str, Any]:
    """Return what `results.json` says beside the hits; when it was asked would make it differ."""
    query, options = request.query, request.options
    counting = replace(options, limit=0, offset=0, after="", totals=True, hints=False)
    counted = answer(query, counting, snapshot, store)
    state = counted.archive
    counts = ("generation", "articles", "passages", "files", "unsearchable")
    return {
        "schema_version": 1,
        "query": {
            "text": query.text,
            "interpreted": query.interpreted,
            "syntax": SYNTAX,
            "filters": [print_node(node) for node in find_filters(query)],
            "findings": [
                {"code": each.code, "severity": each.severity, "message": each.message}
                for each in counted.diagnostics
            ],
        },
        "options": {
            "scope": options.scope.value,
            "by": options.by.value,
            "sort": options.sort.value,
            "limit": request.limit,
        },
        "archive": {
            "id": state.id,
            **{name: getattr(state, name) for name in counts},
            "manifest_sha256": manifest_sha256(read_entries(store, snapshot.generation)),
            "extraction": EXTRACTION_VERSION,
        },
        "total": {"articles": counted.articles, "passages": counted.passages},
    }
