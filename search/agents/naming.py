"""What names an article, or a passage of it, to an agent: `ID`, `ID#N`, an address of ours."""

from __future__ import annotations

import re

from pinakes.search.agents.problems import AgentError

_NAME = re.compile(r"(?:pinakes:[0-9A-Za-z-]*/)?(?P<id>[^#/]{1,100})(?:#(?P<number>[0-9]{1,9}))?")


def read_name(name: str) -> tuple[str, int | None]:
    """Return the id of the article, and the number of the passage if there is one.

    >>> read_name("d84c2cc8#3"), read_name("pinakes:5f0e/d84c2cc8")
    (('d84c2cc8', 3), ('d84c2cc8', None))

    Raises:
        AgentError: It is no such name.
    """
    found = _NAME.fullmatch(name.strip())
    if found is None:
        raise AgentError("id is the `id` of a result of search: ARTICLE or ARTICLE#PASSAGE")
    number = found["number"]
    return found["id"], None if number is None else int(number)
