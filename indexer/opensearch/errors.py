"""What can be wrong with a cluster."""

from __future__ import annotations

from pathlib import Path

from pinakes.corpus import ArchiveError, PinakesError


class ClusterError(ArchiveError):
    """The cluster that an archive is set to does not answer, or not as it should."""


class ClusterMissingError(ClusterError):
    """The cluster answers, and holds nothing of the archive, or what cannot be read here."""


class ClusterExtraError(PinakesError):
    """The client of OpenSearch is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "the archive is on an OpenSearch cluster, for which the extra `cluster` is needed: "
            "pip install 'pinakes[cluster]'"
        )


class TooLargeError(ClusterError):
    """A request is larger than the cluster takes."""


class TooManyClausesError(ClusterError):
    """A query has more parts than the cluster takes."""


class StateLostError(ClusterError):
    """The state of the archive that a question was put to is gone from the cluster."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "the state that was asked is gone from the cluster; ask again")
