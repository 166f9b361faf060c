"""The parts of an `AsyncArchive`: each has all that its twin of `Archive` has, awaited."""

from __future__ import annotations

from pinakes.search.adding import AddedRecords
from pinakes.search.archive_records import ArchiveRecords
from pinakes.search.awaiting import awaited, iterated
from pinakes.search.saved import SavedSearches
from pinakes.search.tagging.archive_tags import ArchiveTags
from pinakes.search.upkeep.archive_upkeep import ArchiveUpkeep


class AsyncAdded:
    """The records of an application that an archive holds as articles, as `AddedRecords`."""

    def __init__(self, blocking: AddedRecords) -> None:
        """Ask `blocking` in threads."""
        self.blocking = blocking

    add = awaited(AddedRecords.add)
    let_back = awaited(AddedRecords.let_back)
    remove = awaited(AddedRecords.remove)


class AsyncRecords:
    """Records of searches of an archive, as `ArchiveRecords`."""

    def __init__(self, blocking: ArchiveRecords) -> None:
        """Ask `blocking` in threads."""
        self.blocking = blocking

    export_bundle = awaited(ArchiveRecords.export_bundle)
    replay = awaited(ArchiveRecords.replay)
    report = awaited(ArchiveRecords.report)


class AsyncSaved:
    """The searches that an archive keeps, as `SavedSearches`: `async for` yields them by name."""

    def __init__(self, blocking: SavedSearches) -> None:
        """Ask `blocking` in threads."""
        self.blocking = blocking

    __aiter__ = iterated(SavedSearches.__iter__)
    get = awaited(SavedSearches.get)
    remember = awaited(SavedSearches.remember)
    remove = awaited(SavedSearches.remove)
    save = awaited(SavedSearches.save)


class AsyncTags:
    """What the passages of an archive are tagged with, as `ArchiveTags`."""

    def __init__(self, blocking: ArchiveTags) -> None:
        """Ask `blocking` in threads."""
        self.blocking = blocking

    change = awaited(ArchiveTags.change)
    outdated = awaited(ArchiveTags.outdated)
    problems = awaited(ArchiveTags.problems)
    rerun = awaited(ArchiveTags.rerun)
    rules = awaited(ArchiveTags.rules)
    types = awaited(ArchiveTags.types)
    why = awaited(ArchiveTags.why)


class AsyncUpkeep:
    """Checks, backups and forgetting of an archive, as `ArchiveUpkeep`."""

    def __init__(self, blocking: ArchiveUpkeep) -> None:
        """Ask `blocking` in threads."""
        self.blocking = blocking

    backup = awaited(ArchiveUpkeep.backup)
    check = awaited(ArchiveUpkeep.check)
    erase_leftovers = awaited(ArchiveUpkeep.erase_leftovers)
    find = awaited(ArchiveUpkeep.find)
    let_back = awaited(ArchiveUpkeep.let_back)
    names = awaited(ArchiveUpkeep.names)
    purge = awaited(ArchiveUpkeep.purge)
    repair = awaited(ArchiveUpkeep.repair)
    residue = awaited(ArchiveUpkeep.residue)
