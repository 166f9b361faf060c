"""What a shell can complete beside commands and options: fields, their values, saved names.

Bash takes the colon of `kind:quote` for a word of its own, other shells do not; both are completed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from pinakes.search.cli.settings import current_settings

_MOST_VALUES = 200

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from pinakes.search.archive import Archive


def complete_query(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return how a word of a query may go on: a field, or the value of one."""
    before = context.params.get(parameter.name or "") or ()
    field, colon, value = incomplete.rpartition(":")
    shown = field + colon
    if not field and colon:
        field, shown = _last(before), colon
    elif not colon and _last(before) == ":":
        field, value = _last(before[:-1]), incomplete
    if not field:
        return _items(f"{name}:" for name in _fields() if name.startswith(incomplete))
    with context.scope(cleanup=False):
        found = [each for each in _values(field.lstrip("(")) if each.startswith(value)]
    return _items(shown + each for each in found)


def complete_saved(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the names of saved searches that begin so, each with its query."""
    from click.shell_completion import CompletionItem

    with context.scope(cleanup=False):
        return [
            CompletionItem(name, help=query)
            for name, query in _saved()
            if name.startswith(incomplete)
        ]


def complete_rule(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the names of rules that can be run again."""
    with context.scope(cleanup=False):
        names = [name for archive in _archive() for name in archive.tags.rules()]
    return _items(name for name in names if name.startswith(incomplete))


def complete_facet(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return what can be counted: fields, and the types of tags that the archive has."""
    from pinakes.search.options import FACETS

    with context.scope(cleanup=False):
        types = [type_ for archive in _archive() for type_ in archive.tags.types()]
    names = (*FACETS, *(f"tag:{type_}" for type_ in sorted(types)))
    return _items(name for name in names if name.startswith(incomplete))


def _last(words: Iterable[str]) -> str:
    return next(reversed(tuple(words)), "")


def _items(values: Iterable[str]) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(value) for value in values]


def _fields() -> list[str]:
    from pinakes.search.query.fields import FIELDS

    return sorted(FIELDS)


def _values(field: str) -> list[str]:
    """Return the values of a field that has a few; those of a field without are of no help."""
    from pinakes.corpus import Kind
    from pinakes.search.query.fields import KNOWABLE, TAGS

    match field:
        case "kind":
            return [kind.value for kind in Kind]
        case "has":
            return sorted(KNOWABLE | TAGS)
        case "lang":
            return [language for archive in _archive() for language in archive.status().languages]
        case "saved":
            return [name for name, _ in _saved()]
    return [value for archive in _archive() for value in _tag_values(archive, field)]


def _tag_values(archive: Archive, type_: str) -> list[str]:
    """Return the most frequent values of a type of tags, those of one word; maybe none.

    Others would need quotes, each shell its own.
    """
    from pinakes.search.options import SearchOptions

    if type_ not in archive.tags.types():
        return []
    options = SearchOptions(limit=0, facets=(f"tag:{type_}",), facet_values=_MOST_VALUES)
    found = archive.search("*", options=options).facets
    values = [each.value for facet in found for each in facet.values]
    return [value for value in values if len(value.split()) == 1]


def _saved() -> list[tuple[str, str]]:
    return [(search.name, search.query) for archive in _archive() for search in archive.saved]


def _archive() -> Iterator[Archive]:
    """Yield the archive; nothing where there is none to read: a shell has no use for a message."""
    from pinakes.corpus import PinakesError
    from pinakes.search.cli.archives import open_archive

    try:
        archive = open_archive(current_settings())
    except (PinakesError, OSError):
        return
    with archive:
        yield archive
