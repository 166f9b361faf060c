"""What browsers leave behind when they save a page: a note in it, and a folder beside it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from pinakes.corpus.model import MetadataValue

# `Page saved with SingleFile`, then `url:` and `saved date: Tue Mar 04 2014 10:00:00 GMT+0100 (…)`.
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\b[^<>]{0,4000}?saved date:\s*([^<>\r\n]{8,120})"
)
_SCRIPT_DATE = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})(?: \(.*\))?"
)
_WITHIN = 6000
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".php", ".asp", ".aspx")
# As browsers call it: Firefox and Chrome in English everywhere, Internet Explorer in its language.
_FOLDER = re.compile(
    r"(.+?)(?:[_-]files|\.files|-Dateien|_fichiers|_archivos|_arquivos|_ficheiros|_bestanden"
    r"|-filer|_filer|_soubory|_pliki|_elemei|_datoteke|_fitxers|_tiedostot|_fajlovi|_fails"
    r"|_failid|_dosyalar|\.fayllar)",
    re.IGNORECASE,
)


def read_save_note(text: str) -> list[MetadataValue]:
    """Return when a page was saved, as SingleFile notes it at the beginning of the page."""
    match = _SINGLE_FILE.search(text, 0, _WITHIN)
    if not match:
        return []
    moment = _read_script_date(match[1].strip())
    if not moment:
        return []
    return [MetadataValue(field="saved", value=moment, origin="comment:singlefile")]


def page_of_folder(folder_name: str, beside: Collection[str]) -> str:
    """Return the page whose pictures and scripts a folder holds; an empty string if it holds none.

    Args:
        folder_name: Its name alone (`page_files`).
        beside: The names of the files in the folder it lies in.
    """
    match = _FOLDER.fullmatch(folder_name)
    if not match:
        return ""
    pages = (f"{match[1]}{suffix}" for suffix in ("", *_PAGE_SUFFIXES))
    return next((page for page in pages if page in beside), "")


def _read_script_date(written: str) -> str:
    """Return a date in ISO 8601 that JavaScript wrote out, or one of another form; else nothing."""
    if match := _SCRIPT_DATE.fullmatch(written):
        try:
            moment = datetime.strptime(f"{match[1]} {match[2]}", "%b %d %Y %H:%M:%S %z")
        except ValueError:
            return ""
        return moment.isoformat()
    # Not at the top: who lists files needs names of pages, and no dates.
    from pinakes.corpus.readers.dates import read_date

    return read_date(written)
