"""`show --versions` and `show --diff`: the captures of an article's address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import print_json, print_text, say
from pinakes.search.cli.settings import current_settings
from pinakes.search.cli.terminal import one_line

if TYPE_CHECKING:
    from pinakes.corpus import Article


def list_versions(article_id: str, *, is_json: bool) -> ExitStatus:
    """Print the captures of an article's address, the earliest first, this one marked."""
    from pinakes.search.citation import saved_of
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.diff_command import article_object

    with open_archive(current_settings()) as archive:
        asked = archive.article(article_id)
        versions = archive.versions(asked.id)
    if is_json:
        told = [{**article_object(each), "saved": saved_of(each)} for each in versions]
        print_json({"schema_version": 1, "id": asked.id, "versions": told})
    else:
        print_text(_line(each, is_asked=each.id == asked.id) for each in versions)
    return ExitStatus.DONE


def compare_with_version_before(article_id: str, *, is_json: bool) -> ExitStatus:
    """Print what differs in an article and the capture of its address before it."""
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.cli.diff_command import print_comparison

    with open_archive(current_settings()) as archive:
        asked = archive.article(article_id)
        ids = [version.id for version in archive.versions(asked.id)]
        place = ids.index(asked.id)
        if not place:
            say(f"{asked.id} is the earliest capture of its address; diff A B compares any two")
            return ExitStatus.NOTHING_FOUND
        return print_comparison(archive.diff(ids[place - 1], asked.id), is_json=is_json)


def _line(article: Article, *, is_asked: bool) -> str:
    from pinakes.search.citation import saved_of
    from pinakes.search.cli.render_text import name_of

    told = (
        f"saved {one_line(saved_of(article)) or 'unknown'}",
        f"published {one_line(article.published[:10]) or 'unknown'}",
        name_of(article),
        one_line(article.paths[0] if article.paths else ""),
    )
    return f"{'*' if is_asked else ' '} {article.id}  {'  '.join(part for part in told if part)}"
