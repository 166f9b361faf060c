"""An archive with its files at hand, for tests of the ingest."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pinakes.corpus import (
    ArchiveFolder,
    Article,
    IngestOptions,
    IngestReport,
    LedgerRow,
    Status,
    Store,
    ingest,
    read,
    remove,
    split,
)
from pinakes.corpus.store.packing import PackedArticle, pack
from pinakes.corpus.store.writes import StoreWriter

not_as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything"
)


def fail_after(_done: object) -> None:
    """Fail once the argument has been worked out."""
    raise ZeroDivisionError


class Desk:
    """An archive, its files, and a store open for writing."""

    def __init__(self, root: Path) -> None:
        self.folder = ArchiveFolder.create(root)
        self.root = self.folder.root
        self.store = Store.open(self.folder.store_path, read_only=False)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def write_records(self, name: str, **texts: str) -> Path:
        lines = [json.dumps({"id": id_, "text": text}) for id_, text in texts.items()]
        return self.write(name, "\n".join(lines))

    def ingest(self, *names: str, **options: object) -> IngestReport:
        paths = [self.root / name for name in names] or [self.root]
        return ingest(self.store, self.folder, paths, options=IngestOptions(**options))

    def remove(self, *targets: str) -> list[str]:
        named = [str(self.root / t) if "." in t or "/" in t else t for t in targets]
        return list(remove(self.store, self.folder, named).articles)

    @property
    def generation(self) -> int:
        return self.store.state().generation

    @property
    def articles(self) -> list[Article]:
        return list(self.store.living(self.generation))

    def article(self, path: str, record: str = "") -> Article:
        (found,) = [a for a in self.articles if path in a.paths and a.record == record]
        return found

    @property
    def texts(self) -> dict[tuple[str, ...], str]:
        return {article.paths: article.text for article in self.articles}

    def row(self, path: str) -> LedgerRow:
        (found,) = [row for row in self.store.ledger() if row.path == path]
        return found

    @property
    def statuses(self) -> dict[str, str]:
        return {row.path: row.status.value for row in self.store.ledger()}


def packed(text: str) -> PackedArticle:
    (extract,) = read(text.encode(), name="x.txt")
    return pack(extract, split(extract))


def add(writer: StoreWriter, text: str, path: str, *, sha256: str = "", record: str = "") -> int:
    sha256 = sha256 or text.encode().hex().ljust(64, "0")[:64]
    key = writer.add_article(packed(text), path=path, record=record, sha256=sha256)
    writer.ledger.put(LedgerRow(path=path, status=Status.INDEXED, sha256=sha256, articles=1))
    return key
