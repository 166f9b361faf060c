"""`save` and `saved`: searches that the archive keeps under names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pinakes.search.cli.completion import complete_query, complete_saved
from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_json, print_output, say
from pinakes.search.cli.query_command import QueryCommand
from pinakes.search.cli.search_commands import answer_saved, search
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.cli.terminal import one_line

if TYPE_CHECKING:
    from pinakes.corpus import SavedSearch

_OWN_OF_SEARCH = ("words", "since_last", "explain_query")


@click.command(cls=QueryCommand, short_help="Keep a query under a name.")
@click.argument("name", metavar="NAME")
@click.argument("words", metavar="QUERY...", nargs=-1, required=True, shell_complete=complete_query)
@click.option("--replace", is_flag=True, help="In the place of the search of that name.")
@shared_options
@ends_well
def save(name: str, words: tuple[str, ...], replace: bool) -> ExitStatus:
    """Keep QUERY in the archive under NAME, for `saved run` and `search --since-last`."""
    from pinakes.search.cli.answering import print_diagnostics
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.query import QueryError, parse

    query = " ".join(words).strip()
    understood = parse(query)
    if understood.errors:
        print_diagnostics(query, understood.diagnostics)
        return ExitStatus.USAGE
    with open_archive(current_settings()) as archive:
        # Types of its tags are fields; none is without a colon.
        types = archive.tags.types() if ":" in query else ()
        print_diagnostics(query, parse(query, types=types).diagnostics)
        try:
            kept = archive.saved.save(name, query, replace=replace)
        except QueryError as error:
            print_diagnostics(query, error.diagnostics)
            return ExitStatus.USAGE
    say(f"Saved {kept.name}; answer it with: pinakes saved run {kept.name}")
    return ExitStatus.DONE


@click.group(invoke_without_command=True, short_help="List, show, answer or remove saved searches.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON, an object a line.")
@shared_options
@click.pass_context
@ends_well
def saved(context: click.Context, is_json: bool) -> ExitStatus:
    """List the searches that the archive keeps; its commands show, answer and remove one."""
    from pinakes.search.cli.archives import open_archive

    if context.invoked_subcommand:
        return ExitStatus.DONE
    with open_archive(current_settings()) as archive:
        searches = list(archive.saved)
    if is_json:
        for each in searches:
            print_json(_object(each))
    else:
        names = [one_line(each.name) for each in searches]
        columns = max(map(len, names), default=0)
        lines = (
            f"{name:<{columns}}  {one_line(each.query)}"
            for name, each in zip(names, searches, strict=True)
        )
        print_output("\n".join(lines))
    return ExitStatus.DONE if searches else ExitStatus.NOTHING_FOUND


@saved.command("show", short_help="Show a saved search.")
@click.argument("name", metavar="NAME", shell_complete=complete_saved)
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@shared_options
@ends_well
def saved_show(name: str, is_json: bool) -> ExitStatus:
    """Show the saved search NAME: its query, its version of the language, and its last answer."""
    from pinakes.search.cli.archives import open_archive

    with open_archive(current_settings()) as archive:
        found = archive.saved.get(name)
    if is_json:
        print_json(_object(found))
    else:
        answered = "never" if found.seen is None else f"at generation {found.seen}"
        print_output(
            f"{one_line(found.query)}\n"
            f"saved {one_line(found.saved)}, syntax {found.syntax}; answered {answered}"
        )
    return ExitStatus.DONE


@saved.command("remove", short_help="Forget a saved search.")
@click.argument("name", metavar="NAME", shell_complete=complete_saved)
@shared_options
@ends_well
def saved_remove(name: str) -> ExitStatus:
    """Forget the saved search NAME; no article is touched."""
    from pinakes.search.cli.archives import open_archive

    with open_archive(current_settings()) as archive:
        archive.saved.remove(name)
    say(f"Removed {name}")
    return ExitStatus.DONE


def _run(name: str, only_new: bool, **asked: Any) -> ExitStatus:
    return answer_saved(name, asked, only_new=only_new)


saved.add_command(
    click.Command(
        "run",
        params=[
            click.Argument(["name"], metavar="NAME", shell_complete=complete_saved),
            click.Option(
                ["--since-last", "only_new"],
                is_flag=True,
                help="Only what is new or changed since the last time.",
            ),
            *(option for option in search.params if option.name not in _OWN_OF_SEARCH),
        ],
        callback=ends_well(_run),
        short_help="Answer a saved search.",
        help="Answer the saved search NAME; takes the options of `search`.",
    )
)


def _object(found: SavedSearch) -> dict[str, Any]:
    from pinakes.search.as_json import SCHEMA_VERSION

    return {
        "schema_version": SCHEMA_VERSION,
        "name": found.name,
        "query": found.query,
        "syntax": found.syntax,
        "saved": found.saved,
        "seen": found.seen,
    }
