"""What it does to an answer's time that it waits for the slowest of many shards: a simulation.

It draws from shard times that were measured. A query takes its median time on a shard, times a
noise that is drawn from all that was measured: what a query costs is the same on every shard of the
same size, what disturbs it is not. Queues that form under load are not in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bench.inputs import InputError
from bench.tables import print_table

Times = npt.NDArray[np.float64]

SHARD_COUNTS = (1, 3, 10, 30, 100, 300, 1000)
_TRIALS = 20_000
# So many draws at a time, of 8 bytes each.
_DRAWS = 4_000_000
_SEED = 11


class Measured(NamedTuple):
    """Times of shards, in milliseconds.

    Attributes:
        medians: Of each query.
        noise: Every time measured, divided by its query's median.
        p95: Of all times: after so long a second copy of the shard is asked.
    """

    medians: Times
    noise: Times
    p95: float


def simulate(report: Path, *, trials: int = _TRIALS) -> dict[str, Any]:
    """Simulate, print a table, and return all figures.

    Args:
        report: What `python -m bench cluster --json` wrote: `shard_ms` holds a list of times for
            each query, measured on single shards.
        trials: Answers for each number of shards.

    Raises:
        InputError: The report holds no such times.
    """
    measured = read_times(report)
    chance = np.random.default_rng(_SEED)
    rows = [row for count in SHARD_COUNTS for row in _rows(count, measured, trials, chance)]
    _print(rows)
    return {"queries": len(measured.medians), "p95_ms": measured.p95, "fan_out": rows}


def read_times(report: Path) -> Measured:
    """Return the times of shards in a report; raises as `simulate`."""
    try:
        told = json.loads(report.read_text(encoding="utf-8"))
        times = [np.array(each, dtype=np.float64) for each in told["shard_ms"]]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{report.name}: no times of shards in it: {error!r}") from error
    if not times or any(len(each) < 3 or not (each > 0).all() for each in times):
        raise InputError(f"{report.name}: expected three or more times above 0 for each query")
    medians = np.array([np.median(each) for each in times])
    noise = np.concatenate([each / median for each, median in zip(times, medians, strict=True)])
    return Measured(medians, noise, float(np.percentile(np.concatenate(times), 95)))


def answer_times(
    how: str, count: int, measured: Measured, trials: int, chance: np.random.Generator
) -> tuple[Times, float]:
    """Return the times of answers that wait for `count` shards, and the requests a shard.

    Args:
        how: `one`: one copy of each shard is asked. `hedged`: a second one too, if the first has
            not answered after `measured.p95`; whichever answers first counts. `both`: two at once.
        count: Of shards.
        measured: What to draw from.
        trials: Answers.
        chance: To draw with.
    """
    slowest = np.empty(trials)
    asked = 0
    step = max(1, _DRAWS // count)
    for first in range(0, trials, step):
        some = min(step, trials - first)
        medians = chance.choice(measured.medians, (some, 1))
        times = medians * chance.choice(measured.noise, (some, count))
        asked += some * count
        if how != "one":
            wait = 0.0 if how == "both" else measured.p95
            again = wait + medians * chance.choice(measured.noise, (some, count))
            asked += int((times > wait).sum())
            times = np.minimum(times, again)
        slowest[first : first + some] = times.max(axis=1)
    return slowest, asked / (trials * count)


def _rows(
    count: int, measured: Measured, trials: int, chance: np.random.Generator
) -> list[dict[str, Any]]:
    rows = []
    for how in ("one", "hedged", "both"):
        times, asked = answer_times(how, count, measured, trials, chance)
        p50, p99, p999 = (float(np.percentile(times, each)) for each in (50, 99, 99.9))
        rows.append({
            "shards": count, "how": how, "p50_ms": p50, "p99_ms": p99, "p99_9_ms": p999,
            "requests_a_shard": asked,
        })  # fmt: skip
    return rows


def _print(rows: Sequence[Mapping[str, Any]]) -> None:
    print_table(
        "an answer that waits for all its shards (simulated), ms",
        ("shards", "copies asked", "p50", "p99", "p99.9", "requests a shard"),
        [
            (
                f"{row['shards']:,}",
                row["how"],
                row["p50_ms"],
                row["p99_ms"],
                row["p99_9_ms"],
                float(row["requests_a_shard"]),
            )
            for row in rows
        ],
    )
