"""Every output format of an answer, in golden files, and what each promises to its readers."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.search import Archive, SearchOptions
from pinakes.search.as_json import dump
from pinakes.search.cli.cells import table_row
from pinakes.search.cli.layout import column_count
from pinakes.search.cli.terminal import for_screen
from tests.wide_articles import make_archive, run

DONE, NOTHING_FOUND, USAGE = range(3)
FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠]")
UNTSV = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return make_archive(tmp_path_factory.mktemp("wide"))


@pytest.fixture(autouse=True)
def surroundings(root, monkeypatch):
    for name in ("PINAKES_ARCHIVE", "NO_COLOR", "FORCE_COLOR", "PAGER", "LESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(root)


def without_times(text: str) -> str:
    text = re.sub(r"(\d[\d,]*|under 1) ms", "N ms", text)
    text = re.sub(r'"took_ms": [\d.]+', '"took_ms": 0', text)
    # The archive's own id is random.
    return re.sub(r'"archive": (\{"id": )?"[^"]+"', r'"archive": \1"ID"', text)


@pytest.mark.parametrize("output", ["json", "jsonl", "csv", "tsv", "ids", "trec"])
def test_every_format_is_as_documented(output, golden):
    found = run("search", "-f", output, "mine")
    assert (found.exit_code, found.stderr) == (DONE, "")
    golden(f"formats/search.{output}", without_times(found.stdout))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_text_is_laid_out_for_the_width(width, golden, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    shown = run("search", "mine").stdout
    assert max(map(column_count, shown.split("\n"))) <= width
    assert not set(shown) & set("\x1b\u202e\t")
    golden(f"formats/search-{width}.txt", without_times(shown))


def csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_table_has_a_row_for_each_passage_with_its_citation(root):
    rows = csv_rows(run("search", "-f", "csv", "mine").stdout)
    with Archive.open(root) as archive:
        hits = archive.search("mine").hits
        passages = [(hit, found) for hit in hits for found in hit.passages]
        assert [row["id"] for row in rows] == [found.id for _, found in passages]
        for row, (hit, found) in zip(rows, passages, strict=True):
            exact = row["exact"][1:] if FORMULA.match(found.passage.text) else row["exact"]
            assert exact == found.citation.exact
            assert hit.article.text[int(row["start"]) : int(row["end"])] == exact
            assert row["sha256"] == found.citation.sha256
            assert (int(row["rank"]), float(row["score"])) == (hit.rank, hit.score)


def test_tsv_has_one_line_a_row_and_the_same_cells():
    lines = run("search", "-f", "tsv", "mine").stdout.splitlines()
    cells = [
        [re.sub(r"\\[\\tnr]", lambda found: UNTSV[found[0]], cell) for cell in line.split("\t")]
        for line in lines
    ]
    table = run("search", "-f", "csv", "mine").stdout
    assert cells == list(csv.reader(io.StringIO(table, newline="")))


def test_no_cell_of_a_table_is_a_formula():
    for output in ("csv", "tsv"):
        shown = run("search", "-f", output, "mine").stdout
        assert "'=HYPERLINK(" in shown
        assert "'@cafe.example" in shown
    for row in csv_rows(run("search", "-f", "csv", "mine").stdout):
        assert not [cell for cell in row.values() if cell and cell[:1] in "=+-@"]


@given(st.text(st.characters(codec="utf-8") | st.sampled_from(" '=+-@\t\r\n\",\\＝"), max_size=12))
def test_any_text_survives_a_table_and_is_no_formula_there(text):
    (row,) = csv.reader(io.StringIO(table_row([text, "x"], "csv"), newline=""))
    line = table_row([text, "x"], "tsv")
    assert len(re.split("[\n\r]", line)) == 1
    cell, last = line.split("\t")
    assert last == "x"
    assert re.sub(r"\\[\\tnr]", lambda found: UNTSV[found[0]], cell) == row[0]
    assert row[0].lstrip()[:1] not in ("=", "+", "-", "@", "＝", "＋", "－", "＠")
    # One apostrophe before what is a formula after spaces and apostrophes: taken away again.
    given_back = row[0][1:] if row[0][:1] == "'" and FORMULA.match(row[0][1:]) else row[0]
    assert given_back == text


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
@pytest.mark.parametrize("before", ["", " ", "'", "\t", "\r\n", "\u00a0"])
def test_each_sign_that_begins_a_formula_gets_an_apostrophe(sign, before):
    text = f"{before}{sign}cmd"
    assert next(csv.reader([table_row([text], "csv")]))[0].startswith("'")
    assert table_row([text], "tsv").startswith("'")
    assert table_row([f"x{sign}"], "tsv") == f"x{sign}"


def test_numbers_of_a_table_are_left_alone():
    assert table_row([-3, -2.5], "csv") == "-3,-2.5"


def test_ids_are_what_show_takes_and_end_with_nul_if_asked():
    ids = run("search", "-f", "ids", "mine").stdout.split()
    assert len(ids) == 5
    assert run("show", ids[0]).exit_code == DONE
    assert run("search", "-f", "ids", "-0", "mine").stdout == "".join(f"{id_}\0" for id_ in ids)
    passages = run("search", "-f", "ids", "--by", "passage", "mine").stdout.split()
    assert all(re.fullmatch(r"[0-9a-f]{8}#\d+", name) for name in passages)
    assert run("show", passages[0]).exit_code == DONE
    assert run("search", "-0", "mine").exit_code == USAGE


def test_a_run_keeps_its_order_when_sorted_by_score(root):
    for options in ([], ["--by", "passage"], ["--sort", "date"], ["--sort", "-date"]):
        shown = run("search", "-f", "trec", "--topic", "q7", *options, "mine").stdout
        rows = [line.split(" ") for line in shown.splitlines()]
        assert {(topic, q0, tag) for topic, q0, _, _, _, tag in rows} == {("q7", "Q0", "pinakes")}
        assert [int(rank) for *_, rank, _, _ in rows] == list(range(1, len(rows) + 1))
        scores = [float(score) for *_, score, _ in rows]
        assert scores == sorted(scores, reverse=True)
    with Archive.open(root) as archive:
        best = archive.search("mine", options=SearchOptions(limit=1)).hits[0]
    first = run("search", "-f", "trec", "mine").stdout.split()
    assert (first[2], float(first[4])) == (best.article.id, best.score)
    assert run("search", "-f", "trec", "--topic", "a b", "mine").exit_code == USAGE


def test_nothing_found_is_a_head_without_rows_and_status_1():
    for output, lines in (("csv", 1), ("tsv", 1), ("ids", 0), ("trec", 0), ("jsonl", 0)):
        shown = run("search", "-f", output, "zebra")
        assert (shown.exit_code, len(shown.stdout.splitlines())) == (NOTHING_FOUND, lines)


def test_json_spells_out_what_could_act_on_a_terminal():
    text = "clears\x1b[2J \x9d \u202e\u2028 the screen"
    line = dump({"text": text})
    assert not set(line) & set("\x1b\x9d\u202e\u2028")
    assert json.loads(line)["text"] == text


def test_rows_on_a_terminal_do_not_act_on_it():
    assert for_screen("a\tb\x1b[2J\nc\u202ed") == "a\tb\\x1b[2J\nc\\u202ed"
