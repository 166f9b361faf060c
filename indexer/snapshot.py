"""One state of the index, to search in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.memory import LISTS_MB
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.toc import SegmentEntry, Toc, current_toc, fingerprint, latest_toc, read_toc

if TYPE_CHECKING:
    from pinakes.indexer.opensearch import ClusterView

_MAX_RACES = 20
_OTHER_STEMS = (
    "%s: made with %s, here is %s: some words may not be found by their stems until "
    "`pinakes index` makes the index again"
)


class Snapshot:
    """One state of the index: always whole, whatever is committed meanwhile.

    Safe to read from many threads. Holds its files open until closed, or dropped.

    Attributes:
        toc: The table of contents that names its segments.
        generation: The store's generation that it was made from.
        token: The store's token of that generation.
        segments: Together they hold every living article once.
        languages: Of living articles with passages.
        live_articles: How many articles are not deleted.
        live_passages: How many passages those have.
        live_words: How many words those have in title, headings and body.
        prepared: What who searches in it has made ready, to be let go with the segments.
        lists_mb: How much memory lists made ready may take together, of those asked for last.
        remote: What answers in place of segments; None if they are all there is.
        is_part: Whether there are segments all the same, of the articles that a query may find.
        holding: How many articles of the whole archive hold a clause, by its `kept_as`, where the
            segments are only a part of it.
    """

    remote: ClusterView | None = None
    is_part: bool = False
    holding: Mapping[str, int] = MappingProxyType({})

    def __init__(self, toc: Toc, segments: Iterable[Segment]) -> None:
        """Hold opened segments, which `toc` describes in the same order."""
        self.toc = toc
        self.generation = toc.generation
        self.token = toc.token
        self.segments = tuple(segments)
        self.prepared: object = None
        self.lists_mb: float = LISTS_MB
        entries = toc.segments
        self.languages = frozenset(code for entry in entries for code in entry.languages)
        self.live_articles = sum(entry.live_articles for entry in entries)
        self.live_passages = sum(entry.live_passages for entry in entries)
        title, heading, body = (
            sum(entry.live_words[zone] for entry in entries) for zone in range(3)
        )
        self.live_words = (title, heading, body)

    @classmethod
    def open(cls, path: Path | str, *, before: Snapshot | None = None) -> Snapshot:
        """Open the latest state of the index in the folder `path`.

        Segments that `before` has open are taken over from it, with what was unpacked of them.

        Raises:
            IndexMissingError: There is none.
            IndexDamagedError: A file is missing, or fails its checks.
            IndexFormatError: Another version wrote it.
        """
        path = Path(path)
        for race in range(_MAX_RACES + 1):
            number = latest_toc(path)
            try:
                toc = read_toc(path, number)
                known = {segment.name: segment for segment in before.segments} if before else {}
                segments = [
                    open_segment(path, entry, known=known.get(entry.name)) for entry in toc.segments
                ]
            except FileNotFoundError as error:
                # A commit may have replaced what the listing named; its successor has it.
                if race == _MAX_RACES or latest_toc(path) == number:
                    raise IndexDamagedError(Path(str(error.filename)), "missing") from error
                continue
            if toc.analysis != fingerprint():
                _warn_of_other_stems(path, toc.analysis)
            return cls(toc, segments)
        raise AssertionError("the last race returns or raises")

    def is_latest(self, path: Path | str) -> bool:
        """Return whether it is the latest state of the index in the folder `path`; see `open`."""
        return current_toc(Path(path)) == self.toc

    def close(self) -> None:
        """Let go of the segments; their files close when nothing uses their arrays any more."""
        self.segments = ()
        self.prepared = None

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _warn_of_other_stems(path: Path, analysis: str) -> None:
    from pinakes.corpus import logger_of, spelled

    logger_of(__name__).warning(_OTHER_STEMS, spelled(path), analysis, fingerprint())


def snapshot_of(*segments: Segment, generation: int = 1) -> Snapshot:
    """Return a snapshot of opened segments, without a table of contents."""
    from pinakes.indexer.segments.census import count_segment

    entries = tuple(map(count_segment, segments))
    toc = Toc(number=0, generation=generation, analysis=fingerprint(), segments=entries)
    return Snapshot(toc, segments)


def snapshot_of_view(view: ClusterView) -> Snapshot:
    """Return the snapshot of a state on a cluster: without segments, and with its numbers."""
    state = view.state
    toc = Toc(
        number=0,
        generation=state.generation,
        analysis=fingerprint(),
        token=state.token,
        segments=(),
    )
    snapshot = Snapshot(toc, ())
    snapshot.remote = view
    _tell_totals(snapshot, view)
    return snapshot


def part_of_view(
    view: ClusterView, segments: Iterable[Segment], holding: Mapping[str, int]
) -> Snapshot:
    """Return a snapshot of some articles of a state on a cluster, with the numbers of all.

    Args:
        view: The state.
        segments: Of the articles, made for the purpose.
        holding: As of `Snapshot`.
    """
    part = snapshot_of(*segments, generation=view.state.generation)
    part.toc = part.toc._replace(token=view.state.token)
    part.token = view.state.token
    part.holding = holding
    part.remote, part.is_part = view, True
    _tell_totals(part, view)
    return part


def _tell_totals(snapshot: Snapshot, view: ClusterView) -> None:
    totals = view.totals
    snapshot.languages = totals.languages
    snapshot.live_articles = totals.articles
    snapshot.live_passages = totals.passages
    snapshot.live_words = totals.words


def restrict(snapshot: Snapshot, keys: Iterable[int]) -> Snapshot:
    """Return the snapshot as it would be if only the articles with these keys were living.

    Keys that it does not know are passed over. Segments without any are left out; of the others,
    what is mapped and unpacked is shared.
    """
    if snapshot.remote is not None:
        return snapshot_of_view(snapshot.remote.restricted(keys))
    from pinakes.indexer.segments.census import count_segment
    from pinakes.indexer.segments.deletions import deletions_of

    wanted = np.unique(np.fromiter(keys, np.int64))
    kept: list[Segment] = []
    for segment in snapshot.segments:
        live = np.isin(segment.article_key, wanted)
        if segment.live is not None:
            live &= segment.live
        if live.any():
            kept.append(segment.with_deletions(deletions_of(live)))
    toc = snapshot.toc._replace(segments=tuple(map(count_segment, kept)))
    restricted = Snapshot(toc, kept)
    restricted.lists_mb = snapshot.lists_mb
    return restricted


def open_segment(path: Path, entry: SegmentEntry, *, known: Segment | None = None) -> Segment:
    """Open a segment that a table of contents names; `known` is the same one, opened before.

    Raises:
        IndexDamagedError: It is not what the table of contents says.
    """
    deletions = None
    if entry.deletions:
        from pinakes.indexer.segments.deletions import read_deletions

        deletions = read_deletions(path / entry.deletions)
    file = path / f"{entry.name}.seg"
    if known is not None and known.path == file:
        segment = known.with_deletions(deletions)
    else:
        segment = Segment(file, deletions)
    promised = (entry.articles, entry.passages)
    if (segment.article_count, segment.passage_count) != promised:
        raise IndexDamagedError(segment.path, "not the one that the table of contents names")
    deleted = deletions.deleted if deletions else 0
    if segment.article_count - deleted != entry.live_articles:
        raise IndexDamagedError(segment.path, "deletions are not those of the table of contents")
    return segment
