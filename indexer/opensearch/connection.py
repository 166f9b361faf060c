"""The connection to a cluster: one way in for all requests, with retries that are told."""

from __future__ import annotations

import itertools
import json
import logging
import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pinakes.corpus import EngineSettings, check_time, logger_of
from pinakes.indexer.opensearch.errors import (
    ClusterError,
    ClusterExtraError,
    StateLostError,
    TooLargeError,
    TooManyClausesError,
)

if TYPE_CHECKING:
    from opensearchpy import OpenSearch, TransportError

_log = logger_of(__name__)

USER = "PINAKES_OPENSEARCH_USER"
PASSWORD = "PINAKES_OPENSEARCH_PASSWORD"  # noqa: S105  # the name of a variable
URLS = "PINAKES_OPENSEARCH_URLS"
PATIENCE = "PINAKES_OPENSEARCH_PATIENCE"
"""Environment variables: with what name and password to connect, and to which nodes; how many
seconds a request that nobody answers is tried again."""

_PATIENCE_S = 20.0
_TIMEOUT_S = 30.0
"""After so long a node that has taken a request, and says nothing, is taken for dead."""
_LONGER_S = {"_bulk": 120.0, "_delete_by_query": 600.0, "_forcemerge": 3600.0}
_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 3.0
_ONE_TRY_S = 3.0
_TOO_LARGE = 413
_BUSY = 429
_FAILED = 500
"""From here on it is the cluster that failed: it is busy, or a node has just died."""
_BY_POINT = "/_search"
"""What is searched as it was at a point in time is in no path."""
_GONE = ("search_context", "search context", "point_in_time", "Analyzer is closed")
_MOST_CLAUSES = "maxClauseCount"
"""What it says of a query with too many parts, whichever error it calls that."""
_REFUSED = (_MOST_CLAUSES, "too_many_buckets", "too_many_clauses", "script_exception")
"""What no node will ever answer, though it is told as a failure of the cluster."""


Accepted: TypeAlias = Literal["", "missing", "conflict", "gone", "existing"]
"""An error that is none to who asks: there is no such thing, another one, one of these two, or one
already."""


class Cluster:
    """A cluster, as one archive uses it. May be used by many threads.

    Attributes:
        path: What errors name: the archive's settings.
        settings: Where the cluster is, and what it is to hold.
        retried: How often requests were tried again, by the reason.
    """

    def __init__(self, client: OpenSearch, path: Path, settings: EngineSettings) -> None:
        """Use a client that does not retry by itself; `connect` is the way in."""
        self._client = client
        self._guard = Lock()
        self._patience_s = _read_patience(path)
        self.path = path
        self.settings = settings
        self.retried: Counter[str] = Counter()

    def name(self, part: str) -> str:
        """Return the name of an index of the archive on the cluster."""
        return f"{self.settings.name}-{part}"

    def request(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        params: Mapping[str, object] | None = None,
        accepts: Accepted = "",
    ) -> Any:
        """Return what the cluster answers, decoded from JSON; None for the error it `accepts`.

        Where no node answers, or one is too busy, it is tried again, after longer and longer
        pauses: every request of ours may be made twice. `body` is JSON, or bytes of lines of JSON.

        Raises:
            ClusterError: Nobody answered, or the answer was an error.
            StateLostError: The point in time that was searched is gone.
        """
        from opensearchpy import TransportError

        end = time.monotonic() + self._patience_s
        pause = _FIRST_PAUSE_S
        timeout_s = _LONGER_S.get(path.rpartition("/")[2], _TIMEOUT_S)
        sent = {"request_timeout": timeout_s, **(params or {})}
        for tried in itertools.count(1):
            check_time()
            try:
                return self._client.transport.perform_request(
                    method, path, params=dict(sent), body=encode(body)
                )
            except TransportError as error:
                if accepts and _is_accepted(error, accepts):
                    return None
                reason = self._reason_to_retry(path, error)
                # One that answers may be the last of all that are named.
                if time.monotonic() > end and tried >= len(self.settings.urls):
                    raise self._gave_up(reason) from error
            self.note_retry(reason)
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_S)
        raise AssertionError("it is tried until it is answered or given up")

    def _reason_to_retry(self, path: str, error: TransportError) -> str:
        """Return why a request is to be made again; raises what else there is to be told."""
        from opensearchpy import ConnectionError as NoConnectionError
        from opensearchpy import SSLError

        if isinstance(error, SSLError):
            told = _shorten(str(error.info))
            what = f"the cluster is not who it should be: {told}; set --ca-file, or its host name"
            raise ClusterError(self.path, what) from error
        if isinstance(error, NoConnectionError):
            return "connection lost"
        status = int(error.status_code)
        has_failed = status >= _FAILED and not any(each in str(error) for each in _REFUSED)
        if path == _BY_POINT and (has_failed or _is_of_a_gone_point(error)):
            raise StateLostError(self.path) from error
        if not has_failed and status != _BUSY:
            raise self._told(error) from error
        return f"status {status}"

    def try_once(self, method: str, path: str, body: object) -> None:
        """Make a request that helps if it is heard, and does not matter if it is not."""
        from opensearchpy import TransportError

        with suppress(TransportError):
            self._client.transport.perform_request(
                method, path, params={"request_timeout": _ONE_TRY_S}, body=encode(body)
            )

    def pauses(self) -> Iterator[float]:
        """Yield longer and longer pauses, in seconds, to be made until the patience is at its end.

        It is that with which a request is tried again.
        """
        end = time.monotonic() + self._patience_s
        pause = _FIRST_PAUSE_S
        while time.monotonic() < end:
            yield pause
            pause = min(2 * pause, _LONGEST_PAUSE_S)

    def note_retry(self, reason: str, count: int = 1) -> None:
        """Take down that something was tried again, and say so in the log the first time."""
        with self._guard:
            is_first = not self.retried[reason]
            self.retried[reason] += count
        if is_first:
            _log.warning("%s: %s; trying again", ", ".join(self.settings.urls), reason)

    def tell_retried(self) -> None:
        """Say in the log how often requests were tried again, if they were, and forget it."""
        with self._guard:
            retried, self.retried = self.retried, Counter()
        if retried:
            told = ", ".join(f"{reason} {count} times" for reason, count in sorted(retried.items()))
            _log.warning("requests to the cluster that were tried again: %s", told)

    def close(self) -> None:
        """Let go of all connections."""
        self.tell_retried()
        self._client.close()

    def _told(self, error: Any) -> ClusterError:
        if error.status_code in (401, 403):
            return ClusterError(
                self.path,
                f"the cluster refuses the request ({error.status_code}); set {USER} and {PASSWORD}",
            )
        kind = TooManyClausesError if _MOST_CLAUSES in str(error) else ClusterError
        if error.status_code == _TOO_LARGE:
            kind = TooLargeError
        return kind(self.path, f"the cluster answers {_shorten(str(error))}")

    def _gave_up(self, reason: str) -> ClusterError:
        urls = ", ".join(self.settings.urls)
        return ClusterError(
            self.path,
            f"no answer from the cluster at {urls} ({reason}, tried for {self._patience_s:g} s); "
            "start it, or go on with `pinakes engine local`",
        )


