"""`synonyms`: what the user's synonyms are, whether their file is sound, and what a query finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_json, print_output
from pinakes.search.cli.query_command import QueryCommand
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.cli.terminal import escape

if TYPE_CHECKING:
    from pinakes.search.archive import Archive
    from pinakes.search.synonym_file import Entry, Synonyms


@click.command(cls=QueryCommand, short_help="Show and check your synonyms.")
@click.argument("words", metavar="[QUERY]...", nargs=-1)
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@shared_options
@ends_well
def synonyms(words: tuple[str, ...], is_json: bool) -> ExitStatus:
    """Show the synonyms in `.pinakes/synonyms.txt`, and what is wrong with them.

    A line is a group, `car, automobile, motor car`, of which each finds the others, or `USSR =>
    Soviet Union`, of which the first finds the second. `search --synonyms` looks for them, too.
    With QUERY, print what that looks for. The exit status is 1 if a line cannot be used.
    """
    from pinakes.search.cli.archives import open_archive

    with open_archive(current_settings()) as archive:
        if words:
            return _show_query(archive, " ".join(words), is_json=is_json)
        found = archive.synonyms()
    if is_json:
        print_json(_as_object(found))
    else:
        print_output("\n".join(_lines_of(found)))
        for line, reason in found.problems:
            where = f"{found.path}, line {line}" if line else str(found.path)
            click.echo(escape(f"{where}: {reason}"), err=True)
    return ExitStatus.NOTHING_FOUND if found.problems else ExitStatus.DONE


def _show_query(archive: Archive, text: str, *, is_json: bool) -> ExitStatus:
    from pinakes.search.cli.answering import print_diagnostics

    asked = archive.widen_by_synonyms(text)
    print_diagnostics(text, asked.diagnostics)
    if is_json:
        from pinakes.search.as_json import query_object

        print_json(query_object(asked))
    elif not asked.errors:
        print_output(escape(asked.interpreted))
    if asked.errors:
        return ExitStatus.USAGE
    return ExitStatus.DONE if asked.is_widened else ExitStatus.NOTHING_FOUND


def _lines_of(found: Synonyms) -> list[str]:
    told = [f"{len(found.lines)} lines of synonyms in {found.path}"]
    for line in found.lines:
        sides = [_joined(line.asked)]
        if line.found is not line.asked:
            sides.append(_joined(line.found))
        told.append(f"{line.number:5}  {' => '.join(sides)}")
    return [escape(each) for each in told]


def _joined(entries: tuple[Entry, ...]) -> str:
    return ", ".join(entry.text for entry in entries)


def _as_object(found: Synonyms) -> dict[str, object]:
    from pinakes.search.as_json import SCHEMA_VERSION

    return {
        "schema_version": SCHEMA_VERSION,
        "path": str(found.path),
        "lines": [
            {
                "line": line.number,
                "asked": [entry.text for entry in line.asked],
                "found": [entry.text for entry in line.found],
            }
            for line in found.lines
        ],
        "problems": [{"line": line, "reason": reason} for line, reason in found.problems],
    }
