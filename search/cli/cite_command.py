"""`cite`: a citation of a passage, for people and for programs that keep literature."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_json, print_rows
from pinakes.search.cli.passage_name import read_passage_name, refuse_missing
from pinakes.search.cli.settings import current_settings, shared_options

if TYPE_CHECKING:
    from pinakes.search.archive import Archive
    from pinakes.search.model import Citation

_STYLES = ("text", "markdown", "html", "bibtex", "csl-json", "ris", "json-ld", "json")


class _Span(click.ParamType[Any]):
    """`START:END`, code points of an article's text, the end not included."""

    name = "START:END"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, tuple):
            return value
        found = re.fullmatch("([0-9]{1,9}):([0-9]{1,9})", value)
        if found is None:
            self.fail(f"{value!r} is no span: give START:END, as 120:184", param, ctx)
        return int(found[1]), int(found[2])


@click.command(short_help="Print the citation of a passage: text, BibTeX, JSON-LD …")
@click.argument("names", metavar="ID[#N]...", nargs=-1, required=True)
@click.option(
    "--span", type=_Span(), metavar="START:END",
    help="Of the article's text, in code points; the end is not included.",
)  # fmt: skip
@click.option(
    "-f", "--format", "style", type=click.Choice(_STYLES), default="text", show_default=True,
    help="How to print it.",
)  # fmt: skip
@click.option("--json", "is_json", is_flag=True, help="Short for --format json.")
@shared_options
@ends_well
def cite(names: tuple[str, ...], style: str, **asked: Any) -> ExitStatus:
    """Print the citation of passage N of the article ID, of a span of it, or of all of it.

    It quotes the words, says where they stand and what they are from, and carries the checksums by
    which `pinakes verify`, or anyone, can check all that.
    """
    from pinakes.search.cli.archives import open_archive

    span = asked["span"]
    if span and len(names) > 1:
        raise click.UsageError("--span goes with one ID")
    with open_archive(current_settings()) as archive:
        citations = [make_citation(archive, name, span) for name in names]
    _print_citations(citations, "json" if asked["is_json"] else style)
    return ExitStatus.DONE


def make_citation(archive: Archive, name: str, span: tuple[int, int] | None = None) -> Citation:
    """Return the citation of what `ID[#N]` names, or of a span of that article."""
    article_id, number = read_passage_name(name)
    article = archive.article(article_id)
    if number is not None:
        refuse_missing(article, number)
    passages = article.passages if number is None else article.passages[number : number + 1]
    whole = passages[0].start, passages[-1].end
    if span and not (whole[0] <= span[0] and span[1] <= whole[1]):
        raise click.UsageError(
            f"--span {span[0]}:{span[1]} is not within {name}, which is {whole[0]}:{whole[1]}"
        )
    return archive.cite(article.id, span or whole)


def _print_citations(citations: list[Citation], style: str) -> None:
    from pinakes.search.as_json import cited_object
    from pinakes.search.citing import STYLES, annotation_object

    if style == "csl-json":
        from pinakes.search.citing.literature import as_csl_json

        # A file of CSL-JSON is one list, however many there are.
        print_rows([as_csl_json(*citations)])
        return
    for place, citation in enumerate(citations):
        if style == "json":
            print_json(cited_object(citation))
        elif style == "json-ld":
            print_json(annotation_object(citation))
        else:
            lines = STYLES[style](citation).split("\n")
            print_rows([""] * (place > 0) + lines)
