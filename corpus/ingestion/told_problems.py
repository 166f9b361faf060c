"""Bounds what one file can put into the ledger: a ZIP archive may have 100,000 empty members."""

from __future__ import annotations

from collections import Counter

from pinakes.corpus.extract import Problem

MOST_TOLD = 1000
"""How many records of a file that cannot be read are told one by one."""
_MOST_KINDS = 10
_LONGEST_KIND = 200
_OTHERS = "other reasons"


class ToldProblems:
    """The problems of one file: the first ones one by one, of the others how many of which kind.

    Attributes:
        count: How many records could not be read.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.count = 0
        self._told: list[Problem] = []
        self._of_file: list[Problem] = []
        self._kinds: Counter[str] = Counter()

    def add(self, problem: Problem) -> None:
        """Note one more; one of the file as a whole is told in any case."""
        self.count += 1
        if len(self._told) < MOST_TOLD:
            self._told.append(problem)
        elif not problem.where:
            self._of_file.append(problem)
        else:
            kind = problem.reason[:_LONGEST_KIND]
            is_known = kind in self._kinds or len(self._kinds) < _MOST_KINDS
            self._kinds[kind if is_known else _OTHERS] += 1

    def tell(self) -> tuple[Problem, ...]:
        """Return what is told."""
        more = self._kinds.total()
        if not more:
            return (*self._told, *self._of_file)
        reasons = "; ".join(f"{count:,} × {kind}" for kind, count in self._kinds.most_common())
        rest = Problem(where=f"{more:,} more", reason=reasons, count=more)
        return (*self._told, rest, *self._of_file)
