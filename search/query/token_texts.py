"""What is left of the text of a token, and whether it can be looked for."""

from __future__ import annotations

from pinakes.search.query import fields, operators
from pinakes.search.query.lexer import Token


def shortened(token: Token, text: str) -> Token:
    """Return a token of which only `text`, its beginning, is left."""
    return token._replace(text=text, end=token.end - (len(token.text) - len(text)))


def is_pattern(field: str, value: str) -> bool:
    """Tell whether `*` or `?` in a value of a field stands for letters."""
    # The colon of a tag does not make an address of it.
    parts = value.split(":", 1) if field == "tag" else [value] * (field not in fields.ADDRESSES)
    return "*" in value or any(map(operators.has_wildcard, parts))


def collapse(text: str) -> str:
    """Return a text with each run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def is_searchable(text: str) -> bool:
    """Tell whether there is a letter or digit to look for."""
    return any(map(str.isalnum, text))
