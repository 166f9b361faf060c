"""An ingest on a disk that fails ends with an error that says so, and the next one finishes it.

`python -m tests.io_faults` fails every call.
"""

from __future__ import annotations

import pytest

from tests.io_shim import is_possible, run_with_shim

pytestmark = pytest.mark.skipif(not is_possible(), reason="takes Linux and a C compiler")


@pytest.mark.parametrize("error", ["ENOSPC+", "EIO"])
def test_a_call_that_fails_loses_nothing(error):
    done = run_with_shim("tests.io_faults", ["--every", "83", "--from", "17", "--errors", error])
    assert done.returncode == 0, done.stdout
    assert "0 failures" in done.stdout
    assert "with status 3" in done.stdout
