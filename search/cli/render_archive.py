"""What an archive holds and what a run did to it, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pinakes.corpus import Status
from pinakes.search.cli.render_text import count
from pinakes.search.cli.terminal import one_line

if TYPE_CHECKING:
    from pinakes.corpus import IngestReport, LedgerRow, Problem, RemoveReport
    from pinakes.search.status import ArchiveStatus
    from pinakes.search.thin_sites import ThinSite


def render_status(status: ArchiveStatus) -> str:
    """Return the archive's contents and state, a line each."""
    state = status.archive
    lines = {
        "Archive": f"{one_line(str(status.root))}  (id {one_line(state.id)})",
        "Articles": f"{state.articles:,}, in {count(state.passages, 'passage')}",
        "Damaged": _damaged(status.left_out),
        "Languages": ", ".join(status.languages),
        "Files": _files(state.files, status.by_status),
        "Taken out": _taken_out(status.by_status.get(Status.REMOVED, 0)),
        "Purged": _purged(status.purged, is_unfinished=status.is_purge_unfinished),
        "Ignored": _ignored(status.by_status.get(Status.IGNORED, 0)),
        "Not searchable": _unsearchable(state.unsearchable, state.files),
        "Little text": _thin_sites(status.thin_sites),
        "Tags": _tags(status.tag_level, status.outdated_tags),
        "Rules": "\n".join(one_line(problem) for problem in _told(status.tag_problems)),
        "Answered by": one_line(status.engine),
        "Generation": str(state.generation),
        "Size": _size(status.size_bytes),
    }
    if status.store_generation > state.generation:
        lines["Generation"] += (
            f", behind the store's {status.store_generation}; the next `pinakes index` catches up"
        )
    columns = max(map(len, lines))
    below = "\n" + " " * (columns + 2)
    told = {name: value.replace("\n", below) for name, value in lines.items() if value}
    return "\n".join(f"{name:{columns}}  {value}" for name, value in told.items())


def unsearchable_lines(rows: Iterable[LedgerRow]) -> Iterator[str]:
    """Yield each file that holds nothing to search, and what is wrong with others.

    That is each record that could not be read, and pages of which suspiciously little was kept.
    """
    # Not at the top: what a run did is told without.
    from pinakes.search.as_json import is_unsearchable

    for row in rows:
        if is_unsearchable(row):
            yield file_line(row.status, row.path, row.detail)
        yield from problem_lines(row.path, row.problems)
        yield from (file_line("thin", row.path, note) for note in row.thin_notes)


def problem_lines(path: str, problems: Iterable[Problem]) -> Iterator[str]:
    """Yield the records of a file that could not be read, and why."""
    for problem in problems:
        where = f"{path}, {problem.where}" if problem.where else path
        yield file_line("record", where, problem.reason)


def render_ingest(report: IngestReport) -> str:
    """Return one line: what went in, and what became of the files."""
    line = (
        f"{count(report.articles, 'article')} indexed, {count(report.passages, 'passage')}, "
        f"in {report.seconds:.1f} s; files: {_files(report.files, report.by_status)}"
    )
    changes = {
        "changed": report.changed,
        "renamed": report.renamed,
        "gone": report.removed,
        "taken out before": report.kept_out,
        "kept out as purged": report.purged,
        "ignored": report.by_status.get(Status.IGNORED, 0),
    }
    if any(changes.values()):
        line += "; " + ", ".join(f"{n:,} {change}" for change, n in changes.items() if n)
    if report.newly_ignored:
        line += f" ({report.newly_ignored:,} newly)"
    if report.named_ignored:
        named = ", ".join(map(one_line, report.named_ignored[:3]))
        further = len(report.named_ignored) - 3
        line += f"; named, and ignored when its folder is indexed (.pinakesignore): {named}"
        line += f" and {further:,} more" if further > 0 else ""
    if report.failed_before:
        line += f"; {report.failed_before:,} could not be read before (--retry-failed)"
    if report.retagged:
        line += f"; {count(report.retagged, 'article')} tagged anew by changed rules"
    if report.failed_rules:
        names = ", ".join(map(one_line, report.failed_rules))
        line += f"; {count(len(report.failed_rules), 'rule')} failed: {names}"
    if report.problems:
        line += f"; {count(report.problems, 'record')} not readable (pinakes status --unsearchable)"
    return line


def render_removal(report: RemoveReport, *, has_names: bool = False) -> str:
    """Return what was taken out; with `has_names`, also each article and each file."""
    articles, files = count(len(report.articles), "article"), count(len(report.files), "file")
    lines = [f"Took out {articles}; {files} passed over from now on, unless changed or named"]
    if has_names:
        lines += [f"article {one_line(name)}" for name in report.articles]
        lines += [f"file {one_line(name)}" for name in report.files]
    return "\n".join(lines)


def file_line(status: str, path: str, detail: str) -> str:
    """Return what became of one file."""
    reason = f" ({one_line(detail)})" if detail else ""
    return f"{status}: {one_line(path)}{reason}"


def _files(files: int, by_status: Mapping[Status, int]) -> str:
    kinds = [
        f"{by_status[status]:,} {status}"
        for status in Status
        if status not in (Status.REMOVED, Status.PURGED, Status.IGNORED) and by_status.get(status)
    ]
    return f"{files:,}: {', '.join(kinds)}" if kinds else f"{files:,}"


def _damaged(articles: int) -> str:
    told = f"{count(articles, 'article')}, not searched: pinakes doctor"
    return told if articles else ""


def _taken_out(files: int) -> str:
    return f"{count(files, 'file')} (pinakes remove)" if files else ""


def _purged(articles: int, *, is_unfinished: bool) -> str:
    told = [f"{count(articles, 'article')} kept out (pinakes purge --let-back FILE)"] * bool(
        articles
    )
    told += ["a purge was stopped: pinakes doctor --repair"] * is_unfinished
    return "; ".join(told)


def _ignored(entries: int) -> str:
    noun = "file or folder" if entries == 1 else "files or folders"
    return f"{entries:,} {noun} (.pinakesignore)" if entries else ""


def _tags(level: str, outdated: Mapping[str, int]) -> str:
    if not outdated:
        return level
    rules = ", ".join(
        f"{one_line(name)} in {count(number, 'article')}" for name, number in outdated.items()
    )
    return f"{level}; not up to date: {rules} (pinakes tag --rerun stale)"


def _told(problems: Mapping[str, str]) -> Iterator[str]:
    for name, problem in problems.items():
        yield problem if problem.startswith("rules/") else f"{name}: {problem}"


def _unsearchable(files: int, of_files: int) -> str:
    if not files:
        return ""
    return f"{files:,} of {count(of_files, 'file')} (pinakes status --unsearchable)"


def _thin_sites(sites: Iterable[ThinSite]) -> str:
    told = [
        f"{site.thin:,} of {count(site.pages, 'page')} of {one_line(site.name)}" for site in sites
    ]
    return f"{'; '.join(told)} (pinakes status --unsearchable)" if told else ""


def _size(size_bytes: int) -> str:
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size_bytes >= factor:
            return f"{size_bytes / factor:.1f} {unit}"
    return f"{size_bytes} bytes"
