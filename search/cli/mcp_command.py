"""`mcp`: the archive as tools for language models."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

import click

from pinakes.search.cli.access_options import access_options
from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, say
from pinakes.search.cli.settings import current_settings, shared_options

if TYPE_CHECKING:
    from pinakes.search.agents import AgentOptions
    from pinakes.search.archive import Archive


class _Address(click.ParamType[Any]):
    """`HOST:PORT`, `[::1]:8766`, or a port of this machine."""

    name = "HOST:PORT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"(?:(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+):)?([0-9]{1,5})", value)
        if found is None or int(found[2]) > 65535:
            self.fail(f"{value!r} is no address: give HOST:PORT, as 127.0.0.1:8766", param, ctx)
        return (found[1] or "127.0.0.1").strip("[]"), int(found[2])


@click.command("mcp", short_help="Serve the archive to language models, over MCP.")
@click.option(
    "--http", "address", type=_Address(), metavar="HOST:PORT",
    help="Streamable HTTP there, at /mcp, in place of standard input and output; port 0 is any.",
)  # fmt: skip
@access_options
@click.option(
    "--max-tokens", type=click.IntRange(min=1), default=10_000, show_default=True,
    help="Of an answer, if the model does not say.",
)  # fmt: skip
@click.option(
    "--cap-tokens", type=click.IntRange(min=1), default=25_000, show_default=True,
    help="The most that a model may ask for.",
)  # fmt: skip
@click.option(
    "--single-block", "is_single_block", is_flag=True,
    help="Answer in one block of JSON, as some connectors want it, in place of one a passage.",
)  # fmt: skip
@shared_options
@ends_well
def mcp(*, address: tuple[str, int] | None, lists_mb: float, **asked: Any) -> ExitStatus:
    """Serve the archive to language models over the Model Context Protocol, until they hang up.

    The tools are search, fetch, cite and verify; none changes anything. By default one client is
    answered on standard input and output; with --http any number of them, on this machine only
    unless HOST is another address: then a token, or --public, is needed.
    Needs the extra `mcp`: pip install 'pinakes[mcp]'.
    """
    from pinakes.search.agents.missing import McpMissingError
    from pinakes.search.cli.archives import open_archive

    try:
        from pinakes.search.agents import AgentOptions, serve_stdio
    except McpMissingError as error:
        raise click.UsageError(str(error)) from error

    names = ("max_tokens", "cap_tokens", "time_s", "is_single_block")
    options = AgentOptions(**{name: asked.pop(name) for name in names})
    logging.basicConfig(level=logging.WARNING)
    with open_archive(current_settings(), lists_mb=lists_mb) as archive:
        if address is None:
            serve_stdio(archive, options)
        else:
            _serve_http(archive, options, address, asked)
    return ExitStatus.DONE


def _serve_http(
    archive: Archive, options: AgentOptions, address: tuple[str, int], asked: dict[str, Any]
) -> None:
    from pinakes.search.agents import serve_http
    from pinakes.search.serving import ServeOptions

    where = ServeOptions(host=address[0], port=address[1], **asked)
    serve_http(
        archive, where, options,
        on_ready=lambda place: say(f"Serving agents at {place} (Ctrl-C ends it)"),
    )  # fmt: skip
