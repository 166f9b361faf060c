"""What judged collections are measured with: pieces, tables, languages, Lucene where it is."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.judged_collection import JudgedFiles

CHECKOUT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(
    not (CHECKOUT / "bench").is_dir() or not hasattr(os, "fork"),
    reason="bench/ is in a checkout only, and runs on POSIX systems only",
)


@pytest.fixture
def collections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(CHECKOUT))
    folder = tmp_path / "judged" / "small"
    folder.mkdir(parents=True)
    files = JudgedFiles(folder)
    for path in (files.docs, files.queries):
        (folder / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
    (folder / "meta.json").write_text('{"lang": "en"}', encoding="utf-8")
    baseline = {"k1.2_b0.75_stem": {"ndcg_cut_10": 0.5}}
    (folder / "baseline_bm25.json").write_text(json.dumps(baseline), encoding="utf-8")
    return folder.parent


def test_what_each_piece_is_worth_becomes_a_table(collections: Path, tmp_path: Path) -> None:
    from bench.ablation_table import main as make_table
    from bench.pieces import PIECES
    from bench.ranking import main as measure

    report = tmp_path / "small.json"
    asked = [str(collections), "--ablation", "--json", str(report)]
    assert CliRunner().invoke(measure, asked, catch_exceptions=False).exit_code == 0
    table = CliRunner().invoke(make_table, [str(report)], catch_exceptions=False).stdout
    rows = [line.split("|") for line in table.splitlines() if line.startswith("|")]
    assert [row[1].strip() for row in rows[2:]] == ["small", "mean", "time"]
    assert {len(row) for row in rows} == {len(PIECES) + 6}


def test_lucene_is_told_as_absent_where_it_is(
    collections: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bench.ranking import main as measure

    empty = collections / "jars"
    empty.mkdir()
    asked = [str(collections), "--lucene", "--lucene-jars", str(empty)]
    done = CliRunner().invoke(measure, asked, catch_exceptions=False)
    assert done.exit_code == 0
    assert "Lucene is absent: no jars in" in done.stdout
    (empty / "none.jar").write_bytes(b"")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    done = CliRunner().invoke(measure, asked, catch_exceptions=False)
    assert "needs Java 17 or newer" in done.stdout


def test_one_index_for_all_languages_is_compared_with_one_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(CHECKOUT))
    from bench.languages import main as measure

    texts = {"en-1": "The salt of the mine.", "en-2": "A choir.", "de-1": "Das Salz der Grube."}
    records = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    (tmp_path / "docs.jsonl.gz").write_bytes(gzip.compress("\n".join(records).encode()))
    asked = "en-q\tWhere is salt?\nde-q\tWo ist Salz?\n"
    (tmp_path / "queries.jsonl.gz").write_bytes(gzip.compress(asked.encode()))
    (tmp_path / "qrels.tsv").write_text("en-q 0 en-1 1\nde-q 0 de-1 1\n", encoding="utf-8")
    told = CliRunner().invoke(measure, [str(tmp_path)], catch_exceptions=False).stdout
    assert told.splitlines()[-1] == "mean +0.00%"
    assert len(told.splitlines()) == 3
