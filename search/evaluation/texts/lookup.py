"""Which passages of a segment hold a clause, and how often."""

from __future__ import annotations

import numpy as np

from pinakes.indexer import Segment
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.texts.held import TITLE, Held, run_starts, sum_runs
from pinakes.search.evaluation.texts.places import find_places
from pinakes.search.evaluation.texts.targets import AnyPart, AnyWord, Nearby, Row, Stems
from pinakes.search.evaluation.texts.terms import find_stems, find_words


def find_clause(segment: Segment, clause: Clause) -> Held:
    """Return the passages of `segment` that hold `clause`, deleted articles included."""
    match clause.target:
        case Stems():
            held = find_stems(segment, clause.target)
        case AnyWord():
            held = find_words(segment, clause.target)
        case Row() | Nearby() | AnyPart():
            places = find_places(segment, clause.target)
            passages = places.passages
            firsts = run_starts(passages)
            held = Held(passages=passages[firsts], counts=sum_runs(np.ones_like(passages), firsts))
    if clause.title_only:
        held = held.where(segment.passage_kind[held.passages] == TITLE)
    return held
