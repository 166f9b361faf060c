"""docs/architecture.md is a map: what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_file_that_the_architecture_names_exists() -> None:
    named = set(re.findall(r"`((?:corpus|indexer|search)/[\w/]+\.py)`", PAGE))
    assert len(named) > 30
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []


def test_every_folder_of_code_is_on_the_map() -> None:
    folders = {
        path.parent.relative_to(ROOT).as_posix()
        for layer in ("corpus", "indexer", "search")
        for path in (ROOT / layer).rglob("*.py")
    }
    assert sorted(folder for folder in folders if f"`{folder}/" not in PAGE) == []
