"""Whether a citation still holds, given what there is now of the article it quotes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pinakes.corpus import UNKNOWN_LANGUAGE
from pinakes.search.citing.anchoring import find_quote, find_replacement
from pinakes.search.model import Citation

_MOST_QUOTED = 120


class VerdictStatus(StrEnum):
    """What became of a citation; all but `ok` are findings."""

    OK = "ok"
    MOVED = "moved"
    TEXT_CHANGED = "text-changed"
    FILE_CHANGED = "file-changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What there is now of an article.

    Attributes:
        where: It is found, for a person: `a1b2c3d4`, `saved/page.html`.
        text: What extraction keeps of it.
        text_sha256: Of `text`, worked out now.
        extraction: Which version of extraction read it; 0 if that is not known.
        file_sha256: Of the file that its text was read from, when it was.
        file_problem: Why the file is not, or no longer, the one that the text was read from; empty
            if it is, or if nobody looked.
        is_file_gone: Whether the problem is that there is no file.
        facts: What is known of its source under the names of a citation's attributes; empty if
            nothing is known.
    """

    where: str
    text: str
    text_sha256: str
    extraction: int
    file_sha256: str
    file_problem: str = ""
    is_file_gone: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a citation.

    Attributes:
        citation: As it was given.
        status: The gravest that was found: a quote that is not there, or an altered citation
            (`text-changed`); one that stands elsewhere (`moved`); a file that is gone (`missing`)
            or is another (`file-changed`); changes in the rest of the text, in the words around the
            quote or in what is said of the source (`text-changed`).
        explanation: Every finding, each a sentence for a person without a full stop.
        start: Where the quote begins now; None if it is nowhere.
    """

    citation: Citation
    status: VerdictStatus
    explanation: tuple[str, ...]
    start: int | None = None


def judge(citation: Citation, present: Present | None, *, missing: str = "") -> Verdict:
    """Return what became of a citation.

    Args:
        citation: What is claimed.
        present: What there is of its article; None if there is nothing.
        missing: What is to be said if there is nothing.
    """
    if present is None:
        return Verdict(citation=citation, status=VerdictStatus.MISSING, explanation=(missing,))
    altered = _find_alteration(citation)
    start = None if altered else find_quote(present.text, citation)
    findings = list(_quote_findings(citation, present, start, altered))
    findings += _file_findings(citation, present)
    findings += _text_findings(citation, present, start)
    findings += _source_findings(citation, present)
    return Verdict(
        citation=citation,
        status=findings[0][0] if findings else VerdictStatus.OK,
        explanation=tuple(sentence for _, sentence in findings),
        start=start,
    )


_Finding = tuple[VerdictStatus, str]


def _find_alteration(citation: Citation) -> str:
    """Return why a citation cannot be as it was made; empty if it can."""
    # Halves of characters, of which no text consists, may stand in what others made.
    exact = citation.exact.encode(errors="surrogatepass")
    if hashlib.sha256(exact).hexdigest() != citation.sha256:
        return "the quote is not the one that the citation's own checksum was made of"
    return "" if citation.exact else "the citation quotes nothing"


def _quote_findings(
    citation: Citation, present: Present, start: int | None, altered: str
) -> Iterator[_Finding]:
    if altered:
        yield VerdictStatus.TEXT_CHANGED, f"{altered}: the citation was altered"
    elif start is None:
        instead = find_replacement(present.text, citation)
        told = f"; between the same words now stands “{_shortened(instead)}”" if instead else ""
        yield VerdictStatus.TEXT_CHANGED, f"the quote is not in the text of {present.where}{told}"
    elif (start, start + len(citation.exact)) != (citation.start, citation.end):
        yield (
            VerdictStatus.MOVED,
            f"the quote stands at {start} to {start + len(citation.exact)} of {present.where},"
            f" not at {citation.start} to {citation.end}",
        )


def _file_findings(citation: Citation, present: Present) -> Iterator[_Finding]:
    if present.file_problem:
        status = VerdictStatus.MISSING if present.is_file_gone else VerdictStatus.FILE_CHANGED
        yield status, present.file_problem
    if citation.file_sha256 and present.file_sha256 != citation.file_sha256:
        yield (
            VerdictStatus.FILE_CHANGED,
            f"{present.where} was read from another file than the one that was cited: its SHA-256"
            f" is {present.file_sha256}, not {citation.file_sha256}",
        )


def _text_findings(citation: Citation, present: Present, start: int | None) -> Iterator[_Finding]:
    if not citation.text_sha256 or present.text_sha256 == citation.text_sha256:
        if start is not None and not _stands_between(citation, present.text, start):
            yield VerdictStatus.TEXT_CHANGED, "the words around the quote are not those it cites"
        return
    sentence = f"the text of {present.where} is not the one that was cited"
    is_same_file = present.file_sha256 == citation.file_sha256
    versions = citation.extraction, present.extraction
    if is_same_file and all(versions) and versions[0] != versions[1]:
        sentence += f": extraction {versions[1]} reads the same file otherwise than {versions[0]}"
    elif start == citation.start:
        sentence += ", though the quote stands where it stood"
    yield VerdictStatus.TEXT_CHANGED, sentence


def _stands_between(citation: Citation, text: str, start: int) -> bool:
    """Whether the words around a quote are those that its citation has."""
    behind = text[start + len(citation.exact) :]
    return text[:start].endswith(citation.prefix) and behind.startswith(citation.suffix)


def _source_findings(citation: Citation, present: Present) -> Iterator[_Finding]:
    """Yield what a citation says of its source, where that is not what is known of it."""
    for name, known in present.facts.items():
        said = getattr(citation, name)
        # A citation may leave out what it is from; it must not say another thing.
        if said not in ("", (), UNKNOWN_LANGUAGE) and said != known:
            told = "; ".join(said) if isinstance(said, tuple) else said
            instead = "; ".join(known) if isinstance(known, tuple) else known
            yield (
                VerdictStatus.TEXT_CHANGED,
                f"its {name} is “{_shortened(str(instead))}” in {present.where}, not"
                f" “{_shortened(str(told))}”",
            )


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…"
