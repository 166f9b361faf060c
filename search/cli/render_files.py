"""What became of every file, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pinakes.search.cli.render_archive import file_line, is_unsearchable, problem_lines
from pinakes.search.cli.render_json import SCHEMA_VERSION

if TYPE_CHECKING:
    from pinakes.corpus import FileOutcome, IngestReport, LedgerRow, Problem
    from pinakes.search.status import ArchiveStatus


def status_object(status: ArchiveStatus) -> dict[str, Any]:
    """Return the same for machines."""
    state = status.archive
    return {
        "schema_version": SCHEMA_VERSION,
        "archive": {
            "id": state.id,
            "root": str(status.root),
            "generation": state.generation,
            "store_generation": status.store_generation,
            "articles": state.articles,
            "passages": state.passages,
            "files": state.files,
            "unsearchable": state.unsearchable,
            "by_status": {str(name): number for name, number in status.by_status.items()},
            "languages": list(status.languages),
            "size_bytes": status.size_bytes,
            "purged": status.purged,
            "purge_unfinished": status.is_purge_unfinished,
            "tag_level": status.tag_level,
            "outdated_tags": dict(status.outdated_tags),
            "tag_problems": dict(status.tag_problems),
            "thin_sites": [
                {"name": site.name, "thin": site.thin, "pages": site.pages}
                for site in status.thin_sites
            ],
        },
    }


def unsearchable_object(rows: Iterable[LedgerRow]) -> dict[str, Any]:
    """Return the files that hold nothing to search, or of which something is not, for machines."""
    return ledger_object(
        row for row in rows if is_unsearchable(row) or row.problems or row.thin_notes
    )


def ledger_object(rows: Iterable[LedgerRow]) -> dict[str, Any]:
    """Return the ledger for machines."""
    return {
        "files": [
            {
                "path": row.path,
                "status": row.status,
                "detail": row.detail,
                "size": row.size,
                "sha256": row.sha256,
                "articles": row.articles,
                "problems": _problem_objects(row.problems),
                "notes": list(row.notes),
            }
            for row in rows
        ]
    }


def ingest_object(
    report: IngestReport, outcomes: Iterable[FileOutcome], *, is_dry_run: bool
) -> dict[str, Any]:
    """Return what a run did, and what became of every file, for machines."""
    return {
        "schema_version": SCHEMA_VERSION,
        "dry_run": is_dry_run,
        "report": {
            "articles": report.articles,
            "passages": report.passages,
            "files": report.files,
            "by_status": {str(name): number for name, number in report.by_status.items()},
            "by_change": {str(name): number for name, number in report.by_change.items()},
            "failed_before": report.failed_before,
            "problems": report.problems,
            "retagged": report.retagged,
            "seconds": round(report.seconds, 3),
        },
        "files": [_outcome_object(outcome) for outcome in outcomes],
    }


def file_lines(rows: Iterable[LedgerRow]) -> Iterator[str]:
    """Yield every file with what became of it, its records that could not be read, and notes."""
    for row in rows:
        yield file_line(row.status, row.path, row.detail)
        yield from problem_lines(row.path, row.problems)
        yield from (file_line("note", row.path, note) for note in row.notes)


def outcome_line(outcome: FileOutcome) -> str:
    """Return what became, or would, of one file, and how it differs from what was known."""
    change = (
        f"{outcome.change} "
        if outcome.change and str(outcome.change) != str(outcome.status)
        else ""
    )
    was = f"was {outcome.old_path}" if outcome.old_path else ""
    detail = "; ".join(filter(None, (outcome.detail, was)))
    return file_line(f"{change}{outcome.status}", outcome.path, detail)


def _outcome_object(outcome: FileOutcome) -> dict[str, Any]:
    return {
        "path": outcome.path,
        "status": outcome.status,
        "detail": outcome.detail,
        "change": outcome.change,
        "known_as": outcome.known_as,
        "old_path": outcome.old_path,
        "articles": outcome.articles,
        "passages": outcome.passages,
        "problems": _problem_objects(outcome.problems),
        "notes": list(outcome.notes),
    }


def _problem_objects(problems: Iterable[Problem]) -> list[dict[str, str]]:
    return [{"where": problem.where, "reason": problem.reason} for problem in problems]
