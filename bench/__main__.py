"""The command line: `python -m bench --help`."""

from __future__ import annotations

import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bench.cold import measure_cold
from bench.commits import Plan, measure_commits
from bench.compare import compare
from bench.contestants import NAMES
from bench.html_ingest import measure_html
from bench.ingest import measure_ingest
from bench.ingest_memory import SHAPES, measure_ingest_memory
from bench.inputs import InputError, Selection, check_passages, read_queries
from bench.machine import describe_machine
from bench.opening import measure_opening
from bench.settings import Settings, Table
from bench.shapes import Asked
from bench.tables import print_machine, write_report
from bench.worker_process import WorkerError

# Workers run in the folder of the checkout, hence absolute paths.
_FILE = click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path)


_PASSAGES = click.option(
    "--passages", type=_FILE, required=True, help="JSONL, plain or .gz: id, text."
)
_QUERIES = click.option(
    "--queries", type=_FILE, required=True, help="JSON: kind -> lists of words."
)
_LIMIT = click.option("--limit", type=click.IntRange(0), default=0, help="Passages at the most.")
_QUERY_LIMIT = click.option(
    "--query-limit", type=click.IntRange(1), help="Queries of a kind at the most."
)
_MADE_IN = click.option(
    "--folder",
    type=_FOLDER,
    help="Where archives and indexes are made, and removed after; by default for temporary files.",
)
_JSON = click.option(
    "--json", "report", type=click.Path(path_type=Path), help="Write all figures here."
)


@click.group()
def main() -> None:
    """Measure Pinakes, beside other engines and by itself."""


@main.command("compare")
@_PASSAGES
@_QUERIES
@_LIMIT
@_QUERY_LIMIT
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
@click.option("--lucene-jars", type=_FOLDER)
@_MADE_IN
@_JSON
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
        _tell(report, lambda: compare(settings))


