"""How much may come out of a container, so that a small hostile file costs little."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from pinakes.corpus.errors import SourceError
from pinakes.corpus.extract import Problem
from pinakes.corpus.reading_options import ContainerLimits

# What inflates to less than this is no danger, whatever the ratio: blank pages do.
_RATIO_FROM_BYTES = 1 << 20
_BUFFER_BYTES = 1 << 16
_DAMAGE = (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, NotImplementedError)


class MemberLimitError(SourceError):
    """One member is larger than `limit` allows; the others are read."""

    def __init__(self, limit: str, reason: str) -> None:
        super().__init__(f"{reason}; [containers] {limit} in config.toml is the limit")
        self.limit = limit


class ContainerLimitError(SourceError):
    """More comes out of the whole file than `limit` allows; the rest of it is not read."""

    def __init__(self, limit: str, reason: str) -> None:
        super().__init__(
            f"{reason}, the rest is not read; [containers] {limit} in config.toml is the limit"
        )
        self.limit = limit


class Refusals:
    """Counts what a file holds that no reader reads, by reason: a ZIP may have many pictures."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, str]] = {}

    def note(self, record: str, reason: str) -> None:
        """Note that the member called `record` is not read, and why."""
        count, first = self._found.get(reason, (0, record))
        self._found[reason] = (count + 1, first)

    def tell(self) -> Iterator[Problem]:
        """Yield one problem a reason, named by the first member it was noted of."""
        for reason, (count, first) in self._found.items():
            more = f" (and {count - 1:,} more like it)" if count > 1 else ""
            yield Problem(where=f"{first}{more}", reason=f"unsupported: {reason}")


class Budget:
    """What has come out of one file so far, containers within it included."""

    def __init__(self, limits: ContainerLimits) -> None:
        self.limits = limits
        self._members = 0
        self._bytes = 0

    def count_member(self) -> None:
        """Note that one more member is looked at.

        Raises:
            ContainerLimitError: That is one too many.
        """
        self._members += 1
        if self._members > self.limits.max_members:
            raise ContainerLimitError(
                "max_members", f"more than {self.limits.max_members:,} members"
            )

    def check_depth(self, depth: int) -> None:
        """Check that `depth` containers may be inside one another.

        Raises:
            MemberLimitError: They may not.
        """
        if depth > self.limits.max_depth:
            raise MemberLimitError(
                "max_depth", f"more than {self.limits.max_depth} containers inside one another"
            )

    def spend(self, byte_count: int) -> None:
        """Note that `byte_count` more bytes have been inflated.

        Raises:
            ContainerLimitError: That is too much.
        """
        self._bytes += byte_count
        if self._bytes > self.limits.max_total_bytes:
            reason = f"inflates to more than {self.limits.max_total_bytes:,} bytes"
            raise ContainerLimitError("max_total_bytes", reason)

    def bound(self, stream: IO[bytes], *, packed_bytes: Callable[[], int]) -> io.BufferedReader:
        """Return `stream` as one that raises where a limit is passed.

        Args:
            stream: What a member inflates to.
            packed_bytes: How long it is packed, as far as it has been read.
        """
        return io.BufferedReader(_BoundedStream(stream, self, packed_bytes), _BUFFER_BYTES)


class _BoundedStream(io.RawIOBase):
    def __init__(self, stream: IO[bytes], budget: Budget, packed_bytes: Callable[[], int]) -> None:
        # Where there is one, `read1` gives what there is, and `read` all or an error.
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self._damage: Exception | None = None
        self._budget = budget
        self._packed_bytes = packed_bytes
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = 0
        # What can be read before a damage is read, and a first look sees enough to judge by.
        while count < len(buffer) and self._damage is None:
            try:
                chunk = self._read(len(buffer) - count)
            except _DAMAGE as error:
                self._damage = error
                break
            if not chunk:
                break
            buffer[count : count + len(chunk)] = chunk
            count += len(chunk)
        if self._damage is not None and not count:
            reason = str(self._damage) or type(self._damage).__name__
            raise SourceError(f"damaged: {reason}") from self._damage
        self._check(count)
        return count

    def _check(self, count: int) -> None:
        self._count += count
        limits = self._budget.limits
        if self._count > max(_RATIO_FROM_BYTES, self._packed_bytes() * limits.max_ratio):
            reason = f"inflates to more than {limits.max_ratio:,} times its size"
            raise MemberLimitError("max_ratio", reason)
        self._budget.spend(count)
