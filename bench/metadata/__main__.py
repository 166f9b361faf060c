"""`python -m bench.metadata PATH`: right, wrong and missing, for each field of each set."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import click

from bench.metadata.contestants import contestant
from bench.metadata.scoring import MEASURES, Found, Outcome, score
from bench.metadata.sets import LabelledPage, find_sets, read_set
from bench.tables import print_table

_PEERS = ("htmldate", "trafilatura")
_TRUTH_OF = {"published": "date", "published or modified": "date", "language": "lang"}


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--peer", "peers", multiple=True, type=click.Choice(_PEERS), help="Beside Pinakes.")
@click.option(
    "--wrong",
    "listed",
    multiple=True,
    type=click.Choice(list(MEASURES)),
    help="List the pages that Pinakes has wrong, missing or invented by this measure.",
)
def main(path: Path, peers: tuple[str, ...], listed: tuple[str, ...]) -> None:
    """Measure the metadata found in labelled pages.

    PATH is a set (a tar.gz, or a folder with truth.jsonl and pages/) or a folder of sets.
    """
    for set_path in find_sets(path):
        pages = list(read_set(set_path))
        for name in ("pinakes", *peers):
            _measure(set_path.name, pages, name, listed if name == "pinakes" else ())


def _measure(set_name: str, pages: list[LabelledPage], name: str, listed: tuple[str, ...]) -> None:
    tallies: dict[str, Counter[Outcome]] = {measure: Counter() for measure in MEASURES}
    with contestant(name) as (find, watch):
        for page in pages:
            found = find(page.content)
            outcomes = score(found, page.truth)
            for measure, outcome in outcomes.items():
                tallies[measure][outcome] += 1
            for measure in listed:
                if outcomes[measure] not in (Outcome.RIGHT, Outcome.ABSENT):
                    _tell(page, measure, outcomes[measure], found)
    rows = [_row(measure, tally) for measure, tally in tallies.items() if _is_known(tally)]
    times = sorted(1000 * seconds for seconds in watch.seconds)
    print_table(
        f"{set_name}, {len(pages)} pages: {name}, {statistics.median(times):.2f} ms of CPU a page"
        f" (median; {times[int(0.95 * len(times))]:.2f} at the 95th percentile)",
        ("", "right %", *Outcome),
        rows,
    )


def _is_known(tally: Mapping[Outcome, int]) -> bool:
    known = (Outcome.RIGHT, Outcome.WRONG, Outcome.MISSING)
    return any(tally.get(outcome, 0) for outcome in known)


def _row(measure: str, tally: Mapping[Outcome, int]) -> tuple[object, ...]:
    counts = [tally.get(outcome, 0) for outcome in Outcome]
    return (measure, round(100 * counts[0] / sum(counts[:3]), 1), *counts)


def _tell(page: LabelledPage, measure: str, outcome: Outcome, found: Found) -> None:
    field = measure.partition(",")[0]
    truth = page.truth[_TRUTH_OF.get(measure, field)]
    ours = {
        "author": "; ".join(found.authors),
        "published or modified": f"{found.published} / {found.modified}",
    }
    shown = ours.get(field) if field in ours else getattr(found, field)
    click.echo(f"{measure}, {outcome}: {page.name}\n    true   {truth}\n    found  {shown}")


if __name__ == "__main__":
    main()
