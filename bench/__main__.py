"""The command line: `python -m bench --help`."""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from bench.cluster_commands import cluster_command, fan_out_command, stores_command
from bench.cold import measure_cold
from bench.commits import Plan, measure_commits
from bench.compare import compare
from bench.contestants import NAMES
from bench.html_ingest import measure_html
from bench.ingest import measure_ingest
from bench.ingest_memory import SHAPES, measure_ingest_memory
from bench.inputs import InputError, Selection, check_passages, read_queries
from bench.opening import measure_opening
from bench.operators import make_archive, measure_operators
from bench.options import FILE, FOLDER, JSON, LIMIT, MADE_IN, PASSAGES, QUERIES, QUERY_LIMIT, tell
from bench.settings import Settings, Table
from bench.shapes import Asked
from bench.worker_process import WorkerError


@click.group()
def main() -> None:
    """Measure Pinakes, beside other engines and by itself."""


@main.command("compare")
@PASSAGES
@QUERIES
@LIMIT
@QUERY_LIMIT
@click.option("--peer", "peers", multiple=True, type=click.Choice(NAMES), help="Only these.")
@click.option(
    "--table",
    "tables",
    multiple=True,
    type=click.Choice([each.value for each in Table]),
    default=[each.value for each in Table],
    help="What to compare.",
)
@click.option(
    "--ask",
    "asked",
    multiple=True,
    type=click.Choice([each.value for each in Asked]),
    default=[each.value for each in Asked],
    help="What to ask for.",
)
@click.option("--cores", multiple=True, type=click.IntRange(1), default=(1, 2))
@click.option("--memory", "memory_mb", type=click.IntRange(50), default=1000, help="MB to build.")
@click.option("--passes", type=click.IntRange(1), default=3)
@click.option("--rounds", type=click.IntRange(1), default=3)
@click.option("--seconds", type=float, default=2.0, help="Time for a cell in a round.")
@click.option("--parse-inside", is_flag=True, help="Time the reading of the query text too.")
@click.option("--clock", type=click.Choice(["wall", "cpu"]), default="wall")
@click.option("--whoosh-every", type=click.IntRange(1), default=14)
@click.option("--whoosh-all", is_flag=True, help="Short for --whoosh-every 1.")
@click.option("--check", type=click.IntRange(0), default=10, help="Answers of a kind to check.")
@click.option("--lucene-jars", type=FOLDER)
@MADE_IN
@JSON
def compare_command(
    *, queries: Path, query_limit: int | None, report: Path | None, **options: Any
) -> None:
    """Compare Pinakes with the engines that are installed."""
    folder = options.pop("folder")
    if options.pop("whoosh_all"):
        options["whoosh_every"] = 1
    options["peers"] = frozenset(options["peers"])
    options["tables"] = tuple(map(Table, options["tables"]))
    options["asked"] = tuple(map(Asked, options["asked"]))
    sets = read_queries(queries, limit=query_limit)
    check_passages(Selection(str(options["passages"]), limit=options["limit"]))
    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as made:
        settings = Settings(sets=sets, folder=Path(made), **options)
        tell(report, lambda: compare(settings))


@main.command("ingest")
@PASSAGES
@LIMIT
@click.option("--cores", multiple=True, type=click.IntRange(1), default=(1, 2))
@click.option(
    "--keep",
    type=click.Path(resolve_path=True, path_type=Path),
    help="Keep the last archive there.",
)
@MADE_IN
@JSON
def ingest_command(
    *, passages: Path, limit: int, folder: Path | None, report: Path | None, **options: Any
) -> None:
    """Build an archive: speed, memory, and what it consists of."""
    keep = options["keep"]
    if keep is not None and keep.exists():
        raise click.UsageError(f"{keep} exists; name a new folder")
    selection = Selection(str(passages), limit=limit)
    check_passages(selection)
    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as made:
        tell(report, lambda: measure_ingest(selection, Path(made), **options))


