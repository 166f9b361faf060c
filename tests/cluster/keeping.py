"""Keep a cluster running while you work, and let tests use it instead of starting their own.

`python -m tests.cluster.keeping FILE` starts one, says in FILE where it is, and ends when it is
interrupted. With `PINAKES_CLUSTER=FILE` tests use that one, which saves half a minute each time.
"""

from __future__ import annotations

import json
import signal
import socket
import socketserver
import sys
from pathlib import Path
from typing import Any

from tests.cluster.nodes import Cluster


class KeptCluster:
    """A cluster that another process keeps: what `Cluster` does, but `stop` leaves it running."""

    def __init__(self, path: Path) -> None:
        """Use the cluster that `path` tells of.

        Raises:
            OSError: Nobody keeps it any more.
        """
        told = json.loads(path.read_text(encoding="utf-8"))
        self.urls: list[str] = told["urls"]
        self._control = (told["control"][0], int(told["control"][1]))
        self._tell("wait", "yellow")

    def stop_node(self, number: int) -> None:
        self._tell("stop_node", number)

    def freeze_node(self, number: int) -> None:
        self._tell("freeze_node", number)

    def thaw_node(self, number: int) -> None:
        self._tell("thaw_node", number)

    def start_node(self, *numbers: int) -> None:
        self._tell("start_node", *numbers)

    def wait(self, status: str = "green", *, nodes: int = 3, timeout_s: float = 120) -> None:
        self._tell("wait", status, nodes=nodes, timeout_s=timeout_s)

    def resident_bytes(self) -> int:
        return int(self._tell("resident_bytes"))

    def processor_s(self) -> float:
        return float(self._tell("processor_s"))

    def stop(self) -> None:
        """Leave it to its keeper."""

    def _tell(self, what: str, *arguments: Any, **named: Any) -> Any:
        with socket.create_connection(self._control) as connection:
            connection.sendall(json.dumps([what, arguments, named]).encode() + b"\n")
            answer = json.loads(connection.makefile().readline())
        if "error" in answer:
            raise RuntimeError(f"{what}: {answer['error']}")
        return answer["returned"]


def _keep(path: Path) -> None:
    cluster = Cluster()

    class Taker(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            what, arguments, named = json.loads(self.rfile.readline())
            try:
                answer = {"returned": getattr(cluster, what)(*arguments, **named)}
            except Exception as error:  # noqa: BLE001 -- it is told to who asked
                answer = {"error": repr(error)}
            self.wfile.write(json.dumps(answer).encode() + b"\n")

    try:
        with socketserver.TCPServer(("127.0.0.1", 0), Taker) as server:
            told = {"urls": cluster.urls, "control": server.server_address}
            path.write_text(json.dumps(told), encoding="utf-8")
            print(*cluster.urls, flush=True)  # noqa: T201
            server.serve_forever()
    finally:
        path.unlink(missing_ok=True)
        cluster.stop()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        _keep(Path(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(130)
