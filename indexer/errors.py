"""What can be wrong with an index. All of it is cured by rebuilding it from the store."""

from __future__ import annotations

from pathlib import Path

from pinakes.corpus import ArchiveError, PinakesError


class IndexMissingError(ArchiveError):
    """There is no index at `path`."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "no index here; `pinakes index` makes it from the store")


class IndexDamagedError(ArchiveError):
    """A file of the index fails its checks; `path` is that file."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            path, f"damaged index file ({what}); delete the index, it is rebuilt from the store"
        )
        self.what = what


class IndexFormatError(ArchiveError):
    """The index was written in another format, or with another analysis of words."""

    def __init__(self, path: Path, *, found: str, supported: str) -> None:
        super().__init__(
            path,
            f"index written as {found}, this version of Pinakes reads {supported}; "
            "delete the index, it is rebuilt from the store",
        )
        self.found = found
        self.supported = supported


class UnsupportedWhooshError(PinakesError):
    """The installed package `whoosh` is not one that Pinakes was tested with."""

    def __init__(self, release: tuple[int, ...]) -> None:
        found = ".".join(map(str, release))
        super().__init__(
            f"the installed package `whoosh` is release {found}; Pinakes works with Whoosh 2.7.4 "
            "and whoosh3 3.54.0: `pip uninstall whoosh whoosh3 whoosh-reloaded`, then "
            "`pip install Whoosh==2.7.4`"
        )
        self.release = release
