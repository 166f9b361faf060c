"""Counts what becomes of the files of a run."""

from __future__ import annotations

import time
from collections import Counter

from pinakes.corpus.ingestion.report import Change, FileOutcome, IngestObserver, IngestReport
from pinakes.corpus.ledger import Status


class Tally:
    """What has become of files so far, told to an observer as it comes.

    Attributes:
        observer: Who is told.
    """

    def __init__(self, observer: IngestObserver) -> None:
        """Begin to count, and to measure the time."""
        self.observer = observer
        self._began = time.perf_counter()
        self._outcomes: list[FileOutcome] = []
        self._by_status: Counter[Status] = Counter()
        self._by_change: Counter[Change] = Counter()
        self._articles = self._passages = self._problems = self._failed_before = 0

    def add(self, outcome: FileOutcome) -> None:
        """Count what became of one file."""
        self._by_status[outcome.status] += 1
        if outcome.change:
            self._by_change[outcome.change] += 1
        self._articles += outcome.articles
        self._passages += outcome.passages
        self._problems += sum(problem.count for problem in outcome.problems)
        self._failed_before += outcome.known_as is Status.ERROR
        is_plain = outcome.status in (Status.INDEXED, Status.UNCHANGED) and not outcome.problems
        if not is_plain or outcome.old_path or outcome.notes:
            self._outcomes.append(outcome)
        self.observer.on_file(outcome)

    def report(self) -> IngestReport:
        """Return all that was counted."""
        return IngestReport(
            outcomes=tuple(self._outcomes),
            by_status=dict(self._by_status),
            by_change=dict(self._by_change),
            failed_before=self._failed_before,
            articles=self._articles,
            passages=self._passages,
            problems=self._problems,
            seconds=time.perf_counter() - self._began,
        )
