"""`doctor`: whether an archive is whole, and what is left in it of words that should be gone."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_json, print_output, print_rows, say
from pinakes.search.cli.settings import current_settings, shared_options


@click.command(short_help="Check that the archive is whole.")
@click.argument("terms", metavar="[TERM|FILE]...", nargs=-1)
@click.option("--residue", is_flag=True, help="Look for TERMs, or the words of FILEs, everywhere.")
@click.option("--repair", is_flag=True, help="Make the index again from the store.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
@click.option(
    "--wait", "wait_s", type=click.FloatRange(min=0), default=10.0, show_default=True,
    metavar="SECONDS", help="How long to wait for another process that is writing.",
)  # fmt: skip
@shared_options
@ends_well
def doctor(
    *, terms: tuple[str, ...], residue: bool, repair: bool, is_json: bool, wait_s: float
) -> ExitStatus:
    """Read settings, store and index whole, and say which part is damaged; the status is 1 then.

    --repair makes the index again from the store, and finishes a purge that was stopped.

    --residue reads every byte below .pinakes, with all that is compressed in it, and looks for
    words that no article of the archive has: the TERMs, or all words of the FILEs, such as
    articles that were purged. The status is 1 if one is left.
    """
    from pinakes.search.cli.archives import open_archive

    if residue != bool(terms):
        told = (
            "--residue looks for TERMs, or the words of FILEs: give some"
            if residue
            else ("TERMs and FILEs are for --residue")
        )
        raise click.UsageError(told)
    with open_archive(current_settings()) as archive:
        if residue:
            from pinakes.search.cli.render_upkeep import render_residue, residue_object

            files = [Path(term) for term in terms if os.path.lexists(term)]
            words = [term for term in terms if not os.path.lexists(term)]
            found = archive.upkeep.residue(words, files=files)
            if is_json:
                print_json(residue_object(found))
            else:
                print_output(render_residue(found, has_shared=bool(words)))
            return ExitStatus.DONE if found.is_clean else ExitStatus.NOTHING_FOUND
        if repair:
            archive.upkeep.repair(wait_s=wait_s)
            say("Made the index again from the store")
        return _check(archive.upkeep.check(), is_json=is_json)


def _check(faults: tuple[object, ...], *, is_json: bool) -> ExitStatus:
    from pinakes.search.cli.render_upkeep import fault_lines, faults_object

    if is_json:
        print_json(faults_object(faults))  # type: ignore[arg-type]
    else:
        print_rows(fault_lines(faults))  # type: ignore[arg-type]
    return ExitStatus.NOTHING_FOUND if faults else ExitStatus.DONE
