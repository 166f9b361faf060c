"""Many documents into the cluster: in parallel, as fast as it takes them, each once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

from pinakes.corpus import check_time
from pinakes.indexer.opensearch.connection import Cluster, encode
from pinakes.indexer.opensearch.errors import ClusterError, TooLargeError

_BATCH_BYTES = 4 << 20
_BATCH_ACTIONS = 2_000
_LARGE_BYTES = 5 << 20
"""Smaller documents are taken by every cluster that is not set to refuse them."""
_USUAL_BYTES = 100 << 20
_HEAD_BYTES = 2_000
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
        name: What errors call the document, if they have to.
        accepts: Statuses that are as good as success: 409, where it is there already.
    """

    head: bytes
    body: bytes = b""
    accepts: frozenset[int] = frozenset()
    name: str = ""


def index_action(index: str, id_: str, body: object, *, name: str) -> Action:
    """Return what writes a document, in the place of one with the same id."""
    head = encode({"index": {"_index": index, "_id": id_}}) or b""
    return Action(head, encode(body) or b"", name=name)


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
        ClusterError: It refuses something for good, as a document that is too large, or does not
            answer.
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
        if batch and size + len(action.body) > 2 * _BATCH_BYTES:
            yield batch
            batch, size = [], 0
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
        left = _refused(cluster, left, _carry_out(cluster, left))
        if not left:
            return len(batch)
        cluster.note_retry("too busy for a part of a batch", len(left))
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_S)
    raise ClusterError(cluster.path, f"is too busy for {len(left)} documents, again and again")


def _carry_out(cluster: Cluster, actions: list[Action]) -> list[dict[str, Any]]:
    """Return what became of each action; of more than it takes at once, one half after the other.

    Raises:
        ClusterError: One alone is more.
    """
    size = sum(len(action.body) for action in actions)
    if len(actions) == 1 and size > _LARGE_BYTES and size + _HEAD_BYTES > _most_bytes(cluster):
        raise _too_large(cluster, actions[0])
    lines = [part for action in actions for part in (action.head, action.body) if part]
    try:
        answer = cluster.request("POST", "/_bulk", b"\n".join(lines) + b"\n")
    except TooLargeError as error:
        if len(actions) == 1:
            raise _too_large(cluster, actions[0]) from error
        half = len(actions) // 2
        return _carry_out(cluster, actions[:half]) + _carry_out(cluster, actions[half:])
    items: list[dict[str, Any]] = answer["items"]
    return items


def _most_bytes(cluster: Cluster) -> int:
    """Return how large a request may be that every node takes.

    Of a larger one a node may close the connection before it is read, as if it had died.
    """
    try:
        nodes = cluster.request("GET", "/_nodes/http")["nodes"].values()
    except ClusterError:
        # Who may send articles need not be allowed to ask for that.
        return _USUAL_BYTES
    return min(
        (int(node["http"]["max_content_length_in_bytes"]) for node in nodes if "http" in node),
        default=_USUAL_BYTES,
    )


def _too_large(cluster: Cluster, action: Action) -> ClusterError:
    return ClusterError(
        cluster.path,
        f"{action.name or 'a document'} is too long for the cluster ({len(action.body):,} bytes as "
        "it is sent); raise http.max_content_length there, or go on without it: `pinakes engine "
        "local`, `pinakes remove` its file, and `pinakes engine opensearch` again",
    )


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
