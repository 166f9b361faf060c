"""Grows trees with LightGBM, and brings them into the form that Pinakes reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pinakes.corpus.readers.html.trees import MOST_LEAVES, Trees

_SETTINGS = {
    "objective": "cross_entropy",
    "learning_rate": 0.1,
    "num_leaves": MOST_LEAVES,
    "min_data_in_leaf": 40,
    "min_sum_hessian_in_leaf": 1.0,
    "lambda_l2": 3.0,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "max_bin": 63,
    "force_row_wise": True,
    "deterministic": True,
    "num_threads": 2,
    "seed": 7,
    "verbose": -1,
}


def grow(
    rows: NDArray[np.float32],
    labels: NDArray[np.float64],
    weights: NDArray[np.float64],
    *,
    trees: int,
) -> Trees:
    """Return trees that tell the labels, 0 to 1, from the rows."""
    import lightgbm

    data = lightgbm.Dataset(rows, labels, weight=weights)
    booster = lightgbm.train(_SETTINGS, data, num_boost_round=trees)
    return _flatten([tree["tree_structure"] for tree in booster.dump_model()["tree_info"]])


def _flatten(roots: list[Mapping[str, Any]]) -> Trees:
    tests = MOST_LEAVES - 1
    feature = np.zeros((len(roots), tests), dtype=np.int16)
    threshold = np.full((len(roots), tests), np.inf, dtype=np.float32)
    rules_out = np.zeros((len(roots), tests), dtype=np.uint32)
    value = np.zeros((len(roots), MOST_LEAVES), dtype=np.float32)
    for number, root in enumerate(roots):
        leaves: list[float] = []
        found: list[tuple[int, float, int]] = []
        _walk(root, leaves, found)
        value[number, : len(leaves)] = leaves
        for test, (column, most, leaves_below) in enumerate(found):
            feature[number, test] = column
            threshold[number, test] = _at_most(most)
            rules_out[number, test] = leaves_below
    return Trees(feature=feature, threshold=threshold, rules_out=rules_out, value=value)


def _walk(
    node: Mapping[str, Any], leaves: list[float], found: list[tuple[int, float, int]]
) -> None:
    """Gather a tree's leaves from left to right, and of each test which leaves it rules out."""
    if "leaf_value" in node:
        leaves.append(node["leaf_value"])
        return
    start = len(leaves)
    _walk(node["left_child"], leaves, found)
    ruled_out = (1 << len(leaves)) - (1 << start)
    _walk(node["right_child"], leaves, found)
    found.append((node["split_feature"], node["threshold"], ruled_out))


def _at_most(threshold: float) -> np.float32:
    """Return the greatest number of single precision that is not above the threshold."""
    rounded = np.float32(threshold)
    return np.nextafter(rounded, np.float32(-np.inf)) if rounded > threshold else rounded
