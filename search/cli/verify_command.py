"""`verify`: whether citations still hold, of the archive or of a bare file."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import CommandError, ends_well, print_json, print_rows
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.cli.terminal import one_line

if TYPE_CHECKING:
    from pinakes.search.archive import Archive
    from pinakes.search.citing import Verdict
    from pinakes.search.model import Citation

_NAME = re.compile("[0-9a-fA-F]{4,64}(#[0-9]+)?")
_QUOTED_CHARS = 60


@click.command(short_help="Check citations against the archive, or against a bare file.")
@click.argument("given", metavar="[CITATION|FILE|ID[#N]]...", nargs=-1)
@click.option("--all", "is_all", is_flag=True, help="Check every article of the archive.")
@click.option(
    "--source", type=click.Path(path_type=Path), metavar="FILE",
    help="Check against this file alone, without any archive.",
)  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Print JSON, a verdict a line.")
@shared_options
@ends_well
def verify(given: tuple[str, ...], source: Path | None, **asked: Any) -> ExitStatus:
    """Check whether citations still hold: the quote, where it stands, its text and its file.

    A CITATION is what `pinakes cite --format json` or `json-ld`, or `search --json`, printed: in a
    FILE, on standard input (`-`), or as it is. An ID stands for what `cite` would say now.

    Each is ok, moved (the quote stands elsewhere), text-changed, file-changed or missing, with the
    reasons; if any is not ok, the status is 1.
    """
    from pinakes.search.cli.archives import open_archive

    if bool(given) == asked["is_all"]:
        raise click.UsageError("give citations, or --all")
    if source is not None:
        if asked["is_all"]:
            raise click.UsageError("--all goes through an archive, --source without one")
        checked: Iterable[tuple[Verdict, int]] = _against_file(given, source)
        return _print_verdicts(checked, asked["is_json"], is_all=False)
    with open_archive(current_settings()) as archive:
        checked = archive.verify_all() if asked["is_all"] else _against_archive(given, archive)
        return _print_verdicts(checked, asked["is_json"], is_all=asked["is_all"])


def _against_file(given: Iterable[str], source: Path) -> Iterator[tuple[Verdict, int]]:
    from pinakes.corpus import SourceError
    from pinakes.search.citing import check_in_file

    for each in given:
        for citation in _read(each):
            try:
                yield check_in_file(citation, source), 1
            except SourceError as error:
                raise CommandError(str(error), ExitStatus.NOTHING_FOUND) from error


def _against_archive(given: Iterable[str], archive: Archive) -> Iterator[tuple[Verdict, int]]:
    from pinakes.search.cli.cite_command import make_citation

    hashes = archive.hashes()
    for each in given:
        is_name = _NAME.fullmatch(each) and not os.path.lexists(each)
        citations = [make_citation(archive, each)] if is_name else _read(each)
        for citation in citations:
            yield archive.verify(citation, hashes=hashes), 1


def _read(given: str) -> list[Citation]:
    """Return the citations in an argument: JSON, `-`, or the name of a file."""
    from pinakes.search.citing import CitationError, read_citations

    content, where = given, "the citation given"
    if given == "-":
        content, where = sys.stdin.read(), "standard input"
    elif not given.lstrip().startswith(("{", "[")):
        where = given
        try:
            content = Path(given).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            told = getattr(error, "strerror", None) or "not UTF-8"
            raise CommandError(f"{given}: cannot be read ({told})", ExitStatus.USAGE) from error
    try:
        return read_citations(content)
    except CitationError as error:
        raise CommandError(f"{where}: {error}", ExitStatus.USAGE) from error


def _print_verdicts(
    checked: Iterable[tuple[Verdict, int]], is_json: bool, *, is_all: bool
) -> ExitStatus:
    from pinakes.search.as_json import verdict_object

    count = failed = passages = 0
    for verdict, passage_count in checked:
        count += 1
        passages += passage_count
        is_ok = verdict.status == "ok"
        failed += not is_ok
        if is_json:
            print_json(verdict_object(verdict))
        elif not (is_all and is_ok) or current_settings().is_verbose:
            print_rows(_verdict_lines(verdict))
    if not is_json:
        what = f"articles, with {passages} passages," if is_all else "citations"
        print_rows([f"{count - failed} of {count} {what} hold"])
    return ExitStatus.NOTHING_FOUND if failed or not count else ExitStatus.DONE


def _verdict_lines(verdict: Verdict) -> Iterator[str]:
    citation = verdict.citation
    quote = one_line(citation.exact)
    if len(quote) > _QUOTED_CHARS:
        quote = f"{quote[:_QUOTED_CHARS]}…"
    name = f"{one_line(citation.passage_id)}  {citation.start}:{citation.end}"
    yield f"{verdict.status.value:<12}  {name}  “{quote}”"
    for sentence in verdict.explanation:
        yield f"              {one_line(sentence)}"
