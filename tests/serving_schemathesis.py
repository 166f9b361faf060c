"""The API against schemathesis: `python tests/serving_schemathesis.py --requests 10000`.

Serves the sample articles on this machine and has schemathesis (`pip install schemathesis`), with
the checks that it makes by default, ask for one seed after the other, until so many requests are
answered. Exit status 1 if it finds a violation, or if any answer is a 5xx.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import uvicorn

sys.path.insert(0, str(Path(__file__).parent.parent))

from pinakes.search.serving import app
from tests.served_archive import make_samples

EXAMPLES = 80


class Counting:
    """Counts what an application answers, by status."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.by_status: Counter[int] = Counter()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def count(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.by_status[message["status"]] += 1
            await send(message)

        await self._inner(scope, receive, count)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0, help="The first one.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made, make_samples(Path(made) / "archive") as archive:
        counting = Counting(app(archive))
        config = uvicorn.Config(counting, port=0, log_level="error", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        threading.Thread(target=server.run, daemon=True).start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        status, seed = 0, asked.seed
        while not status and counting.by_status.total() < asked.requests:
            status = _ask(port, Path(made), seed)
            seed += 1
    print(f"{counting.by_status.total()} requests, by status {dict(counting.by_status)}")  # noqa: T201
    return int(bool(status) or any(each >= 500 for each in counting.by_status))


def _ask(port: int, folder: Path, seed: int) -> int:
    """Have schemathesis ask with one seed; return its exit status."""
    document = f"http://127.0.0.1:{port}/api/openapi.json"
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "run", document,
        "--max-examples", str(EXAMPLES), "--seed", str(seed), "--no-color",
    ]  # fmt: skip
    # It keeps what it found in its working directory.
    return subprocess.run(command, cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
