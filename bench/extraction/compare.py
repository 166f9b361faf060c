"""Judges Pinakes and the libraries on sets of pages: how right, and how fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from time import process_time

from bench.extraction.extractors import LIBRARIES, Extract, library_extractor, pinakes_extractor
from bench.extraction.page_sets import LEARNED, KnownPage, fold_of
from bench.extraction.scoring import SCORERS, Score
from bench.extraction.training import Trained
from pinakes.corpus.readers.html.model import ContentModel

PINAKES = "pinakes"
# Captions are kept, and known as such; most sets count them as wrong.
UNCAPTIONED = "  less captions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How one extractor did on one set.

    Attributes:
        set: The set of pages.
        extractor: Who extracted.
        pages: How many pages it has.
        score: By the set's usual scorer.
        median_ms: Of processor time, for a page.
        mean_ms: Likewise.
    """

    set: str
    extractor: str
    pages: int
    score: Score
    median_ms: float
    mean_ms: float


def compare(pages: Iterable[KnownPage], trained: Trained) -> Iterator[Judged]:
    """Yield how each extractor that is installed did on the pages, which are of one set.

    A page of a set that the model learned from is judged by the model that has seen no page of its
    site. Every page is extracted by all in turn, so that a busy machine hits all alike.
    """
    shipped = _pinakes(trained.shipped)
    by_fold = [_pinakes(model) for model in trained.folds]
    found = {name: library_extractor(name) for name in LIBRARIES}
    libraries = {name: extract for name, extract in found.items() if extract is not None}
    scores: dict[str, list[Score]] = {name: [] for name in (*shipped, *libraries)}
    times: dict[str, list[float]] = {name: [] for name in scores}
    name_of_set = ""
    for page in pages:
        name_of_set = page.set
        is_learned = page.set in LEARNED
        own = by_fold[fold_of(page.site, len(by_fold))] if is_learned else shipped
        extractors: Mapping[str, Extract] = {**own, **libraries}
        for name, extract in extractors.items():
            start = process_time()
            text = extract(page.data)
            times[name].append(1000 * (process_time() - start))
            scores[name].append(SCORERS[page.set].score(text, page.body))
    for name, of_pages in scores.items():
        if of_pages:
            yield Judged(
                set=name_of_set,
                extractor=name,
                pages=len(of_pages),
                score=SCORERS[name_of_set].average(of_pages),
                median_ms=median(times[name]),
                mean_ms=fmean(times[name]),
            )


def _pinakes(model: ContentModel) -> dict[str, Extract]:
    return {
        PINAKES: pinakes_extractor(model),
        UNCAPTIONED: pinakes_extractor(model, has_captions=False),
    }


def table(judged: Sequence[Judged]) -> str:
    """Return the comparison as lines of text."""
    lines = [
        f"{'set (pages)':18} {'extractor':17} {'P':>6} {'R':>6} {'F1':>6} {'ms':>7} {'mean ms':>8}"
    ]
    last = ""
    for row in judged:
        name = f"{row.set} ({row.pages})" if row.set != last else ""
        last = row.set
        score = row.score
        lines.append(
            f"{name:18} {row.extractor:17} {score.precision:6.3f} {score.recall:6.3f}"
            f" {score.f1:6.3f} {row.median_ms:7.1f} {row.mean_ms:8.1f}"
        )
    return "\n".join(lines)
