"""Many documents into the cluster: in parallel, as fast as it takes them, each once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

from pinakes.corpus import check_time
from pinakes.indexer.opensearch.connection import Cluster, encode
from pinakes.indexer.opensearch.errors import ClusterError

_BATCH_BYTES = 4 << 20
_BATCH_ACTIONS = 2_000
_AT_ONCE = 4
_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 5.0
_MOST_TRIES = 40
_BUSY = 429
_FAILED = 500


class Action(NamedTuple):
    """One line of a bulk request, or two.

    Attributes:
        head: What is done, and to which document.
        body: The document, encoded; empty if none is sent.
        accepts: Statuses that are as good as success: 409, where it is there already.
    """

    head: bytes
    body: bytes = b""
    accepts: frozenset[int] = frozenset()


def index_action(index: str, id_: str, body: object) -> Action:
    """Return what writes a document, in the place of one with the same id."""
    head = encode({"index": {"_index": index, "_id": id_}}) or b""
    return Action(head, encode(body) or b"")


def create_action(index: str, id_: str, body: object) -> Action:
    """Return what writes a document unless there is one with the same id."""
    head = encode({"create": {"_index": index, "_id": id_}}) or b""
    return Action(head, encode(body) or b"", frozenset({409}))


def delete_action(index: str, id_: str) -> Action:
    """Return what deletes a document, if it is there."""
    return Action(encode({"delete": {"_index": index, "_id": id_}}) or b"", b"", frozenset({404}))


def send(cluster: Cluster, actions: Iterable[Action]) -> int:
    """Carry out actions, in no certain order; return how many there were.

    A few batches are on their way at a time, so who makes them waits while the cluster is busy.
    What it refuses because it is busy is sent again, and only that.

    Raises:
        ClusterError: It refuses something for good, or does not answer.
    """
    count = 0
    under_way: deque[Future[int]] = deque()
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="pinakes-bulk") as threads:
        try:
            for batch in _batches(actions):
                check_time()
                if len(under_way) >= 2 * _AT_ONCE:
                    count += under_way.popleft().result()
                under_way.append(threads.submit(_send_batch, cluster, batch))
            while under_way:
                count += under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()
    return count


def _batches(actions: Iterable[Action]) -> Iterator[list[Action]]:
    batch: list[Action] = []
    size = 0
    for action in actions:
        batch.append(action)
        size += len(action.body)
        if size >= _BATCH_BYTES or len(batch) >= _BATCH_ACTIONS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _send_batch(cluster: Cluster, batch: list[Action]) -> int:
    left, pause = batch, _FIRST_PAUSE_S
    for _ in range(_MOST_TRIES):
        lines = [part for action in left for part in (action.head, action.body) if part]
        answer = cluster.request("POST", "/_bulk", b"\n".join(lines) + b"\n")
        if not answer["errors"]:
            return len(batch)
        left = _refused(cluster, left, answer["items"])
        if not left:
            return len(batch)
        cluster.note_retry("too busy for a part of a batch", len(left))
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_S)
    raise ClusterError(cluster.path, f"is too busy for {len(left)} documents, again and again")


def _refused(cluster: Cluster, actions: list[Action], items: list[dict[str, Any]]) -> list[Action]:
    """Return the actions that are to be tried again."""
    again: list[Action] = []
    for action, item in zip(actions, items, strict=True):
        (outcome,) = item.values()
        status = outcome["status"]
        if status < 300 or status in action.accepts:
            continue
        if status != _BUSY and status < _FAILED:
            reason = outcome.get("error", {})
            told = reason.get("reason", reason) if isinstance(reason, dict) else reason
            raise ClusterError(
                cluster.path, f"the cluster refuses document {outcome['_id']} ({status}): {told}"
            )
        again.append(action)
    return again