@main.command("ingest")
@_PASSAGES
@_LIMIT
@click.option("--cores", multiple=True, type=click.IntRange(1), default=(1, 2))
@click.option(
    "--keep",
    type=click.Path(resolve_path=True, path_type=Path),
    help="Keep the last archive there.",
)
@_MADE_IN
@_JSON
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
        _tell(report, lambda: measure_ingest(selection, Path(made), **options))


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
@_MADE_IN
@_JSON
def ingest_html_command(
    *, sources: tuple[Path, ...], folder: Path | None, report: Path | None, **options: Any
) -> None:
    """Take in the pages in folders or tar files; beside trafilatura that only extracts them."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as made:
        _tell(report, lambda: measure_html(sources, Path(made), **options))


@main.command("ingest-memory")
@_PASSAGES
@_LIMIT
@click.option(
    "--shape", "shapes", multiple=True, type=click.Choice(SHAPES), default=SHAPES[:2],
    help="One JSONL file, many files; or one file that is too large.",
)  # fmt: skip
@click.option("--files", type=click.IntRange(1), default=10_000, show_default=True)
@click.option("--index-memory", "index_mb", type=click.IntRange(1), help="[index] memory_mb.")
@_MADE_IN
@_JSON
def ingest_memory_command(
    *, passages: Path, limit: int, folder: Path | None, report: Path | None, **options: Any
) -> None:
    """Run `pinakes index`: the most memory that all its processes hold together."""
    selection = Selection(str(passages), limit=limit)
    check_passages(selection)
    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as made:
        _tell(report, lambda: measure_ingest_memory(selection, Path(made), **options))


@main.command("opening")
@click.option("--archive", type=_FOLDER, required=True, help="One that `ingest --keep` kept.")
@_QUERIES
@click.option("--runs", type=click.IntRange(1), default=7, help="Processes.")
@click.option("--cold", "is_cold", is_flag=True, help="Drop the archive's files from memory first.")
@_JSON
def opening_command(
    *, archive: Path, queries: Path, runs: int, is_cold: bool, report: Path | None
) -> None:
    """Open an archive and ask the first query: time and memory beyond imports."""
    asked = [" OR ".join(words) for each in read_queries(queries) for words in each.queries[:runs]]
    _tell(report, lambda: measure_opening(archive, asked, runs=runs, is_cold=is_cold))


@main.command("cold")
@click.option("--archive", type=_FOLDER, help="One that `ingest --keep` kept, beside the samples.")
@click.option("--queries", type=_FILE, help="JSON: kind -> lists of words; asked of the archive.")
@click.option("--runs", type=click.IntRange(1), default=31, help="Processes of each command.")
@_JSON
def cold_command(
    *, archive: Path | None, queries: Path | None, runs: int, report: Path | None
) -> None:
    """Run commands in new processes, beside the imports of a program on Whoosh."""
    if (archive is None) is not (queries is None):
        raise click.UsageError("--archive and --queries go together")
    sets = read_queries(queries, limit=runs) if queries else []
    asked = [" ".join(words) for each in sets for words in each.queries]
    _tell(report, lambda: measure_cold(archive, asked, runs=runs))


@main.command("commits")
@_PASSAGES
@_QUERIES
@_QUERY_LIMIT
@click.option("--commits", type=click.IntRange(1), default=10_000)
@click.option("--per-commit", type=click.IntRange(1), default=10, help="Passages in a commit.")
@click.option("--delete-every", type=click.IntRange(1), default=3, help="Commits to a removal.")
@click.option("--report-every", type=click.IntRange(1), default=1000)
@click.option("--processes", type=click.IntRange(0), default=2, help="That read meanwhile.")
@click.option("--threads", type=click.IntRange(1), default=2, help="In each of them.")
@click.option("--pause", "pause_s", type=float, default=0.05, help="Seconds between queries.")
@click.option("--clock", type=click.Choice(["wall", "cpu"]), default="wall")
@_MADE_IN
@_JSON
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
        _tell(report, lambda: measure_commits(settings, plan))


@main.command("http")
@_PASSAGES
@_QUERIES
@_LIMIT
@_QUERY_LIMIT
@click.option("--clients", type=click.IntRange(1), default=64, show_default=True)
@click.option("--seconds", type=float, default=60.0, show_default=True)
@click.option("--dear", default="", help="A query made to be expensive, asked all the time.")
@_MADE_IN
@_JSON
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
        _tell(report, lambda: measure_http(load))


@main.command("tags")
@click.option("--passages", type=_FILE, help="JSONL, plain or .gz: id, text.")
@click.argument(
    "pages", metavar="[PATH]...", nargs=-1,
    type=click.Path(exists=True, resolve_path=True, path_type=Path),
)  # fmt: skip
@click.option("--rule", "rules", multiple=True, type=_FILE, help="A rule of a user's, too.")
@click.option("--limit", type=click.IntRange(0), default=2000, show_default=True,
              help="Passages, and pages of a PATH, at the most; 0 is all.")  # fmt: skip
@_JSON
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
    _tell(report, lambda: measure_tags(passages, pages, rules, limit=limit))


@main.command("cluster")
@_PASSAGES
@_QUERIES
@_LIMIT
@_QUERY_LIMIT
@click.option("--url", "urls", multiple=True, help="A node of a cluster that runs.")
@click.option("--heap", "heap_mb", type=click.IntRange(200), default=1000, show_default=True,
              help="MB for each of three nodes that are started otherwise.")  # fmt: skip
@click.option("--shards", type=click.IntRange(1), default=3, show_default=True)
@click.option("--replicas", type=click.IntRange(0), default=1, show_default=True)
@_MADE_IN
@_JSON
def cluster_command(
    *, queries: Path, query_limit: int | None, report: Path | None, **options: Any
) -> None:
    """Measure an archive on an OpenSearch cluster, beside the same one in its folder."""
    # Not at the top: no other command needs a cluster.
    from bench.cluster import ClusterPlan, measure_cluster

    folder = options.pop("folder")
    sets = tuple(read_queries(queries, limit=query_limit))
    check_passages(Selection(str(options["passages"]), limit=options["limit"]))
    with tempfile.TemporaryDirectory(dir=folder, prefix="bench-") as made:
        plan = ClusterPlan(sets=sets, folder=Path(made), **options)
        _tell(report, lambda: measure_cluster(plan))


@main.command("fan-out")
@click.argument("measured", metavar="REPORT", type=_FILE)
@click.option("--trials", type=click.IntRange(100), default=20_000, show_default=True)
@_JSON
def fan_out_command(*, measured: Path, trials: int, report: Path | None) -> None:
    """Simulate answers that wait for many shards, from the times in a REPORT of `cluster`."""
    from bench.fan_out import simulate

    _tell(report, lambda: simulate(measured, trials=trials))


def _tell(path: Path | None, measure: Callable[[], dict[str, Any]]) -> None:
    machine = describe_machine()
    print_machine(machine)
    write_report(path, {"machine": machine, **measure()})


if __name__ == "__main__":
    # Leave no archives and indexes behind, nor workers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        main()
    except (InputError, WorkerError) as error:
        raise SystemExit(f"bench: {error}") from error
