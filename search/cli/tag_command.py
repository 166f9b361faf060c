"""`tag` and `tags`: tags set by hand, rules run again, why a tag is there, how many there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from pinakes.search.cli.completion import complete_query, complete_rule
from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_json, print_output, print_text, say
from pinakes.search.cli.settings import current_settings, shared_options

if TYPE_CHECKING:
    from pinakes.corpus import RetagReport
    from pinakes.search.archive import Archive

_CHANGE = re.compile(r"\+\S|-[^\W_]")
_FLAGS = frozenset("hqv")


class TagCommand(click.Command):
    """A command that takes `+x` and `-y` before its query, beside options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse `args`; what stands behind `--` is the query, whatever it begins with."""
        end = args.index("--") if "--" in args else len(args)
        rest: list[str] = []
        for arg in args[:end]:
            is_flags = arg.startswith("-") and _FLAGS.issuperset(arg[1:])
            is_change = _CHANGE.match(arg) and not is_flags
            rest.append(f"--change={arg}" if is_change else arg)
        return super().parse_args(ctx, [*rest, *args[end:]])


@click.command(cls=TagCommand, short_help="Tag passages by hand, or by rules again.")
@click.argument("words", metavar="[+TAG|-TAG]... [--] [QUERY|ID[#N]]", nargs=-1,
                shell_complete=complete_query)  # fmt: skip
@click.option("--change", "changes", multiple=True, hidden=True)
@click.option(
    "--rerun", "rule", metavar="RULE", shell_complete=complete_rule,
    help="Run RULE again on all articles, or all rules, or those that are stale.",
)  # fmt: skip
@click.option("--why", "passage_id", metavar="ID#N", help="Say why a passage has its tags.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@click.option(
    "--wait", "wait_s", type=click.FloatRange(min=0), default=10.0, show_default=True,
    metavar="SECONDS", help="How long to wait for another process that is writing.",
)  # fmt: skip
@shared_options
@ends_well
def tag(
    *,
    words: tuple[str, ...],
    changes: tuple[str, ...],
    rule: str | None,
    passage_id: str | None,
    **asked: Any,
) -> ExitStatus:
    """Set +TAG on passages and take -TAG away: those that satisfy QUERY by themselves, or ID[#N].

    A TAG is type:value, as place:Geneva; a value alone is a topic. What is set by hand stays when
    files are read again, as long as the passage reads the same; what is taken away does not come
    back. A QUERY goes after --: pinakes tag +checked -topic:draft -- mine collapse
    """
    from pinakes.search.cli.archives import open_archive

    query = " ".join(words).strip()
    ways = [bool(changes), rule is not None, passage_id is not None]
    if sum(ways) != 1 or bool(query) != bool(changes):
        raise click.UsageError("one of these is needed: +TAG or -TAG with QUERY, --rerun, --why")
    with open_archive(current_settings()) as archive:
        if rule is not None:
            return _rerun(archive, rule, **asked)
        if passage_id is not None:
            return _why(archive, passage_id, is_json=asked["is_json"])
        return _change(archive, query, changes, **asked)


def _change(
    archive: Archive, query: str, changes: tuple[str, ...], *, is_json: bool, wait_s: float
) -> ExitStatus:
    from pinakes.search.as_json import error_object
    from pinakes.search.cli.answering import print_diagnostics
    from pinakes.search.cli.render_tags import hand_object, render_hand
    from pinakes.search.query import QueryError
    from pinakes.search.tagging.hand import read_id

    add = [change[1:] for change in changes if change[0] == "+"]
    remove = [change[1:] for change in changes if change[0] == "-"]
    is_whole = True
    try:
        if read_id(query) is None:
            # What was not understood as it was meant is told before anything is tagged for it.
            asked = archive.search(query, limit=0)
            is_whole = asked.is_whole
            print_diagnostics(query, asked.diagnostics)
        report = archive.tags.change(query, add=add, remove=remove, wait_s=wait_s)
    except QueryError as error:
        print_diagnostics(query, error.diagnostics)
        if is_json:
            print_json(error_object(error))
        return ExitStatus.USAGE
    if is_json:
        print_json(hand_object(report))
    say(render_hand(report))
    if not is_whole:
        return ExitStatus.SOME_FAILED
    return ExitStatus.DONE if report.looked_at else ExitStatus.NOTHING_FOUND


def _rerun(archive: Archive, rule: str, *, is_json: bool, wait_s: float) -> ExitStatus:
    from pinakes.search.cli.render_tags import render_retag, retag_object

    report: RetagReport = archive.tags.rerun(rule, wait_s=wait_s)
    if is_json:
        print_json(retag_object(report))
    say(render_retag(report))
    return ExitStatus.SOME_FAILED if report.failed or report.unreadable else ExitStatus.DONE


def _why(archive: Archive, passage_id: str, *, is_json: bool) -> ExitStatus:
    from pinakes.search.cli.render_tags import reasons_object, render_reasons

    reasons = archive.tags.why(passage_id)
    article = archive.article(passage_id.partition("#")[0])
    if is_json:
        print_json(reasons_object(article, reasons))
    else:
        print_text(render_reasons(article, reasons, current_settings().stdout).split("\n"))
    return ExitStatus.DONE if reasons else ExitStatus.NOTHING_FOUND


@click.command(short_help="Count tags by type, with their most frequent values.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Only this one; repeatable.")
@click.option(
    "--values", type=click.IntRange(min=1), default=5, show_default=True,
    help="Values of each type, at the most.",
)  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@shared_options
@ends_well
def tags(*, types: tuple[str, ...], values: int, is_json: bool) -> ExitStatus:
    """Count the passages that have tags of each type, and of each value."""
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.render_tags import render_types, types_object
    from pinakes.search.options import SearchOptions

    settings = current_settings()
    with open_archive(settings) as archive:
        counts = archive.tags.types()
        wanted = {name: count for name, count in counts.items() if not types or name in types}
        facets = tuple(f"tag:{name}" for name in wanted)
        options = SearchOptions(limit=0, facets=facets, facet_values=values)
        found = archive.search("*", options=options).facets if facets else ()
    if is_json:
        print_json(types_object(wanted, found))
    else:
        print_output(render_types(wanted, found, settings.stdout))
    return ExitStatus.DONE if wanted else ExitStatus.NOTHING_FOUND
