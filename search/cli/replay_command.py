"""`replay`: a reported search, asked again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_json, print_text, say
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.cli.terminal import one_line

if TYPE_CHECKING:
    from pinakes.search.reporting import Difference, Replay


@click.command(short_help="Ask again what a report was written on, and say what changed, and why.")
@click.argument("path", metavar="FILE", type=click.Path())
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@shared_options
@ends_well
def replay(path: str, is_json: bool) -> ExitStatus:
    """Ask again what `search --report FILE` was asked, and compare every hit.

    Each is the same, to the last digit of its score, or gained, lost, re-scored, re-ranked or
    changed, with the reasons. The status is 0 if all is the same, 4 if damaged articles may be
    missing now, else 1.
    """
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.report_file import read_report_file
    from pinakes.search.reporting import replay_object

    report = read_report_file(path)
    with open_archive(current_settings()) as archive:
        found = archive.records.replay(report)
    if is_json:
        print_json(replay_object(found))
    else:
        print_text(_replay_lines(found))
    for message in found.now.damage:
        say(f"warning: {one_line(message)}")
    if found.now.damage:
        return ExitStatus.SOME_FAILED
    return ExitStatus.DONE if found.is_same else ExitStatus.NOTHING_FOUND


def _replay_lines(found: Replay) -> Iterator[str]:
    for each in found.differences:
        yield _difference_line(each)
        yield from (f"            {one_line(reason)}" for reason in each.reasons)
    yield from (f"Note: {one_line(remark)}" for remark in found.remarks)
    totals = [
        f"{side.articles:,} articles, {side.passages:,} passages"
        for side in (found.then, found.now)
    ]
    if found.is_same:
        yield f"same: all {found.same:,} hits, to the last score; {totals[0]}"
        return
    counts = Counter(each.outcome.value for each in found.differences)
    told = ", ".join(f"{number:,} {outcome}" for outcome, number in counts.items())
    yield f"different: {told or 'the totals'}; {found.same:,} the same"
    yield f"{totals[0]} then; {totals[1]} now"


def _difference_line(each: Difference) -> str:
    ranks = [f"{rank}." if rank else "none" for rank in (each.rank_then, each.rank_now)]
    scores = [f"{score!r}" for score in (each.score_then, each.score_now) if score is not None]
    rank = " -> ".join(dict.fromkeys(ranks))
    score = " -> ".join(dict.fromkeys(scores))
    told = f"{each.outcome.value:<10}  {one_line(each.id)}  {rank}  score {score}"
    return f"{told}  {one_line(each.title)}" if each.title else told
