"""`demo`: the sample articles, indexed and asked, without a file of one's own."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_output, say
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.options import SearchOptions

EXAMPLES = (
    "Halvik mine collapse",
    '"right to return" date:2014-11',
    "sinkhole -live",
)
_HITS = 3


@click.command(short_help="Index the sample articles and search them.")
@click.argument("words", metavar="[QUERY]...", nargs=-1)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Put the articles and their archive there, and leave them.",
)
@shared_options
@ends_well
def demo(words: tuple[str, ...], keep: Path | None) -> ExitStatus:
    """Index the sample articles that come with Pinakes, and answer QUERY or a few examples."""
    from pinakes.search.archive import Archive
    from pinakes.search.cli.answering import Output, answer
    from pinakes.search.cli.render_archive import render_ingest

    queries = (" ".join(words),) if words else EXAMPLES
    with _folder(keep) as folder, Archive.create(folder) as archive:
        articles = folder / "articles"
        _copy_articles(articles)
        _tell("pinakes", "index", articles.name)
        say(render_ingest(archive.index([articles])))
        statuses = []
        for query in queries:
            _tell("pinakes", "search", "--limit", str(_HITS), query)
            options = SearchOptions(limit=_HITS)
            statuses.append(answer(archive, query, options=options, output=Output(is_paged=False)))
    if keep:
        say(f"Kept in {keep}; ask on with: pinakes --archive {shlex.quote(str(keep))} search QUERY")
    return max(statuses)


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep:
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="pinakes-demo-") as name:
        yield Path(name)


def _copy_articles(folder: Path) -> None:
    from importlib.resources import files

    folder.mkdir(parents=True, exist_ok=True)
    for sample in files("pinakes.articles").iterdir():
        if sample.is_file() and not sample.name.endswith((".py", ".pyc")):
            (folder / sample.name).write_bytes(sample.read_bytes())


def _tell(*command: str) -> None:
    if not current_settings().is_quiet:
        print_output(f"$ {shlex.join(command)}")
