"""Run what writes and reads indexes on the other release that installs the package `whoosh`.

`python tests/other_whoosh.py` installs it in a temporary folder that comes before all that is
installed here, for child processes too. Of the index's tests those are run that name Whoosh, or
what writes with it: with the others it is not loaded. Arguments are for pytest.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

RELEASE = "whoosh3==3.54.0"
PROBE = "import whoosh; assert whoosh.__version__ == (3, 54, 0), whoosh.__version__"
TESTS = Path(__file__).parent


def main(arguments: Sequence[str]) -> int:
    """Return the status of pytest."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"PYTHONPATH": folder}
        python = [sys.executable, "-m"]
        install = ["pip", "install", "--quiet", "--no-deps", "--target", folder, RELEASE]
        subprocess.run([*python, *install], check=True)
        subprocess.run([sys.executable, "-c", PROBE], env=environment, check=True)
        pytest = ["pytest", "-n", "auto", "--dist", "loadfile", *find_tests(), *arguments]
        return subprocess.run([*python, *pytest], env=environment, check=False).returncode


def find_tests() -> list[str]:
    """Return the files of tests of the index that Whoosh is used in."""
    return [
        str(path)
        for path in sorted(TESTS.glob("test_indexer_*.py"))
        if re.search(
            r"whoosh|PassageIndex|Archive\b", path.read_text(encoding="utf-8"), re.IGNORECASE
        )
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
