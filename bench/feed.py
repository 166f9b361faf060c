"""Passages as they are read, with what reading them takes."""

from __future__ import annotations

import time
from collections.abc import Iterator

from bench.inputs import BenchPassage, Selection, select_passages


class Feed:
    """The passages of a selection, to be gone through once.

    Attributes:
        count: How many have been read.
        text_bytes: Of their texts in UTF-8.
        seconds: What reading them took.
    """

    def __init__(self, selection: Selection) -> None:
        """Read nothing yet."""
        self._passages = select_passages(selection)
        self.count = 0
        self.text_bytes = 0
        self.seconds = 0.0

    def __iter__(self) -> Iterator[BenchPassage]:
        began = time.perf_counter()
        for passage in self._passages:
            self.count += 1
            self.text_bytes += len(passage.text.encode())
            self.seconds += time.perf_counter() - began
            yield passage
            began = time.perf_counter()
