"""Reports of searches as files: written beside an answer, and read to be replayed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import CommandError, as_json, say

if TYPE_CHECKING:
    from pinakes.search.archive import Archive
    from pinakes.search.model import Results
    from pinakes.search.options import SearchOptions
    from pinakes.search.reporting import SearchReport


def search_and_report(archive: Archive, query: str, options: SearchOptions, path: str) -> Results:
    """Return the answer to a query, and write the report of it.

    Raises:
        CommandError: The file cannot be written.
    """
    from pinakes.corpus import unwritten
    from pinakes.search.replacing import replacing
    from pinakes.search.reporting import report_markdown, report_object

    results, report = archive.records.report(query, options=options)
    if path.lower().endswith((".md", ".markdown")):
        text = report_markdown(report)
    else:
        text = as_json(report_object(report)) + "\n"
    try:
        with replacing(Path(path)) as file:
            file.write(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise CommandError(f"{path}: {unwritten(error)}", ExitStatus.OUTPUT) from error
    except ValueError as error:
        raise CommandError(f"{path}: cannot be written ({error})", ExitStatus.OUTPUT) from error
    say(f"Wrote the report of {len(report.hits):,} hits to {path}")
    return results


def read_report_file(path: str) -> SearchReport:
    """Return the report in a file.

    Raises:
        CommandError: It cannot be read, or is no report.
    """
    from pinakes.search.reporting import ReportError, read_report

    try:
        content = Path(path).read_text(encoding="utf-8")
        return read_report(content)
    except ReportError as error:
        raise CommandError(f"{path}: {error}", ExitStatus.USAGE) from error
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or "not UTF-8"
        raise CommandError(f"{path}: cannot be read ({told})", ExitStatus.USAGE) from error
