"""Run commands at the same time, and show what each says when it has ended.

    python tests/side_by_side.py mypy "cog --check README.md"

The status is that of the first that failed.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor


def run_all(commands: Sequence[str]) -> int:
    """Return 0 if all commands ended with 0, else the status of the first that did not."""
    failed = 0
    with ThreadPoolExecutor(len(commands)) as threads:
        for command, ended in zip(commands, threads.map(_run, commands), strict=True):
            sys.stdout.write(f"$ {command}\n{ended.stdout}")
            sys.stdout.flush()
            failed = failed or ended.returncode
    return failed


def _run(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        shlex.split(command),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(run_all(sys.argv[1:]))
