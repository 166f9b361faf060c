"""The index as the archive holds it: caught up with the store, or made anew from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pinakes.corpus import ArchiveError, ArchiveReadOnlyError
from pinakes.indexer.errors import IndexMissingError
from pinakes.indexer.index_writer import locked, publish
from pinakes.indexer.intake import Intake
from pinakes.indexer.memory import MEMORY_BYTES
from pinakes.indexer.toc import (
    SegmentEntry,
    Toc,
    current_toc,
    fingerprint,
    latest_toc,
    token_of,
    write_toc,
)

if TYPE_CHECKING:
    from pinakes.corpus import Store
    from pinakes.indexer.segments.retagged import Retagged
    from pinakes.indexer.snapshot import Snapshot
    from pinakes.indexer.whoosh_index.life_cycle import ArchiveIndex

_WAIT_S = 10.0


class PassageIndex:
    """The index in the folder `path`. What writes is loaded when something is to be written."""

    def __init__(self, path: Path | str, *, memory_bytes: int = MEMORY_BYTES) -> None:
        """Take the folder as it is; `open` and `create` see to what is in it.

        Args:
            path: The folder.
            memory_bytes: What the articles that are taken in may take before they are written.
        """
        self.path = Path(path)
        self._memory_bytes = memory_bytes
        self._intake: Intake | None = None

    @classmethod
    def open(cls, path: Path | str) -> PassageIndex:
        """Open the index in the folder `path`.

        Raises:
            IndexMissingError: There is none.
            IndexDamagedError: Its table of contents fails its checks: `rebuild`.
            IndexFormatError: Another version wrote it: `rebuild`.
        """
        current_toc(Path(path))
        return cls(path)

    @classmethod
    def create(cls, path: Path | str, *, memory_bytes: int = MEMORY_BYTES) -> PassageIndex:
        """Make an empty index in the folder `path`, and the folder; keep one that is there."""
        folder = Path(path)
        _make_folder(folder)
        try:
            latest_toc(folder)
        except IndexMissingError:
            write_toc(folder, Toc(number=0, generation=0, analysis=fingerprint()))
        return cls(folder, memory_bytes=memory_bytes)

    def snapshot(self) -> Snapshot:
        """Open the latest state, to search in."""
        from pinakes.indexer.snapshot import Snapshot

        return Snapshot.open(self.path)

    def whoosh(self) -> ArchiveIndex:
        """Return the index as Whoosh sees it: `whoosh().searcher()` runs any Whoosh query.

        A passage is what Whoosh calls a document. Use a searcher in one thread only.
        """
        from pinakes.indexer.whoosh_index.life_cycle import ArchiveIndex

        return ArchiveIndex(self.path)

    @contextmanager
    def following(self, store: Store) -> Iterator[None]:
        """Take in what is written to the store inside, while it is being written.

        So that `update`, after the store's commit, has little left to do.
        """
        _make_folder(self.path)
        with Intake(self.path, memory_bytes=self._memory_bytes) as intake, store.observed(intake):
            self._intake = intake
            try:
                yield
            finally:
                self._intake = None

    def update(self, store: Store, *, upto: int | None = None) -> int:
        """Catch up with the store, in one commit; return the generation reached.

        Goes on from what the index holds where the store still knows what changed since, else
        makes it anew. `upto` is a generation of the store, by default its latest.

        Raises:
            ArchiveLockedError: Another process is writing the index.
            ArchiveReadOnlyError: The folder cannot be written.
        """
        if upto is None and self._is_current(store):
            return store.state().generation
        with self._locked(), store.snapshot():
            toc = current_toc(self.path)
            state = store.state()
            target = state.generation if upto is None else upto
            if target > state.generation:
                raise ValueError(f"generation {target} of {state.generation}")
            # A token is that of one commit of one store: what the store has not is no part of its
            # history, or older than what it still knows.
            is_known = (
                toc.generation <= target
                and store.token_of(toc.generation) == toc.token
                and toc.analysis == fingerprint()
            )
            if is_known and toc.generation == target:
                return target
            if is_known:
                entries = self._catch_up(toc, store, target)
            else:
                entries = self._make_anew(store, target)
            publish(self.path, entries, generation=target, token=token_of(store, target))
        return target

    def rebuild(self, store: Store) -> int:
        """Make the index anew, whatever is there; return the generation reached.

        The old state answers until the new one is whole, if it was fit to; then nothing is left of
        it, as after `compact`. Raises as `update`.
        """
        _make_folder(self.path)
        with self._locked(), store.snapshot():
            generation = store.state().generation
            entries = self._make_anew(store, generation)
            self._publish_alone(entries, generation, token_of(store, generation))
        return generation

    def verify(self) -> None:
        """Read everything and compare it with its checksums; raises `IndexDamagedError`."""
        from pinakes.indexer.verification import verify

        verify(self.path)

    def close(self) -> None:
        """Do nothing: files are open only while something is written."""

    def compact(self) -> None:
        """Write every segment anew in which something is deleted, and remove all older files.

        Nothing is left of articles that are deleted, but in files that a reader has open where the
        system does not remove such (Windows), and no loss of power brings any back. The state is
        what it was. Raises as `update`.
        """
        from pinakes.indexer.changes import compacted, make_durable

        with self._locked():
            toc = current_toc(self.path)
            entries = list(compacted(self.path, toc.segments))
            make_durable(self.path, [entry for entry in entries if entry not in toc.segments])
            self._publish_alone(entries, toc.generation, toc.token)

    def _publish_alone(self, entries: list[SegmentEntry], generation: int, token: str) -> None:
        """Commit these segments; no loss of power brings back any other file."""
        from pinakes.corpus import sync_folder

        publish(self.path, entries, generation=generation, token=token)
        sync_folder(self.path)

    def _is_current(self, store: Store) -> bool:
        toc = current_toc(self.path)
        with store.snapshot():
            generation = store.state().generation
            wanted = (generation, store.token_of(generation), fingerprint())
            return (toc.generation, toc.token, toc.analysis) == wanted

    def _make_anew(self, store: Store, target: int) -> list[SegmentEntry]:
        from pinakes.indexer.changes import make_durable

        entries = self._take_in(store, 0, target)
        make_durable(self.path, entries)
        return entries

    def _catch_up(self, toc: Toc, store: Store, target: int) -> list[SegmentEntry]:
        from pinakes.indexer.changes import delete_articles, make_durable, merge_due

        since = toc.generation
        died = store.died_between(since, target)
        entries = list(toc.segments)
        if died:
            entries = delete_articles(self.path, entries, died)
        retagged = self._find_retagged(toc, store, target)
        # Most of the small ones are merged at once: only what is left need be on the disk.
        added = [] if retagged else self._take_in(store, since, target)
        merged = merge_due(self.path, [*entries, *added], retagged)
        make_durable(self.path, [entry for entry in added if entry in merged])
        return merged

    def _find_retagged(self, toc: Toc, store: Store, target: int) -> list[Retagged]:
        """Return what was born since if that is other in its tags only, as far as is known."""
        if self._intake is None:
            return []
        from pinakes.indexer.changes import find_retagged

        articles = self._intake.retagged(store.keys_born(toc.generation, target))
        found = find_retagged(self.path, toc.segments, articles) or []
        if found:
            self._intake.forget()
        return found

    def _take_in(self, store: Store, since: int, target: int) -> list[SegmentEntry]:
        """Return segments of the articles born in `(since, target]`; they are not yet durable."""
        from pinakes.indexer.changes import add_articles, delete_articles

        intake = self._intake
        if intake is not None:
            dead = intake.dead(store.keys_born(since, target))
            if dead is not None:
                entries = intake.finish()
                if len(dead):
                    entries = delete_articles(self.path, entries, dead.tolist())
                return [entry for entry in entries if entry.live_articles]
            intake.forget()
        return add_articles(
            self.path, store.columns_between(since, target), memory_bytes=self._memory_bytes
        )

    def _locked(self) -> AbstractContextManager[None]:
        return locked(self.path, wait_s=_WAIT_S)


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise ArchiveError(path, "is in the way of the index; move it away") from error
    except OSError as error:
        raise ArchiveReadOnlyError(path, error) from error
