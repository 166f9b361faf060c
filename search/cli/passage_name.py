"""What names an article or one of its passages on the command line: `ID`, `ID#N`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import CommandError

if TYPE_CHECKING:
    from pinakes.corpus import Article


def read_passage_name(name: str) -> tuple[str, int | None]:
    """Return the id of the article, and the number of the passage if there is one."""
    article_id, has_number, number = name.partition("#")
    if not has_number:
        return article_id, None
    if re.fullmatch("[0-9]{1,9}", number):
        return article_id, int(number)
    raise click.BadParameter(f"{number!r} is not a passage number", param_hint="ID[#N]")


def refuse_missing(article: Article, number: int) -> None:
    """Raise a `CommandError` if the article has no passage of this number."""
    if number >= len(article.passages):
        raise CommandError(
            f"{article.id} has no passage {number}; "
            f"its passages are 0 to {len(article.passages) - 1}",
            ExitStatus.NOTHING_FOUND,
        )
