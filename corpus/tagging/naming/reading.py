"""What is found in a passage before the names of its article are linked."""

from __future__ import annotations

from typing import NamedTuple

from pinakes.corpus.tagging.naming.name import Name
from pinakes.corpus.tagging.naming.runs import Run
from pinakes.corpus.tagging.tagger import PassageText


class Reading(NamedTuple):
    """A passage with the names that it tells by itself.

    Attributes:
        passage: What was read.
        names: By where they start; no two overlap.
        runs: Its words with capitals; none where the script has none.
    """

    passage: PassageText
    names: list[Name]
    runs: list[Run]
