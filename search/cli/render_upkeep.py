"""What was purged, what is left, and what is damaged, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pinakes.search.as_json import SCHEMA_VERSION
from pinakes.search.cli.render_text import count
from pinakes.search.cli.terminal import one_line

if TYPE_CHECKING:
    from pinakes.search.upkeep import Fault, PurgeReport, Residue

_MOST_LISTED = 20


def render_plan(report: PurgeReport) -> str:
    """Return what would be purged: articles, files, saved searches."""
    lines = [f"Would forget {count(len(report.articles), 'article')} for good:"]
    lines += _listed([f"  {id_}  {one_line(title)}" for id_, title in report.articles])
    left = _left_alone(report)
    if left:
        lines.append(f"and keep out {count(len(left), 'file')}, left alone on the disk:")
        lines += _listed([f"  {one_line(path)}" for path in left])
    if report.deleted:
        lines.append(f"and delete {count(len(report.deleted), 'file')} of added records:")
        lines += _listed([f"  {one_line(path)}" for path in report.deleted])
    if report.searches:
        names = ", ".join(map(one_line, report.searches))
        lines.append(f"and saved searches that quote them (--keep-saved): {names}")
    lines += _copy_lines(report) + _unread_lines(report)
    return "\n".join(lines)


def render_purge(report: PurgeReport) -> str:
    """Return what was purged, and whether anything is left of it."""
    what = f"{count(len(report.articles), 'article')}, kept out from now on"
    if report.deleted:
        what += f"; {count(len(report.deleted), 'file')} of added records deleted"
    left = _left_alone(report)
    if left:
        what += f"; {count(len(left), 'file')} left alone on the disk"
    lines = [f"Forgot {what}"]
    if report.searches:
        lines.append(f"Forgot saved searches: {', '.join(map(one_line, report.searches))}")
    if report.residue is not None:
        lines.append(render_residue(report.residue, has_shared=False))
    lines += _copy_lines(report) + _unread_lines(report)
    return "\n".join(lines)


def _unread_lines(report: PurgeReport) -> list[str]:
    """Return whose words nobody knows any more."""
    return [
        f"{id_} is damaged, and its file is gone or another now: its words cannot be looked for"
        for id_ in report.unread
    ]


def _left_alone(report: PurgeReport) -> list[str]:
    return [path for path in report.files if path not in report.deleted]


def _copy_lines(report: PurgeReport) -> list[str]:
    """Return which copies of what goes are still there, in files of their own."""
    if not report.copies:
        return []
    what = "is a copy and stays" if len(report.copies) == 1 else "are copies and stay"
    lines = [f"{count(len(report.copies), 'other article')} {what}, unless purged too:"]
    return lines + _listed([f"  {id_}  {one_line(title)}" for id_, title in report.copies])


def render_residue(residue: Residue, *, has_shared: bool) -> str:
    """Return what is left of words, and where; with `has_shared`, which words articles have."""
    words = count(residue.words, "word")
    lines = [f"left: {one_line(each.word)} in {one_line(each.place)}" for each in residue.leftovers]
    lines += [f"cannot be read: {one_line(name)}" for name in residue.unread]
    if residue.named:
        told = [f"{one_line(word)} ({one_line(name)})" for word, name in residue.named]
        lines.append(f"in names of other files that the ledger has: {', '.join(told)}")
    if has_shared and residue.shared:
        lines.append(f"in articles of the archive: {', '.join(map(one_line, residue.shared))}")
    if residue.is_clean:
        lines.append(f"Nothing is left of {words} that no article has")
    else:
        left = len({each.word for each in residue.leftovers})
        lines.append(f"Something is left of {left:,} of {words} that no article has")
    return "\n".join(lines)


def fault_lines(faults: Sequence[Fault]) -> Iterator[str]:
    """Yield what is wrong with an archive, and at the end what to do."""
    for fault in faults:
        yield f"{one_line(fault.part)}: {one_line(fault.problem)}"
    yield from dict.fromkeys(f"To do: {fault.remedy}" for fault in faults)
    if not faults:
        yield "Settings, store and index are whole"


def purge_object(report: PurgeReport) -> dict[str, Any]:
    """Return the same of a purge for machines."""
    return {
        "schema_version": SCHEMA_VERSION,
        "articles": [{"id": id_, "title": title} for id_, title in report.articles],
        "files": list(report.files),
        "deleted": list(report.deleted),
        "saved_searches": list(report.searches),
        "copies": [{"id": id_, "title": title} for id_, title in report.copies],
        "residue": None if report.residue is None else _residue(report.residue),
        "unread": list(report.unread),
    }


def residue_object(residue: Residue) -> dict[str, Any]:
    """Return what is left of words for machines."""
    return {"schema_version": SCHEMA_VERSION, **_residue(residue)}


def faults_object(faults: Iterable[Fault]) -> dict[str, Any]:
    """Return what is wrong with an archive for machines."""
    return {
        "schema_version": SCHEMA_VERSION,
        "faults": [
            {"part": each.part, "problem": each.problem, "remedy": each.remedy} for each in faults
        ],
    }


def _residue(residue: Residue) -> dict[str, Any]:
    return {
        "words": residue.words,
        "shared": list(residue.shared),
        "leftovers": [{"word": each.word, "place": each.place} for each in residue.leftovers],
        "unread": list(residue.unread),
        "named": dict(residue.named),
        "clean": residue.is_clean,
    }


def _listed(lines: list[str]) -> list[str]:
    further = len(lines) - _MOST_LISTED
    return lines[:_MOST_LISTED] + ([f"  and {further:,} more"] if further > 0 else [])
