"""Work that is killed at any moment loses nothing and leaves no ghost; a few rounds.

`python -m tests.crash_storm` runs as many as asked for.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks, and kills")


def test_kills_at_random_moments_lose_nothing():
    # In a process of its own: pytest has threads that must not be forked.
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash_storm", "--rounds", "20", "--seed", "3"],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 rounds with a fault" in done.stdout
