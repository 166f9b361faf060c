"""An article that is longer than the cluster takes: it is named, and all else goes on."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from uuid import uuid4

from click.testing import CliRunner

from pinakes.search.cli.app import pinakes

ARCHIVE = 3
WORDS = 600_000
"""So many take some 25 MB as they are sent; the nodes of tests take 16."""


def run(root: Path, *arguments: str, status: int = 0) -> str:
    done = CliRunner().invoke(pinakes, ["--archive", str(root), *arguments])
    assert done.exit_code == status, done.output
    return done.output


def test_an_article_that_is_too_long_is_named_and_the_others_go_in_without_it(
    cluster: Any, tmp_path: Path
) -> None:
    luck = random.Random(1)  # noqa: S311
    sentences = (
        " ".join(f"w{luck.randrange(1_000):06}" for _ in range(20)) for _ in range(WORDS // 20)
    )
    (tmp_path / "long.txt").write_text(".\n\n".join(sentences), encoding="utf-8")
    (tmp_path / "short.txt").write_text("The quarry opens in May.", encoding="utf-8")
    run(tmp_path, "init", str(tmp_path))
    name = f"long-{uuid4().hex[:8]}"
    there = ("engine", "opensearch", "--url", cluster.urls[0], "--name", name)
    run(tmp_path, *there)
    try:
        told = run(tmp_path, "index", str(tmp_path), status=ARCHIVE)
        assert "long.txt) is too long for the cluster" in told
        assert "http.max_content_length" in told
        run(tmp_path, "engine", "local")
        run(tmp_path, "remove", str(tmp_path / "long.txt"))
        run(tmp_path, *there)
        # What is taken out does not come back.
        run(tmp_path, "index", str(tmp_path))
        assert "[quarry]" in run(tmp_path, "search", "quarry")
    finally:
        run(tmp_path, "engine", "local", "--drop")
