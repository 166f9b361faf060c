"""A citation for programs that keep literature: BibTeX, RIS and CSL-JSON.

The formats: Oren Patashnik, BibTeXing (1988), with the fields `url`, `urldate` and `langid` of
biblatex; RIS as Research Information Systems described it (2011); CSL-JSON as its schema 1.0 has it
(github.com/citation-style-language/schema).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pinakes.search.as_json.encoding import dump
from pinakes.search.citing.prose import check_lines
from pinakes.search.model import Citation

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_MOST_QUOTED = 2000
"""Code points of a quote in a note: a whole article is better looked up."""
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def as_bibtex(citation: Citation) -> str:
    """Return an entry of type `misc`, its key the article's id and the passage's number."""
    fields = dict(_bibtex_fields(citation))
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    key = f"{citation.article_id}-{citation.passage_number}"
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def as_csl_json(*citations: Citation) -> str:
    """Return one list, with an item of type `webpage` for each citation."""
    return dump([_csl_item(each) for each in citations])


def as_ris(citation: Citation) -> str:
    """Return a record of type `ELEC`, a field a line."""
    rows = [
        ("TY", "ELEC"),
        ("ID", citation.passage_id),
        ("TI", citation.title),
        *(("AU", name) for name in citation.authors),
        ("PB", citation.source),
        ("PY", citation.published[:4]),
        ("DA", _ris_date(citation.published)),
        ("Y2", _ris_date(citation.saved)),
        ("UR", citation.url),
        ("LA", "" if citation.language == "und" else citation.language),
        ("AN", citation.passage_id),
        *(("N1", note) for note in _notes(citation)),
        ("ER", ""),
    ]
    kept = [(tag, " ".join(value.split())) for tag, value in rows if value or tag == "ER"]
    return "\n".join(f"{tag}  - {value}" for tag, value in kept)


def _csl_item(citation: Citation) -> dict[str, Any]:
    item = {
        "id": citation.passage_id,
        "type": "webpage",
        "title": citation.title,
        "author": [{"literal": name} for name in citation.authors],
        "container-title": citation.source,
        "issued": _date_parts(citation.published),
        "accessed": _date_parts(citation.saved),
        "URL": citation.url,
        "language": "" if citation.language == "und" else citation.language,
        "section": " > ".join(citation.section),
        "archive": f"Pinakes {citation.archive_id}" if citation.archive_id else "",
        "archive_location": citation.location,
        "note": "\n".join(_notes(citation)),
    }
    return {key: value for key, value in item.items() if value}


def _bibtex_fields(citation: Citation) -> Iterator[tuple[str, str]]:
    year, month, day = _parts(citation.published)
    # In braces a name is one, whatever commas and `and` it holds.
    yield "author", " and ".join(f"{{{_latex(name)}}}" for name in citation.authors)
    yield "title", f"{{{_latex(citation.title)}}}" if citation.title else ""
    yield "howpublished", _latex(citation.source)
    yield "year", year
    yield "month", str(int(month)) if month else ""
    yield "day", str(int(day)) if day else ""
    # A URL stands as it is: its braces alone would end the field.
    yield "url", citation.url.replace("{", "%7B").replace("}", "%7D")
    yield "urldate", "-".join(filter(None, _parts(citation.saved)))
    yield "langid", "" if citation.language == "und" else citation.language
    yield "note", _latex(" ".join(f"{note}." for note in _notes(citation)))


def _notes(citation: Citation) -> Iterator[str]:
    quote = " ".join(citation.exact.split())
    yield f"“{quote if len(quote) <= _MOST_QUOTED else quote[:_MOST_QUOTED] + '…'}”"
    yield from check_lines(citation)


def _latex(text: str) -> str:
    return "".join(_LATEX.get(char, char) for char in " ".join(text.split()))


def _parts(date: str) -> tuple[str, str, str]:
    found = _DATE.match(date)
    return (found[1], found[2] or "", found[3] or "") if found else ("", "", "")


def _date_parts(date: str) -> Mapping[str, Any]:
    parts = [int(part) for part in _parts(date) if part]
    return {"date-parts": [parts]} if parts else {}


def _ris_date(date: str) -> str:
    year, month, day = _parts(date)
    return f"{year}/{month}/{day}/" if year else ""
