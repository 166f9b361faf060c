"""What a program would do that trusts an archive; nothing, unless a test asks for it."""

from __future__ import annotations

import os
import pickle
from pathlib import Path


def act(root: Path) -> None:
    """Do what `WEAKNESS` in the environment says."""
    match os.environ.get("WEAKNESS"):
        case "unpickle":
            pickle.loads((root / ".pinakes" / "index" / "_MAIN_1.pickle").read_bytes())  # noqa: S301
        case "execute":
            code = compile((root / "conftest.py").read_text(), root / "conftest.py", "exec")
            exec(code, {})  # noqa: S102
        case "read outside":
            (root.parent / "secret.txt").read_bytes()
