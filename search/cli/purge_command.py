"""`purge`: articles forgotten for good."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import CommandError, ends_well, print_json, say
from pinakes.search.cli.query_command import QueryCommand
from pinakes.search.cli.settings import current_settings, shared_options

if TYPE_CHECKING:
    from pinakes.search.archive import Archive


@click.command(cls=QueryCommand, short_help="Forget articles for good, and prove it.")
@click.argument("targets", metavar="[ID|PATH|QUERY]...", nargs=-1)
@click.option("--query", "is_query", is_flag=True, help="Take what is given as a query, whatever.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("-y", "--yes", "is_sure", is_flag=True, help="Do not ask whether to go on.")
@click.option("--keep-saved", is_flag=True, help="Keep saved searches that quote what goes.")
@click.option("--leftovers", is_flag=True, help="Erase what removed and changed articles left.")
@click.option("--let-back", is_flag=True, help="Let in again what was purged from these files.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@click.option(
    "--wait", "wait_s", type=click.FloatRange(min=0), default=10.0, show_default=True,
    metavar="SECONDS", help="How long to wait for another process that is writing.",
)  # fmt: skip
@shared_options
@ends_well
def purge(targets: tuple[str, ...], wait_s: float, **asked: Any) -> ExitStatus:
    """Forget articles for good: by id, by the path of a file or folder, or all that a query finds.

    Texts, postings, tags, names and all versions go from every file below .pinakes, and every byte
    of these is searched afterwards for words that no other article has. The articles' own files are
    left alone, and stay out from now on. Backups, bundles and reports made before still hold what
    they hold.

    The status is 4 if anything is left; it is told where. So it is if words could not be looked
    for, as an article is damaged and its file is gone.
    """
    from pinakes.search.cli.answering import print_diagnostics
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.query import QueryError

    with open_archive(current_settings()) as archive:
        if asked["leftovers"]:
            _refuse(bool(targets), "--leftovers takes no articles")
            archive.upkeep.erase_leftovers(wait_s=wait_s)
            say("Erased what removed and changed articles had left behind")
            return ExitStatus.DONE
        _refuse(not targets, "Missing argument '[ID|PATH|QUERY]...'.")
        if asked["let_back"]:
            number = archive.upkeep.let_back(targets, wait_s=wait_s)
            say(f"{_count(number, 'article')} may be indexed again")
            return ExitStatus.DONE if number else ExitStatus.NOTHING_FOUND
        try:
            names = _resolve(archive, targets, is_query=asked["is_query"])
        except QueryError as error:
            print_diagnostics(" ".join(targets), error.diagnostics)
            return ExitStatus.USAGE
        if not names:
            say("Nothing found")
            return ExitStatus.NOTHING_FOUND
        return _purge(archive, names, wait_s, asked)


def _purge(archive: Archive, names: list[str], wait_s: float, asked: dict[str, Any]) -> ExitStatus:
    from pinakes.search.cli.render_upkeep import purge_object, render_plan, render_purge

    keeps_saved = asked["keep_saved"]
    if asked["dry_run"] or not asked["is_sure"]:
        plan = archive.upkeep.purge(names, is_rehearsal=True, keeps_saved=keeps_saved)
        if asked["dry_run"] and asked["is_json"]:
            print_json(purge_object(plan))
            return ExitStatus.DONE
        say(render_plan(plan))
        if asked["dry_run"]:
            return ExitStatus.DONE
        _ask()
    report = archive.upkeep.purge(names, keeps_saved=keeps_saved, wait_s=wait_s)
    if asked["is_json"]:
        print_json(purge_object(report))
    say(render_purge(report))
    return ExitStatus.DONE if report.is_proved else ExitStatus.SOME_FAILED


def _resolve(archive: Archive, targets: tuple[str, ...], *, is_query: bool) -> list[str]:
    """Return what is named, or else the ids of all articles that the words find as a query."""
    if not is_query and archive.upkeep.names(targets):
        return list(targets)
    from pinakes.search.cli.answering import print_diagnostics

    name = "" if is_query else next(filter(_looks_like_a_name, targets), "")
    if name:
        message = f"{name}: no such article or file in this archive; for a query, add --query"
        raise CommandError(message, ExitStatus.USAGE)
    query = " ".join(targets).strip()
    # What is not understood for certain is nothing to be forgotten for good.
    understood = archive.understand(query, strict=True)
    print_diagnostics(query, understood.diagnostics)
    return list(archive.upkeep.find(understood))


def _looks_like_a_name(target: str) -> bool:
    """Whether it was perhaps not meant as a query: it has the form of a path, or of an id."""
    return bool(re.search(r"[/\\]|\.\w{1,8}\Z", target) or re.fullmatch("[0-9a-f]{8,}", target))


def _ask() -> None:
    if not sys.stdin.isatty():
        message = "this cannot be undone: add --yes, or --dry-run to see what would go"
        raise CommandError(message, ExitStatus.USAGE)
    click.confirm("This cannot be undone. Go on?", abort=True, err=True)


def _refuse(is_wrong: bool, message: str) -> None:
    if is_wrong:
        raise click.UsageError(message)


def _count(number: int, noun: str) -> str:
    from pinakes.search.cli.render_text import count

    return count(number, noun)