def _is_accepted(error: TransportError, accepts: Accepted) -> bool:
    if accepts == "existing":
        return "already_exists" in str(error.error)
    statuses = {"missing": (404,), "conflict": (409,), "gone": (404, 409)}
    return error.status_code in statuses[accepts]


def _is_of_a_gone_point(error: Any) -> bool:
    """Return whether a point in time is gone; also with a shard that another node has by now."""
    told = str(error)
    return any(each in told for each in _GONE)


def _shorten(text: str, most: int = 600) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def encode(body: object) -> bytes | None:
    """Return a body as it is sent; what has no UTF-8 is sent as `?`, as dictionaries hold it."""
    if body is None or isinstance(body, bytes):
        return body
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def encode_lines(rows: Sequence[object]) -> bytes:
    """Return lines of JSON, as requests for many things take them."""
    return b"".join([(encode(row) or b"") + b"\n" for row in rows])


def connect(settings: EngineSettings, path: Path) -> Cluster:
    """Return a connection to the cluster of some settings; nothing is sent yet.

    Raises:
        ClusterExtraError: The client is not installed.
        ClusterError: Name and password are not meant for its nodes, or certificates are missing.
    """
    try:
        from opensearchpy import OpenSearch
    except ImportError as error:
        raise ClusterExtraError from error
    # It tells of every node that does not answer, of which there is a summary in the end.
    logging.getLogger("opensearch").setLevel(logging.ERROR)
    name, password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
    if name:
        _check_meant(settings, path)
    if settings.ca_file and not Path(settings.ca_file).is_file():
        raise ClusterError(path, f"there is no file of certificates {settings.ca_file}")
    client = OpenSearch(
        hosts=list(settings.urls),
        http_auth=(name, password) if name else None,
        verify_certs=True,
        ca_certs=settings.ca_file or None,
        http_compress=True,
        timeout=_TIMEOUT_S,
        max_retries=0,
        retry_on_timeout=False,
        pool_maxsize=16,
    )
    return Cluster(client, path, settings)


def _check_meant(settings: EngineSettings, path: Path) -> None:
    """Refuse to tell a password to nodes that only the archive names: a stranger may have made it.

    Raises:
        ClusterError: The environment does not name them.
    """
    meant = {url.rstrip("/") for url in os.environ.get(URLS, "").replace(",", " ").split()}
    for url in settings.urls:
        if url.rstrip("/") not in meant:
            raise ClusterError(
                path,
                f"{USER} is set, but {url} is not in {URLS}; add it if that is to be told them",
            )


def _read_patience(path: Path) -> float:
    told = os.environ.get(PATIENCE, "")
    try:
        patience_s = float(told) if told else _PATIENCE_S
    except ValueError:
        patience_s = -1.0
    if not patience_s >= 0:
        raise ClusterError(path, f"{PATIENCE} is {told!r}; expected a number of seconds")
    return patience_s
