"""A report as JSON, and back; and what replaying it found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pinakes.corpus import PinakesError
from pinakes.search.citing import CitationError, citation_object, read_citations
from pinakes.search.model import ArchiveState, Citation
from pinakes.search.options import By, Scope, Sort
from pinakes.search.query.query import SYNTAX
from pinakes.search.reporting.manifest import ArticleEntry, manifest_sha256
from pinakes.search.reporting.model import ReportedFinding, ReportedHit, SearchReport
from pinakes.search.reporting.replaying import Difference, Replay

FORMAT = 3
"""Goes up when a reader of older reports would misread a new one."""
_STATE = ("generation", "articles", "passages", "files", "unsearchable")
_SHA256 = 64


class ReportError(PinakesError, ValueError):
    """A text is no report, or one that cannot be understood; the message says why."""


def report_object(report: SearchReport) -> dict[str, Any]:
    """Return all that a report says, and a checksum of it: see `checksum`."""
    said = _said(report)
    return {**said, "sha256": checksum(said)}


def checksum(said: Mapping[str, Any]) -> str:
    """Return the SHA-256 of all that a report says but this: its JSON in one line, keys sorted."""
    rest = {key: value for key, value in said.items() if key != "sha256"}
    line = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def _said(report: SearchReport) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "report": FORMAT,
        "asked": report.asked,
        "query": {
            "text": report.query,
            "interpreted": report.interpreted,
            "syntax": SYNTAX,
            "filters": list(report.filters),
            "findings": [
                {"code": each.code, "severity": each.severity, "message": each.message}
                for each in report.findings
            ],
        },
        "options": {
            "scope": report.scope.value,
            "by": report.by.value,
            "sort": report.sort.value,
            "since": report.since,
            "limit": report.limit,
            "offset": report.offset,
            "collapse": report.collapse,
            "half_life_days": report.half_life_days,
        },
        "archive": {
            "id": report.archive.id,
            **{name: getattr(report.archive, name) for name in _STATE},
            "manifest_sha256": manifest_sha256(report.entries),
        },
        "versions": dict(report.versions),
        "total": _total_object(report),
        "hits": [
            {"rank": hit.rank, "score": hit.score, "citation": citation_object(hit.citation)}
            for hit in report.hits
        ],
        "manifest": [list(entry) for entry in report.entries],
    }


def read_report(content: str) -> SearchReport:
    """Return what `report_object` wrote.

    Raises:
        ReportError: It is something else, or a newer Pinakes wrote it, or it was altered: its
            manifest or all of it has another checksum than it says.
    """
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ReportError(
            f"no JSON ({error}); give what `pinakes search --report` wrote"
        ) from error
    if not isinstance(value, dict) or type(value.get("report")) is not int:
        raise ReportError("no report; give what `pinakes search QUERY --report FILE.json` wrote")
    if value["report"] > FORMAT:
        raise ReportError(
            f"a report of format {value['report']}, and this Pinakes reads up to {FORMAT};"
            " install a newer one"
        )
    try:
        report = _read(value)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise ReportError(f"a report that was altered or cut off: {error!r}") from error
    if manifest_sha256(report.entries) != value["archive"].get("manifest_sha256"):
        raise ReportError("a report that was altered: its manifest is not what its checksum is of")
    # Reports of older formats have a checksum of the manifest alone.
    has_checksum = value["report"] >= FORMAT or "sha256" in value
    if has_checksum and value.get("sha256") != checksum(value):
        raise ReportError("a report that was altered: it is not what its checksum is of")
    return report


def replay_object(replay: Replay) -> dict[str, Any]:
    """Return what replaying a report found."""
    return {
        "schema_version": 1,
        "is_same": replay.is_same,
        "query": {"text": replay.then.query, "interpreted": replay.now.interpreted},
        "then": _side_object(replay.then),
        "now": _side_object(replay.now),
        "remarks": list(replay.remarks),
        "warnings": list(replay.now.damage),
        "articles": {
            "added": list(replay.added),
            "changed": list(replay.changed),
            "removed": list(replay.removed),
        },
        "same": replay.same,
        "differences": [_difference_object(each) for each in replay.differences],
    }


def _side_object(report: SearchReport) -> dict[str, Any]:
    return {
        "asked": report.asked,
        "archive": report.archive.id,
        "generation": report.archive.generation,
        "manifest_sha256": manifest_sha256(report.entries),
        "versions": dict(report.versions),
        "total": _total_object(report),
    }


def _total_object(report: SearchReport) -> dict[str, Any]:
    left = {"articles": report.shown_articles, "passages": report.shown_passages}
    return {"articles": report.articles, "passages": report.passages, "collapsed": left}


def _difference_object(each: Difference) -> dict[str, Any]:
    return {
        "outcome": each.outcome.value,
        "id": each.id,
        "title": each.title,
        "rank": {"then": each.rank_then, "now": each.rank_now},
        "score": {"then": each.score_then, "now": each.score_now},
        "reasons": list(each.reasons),
    }


def _read(value: Mapping[str, Any]) -> SearchReport:
    query, options = value["query"], value["options"]
    left = value["total"].get("collapsed", value["total"])
    since, half_life = options["since"], options.get("half_life_days")
    return SearchReport(
        query=_text(query["text"]),
        interpreted=_text(query["interpreted"]),
        findings=tuple(
            ReportedFinding(
                code=_text(each["code"]),
                severity=_text(each["severity"]),
                message=_text(each["message"]),
            )
            for each in query["findings"]
        ),
        filters=tuple(map(_text, query["filters"])),
        scope=Scope(options["scope"]),
        by=By(options["by"]),
        sort=Sort(options["sort"]),
        since=None if since is None else _count(since),
        limit=_count(options["limit"]),
        offset=_count(options["offset"]),
        asked=_text(value["asked"]),
        archive=ArchiveState(
            id=_text(value["archive"]["id"]),
            **{name: _count(value["archive"][name]) for name in _STATE},
        ),
        versions={_text(name): _text(of) for name, of in value["versions"].items()},
        articles=_count(value["total"]["articles"]),
        passages=_count(value["total"]["passages"]),
        # Reports of format 1 are of searches that did not know of copies.
        collapse=bool(options.get("collapse", False)),
        half_life_days=None if half_life is None else _count(half_life),
        shown_articles=_count(left["articles"]),
        shown_passages=_count(left["passages"]),
        entries=tuple(map(_entry, value["manifest"])),
        hits=tuple(_hits(value["hits"])),
    )


def _hits(values: Sequence[Mapping[str, Any]]) -> list[ReportedHit]:
    return [
        ReportedHit(
            rank=_count(each["rank"]),
            score=_number(each["score"]),
            citation=_citation(each["citation"]),
        )
        for each in values
    ]


def _citation(value: Mapping[str, Any]) -> Citation:
    try:
        (citation,) = read_citations(json.dumps(value))
    except CitationError as error:
        raise ValueError(str(error)) from error
    return citation


def _entry(value: Sequence[Any]) -> ArticleEntry:
    article_id, text_sha256, file_sha256 = map(_text, value)
    if any(len(each) != _SHA256 for each in (text_sha256, file_sha256)):
        raise ValueError(f"{article_id} has no checksums of {_SHA256} digits")
    return ArticleEntry(article_id, text_sha256, file_sha256)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} where a text should be")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError(f"{value!r} where a whole number should be")
    return value


def _number(value: Any) -> float:
    if type(value) not in (int, float):
        raise TypeError(f"{value!r} where a number should be")
    return float(value)
