"""Reads a ZIP archive: a book, a document, a web archive, or just files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import IO

from pinakes.corpus.errors import SourceError, UnsupportedSourceError
from pinakes.corpus.extract import Problem
from pinakes.corpus.locators import INSIDE
from pinakes.corpus.readers.containers.zip_parts import open_part, open_zip, readable_name
from pinakes.corpus.readers.saved_pages import page_of_folder
from pinakes.corpus.readers.sources import Items, Member, Reading, Source

_UNSUPPORTED = {
    "xl/workbook.xml": "an Excel workbook",
    "xl/workbook.bin": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "visio/document.xml": "a Visio drawing",
    "AndroidManifest.xml": "an Android program",
    "META-INF/MANIFEST.MF": "a Java archive",
    "Index/Document.iwa": "an iWork document",
}
_MIMETYPE_WITHIN = 100


def read_zip(source: Source, reading: Reading) -> Items:
    """Yield what is in a ZIP archive: articles of a book or document, else its files as members.

    Folders, hidden files and what belongs to a saved page are passed over as on the disk.
    """
    file = source.seekable()
    try:
        yield from _read_archive(file, source.name, reading)
    finally:
        if file is not source.stream:
            file.close()


def _read_archive(file: IO[bytes], source_name: str, reading: Reading) -> Items:
    with open_zip(file, source_name, reading) as archive:
        names = set(archive.namelist())
        mimetype = _mimetype(archive, names, reading)
        if mimetype.startswith("application/epub"):
            from pinakes.corpus.readers.documents import read_epub

            yield from read_epub(archive, source_name, reading)
        elif "word/document.xml" in names or _is_document(names):
            from pinakes.corpus.readers.documents import read_docx

            yield read_docx(archive, source_name, reading)
        else:
            kind = next((kind for part, kind in _UNSUPPORTED.items() if part in names), "")
            if mimetype.startswith("application/vnd.oasis.opendocument"):
                kind = "an OpenDocument file"
            if kind:
                raise UnsupportedSourceError(f"{source_name}: {kind}; no reader reads it")
            yield from _read_files(archive, _files(archive, names), reading)


def _mimetype(archive: zipfile.ZipFile, names: set[str], reading: Reading) -> str:
    if "mimetype" in names:
        stream = open_part(archive, archive.getinfo("mimetype"), reading.budget)
        return stream.read(_MIMETYPE_WITHIN).decode("ascii", "ignore").strip()
    return "application/epub" if "META-INF/container.xml" in names else ""


def _is_document(names: set[str]) -> bool:
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def _files(archive: zipfile.ZipFile, names: set[str]) -> Sequence[zipfile.ZipInfo]:
    """Return the members to be read: of a WACZ its WARC files, else what is not hidden."""
    # Not `is_dir`, which takes a name for granted; a member may have none.
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
        return [info for info in infos if info.filename.startswith("archive/")]
    folders: dict[str, set[str]] = {}
    for info in infos:
        path = PurePosixPath(readable_name(info))
        folders.setdefault(str(path.parent), set()).add(path.name)
    return [info for info in infos if not _is_passed_over(readable_name(info), folders)]


def _is_passed_over(name: str, folders: dict[str, set[str]]) -> bool:
    parts = name.split("/")
    if any(part.startswith(".") and part.strip(".") for part in parts) or parts[0] == "__MACOSX":
        return True
    path = PurePosixPath(name)
    return any(
        page_of_folder(folder.name, folders.get(str(folder.parent), ()))
        for folder in path.parents
        if folder.name
    )


def _read_files(
    archive: zipfile.ZipFile, infos: Sequence[zipfile.ZipInfo], reading: Reading
) -> Iterator[Member | Problem]:
    seen: set[str] = set()
    for number, info in enumerate(infos, start=1):
        name = readable_name(info).lstrip("/") or f"member {number}"
        record = f"{INSIDE}{name}"
        if record in seen:
            record = f"{record} (member {number})"
        seen.add(record)
        try:
            stream = open_part(archive, info, reading.budget)
        except SourceError as error:
            reading.budget.count_member()
            yield Problem(where=record, reason=str(error).removeprefix(f"{info.filename}: "))
            continue
        max_bytes = reading.budget.limits.max_member_bytes
        with stream:
            yield Member(
                source=Source(name=name, stream=stream, max_bytes=max_bytes), record=record
            )
