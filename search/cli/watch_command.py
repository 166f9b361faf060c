"""`watch`: an archive that follows its folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.indexing import limit_options, limits_given, sparing_observer
from pinakes.search.cli.messages import ends_well, say
from pinakes.search.cli.settings import current_settings, shared_options


@click.command(short_help="Add articles as they come, until Ctrl-C.")
@click.argument(
    "paths",
    metavar="[FOLDER]...",
    nargs=-1,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--prune", is_flag=True, help="Forget the files of a folder that becomes empty.")
@click.option(
    "--quiet-for",
    "quiet_s",
    type=click.FloatRange(min=0.001, max=3600),
    default=0.5,
    show_default=True,
    metavar="SECONDS",
    help="Without a change before changes are taken in.",
)
@limit_options
@shared_options
@ends_well
def watch(*, paths: tuple[Path, ...], quiet_s: float, **asked: Any) -> ExitStatus:
    """Add the articles in folders, then whatever changes there, until Ctrl-C.

    Without FOLDER, the archive's own is watched. What is deleted is forgotten by the rules of
    `index`. Needs the extra `watch`: pip install 'pinakes[watch]'.
    """
    from pinakes.search.cli.archives import open_or_create_archive
    from pinakes.search.cli.progress import file_progress
    from pinakes.search.cli.render_archive import render_ingest
    from pinakes.search.index_options import IndexOptions
    from pinakes.search.watching import WatchingMissingError, WatchOptions
    from pinakes.search.watching import watch as watch_folders

    settings = current_settings()
    index = IndexOptions(limits=limits_given(asked), **asked)
    named = [str(path) for path in paths]
    with open_or_create_archive(settings, named) as archive, file_progress(settings) as progress:
        observer = sparing_observer(on_plan=progress.on_plan, on_file=progress.on_file)
        folders = paths or (archive.root,)
        options = WatchOptions(index=index, quiet_s=quiet_s)
        updates = watch_folders(archive, folders, options=options, observer=observer)
        try:
            for update in updates:
                progress.close()
                if update.report:
                    say(render_ingest(update.report))
                else:
                    say(f"Tried again soon: {update.error}")
        except WatchingMissingError as error:
            raise click.UsageError(str(error)) from error
        except KeyboardInterrupt:
            say("Stopped.")
    return ExitStatus.DONE
