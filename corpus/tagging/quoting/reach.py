"""How far the words about a quotation reach: to the ends of their sentence.

Faster than cutting all of a passage into sentences, and enough beside a quotation.
"""

from __future__ import annotations

import re

SENTENCE_END = re.compile(
    r"(?<![A-ZА-Я])(?<!Mr|Dr|Ms|St|Jr|Sr)(?<!Mrs|Sen|Rep|Gov|Gen)(?<!Prof)[.!?؟](?=[\s\"”»])|\n"
)


def end_of_sentence(text: str, start: int, end: int) -> int:
    """Return where the sentence that goes on at `start` ends; `end` if it does not before."""
    match = SENTENCE_END.search(text, start, end)
    return match.start() if match else end


def start_of_sentence(text: str, start: int, end: int) -> int:
    """Return where the last sentence between `start` and `end` starts."""
    for match in SENTENCE_END.finditer(text, start, end):
        start = match.end()
    return start
