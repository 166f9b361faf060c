"""One query answered: from what was typed to what is printed."""

from __future__ import annotations

from collections.abc import Iterable

import click

from pinakes.search.archive import Archive
from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import as_json, print_json, print_output
from pinakes.search.cli.render_diagnostics import render_diagnostic
from pinakes.search.cli.render_json import error_object, hit_lines, query_object, results_object
from pinakes.search.cli.render_text import render_results
from pinakes.search.cli.settings import current_settings
from pinakes.search.cli.terminal import escape
from pinakes.search.model import Results
from pinakes.search.options import SearchOptions
from pinakes.search.query import Diagnostic, QueryError, parse


def answer(
    archive: Archive, query: str, *, options: SearchOptions, output: str = "text"
) -> ExitStatus:
    """Print the answer to `query` as `text`, `json` or `jsonl`, and say whether there was one."""
    try:
        results = archive.search(query, options=options)
    except QueryError as error:
        print_diagnostics(query, error.diagnostics)
        if output == "json":
            print_json(error_object(error))
        return ExitStatus.USAGE
    print_diagnostics(query, results.diagnostics)
    settings = current_settings()
    if settings.is_verbose:
        click.echo(f"Understood: {escape(results.interpreted)}", err=True)
    print_output(_rendered(results, output))
    is_found = bool(results.hits) or (options.limit == 0 and bool(results.articles))
    return ExitStatus.DONE if is_found else ExitStatus.NOTHING_FOUND


def explain(query: str, *, is_strict: bool, output: str = "text") -> ExitStatus:
    """Print what is understood of `query`, in the query language."""
    understood = parse(query, strict=is_strict)
    print_diagnostics(query, understood.diagnostics)
    if output != "text":
        print_json(query_object(understood))
    elif not understood.errors:
        print_output(escape(understood.interpreted))
    return ExitStatus.USAGE if understood.errors else ExitStatus.DONE


def print_diagnostics(query: str, diagnostics: Iterable[Diagnostic]) -> None:
    """Print findings about the query on standard error; only errors under `--quiet`."""
    settings = current_settings()
    terminal = settings.stderr
    for found in diagnostics:
        if found.severity == "error" or not settings.is_quiet:
            text = render_diagnostic(query, found, terminal)
            click.echo(text, err=True, color=terminal.has_colour)


def _rendered(results: Results, output: str) -> str:
    if output == "json":
        return as_json(results_object(results))
    if output == "jsonl":
        return "\n".join(map(as_json, hit_lines(results)))
    settings = current_settings()
    return render_results(results, settings.stdout, has_summary=not settings.is_quiet)
