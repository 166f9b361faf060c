"""docs/tags.md: its tagger tags through a real entry point, and its rule is one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pinakes.corpus import RuleText
from pinakes.search.tagging.rule_matching import compile_rule

PAGE = (Path(__file__).parent.parent / "docs" / "tags.md").read_text(encoding="utf-8")
PINAKES = (sys.executable, "-m", "pinakes.search.cli")
LINES = 20


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```\w+\n(.*?)```\n<!-- end -->", PAGE, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def site(tmp_path) -> Path:
    """A folder of installed packages with the tagger of the page in it, as pip leaves one."""
    site = tmp_path / "site"
    packed = site / "isbn_tagger-1.0.dist-info"
    packed.mkdir(parents=True)
    (site / "isbn_tagger.py").write_text(block("tagger: isbn"), "utf-8")
    (packed / "METADATA").write_text("Metadata-Version: 2.1\nName: isbn-tagger\nVersion: 1.0\n")
    name, _, place = block("entry point: isbn").splitlines()[1].partition(" = ")
    points = f"[pinakes.taggers]\n{name} = {place.strip(chr(34))}\n"
    (packed / "entry_points.txt").write_text(points)
    return site


def run(*args: str, cwd: Path, site: Path) -> str:
    path = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [*PINAKES, *args], cwd=cwd, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_the_tagger_of_the_page_is_short_and_tags_beside_a_rule_through_its_entry_point(
    tmp_path, site
):
    assert len(block("tagger: isbn").splitlines()) <= LINES
    articles = tmp_path / "articles"
    articles.mkdir()
    text = "Of catalogues\n\nThe list, ISBN 978-0-306-40615-7, was printed twice.\n"
    (articles / "a.txt").write_text(text, "utf-8")
    run("init", cwd=tmp_path, site=site)
    rules = tmp_path / ".pinakes" / "rules"
    rules.mkdir()
    (rules / "lists.toml").write_text('gazetteer = "lists.csv"\n', "utf-8")
    (rules / "lists.csv").write_text("A list,the list\n", "utf-8")
    run("index", "articles", cwd=tmp_path, site=site)
    told = json.loads(run("tags", "--type", "isbn", "--json", cwd=tmp_path, site=site))
    assert told["types"][0]["values"] == [{"value": "9780306406157", "count": 1}]
    told = json.loads(run("tags", "--type", "topic", "--json", cwd=tmp_path, site=site))
    assert told["types"][0]["values"] == [{"value": "A list", "count": 1}]
    found = json.loads(run("search", "tag:isbn", "--json", cwd=tmp_path, site=site))
    passage = found["hits"][0]["passages"][0]
    (tag,) = [tag for tag in passage["tags"] if tag["type"] == "isbn"]
    assert tag["rule"] == "isbn/1"
    why = run("tag", "--why", passage["id"], cwd=tmp_path, site=site)
    assert "“ISBN 978-0-306-40615-7”" in why
    assert "ten or thirteen digits after ISBN" in why


def test_the_rule_of_the_page_is_a_rule():
    tagger = compile_rule(RuleText(name="return", text=block("rule: return")))
    assert tagger.types == ("topic",)
