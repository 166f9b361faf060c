"""`engine`: where the queries of an archive are answered."""

from __future__ import annotations

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.index_commands import wait_option
from pinakes.search.cli.messages import ends_well, print_output, say
from pinakes.search.cli.settings import current_settings, shared_options


@click.command(short_help="Say or set where queries are answered.")
@click.argument("kind", type=click.Choice(["local", "opensearch"]), required=False)
@click.option(
    "--url", "urls", multiple=True, metavar="URL", help="A node of the cluster; may be repeated."
)
@click.option(
    "--name", default="", help="What its indexes there begin with; archives of one name are one."
)
@click.option(
    "--ca-file", default="", metavar="FILE", help="Certificates that sign those of the nodes."
)
@click.option("--shards", type=click.IntRange(min=1), help="In how many parts articles are kept.")
@click.option("--replicas", type=click.IntRange(min=0), help="How many more copies of each part.")
@click.option(
    "--drop",
    "is_dropped",
    is_flag=True,
    help="Delete what this archive has sent to the cluster, too.",
)
@wait_option
@shared_options
@ends_well
def engine(
    *,
    kind: str | None,
    urls: tuple[str, ...],
    wait_s: float,
    is_dropped: bool,
    **asked: str | int | None,
) -> ExitStatus:
    """Say where the archive's queries are answered, or have them answered elsewhere from now on.

    `local` is the archive's own folder, `opensearch` a cluster, to which all that the archive holds
    is sent before anything changes. Citations, ids and saved searches stay as they are. Name and
    password come from PINAKES_OPENSEARCH_USER and PINAKES_OPENSEARCH_PASSWORD, and are told to the
    nodes in PINAKES_OPENSEARCH_URLS only.
    """
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.engines import describe_engine, switch_engine

    settings = current_settings()
    with open_archive(settings) as archive:
        root = archive.root
    if kind is None:
        print_output(describe_engine(root))
        return ExitStatus.DONE
    given = {name: value for name, value in asked.items() if value not in (None, "")}
    say(
        switch_engine(
            root, kind, {"urls": urls, **given} if urls else given,
            is_dropped=is_dropped, wait_s=wait_s,
        )
    )  # fmt: skip
    return ExitStatus.DONE
