"""`serve`: the archive over HTTP, for programs and for people."""

from __future__ import annotations

import logging
from typing import Any

import click

from pinakes.search.cli.access_options import access_options
from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, say
from pinakes.search.cli.settings import current_settings, shared_options


@click.command(short_help="Serve the archive as pages and as a JSON API, until Ctrl-C.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True,
    help="The port; 0 takes any that is free.",
)  # fmt: skip
@access_options
@click.option(
    "--root-path", default="", metavar="PATH", help="Where a proxy before it has mounted it."
)
@shared_options
@ends_well
def serve(*, time_s: float, lists_mb: float, **asked: Any) -> ExitStatus:
    """Serve the archive over HTTP: pages at /, a JSON API at /api/, until Ctrl-C.

    Nobody can change anything through it. Only this machine is served, unless --host says
    otherwise; then a token, or --public, is needed. The API is described at /api/openapi.json.
    Needs the extra `web`: pip install 'pinakes[web]'.
    """
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.serving.missing import WebMissingError

    try:
        from pinakes.search.serving import Limits, ServeOptions
        from pinakes.search.serving import serve as serve_archive
    except WebMissingError as error:
        raise click.UsageError(str(error)) from error

    options = ServeOptions(limits=Limits(time_s=time_s), **asked)
    logging.basicConfig(level=logging.WARNING)
    with open_archive(current_settings(), lists_mb=lists_mb) as archive:
        serve_archive(
            archive, options, on_ready=lambda address: say(f"Serving at {address} (Ctrl-C ends it)")
        )
    return ExitStatus.DONE
