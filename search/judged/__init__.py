"""Judged questions in, and how well a ranking answers them out.

In: questions, judgements of articles (qrels), and a run: what a system answers, of ours or of
others, as the Text Retrieval Conference (TREC) writes them. Out: figures with their uncertainty,
and whether two runs differ.
"""

from __future__ import annotations

from pinakes.search.judged.collection import Collection, build_collection
from pinakes.search.judged.comparing import Comparison, compare
from pinakes.search.judged.figures import (
    MEASURES,
    Figure,
    Figures,
    MeasuresMissingError,
    measure_run,
)
from pinakes.search.judged.files import (
    JudgedFileError,
    Judgements,
    Run,
    Scored,
    read_judgements,
    read_questions,
    read_run,
    run_lines,
)

__all__ = [
    "MEASURES",
    "Collection",
    "Comparison",
    "Figure",
    "Figures",
    "JudgedFileError",
    "Judgements",
    "MeasuresMissingError",
    "Run",
    "Scored",
    "build_collection",
    "compare",
    "measure_run",
    "read_judgements",
    "read_questions",
    "read_run",
    "run_lines",
]
