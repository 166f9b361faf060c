"""One query answered: from what was typed to what is printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import (
    as_json,
    print_json,
    print_output,
    print_rows,
    print_whole,
)
from pinakes.search.cli.settings import current_settings
from pinakes.search.cli.terminal import escape
from pinakes.search.options import By, SearchOptions, Sort
from pinakes.search.query import QueryError, holds_saved, parse

if TYPE_CHECKING:
    from pinakes.corpus import SavedSearch
    from pinakes.search.archive import Archive
    from pinakes.search.model import Results
    from pinakes.search.query import Diagnostic, Query


class Reading(NamedTuple):
    """How what is asked is read.

    Attributes:
        is_question: It is any of the words, not in the query language.
        has_feedback: It is widened by what answers it first.
        has_synonyms: It is widened by the user's synonyms.
    """

    is_question: bool = False
    has_feedback: bool = False
    has_synonyms: bool = False


_AS_WRITTEN = Reading()


class Output(NamedTuple):
    """How an answer is printed.

    Attributes:
        format: `text`, `json`, `jsonl`, `csv`, `tsv`, `ids` or `trec`.
        has_null: Ids end with NUL in place of a line end.
        topic: What a TREC run calls the query.
        is_paged: Whether text may go through a pager.
        report_path: Where a report of the search goes, if one is asked for.
        reading: How what is asked is read.
    """

    format: str = "text"
    has_null: bool = False
    topic: str = "1"
    is_paged: bool = True
    report_path: str | None = None
    reading: Reading = _AS_WRITTEN


_TEXT = Output()


def answer(
    archive: Archive,
    query: str,
    *,
    options: SearchOptions,
    output: Output = _TEXT,
    saved: SavedSearch | None = None,
) -> ExitStatus:
    """Print the answer to `query`, and say whether there was one.

    If it is that of a saved search, note that it was shown, unless hits were only counted, or one
    may be missing as an article is damaged.
    """
    try:
        asked = read_query(archive, query, output.reading, is_strict=options.strict)
        if output.report_path:
            from pinakes.search.asking import check_query
            from pinakes.search.cli.report_file import search_and_report

            if output.reading != _AS_WRITTEN:
                # A report is asked again in the query language, in which nothing was widened.
                written = check_query(asked).interpreted
                print_diagnostics(query, asked.diagnostics)
            else:
                written = query
            results = search_and_report(archive, written, options, output.report_path)
        else:
            results = archive.search(asked, options=options)
    except QueryError as error:
        print_diagnostics(query, error.diagnostics)
        if output.format == "json":
            from pinakes.search.as_json import error_object

            print_json(error_object(error))
        return ExitStatus.USAGE
    status = print_answer(results, options, output)
    if saved and options.limit and results.is_whole:
        archive.saved.remember(saved, results.archive.generation)
    return status


def read_query(archive: Archive, text: str, reading: Reading, *, is_strict: bool = False) -> Query:
    """Return what an archive understands, widened as far as that is asked for."""
    if reading.is_question:
        asked = archive.read_question(text)
    else:
        asked = archive.understand(text, strict=is_strict)
    if reading.has_synonyms:
        asked = archive.widen_by_synonyms(asked)
    return archive.widen_question(asked) if reading.has_feedback else asked


def print_answer(results: Results, options: SearchOptions, output: Output) -> ExitStatus:
    """Print an answer and what is found out about its query; say whether there is one."""
    print_diagnostics(results.query, results.diagnostics)
    settings = current_settings()
    if settings.is_verbose:
        click.echo(f"Understood: {escape(results.interpreted)}", err=True)
    if results.suggestions and not settings.is_quiet:
        from pinakes.search.cli.render_facets import render_suggestions

        click.echo(render_suggestions(results.suggestions), err=True)
    _print_results(results, options, output)
    if not results.is_whole:
        return ExitStatus.SOME_FAILED
    is_found = bool(results.hits) or (options.limit == 0 and bool(results.articles))
    return ExitStatus.DONE if is_found else ExitStatus.NOTHING_FOUND


def explain(
    query: str, *, is_strict: bool, output: str = "text", reading: Reading = _AS_WRITTEN
) -> ExitStatus:
    """Print what is understood of `query`, in the query language.

    By an archive, if there is one: the types of its tags are fields.
    """
    understood = _understand(query, reading, is_strict=is_strict)
    print_diagnostics(query, understood.diagnostics)
    if output != "text":
        from pinakes.search.as_json import query_object

        print_json(query_object(understood))
    elif not understood.errors:
        print_output(escape(understood.interpreted))
    return ExitStatus.USAGE if understood.errors else ExitStatus.DONE


def _understand(query: str, reading: Reading, *, is_strict: bool) -> Query:
    from pinakes.corpus import PinakesError
    from pinakes.search.cli.archives import open_archive

    if reading != _AS_WRITTEN:
        with open_archive(current_settings()) as archive:
            asked = read_query(archive, query, reading, is_strict=is_strict)
        if asked.root is not None or asked.errors:
            return asked
    understood = parse(query, strict=is_strict)
    if ":" not in query:
        return understood
    try:
        with open_archive(current_settings()) as archive:
            return archive.understand(query, strict=is_strict)
    except (PinakesError, OSError):
        # Only a saved search cannot be told without the archive that keeps it.
        if holds_saved(understood.root):
            raise
        return understood


def print_diagnostics(query: str, diagnostics: Iterable[Diagnostic]) -> None:
    """Print findings about the query on standard error; only errors under `--quiet`."""
    settings = current_settings()
    terminal = settings.stderr
    for found in diagnostics:
        if found.severity == "error" or not settings.is_quiet:
            from pinakes.search.cli.render_diagnostics import render_diagnostic

            text = render_diagnostic(query, found, terminal)
            click.echo(text, err=True, color=terminal.has_colour)


def _print_results(results: Results, options: SearchOptions, output: Output) -> None:
    match output.format:
        case "json" | "jsonl":
            _print_json(results, output)
        case "text":
            _print_for_people(results, is_paged=output.is_paged)
        case _:
            _print_lines(results, options, output)


# Each loads what it prints with: one of them is asked for.


def _print_json(results: Results, output: Output) -> None:
    from pinakes.search.as_json import hit_lines, results_object

    if output.format == "json":
        print_json(results_object(results))
    else:
        print_rows(map(as_json, hit_lines(results)))


def _print_lines(results: Results, options: SearchOptions, output: Output) -> None:
    from pinakes.search.cli.render_rows import hit_ids, table_rows, trec_lines

    by_passage = options.by is By.PASSAGE
    match output.format:
        case "csv" | "tsv":
            print_rows(table_rows(results, output.format))
        case "ids" if output.has_null:
            ids = hit_ids(results, by_passage=by_passage)
            print_output("".join(f"{name}\0" for name in ids), has_line_end=False)
        case "ids":
            print_rows(hit_ids(results, by_passage=by_passage))
        case "trec":
            by_score = options.sort is Sort.SCORE
            lines = trec_lines(
                results, topic=output.topic, by_passage=by_passage, by_score=by_score
            )
            print_rows(lines)


def _print_for_people(results: Results, *, is_paged: bool) -> None:
    from pinakes.search.cli.render_text import render_results

    settings = current_settings()
    text = render_results(results, settings.stdout, has_summary=not settings.is_quiet)
    if is_paged:
        print_whole(text)
    else:
        print_output(text)
