"""Makes the table of `docs/ranking.md` of what `python -m bench.ranking … --ablation` measured.

`python -m bench.ablation_table FILE...`, where each file is what `--json` wrote.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import Any

import click

from bench.pieces import PIECES

_SIGNIFICANT = 0.05
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--whole", type=_FILE, help="Figures on all questions, where FILES are of some.")
def main(files: tuple[Path, ...], whole: Path | None) -> None:
    """Print a row for each collection in FILES, and what all of them come to."""
    told: dict[str, Any] = {}
    for file in files:
        told |= json.loads(file.read_text(encoding="utf-8"))
    for name, figures in json.loads(whole.read_text(encoding="utf-8")).items() if whole else ():
        if name in told:
            kept = {"median_ms": told[name]["default"]["median_ms"]}
            told[name]["default"] = {**figures, **kept}
    click.echo("\n".join(rows_of(dict(sorted(told.items())))))


def rows_of(told: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the rows of the table, in Markdown.

    Args:
        told: By collection, what `bench.ranking.ablate` returned, in the order of the rows.
    """
    yield _row(["collection", "nDCG@10", "baseline", "gain", *PIECES])
    yield "|" + "---|" * (4 + len(PIECES))
    for name, found in told.items():
        yield _row([name, *_standing(found), *(_worth(found[piece]) for piece in PIECES)])
    gains = [gain for found in told.values() if (gain := _gain(found)) is not None]
    worth = (fmean(found[piece]["relative"] for found in told.values()) for piece in PIECES)
    mean = f"{100 * fmean(gains):+.2f}" if gains else ""
    yield _row(["mean", "", "", mean, *(f"{100 * each:+.2f}" for each in worth)])
    yield _row(["time", "1", "", "", *(f"{median(_times(told, piece)):.2f}" for piece in PIECES)])
    dearest = max(told.values(), key=lambda found: 1 / _time(found, "all"))
    most = f"the most that all pieces cost: {1 / _time(dearest, 'all'):.2f} times the time without"
    yield f"\n{most}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _gain(found: Mapping[str, Any]) -> float | None:
    whole = found["default"]
    return whole["nDCG@10"] / whole["baseline"] - 1 if whole["baseline"] else None


def _standing(found: Mapping[str, Any]) -> list[str]:
    whole, gain = found["default"], _gain(found)
    baseline = f"{whole['baseline']:.4f}" if whole["baseline"] else ""
    return [f"{whole['nDCG@10']:.4f}", baseline, "" if gain is None else f"{100 * gain:+.1f}"]


def _worth(piece: Mapping[str, float]) -> str:
    text = f"{100 * piece['relative']:+.1f}"
    return f"**{text}**" if piece["p"] < _SIGNIFICANT else text


def _time(found: Mapping[str, Any], piece: str) -> float:
    return float(found[piece]["median_ms"] / found["default"]["median_ms"])


def _times(told: Mapping[str, Mapping[str, Any]], piece: str) -> list[float]:
    return [_time(found, piece) for found in told.values()]


if __name__ == "__main__":
    main()
