"""What a name may stand for, and what it needs to be taken for that."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class PlaceKind(StrEnum):
    """What sort of place a name is of."""

    COUNTRY = "country"
    REGION = "region"
    CITY = "city"
    DEMONYM = "demonym"
    """People or things of a country."""


class Needs(StrEnum):
    """What a form needs beside its letters."""

    NOTHING = "nothing"
    INNER = "inner"
    """To stand within a sentence: at its beginning it may be a common word, or a person."""
    CONTEXT = "context"
    """That the article names a country that belongs to it."""
    NEIGHBOUR = "neighbour"
    """Its country or state after a comma, or a preposition and its country in the article."""


class Place(NamedTuple):
    """What a form stands for.

    Attributes:
        name: Canonical, in English.
        kind: What sort of place, or a demonym.
        country: ISO 3166 code of the country it lies in or is; empty if of none or several.
        needs: What the form needs.
        evidence: Codes of the countries that are its context.
    """

    name: str
    kind: PlaceKind
    country: str = ""
    needs: Needs = Needs.NOTHING
    evidence: frozenset[str] = frozenset()
