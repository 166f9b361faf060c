"""What is known while a run goes on."""

from __future__ import annotations

from dataclasses import dataclass, field

from pinakes.corpus.folder import ArchiveFolder
from pinakes.corpus.ingestion.reading import FileReader
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ingestion.walk import FoundFile
from pinakes.corpus.store.writes import StoreWriter


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Run:
    """What is known while a run goes on.

    Attributes:
        reader: Opens the files and reads what is in them.
        writer: Of the transaction under way.
        seen: The files found on the disk.
        gone: Known files that are no longer there, and have not been dealt with.
        stale: Known files whose bytes have changed, and that have not been dealt with.
        reread: Files that now own an article that was read as another format.
        settled: SHA-256 of bytes that no file that is gone has had; with True, none but files
            that were removed by hand.
        bare: SHA-256 of bytes that no file holds articles in.
    """

    folder: ArchiveFolder
    options: IngestOptions
    reader: FileReader
    seen: dict[str, FoundFile]
    gone: set[str]
    stale: set[str] = field(default_factory=set)
    reread: list[str] = field(default_factory=list)
    settled: set[tuple[str, bool]] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    writer: StoreWriter = field(init=False)
