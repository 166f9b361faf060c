"""What an archive holds and what became of its files, for machines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pinakes.corpus import Status
from pinakes.search.as_json.encoding import SCHEMA_VERSION

if TYPE_CHECKING:
    from pinakes.corpus import LedgerRow, Problem
    from pinakes.search.status import ArchiveStatus

_UNSEARCHABLE = frozenset({Status.EMPTY, Status.UNSUPPORTED, Status.ERROR})


def status_object(status: ArchiveStatus) -> dict[str, Any]:
    """Return what an archive holds, and what it could not take in."""
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
            **({"engine": status.engine} if status.engine else {}),
            "left_out": status.left_out,
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
    """Return the files that hold nothing to search, or of which something is not."""
    return ledger_object(
        row for row in rows if is_unsearchable(row) or row.problems or row.thin_notes
    )


def ledger_object(rows: Iterable[LedgerRow]) -> dict[str, Any]:
    """Return the ledger."""
    return {
        "files": [
            {
                "path": row.path,
                "status": row.status,
                "detail": row.detail,
                "size": row.size,
                "sha256": row.sha256,
                "articles": row.articles,
                "problems": problem_objects(row.problems),
                "notes": list(row.notes),
            }
            for row in rows
        ]
    }


def is_unsearchable(row: LedgerRow) -> bool:
    """Tell whether a file holds nothing to search."""
    return row.status in _UNSEARCHABLE and not row.articles


def problem_objects(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Return the records of a file that could not be read."""
    return [{"where": problem.where, "reason": problem.reason} for problem in problems]
