"""Commits under readers leave nothing behind, and disturb no state that is held; a few of them.

`python -m tests.many_commits` makes ten thousand.
"""

from __future__ import annotations

import sys

import pytest

from tests.many_commits import run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def test_commits_under_readers_leave_nothing_behind():
    needs, wrong = run(30, seed=2)
    assert wrong == []
    assert needs.index_files < 20