@main.command("operators")
@PASSAGES
@QUERIES
@LIMIT
@click.option("--query-limit", type=click.IntRange(1), default=100, show_default=True)
@click.option("--together", type=click.IntRange(1), default=20, help="Passages an article.")
@click.option("--archive", type=FOLDER, help="One of these passages that is made already.")
@MADE_IN
@JSON
def operators_command(
    *, passages: Path, queries: Path, limit: int, folder: Path | None, **options: Any
) -> None:
    """Ask whole answers by each operator, and with facets; beside FTS5."""
    sets = read_queries(queries)
    selection = Selection(str(passages), limit=limit)
    check_passages(selection)
    asked = options["query_limit"]
    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as made:
        root = options["archive"] or Path(made, "archive")
        if options["archive"] is None:
            make_archive(selection, root, together=options["together"])
        tell(
            options["report"],
            lambda: measure_operators(root, selection, sets, Path(made), query_limit=asked),
        )


@main.command("ingest-html")
@click.argument(
    "sources",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, resolve_path=True, path_type=Path),
)
@click.option("--processes", type=click.IntRange(1), default=2, help="That read pages.")
@click.option("--rounds", type=click.IntRange(1), default=1, help="Of which the fastest counts.")
@click.option("--limit", type=click.IntRange(0), default=0, help="Pages of a PATH at the most.")
@MADE_IN
@JSON
def ingest_html_command(
    *, sources: tuple[Path, ...], folder: Path | None, report: Path | None, **options: Any
) -> None:
    """Take in the pages in folders or tar files; beside trafilatura that only extracts them."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as made:
        tell(report, lambda: measure_html(sources, Path(made), **options))


@main.command("ingest-memory")
@PASSAGES
@LIMIT
@click.option(
    "--shape", "shapes", multiple=True, type=click.Choice(SHAPES), default=SHAPES[:2],
    help="One JSONL file, many files; or one file that is too large.",
)  # fmt: skip
@click.option("--files", type=click.IntRange(1), default=10_000, show_default=True)
@click.option("--index-memory", "index_mb", type=click.IntRange(1), help="[index] memory_mb.")
@MADE_IN
@JSON
def ingest_memory_command(
    *, passages: Path, limit: int, folder: Path | None, report: Path | None, **options: Any
) -> None:
    """Run `pinakes index`: the most memory that all its processes hold together."""
    selection = Selection(str(passages), limit=limit)
    check_passages(selection)
    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as made:
        tell(report, lambda: measure_ingest_memory(selection, Path(made), **options))


@main.command("opening")
@click.option("--archive", type=FOLDER, required=True, help="One that `ingest --keep` kept.")
@QUERIES
@click.option("--runs", type=click.IntRange(1), default=7, help="Processes.")
@click.option("--cold", "is_cold", is_flag=True, help="Drop the archive's files from memory first.")
@JSON
def opening_command(
    *, archive: Path, queries: Path, runs: int, is_cold: bool, report: Path | None
) -> None:
    """Open an archive and ask the first query: time and memory beyond imports."""
    asked = [" OR ".join(words) for each in read_queries(queries) for words in each.queries[:runs]]
    tell(report, lambda: measure_opening(archive, asked, runs=runs, is_cold=is_cold))


@main.command("cold")
@click.option("--archive", type=FOLDER, help="One that `ingest --keep` kept, beside the samples.")
@click.option("--queries", type=FILE, help="JSON: kind -> lists of words; asked of the archive.")
@click.option("--runs", type=click.IntRange(1), default=31, help="Processes of each command.")
@JSON
def cold_command(
    *, archive: Path | None, queries: Path | None, runs: int, report: Path | None
) -> None:
    """Run commands in new processes, beside the imports of a program on Whoosh."""
    if (archive is None) is not (queries is None):
        raise click.UsageError("--archive and --queries go together")
    sets = read_queries(queries, limit=runs) if queries else []
    asked = [" ".join(words) for each in sets for words in each.queries]
    tell(report, lambda: measure_cold(archive, asked, runs=runs))


@main.command("commits")
@PASSAGES
@QUERIES
@QUERY_LIMIT
@click.option("--commits", type=click.IntRange(1), default=10_000)
@click.option("--per-commit", type=click.IntRange(1), default=10, help="Passages in a commit.")
@click.option("--delete-every", type=click.IntRange(1), default=3, help="Commits to a removal.")
@click.option("--report-every", type=click.IntRange(1), default=1000)
@click.option("--processes", type=click.IntRange(0), default=2, help="That read meanwhile.")
@click.option("--threads", type=click.IntRange(1), default=2, help="In each of them.")
@click.option("--pause", "pause_s", type=float, default=0.05, help="Seconds between queries.")
@click.option("--clock", type=click.Choice(["wall", "cpu"]), default="wall")
@MADE_IN
@JSON
def commits_command(
    *, queries: Path, query_limit: int | None, report: Path | None, **options: Any
) -> None:
    """Make many small commits while others search, then compare with one bulk build."""
    passages, clock, folder = (options.pop(name) for name in ("passages", "clock", "folder"))
    sets = read_queries(queries, limit=query_limit)
    plan = Plan(**options)
    check_passages(Selection(str(passages), limit=plan.commits * plan.per_commit))
    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as made:
        settings = Settings(passages=passages, sets=sets, folder=Path(made), clock=clock)
        tell(report, lambda: measure_commits(settings, plan))


@main.command("http")
@PASSAGES
@QUERIES
@LIMIT
@QUERY_LIMIT
@click.option("--clients", type=click.IntRange(1), default=64, show_default=True)
@click.option("--seconds", type=float, default=60.0, show_default=True)
@click.option("--dear", default="", help="A query made to be expensive, asked all the time.")
@MADE_IN
@JSON
def http_command(
    *, queries: Path, query_limit: int | None, report: Path | None, **options: Any
) -> None:
    """Load `pinakes serve` with clients on this machine while articles come in."""
    # Not at the top: no other command serves.
    from bench.http_load import Load, measure_http

    folder = options.pop("folder")
    sets = tuple(read_queries(queries, limit=query_limit))
    check_passages(Selection(str(options["passages"]), limit=options["limit"]))
    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as made:
        load = Load(sets=sets, folder=Path(made), **options)
        tell(report, lambda: measure_http(load))


@main.command("tags")
@click.option("--passages", type=FILE, help="JSONL, plain or .gz: id, text.")
@click.argument(
    "pages", metavar="[PATH]...", nargs=-1,
    type=click.Path(exists=True, resolve_path=True, path_type=Path),
)  # fmt: skip
@click.option("--rule", "rules", multiple=True, type=FILE, help="A rule of a user's, too.")
@click.option("--limit", type=click.IntRange(0), default=2000, show_default=True,
              help="Passages, and pages of a PATH, at the most; 0 is all.")  # fmt: skip
@JSON
def tags_command(
    *,
    passages: Path | None,
    pages: tuple[Path, ...],
    rules: tuple[Path, ...],
    limit: int,
    report: Path | None,
) -> None:
    """Measure what each tagger costs a passage, over passages and pages of folders or tar files."""
    # Not at the top: no other command needs taggers.
    from bench.tagger_cost import measure_tags

    if not (passages or pages):
        raise click.UsageError("name --passages or a PATH with pages")
    tell(report, lambda: measure_tags(passages, pages, rules, limit=limit))


for _command in (cluster_command, stores_command, fan_out_command):
    main.add_command(_command)


if __name__ == "__main__":
    # Leave no archives and indexes behind, nor workers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        main()
    except (InputError, WorkerError) as error:
        raise SystemExit(f"bench: {error}") from error
