"""Run what writes and reads indexes on the other release that installs the package `whoosh`.

`python tests/other_whoosh.py` installs it in a temporary folder that comes before all that is
installed here, for child processes too. Arguments are for pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

RELEASE = "whoosh3==3.54.0"
VERSION = (3, 54, 0)
PROBE = f"import whoosh; assert whoosh.__version__ == {VERSION}, whoosh.__version__"


def main(arguments: Sequence[str]) -> int:
    """Return the status of pytest."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"PYTHONPATH": folder}
        python = [sys.executable, "-m"]
        install = ["pip", "install", "--quiet", "--no-deps", "--target", folder, RELEASE]
        subprocess.run([*python, *install], check=True)
        subprocess.run([sys.executable, "-c", PROBE], env=environment, check=True)
        tests = ["pytest", "-n", "auto", "--dist", "loadfile", "-k", "indexer", *arguments]
        return subprocess.run([*python, *tests], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
