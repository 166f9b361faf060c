"""Which passages prove that a unit satisfies a query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pinakes.search.evaluation.plan import Exists, Find
from pinakes.search.evaluation.texts.held import Flags, Held, Ordinals
from pinakes.search.evaluation.units import Leaf, SegmentView, flag_units


class Proof(NamedTuple):
    """The looked-at passages that hold a clause, of the units in which it counts."""

    clause: int
    held: Held


def find_proofs(view: SegmentView, leaves: Sequence[Leaf]) -> tuple[Proof, ...]:
    """Return what proves the query in its texts, in the order of the query."""
    return tuple(
        Proof(
            clause=leaf.node.clause,
            held=leaf.held.where(leaf.units[view.unit_of[leaf.held.passages]]),
        )
        for leaf in leaves
        if isinstance(leaf.node, Find) and leaf.held is not None
    )


def find_evidence(
    view: SegmentView, units: Flags, leaves: Sequence[Leaf], proofs: Sequence[Proof]
) -> Ordinals:
    """Return the passages that prove that `units` satisfy the query, ascending.

    They are those that hold a clause that counts. In a unit where none does, they are those that
    the counting filters let through; and where no filter counts either, as in what
    `-collapse` leaves, all of the unit.
    """
    flags = np.zeros(view.segment.passage_count, dtype=np.bool_)
    for proof in proofs:
        flags[proof.held.passages] = True
    bare = units & ~flag_units(view, np.flatnonzero(flags))
    if bare.any():
        _flag_filtered(view, bare, leaves, flags)
    return np.flatnonzero(flags)


def _flag_filtered(view: SegmentView, bare: Flags, leaves: Sequence[Leaf], flags: Flags) -> None:
    """Add to `flags` the evidence of the units in which no clause counts."""
    unproven = bare.copy()
    for leaf in leaves:
        if isinstance(leaf.node, Exists):
            unproven &= ~leaf.units
            let_through = (bare & leaf.units)[view.unit_of]
            flags |= let_through if leaf.looked_at is None else let_through & leaf.looked_at
    flags |= unproven[view.unit_of]
