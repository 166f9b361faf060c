"""`backup` and `restore`: an archive in one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_output, say
from pinakes.search.cli.settings import current_settings, shared_options
from pinakes.search.cli.terminal import one_line


@click.command(short_help="Write the archive into one file.")
@click.argument("path", metavar="FILE|FOLDER", type=click.Path(path_type=Path))
@shared_options
@ends_well
def backup(path: Path) -> ExitStatus:
    """Write what the archive holds into FILE, or into a new file in FOLDER, and print its name.

    Others may write meanwhile. The index is not in it, as it is made again, nor are the files that
    the articles were read from.
    """
    from pinakes.search.cli.archives import open_archive

    with open_archive(current_settings()) as archive:
        made = archive.upkeep.backup(path)
    print_output(one_line(str(made.path)))
    say(f"{made.articles:,} articles, at generation {made.generation}")
    return ExitStatus.DONE


@click.command(short_help="Make an archive of a backup.")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("root", metavar="[FOLDER]", required=False, type=click.Path(path_type=Path))
@shared_options
@ends_well
def restore(path: Path, root: Path | None) -> ExitStatus:
    """Make an archive in FOLDER, by default the working directory, of a backup.

    Nothing is overwritten: a folder that has an archive already is refused. For the articles to be
    known as those of their files, these must stand where they stood, seen from FOLDER.
    """
    from pinakes.search.archive import Archive
    from pinakes.search.upkeep import restore_backup

    target = root or current_settings().archive or Path.cwd()
    made = restore_backup(path, target)
    with Archive.open(target, exact=True) as archive:
        archive.status()
    say(
        f"Restored {made.articles:,} articles, at generation {made.generation}, made {made.made},"
        f" in {target}"
    )
    return ExitStatus.DONE
