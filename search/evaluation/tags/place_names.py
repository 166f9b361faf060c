"""The names of places in other languages than that of their tags: `Genf` is `place:Geneva`."""

from __future__ import annotations

from functools import cache

from pinakes.corpus import place_forms
from pinakes.indexer import fold_value

TYPE = "place"


def canonical_places(name: str) -> frozenset[str]:
    """Return the values that tags have for places of a name, both folded; none if it is unknown.

    Of a name that tags have themselves, that one is left out.
    """
    return _by_form().get(name, frozenset())


@cache
def _by_form() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for form, name in place_forms():
        folded, value = fold_value(form), fold_value(name)
        if folded != value:
            found.setdefault(folded, set()).add(value)
    return {form: frozenset(values) for form, values in found.items()}
