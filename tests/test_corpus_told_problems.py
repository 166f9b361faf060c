"""What one file puts into the ledger is bounded, and every record that is not read is counted."""

from __future__ import annotations

import json
from pathlib import Path

from pinakes.corpus.extract import Problem
from pinakes.corpus.ingestion.preparing import prepare
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ingestion.told_problems import MOST_TOLD, ToldProblems
from pinakes.corpus.ledger import Status
from pinakes.corpus.reading_options import ContainerLimits
from pinakes.search import Archive
from tests.made_files import make_zip


def test_a_zip_of_empty_members_is_told_in_a_bounded_number_of_rows() -> None:
    content = make_zip({f"{number}.txt": "" for number in range(3000)} | {"x.html": "  "})
    options = IngestOptions(containers=ContainerLimits(max_members=2500))
    prepared = prepare(content, name="a.zip", options=options)
    assert prepared.status is Status.ERROR
    *one_by_one, more, limit = prepared.problems
    assert len(one_by_one) == MOST_TOLD
    assert one_by_one[-1].where == f"!/{MOST_TOLD - 1}.txt"
    assert more == Problem(where="1,500 more", reason="1,500 × holds nothing", count=1500)
    assert limit.where == ""
    assert limit.reason.startswith("more than 2,500 members")
    assert prepared.detail == "none of 2501 records can be read; !/0.txt: holds nothing"


def test_up_to_the_limit_all_are_told_one_by_one() -> None:
    problems = ToldProblems()
    assert problems.tell() == ()
    told = [Problem(where=f"line {number}", reason="no text") for number in range(MOST_TOLD)]
    for problem in told:
        problems.add(problem)
    assert list(problems.tell()) == told
    problems.add(Problem(where="line 1,001", reason="no text"))
    assert problems.tell()[-1].reason == "1 × no text"
    assert problems.count == sum(each.count for each in problems.tell()) == MOST_TOLD + 1


def test_reasons_of_all_kinds_are_bounded_too() -> None:
    problems = ToldProblems()
    for number in range(3 * MOST_TOLD):
        problems.add(Problem(where=f"line {number}", reason=f"no {number} " + "x" * 5000))
    rest = problems.tell()[-1]
    assert rest.reason.startswith("1,990 × other reasons; 1 × no 1000 ")
    assert len(rest.reason) < 3000


def test_the_report_counts_all_records_and_the_ledger_lists_the_first(tmp_path: Path) -> None:
    lines = [json.dumps({"text": "The delegates met in the old hall."}), *["{}"] * 1500]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    with Archive.create(tmp_path) as archive:
        report = archive.index(tmp_path / "a.jsonl")
        assert (report.articles, report.problems) == (1, 1500)
        (row,) = archive.ledger()
    assert len(row.problems) == MOST_TOLD + 1
    assert row.problems[-1].where == "500 more"
