"""The learned model that tells content from boilerplate: read from a file of plain arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO

import numpy as np
from numpy.typing import NDArray

from pinakes.corpus.readers.html.features import Observed, Weights, block_features
from pinakes.corpus.readers.html.second_look import second_features
from pinakes.corpus.readers.html.trees import Trees

_SHIPPED = "content_model.npz"
_ARRAYS = ("feature", "threshold", "rules_out", "value")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ContentModel:
    """Two stages: each block by itself and its place, then again with what its neighbours seem.

    Attributes:
        weights: Of names of elements and of words.
        first: Trees over `FEATURES`.
        second: Trees over `FEATURES` and `SECOND_FEATURES`.
        threshold: From which likelihood on a block is content.
    """

    weights: Weights
    first: Trees
    second: Trees
    threshold: float

    def judge(self, observed: Observed) -> NDArray[np.float64]:
        """Return how likely each block of a page is content, 0 to 1."""
        rows = block_features(observed, self.weights)
        likely = self.first.predict(rows)
        looked_again = second_features(observed.shape, likely)
        return self.second.predict(np.concatenate([rows, looked_again], axis=1))


@cache
def shipped_model() -> ContentModel:
    """Return the model that comes with Pinakes; read once a process."""
    with (files(__package__ or "") / _SHIPPED).open("rb") as file:
        return read_model(file)


def read_model(file: IO[bytes]) -> ContentModel:
    """Return the model in a file that `write_model` wrote; no code of the file is run."""
    with np.load(file, allow_pickle=False) as arrays:
        return ContentModel(
            weights=Weights(
                names=_unpack(arrays["names"], arrays["name_weights"]),
                words=_unpack(arrays["words"], arrays["word_weights"]),
            ),
            first=Trees(**{name: arrays[f"first_{name}"] for name in _ARRAYS}),
            second=Trees(**{name: arrays[f"second_{name}"] for name in _ARRAYS}),
            threshold=float(arrays["threshold"]),
        )


def write_model(file: IO[bytes], model: ContentModel) -> None:
    """Write a model as arrays of numbers, names as lines of UTF-8."""
    arrays: dict[str, NDArray[np.generic]] = {
        "threshold": np.asarray(model.threshold),
        **{f"first_{name}": getattr(model.first, name) for name in _ARRAYS},
        **{f"second_{name}": getattr(model.second, name) for name in _ARRAYS},
    }
    for kind, weights in (("name", model.weights.names), ("word", model.weights.words)):
        lines = "\n".join(weights).encode()
        arrays[f"{kind}s"] = np.frombuffer(lines, dtype=np.uint8)
        arrays[f"{kind}_weights"] = np.asarray(list(weights.values()), dtype=np.float32)
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def _unpack(lines: NDArray[np.uint8], weights: NDArray[np.float32]) -> Mapping[str, float]:
    return dict(zip(lines.tobytes().decode().split("\n"), weights.tolist(), strict=True))
