"""The simulation of answers that wait for many shards."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

import numpy as np
import pytest

CHECKOUT = Path(__file__).parent.parent

if not (CHECKOUT / "bench").is_dir():
    pytest.skip("bench/ is in a checkout only", allow_module_level=True)

sys.path.insert(0, str(CHECKOUT))
try:
    _fan_out = importlib.import_module("bench.fan_out")
    InputError = importlib.import_module("bench.inputs").InputError
finally:
    sys.path.remove(str(CHECKOUT))
answer_times, read_times, simulate = _fan_out.answer_times, _fan_out.read_times, _fan_out.simulate


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Two queries, of 7 and of 20 ms, of which one time in a hundred takes ten times as long."""
    times = [[median] * 99 + [10 * median] for median in (7.0, 20.0)]
    path = tmp_path / "report.json"
    path.write_text(json.dumps({"shard_ms": times}), encoding="utf-8")
    return path


@pytest.mark.parametrize("count", [1, 10, 100])
def test_as_many_answers_are_disturbed_as_probability_says(report: Path, count: int) -> None:
    measured = read_times(report)
    times, asked = answer_times("one", count, measured, 20_000, np.random.default_rng(1))
    assert np.isin(times, (70.0, 200.0)).mean() == pytest.approx(1 - 0.99**count, abs=0.02)
    assert asked == 1


def test_a_second_copy_bounds_an_answer_and_costs_what_was_late(report: Path) -> None:
    measured = read_times(report)
    chance = np.random.default_rng(2)
    alone, _ = answer_times("one", 10, measured, 20_000, chance)
    hedged, asked = answer_times("hedged", 10, measured, 20_000, chance)
    both, twice = answer_times("both", 10, measured, 20_000, chance)
    assert np.percentile(hedged, 99) < np.percentile(alone, 99) / 3
    assert np.percentile(both, 99) <= np.percentile(hedged, 99)
    assert 1 < asked < 1.05
    assert twice == 2


def test_a_report_without_times_of_shards_is_told(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"runs": []}', encoding="utf-8")
    with pytest.raises(InputError, match=r"other\.json: no times of shards"):
        simulate(path)
    path.write_text('{"shard_ms": [[1.0, 0.0, 2.0]]}', encoding="utf-8")
    with pytest.raises(InputError, match="three or more times above 0"):
        simulate(path)
