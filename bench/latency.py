"""What is told of the times of many queries."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Times:
    """The times of one engine on the queries of one cell of the table, pass after pass.

    Attributes:
        queries: Numbers of the queries that were asked.
        passes: Nanoseconds by pass, in the order of `queries`.
    """

    queries: list[int] = field(default_factory=list)
    passes: list[list[int]] = field(default_factory=list)

    def add(self, queries: list[int], passes: list[list[int]]) -> None:
        """Take in a further round; a query counts as far as it was asked in every round."""
        count = min(len(queries), len(self.queries)) if self.passes else len(queries)
        self.queries = queries[:count]
        self.passes = [each[:count] for each in (*self.passes, *passes)]

    def typical_ms(self) -> dict[int, float]:
        """Return each query's median over the passes."""
        medians = (statistics.median(times) / 1e6 for times in zip(*self.passes, strict=True))
        return dict(zip(self.queries, medians, strict=True))

    def first_ms(self) -> list[float]:
        """Return what each query took the first time."""
        return [took / 1e6 for took in self.passes[0]]


def percentile(values: Iterable[float], share: float) -> float:
    """Return the least value that `share` of all, at least, do not exceed; 0 if there are none."""
    ordered: Sequence[float] = sorted(values)
    if not ordered:
        return 0.0
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def summary(times: Times, reference: Times | None = None) -> dict[str, float]:
    """Return median and 95th percentile, and how many times those of `reference` they are.

    `reference` is looked at on the same queries only.
    """
    typical = times.typical_ms()
    first = times.first_ms()
    told = {
        "queries": len(typical),
        "passes": len(times.passes),
        "median_ms": percentile(typical.values(), 0.5),
        "p95_ms": percentile(typical.values(), 0.95),
        "first_median_ms": percentile(first, 0.5),
        "first_p95_ms": percentile(first, 0.95),
    }
    if reference is not None and reference.passes:
        others = reference.typical_ms()
        shared = [number for number in typical if number in others]
        for name, share in (("median", 0.5), ("p95", 0.95)):
            own = percentile((typical[number] for number in shared), share)
            other = percentile((others[number] for number in shared), share)
            told[f"{name}_ratio"] = own / other if other else 0.0
    return told
