"""What can be wrong with an index. Rebuilding it from the store cures what is not the system's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
            path,
            f"damaged index ({what}); `pinakes index` makes it again",
        )
        self.what = what


class IndexFormatError(ArchiveError):
    """The index was written in another format, or with another analysis of words."""

    def __init__(self, path: Path, *, found: str, supported: str) -> None:
        super().__init__(
            path,
            f"index written as {found}, this version of Pinakes reads {supported}; "
            "`pinakes index` makes it again from the store",
        )
        self.found = found
        self.supported = supported


class IndexUnreadableError(ArchiveError):
    """A file of the index may be whole, but cannot be read: a permission, or the disk."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, f"cannot be read ({reason}); check its permissions and the disk")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the system raises about the file at `path`, but that it is gone, into our errors.

    Files do go when a commit replaces them, and who reads them looks again.
    """
    try:
        yield
    except FileNotFoundError:
        raise
    except (IsADirectoryError, NotADirectoryError) as error:
        raise IndexDamagedError(path, "not a file") from error
    except OSError as error:
        raise IndexUnreadableError(path, error.strerror or str(error)) from error


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
