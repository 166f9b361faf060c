"""`ArchiveUpkeep`: what keeps an archive whole, and what makes it forget."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pinakes.corpus import ArchiveFolder, Store, UnknownArticleError
from pinakes.indexer import Snapshot
from pinakes.search.lending import Lends
from pinakes.search.query import Query

if TYPE_CHECKING:
    from pinakes.search.upkeep.backup_file import Backup
    from pinakes.search.upkeep.checking import Fault
    from pinakes.search.upkeep.purging import PurgeReport
    from pinakes.search.upkeep.residue import Residue


class ArchiveUpkeep:
    """Checks, backups and forgetting of an archive; may be used by many threads."""

    def __init__(self, folder: ArchiveFolder, reader: Lends) -> None:
        """Work on the archive in `folder`, which `reader` reads."""
        self._folder = folder
        self._reader = reader

    def find(self, query: Query) -> tuple[str, ...]:
        """Return the ids of all articles that satisfy a query, to be purged, copies included.

        Raises:
            QueryError: The query cannot be answered as it stands.
            ArchiveDamagedError: An article that it finds is damaged, or the index is without one.
        """
        from pinakes.search.asking import check_query
        from pinakes.search.options import Scope
        from pinakes.search.upkeep.refusing import refuse_left_out
        from pinakes.search.windows import find_all

        asked = check_query(query)

        def ask(snapshot: Snapshot, store: Store) -> tuple[str, ...]:
            refuse_left_out(store, snapshot)
            found = find_all(asked, snapshot, store, scope=Scope.ARTICLE)
            return tuple(each.article.id for each in found)

        return self._reader.ask(ask)

    def names(self, targets: Iterable[str]) -> bool:
        """Return whether all targets are ids of articles, or files or folders of the ledger.

        Raises:
            UnknownArticleError: One is the beginning of several ids.
        """
        from pinakes.search.upkeep.purging import find_all

        try:
            find_all(self._folder, list(targets))
        except UnknownArticleError as error:
            if error.candidates:
                raise
            return False
        return True

    def purge(
        self,
        targets: str | Iterable[str],
        *,
        is_rehearsal: bool = False,
        keeps_saved: bool = False,
        wait_s: float = 10.0,
    ) -> PurgeReport:
        """Forget articles for good, and prove it.

        Text, metadata, postings, tags, names of files and all versions are gone from every file
        below `.pinakes`, also from pages of the store that were free and from its log. Files on the
        disk are left alone; they stay out, by checksums, until `let_back`. Readers under way in
        other threads and processes end as they would have, and keep what they have open until then.

        Args:
            targets: Ids of articles, or paths of files or folders, one or several.
            is_rehearsal: Say what would go, and change nothing.
            keeps_saved: Keep saved searches that have a word in them that no article has any more;
                else they go too.
            wait_s: How long to wait for another writer, in seconds.

        Raises:
            UnknownArticleError: A target is none of these, or names several articles.
            ArchiveLockedError: Another process is still writing after `wait_s`.
            ArchiveDamagedError: A table of the store cannot be read, or an article that is not to
                be purged is damaged or not in the index; nothing is changed. See `check`.
            ScanError: All is erased, but no process can be started that proves it.
        """
        from pinakes.search.upkeep.purging import purge, rehearse

        names = [targets] if isinstance(targets, str) else list(targets)
        if is_rehearsal:
            return rehearse(self._folder, names, keeps_saved=keeps_saved)
        self._reader.let_go()
        report = purge(self._folder, names, keeps_saved=keeps_saved, wait_s=wait_s)
        # Other threads may have asked meanwhile.
        self._reader.let_go()
        return report

    def erase_leftovers(self, *, wait_s: float = 10.0) -> None:
        """Erase what articles have left behind that were removed, or have another text now.

        Tags that were set on them by hand too, which would be theirs again if they came back.

        Raises:
            ArchiveLockedError: Another process is still writing after `wait_s`.
            ArchiveDamagedError: A living article is damaged, or not in the index.
        """
        from pinakes.search.upkeep.purging import erase_leftovers

        erase_leftovers(self._folder, wait_s=wait_s)
        self._reader.let_go()

    def let_back(self, paths: Path | str | Iterable[Path | str], *, wait_s: float = 10.0) -> int:
        """Let in again, the next time they are indexed, what was purged from files; count articles.

        Raises:
            ArchiveLockedError: Another process is still writing after `wait_s`.
        """
        from pinakes.corpus import let_back
        from pinakes.search.writing import locked

        given = [paths] if isinstance(paths, (str, Path)) else list(paths)
        with locked(self._folder, wait_s=wait_s) as store:
            return sum(
                let_back(store, self._folder, path, sha256=_sha256(path))
                for path in map(Path, given)
            )

    def residue(self, terms: Iterable[str] = (), *, files: Iterable[Path | str] = ()) -> Residue:
        """Look into every byte below `.pinakes` for words that no article of the archive has.

        Args:
            terms: Words, or text with words in it.
            files: Articles that were purged, or removed: the words of all that is known of them.

        Raises:
            ScanError: No process can be started that reads the files.
        """
        from pinakes.search.upkeep.residue import find_residue
        from pinakes.search.upkeep.vocabulary import WordList, add_file, find_telling

        candidates = WordList()
        for term in terms:
            for language in ("und", "en"):
                candidates.add(term, language)
        for path in files:
            add_file(candidates, Path(path), self._folder)
        return find_residue(self._folder, find_telling(self._folder, candidates))

    def check(self) -> tuple[Fault, ...]:
        """Read everything below `.pinakes`, and return what is wrong with it."""
        from pinakes.search.upkeep.checking import check_archive

        return tuple(check_archive(self._folder))

    def repair(self, *, wait_s: float = 10.0) -> None:
        """Make the index again from the store, and finish a purge that was stopped.

        Raises:
            ArchiveLockedError: Another process is still writing after `wait_s`.
            ArchiveDamagedError: The store itself cannot be read: restore a backup.
        """
        from pinakes.search.upkeep.checking import repair

        repair(self._folder, wait_s=wait_s)

    def backup(self, path: Path | str) -> Backup:
        """Write what the archive holds at this moment into the file `path`, while others may write.

        Store, settings and rules; the index is made again from the store. In a folder that is
        there, a file with the time in its name is made.

        Raises:
            BackupError: It cannot be written, or the store is damaged.
            ArchiveDamagedError: The store cannot be read, or a rule is a link out of its folder.
        """
        from pinakes.search.upkeep.backup import write_backup

        return write_backup(self._folder, Path(path))


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
