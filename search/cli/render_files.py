"""What became of every file, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pinakes.search.cli.render_archive import file_line, problem_lines

if TYPE_CHECKING:
    from pinakes.corpus import FileOutcome, IngestReport, LedgerRow


def ingest_object(
    report: IngestReport, outcomes: Iterable[FileOutcome], *, is_dry_run: bool
) -> dict[str, Any]:
    """Return what a run did, and what became of every file, for machines."""
    # Not at the top, as below: lines for people need nothing of it.
    from pinakes.search.as_json import SCHEMA_VERSION

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
            "failed_rules": list(report.failed_rules),
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
    from pinakes.search.as_json import problem_objects

    return {
        "path": outcome.path,
        "status": outcome.status,
        "detail": outcome.detail,
        "change": outcome.change,
        "known_as": outcome.known_as,
        "old_path": outcome.old_path,
        "articles": outcome.articles,
        "passages": outcome.passages,
        "problems": problem_objects(outcome.problems),
        "notes": list(outcome.notes),
    }
