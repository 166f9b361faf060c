"""Judged questions: figures as trec_eval's, intervals, comparisons, and the files they are in."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from pathlib import Path

import ir_measures
import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from pinakes.search.cli.app import pinakes
from pinakes.search.judged import (
    MEASURES,
    JudgedFileError,
    build_collection,
    compare,
    measure_run,
    read_judgements,
    read_questions,
    read_run,
    run_lines,
)
from pinakes.search.judged.comparing import find_p
from pinakes.search.judged.figures import bound_mean
from pinakes.search.judged.files import Scored
from pinakes.search.questions import read_question
from tests.judged_collection import ARTICLES, JUDGEMENTS, QUESTIONS, JudgedFiles


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> JudgedFiles:
    monkeypatch.chdir(tmp_path)
    return JudgedFiles(tmp_path)


def run_eval(files: JudgedFiles, *args: str) -> Result:
    return CliRunner().invoke(pinakes, ["eval", "--qrels", str(files.qrels), *args])


def _asked(files: JudgedFiles, *args: str) -> Result:
    return run_eval(files, "--docs", str(files.docs), "--queries", str(files.queries), *args)


def _draw_run(
    seed: int, *, ties: bool
) -> tuple[dict[str, dict[str, int]], dict[str, list[Scored]]]:
    numbers = random.Random(seed)  # noqa: S311
    articles = [f"d{number}" for number in range(60)]
    judgements = {
        f"q{number}": {a: numbers.choice([-1, 0, 0, 1, 2, 3]) for a in numbers.sample(articles, 15)}
        for number in range(12)
    }
    run = {
        f"q{number}": [
            Scored(a, float(numbers.randrange(5)) if ties else numbers.random())
            for a in numbers.sample(articles, 40)
        ]
        for number in range(2, 14)
    }
    return judgements, run


@pytest.mark.parametrize("ties", [False, True])
def test_figures_are_those_of_trec_eval(ties: bool) -> None:
    for seed in range(5):
        judgements, run = _draw_run(seed, ties=ties)
        figures = measure_run(run, judgements)
        expected = ir_measures.calc_aggregate(
            [ir_measures.parse_measure(own) for own in MEASURES.values()],
            judgements,
            {question: dict(answer) for question, answer in run.items()},
        )
        for name, own in MEASURES.items():
            mean = figures.means[name].mean
            assert mean == pytest.approx(expected[ir_measures.parse_measure(own)], abs=5e-5)
        assert figures.unanswered == 2
        assert figures.not_judged == 2


def test_the_figures_printed_for_a_run_of_another_system_are_trec_evals(files: JudgedFiles) -> None:
    run = files.write(
        "other.run",
        "q1 Q0 salt 1 9.5 x\nq1 Q0 law 2 9.0 x\nq2 Q0 salt 1 3 x\nq2 Q0 fall 2 1 x\n"
        "q3 Q0 rail 1 1 x\n",
    )
    done = run_eval(files, "--run", str(run), "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    # By hand: q1 has 1 + 2/log2(3) of 2 + 1/log2(3), q2 1/log2(3), q3 1, the others nothing.
    second = 1 / np.log2(3)
    expected = ((1 + 2 * second) / (2 + second) + second + 1) / 5
    assert told["measures"]["nDCG@10"]["mean"] == pytest.approx(expected, abs=1e-4)
    assert told["measures"]["MRR"]["mean"] == pytest.approx((1 + 0.5 + 1) / 5)
    assert told["measures"]["MRR"]["answerable"] == pytest.approx((1 + 0.5 + 1) / 4)
    assert (told["unanswered"], told["without_relevant"]) == (2, 1)
    assert told["first_ten"] == {"articles": 5, "unjudged": 0}


def test_questions_in_sentences_find_what_they_ask_for(files: JudgedFiles) -> None:
    done = _asked(files)
    assert done.exit_code == 0, done.output
    assert "5 judged questions" in done.stdout
    assert "1 questions have no relevant article" in done.stdout
    assert "nobody judged" in done.stdout
    told = json.loads(_asked(files, "--json").stdout)
    values = {question: found["nDCG@10"] for question, found in told["by_question"].items()}
    assert values["q2"] == values["q3"] == values["q4"] == 1.0
    assert told["measures"]["nDCG@10"]["answerable"] > 0.9


def test_a_run_written_is_a_run_read_with_the_same_figures(files: JudgedFiles) -> None:
    asked = json.loads(_asked(files, "--write-run", "own.run", "--json").stdout)
    again = json.loads(run_eval(files, "--run", "own.run", "--json").stdout)
    assert again["measures"] == asked["measures"]
    run = read_run(files.folder / "own.run")
    assert files.folder.joinpath("own.run").read_text() == "".join(f"{x}\n" for x in run_lines(run))


def test_a_run_is_compared_with_another_question_by_question(files: JudgedFiles) -> None:
    _asked(files, "--write-run", "own.run")
    worse = files.write("worse.run", "q1 Q0 bees 1 2 x\nq3 Q0 rail 1 1 x\n")
    done = run_eval(files, "--run", str(worse), "--against", "own.run")
    assert done.exit_code == 0
    assert "most in nDCG@10: q" in done.stdout
    told = json.loads(run_eval(files, "--run", str(worse), "--against", "own.run", "--json").stdout)
    found = told["comparison"]["nDCG@10"]
    assert (found["better"], found["worse"]) == (0, 3)
    assert found["mean"] < 0 < found["p"] <= 1
    assert found["by_question"]["q3"] == 0


@pytest.mark.parametrize("piece", ["stop", "exact", "pair"])
def test_pieces_of_the_ranking_can_be_left_out(files: JudgedFiles, piece: str) -> None:
    _asked(files, "--write-run", "all.run")
    assert _asked(files, "--without", piece, "--write-run", "less.run").exit_code == 0
    whole, less = (read_run(files.folder / name) for name in ("all.run", "less.run"))
    assert {q: {a for a, _ in answer} for q, answer in whole.items()} == {
        q: {a for a, _ in answer} for q, answer in less.items()
    }
    assert whole != less


def test_questions_can_be_widened(files: JudgedFiles) -> None:
    _asked(files, "--write-run", "plain.run")
    assert _asked(files, "--feedback", "--write-run", "wide.run").exit_code == 0
    plain, wide = (read_run(files.folder / name) for name in ("plain.run", "wide.run"))
    assert wide != plain
    assert all({a for a, _ in plain[name]} <= {a for a, _ in wide[name]} for name in plain)
    assert _asked(files, "--feedback", "--syntax").exit_code == 2
    assert CliRunner().invoke(pinakes, ["search", "--feedback", "mine"]).exit_code == 2


def test_questions_can_be_put_to_an_archive(files: JudgedFiles) -> None:
    assert CliRunner().invoke(pinakes, ["index", str(files.docs)]).exit_code == 0
    found = (
        CliRunner()
        .invoke(pinakes, ["search", "--any-word", "-f", "ids", QUESTIONS["q3"]])
        .stdout.split()
    )
    qrels = files.write("own.tsv", f"q3 0 {found[0]} 1\n")
    done = CliRunner().invoke(
        pinakes, ["eval", "--qrels", str(qrels), "--queries", str(files.queries), "--json"]
    )
    assert json.loads(done.stdout)["measures"]["MRR"]["mean"] == 1.0
    understood = CliRunner().invoke(
        pinakes, ["search", "--any-word", "--explain-query", "the mine"]
    )
    assert understood.stdout == 'the^0.5 OR mine OR "mine"^0.2\n'
    wider = CliRunner().invoke(
        pinakes, ["search", "--any-word", "--feedback", "--explain-query", "hives"]
    )
    assert "honey^" in wider.stdout
    shown = CliRunner().invoke(pinakes, ["search", "--any-word", "--feedback", "hives"])
    assert "Bees on the roofs" in shown.stdout
    nothing = CliRunner().invoke(pinakes, ["search", "--any-word", "?!"])
    assert nothing.exit_code in (1, 2)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("qrels", "q1 0 a\nq1 x\n", "line 2: 2 columns"),
        ("qrels", "q1 0 a 1\nq1 0 b high\n", "line 2: the grade 'high'"),
        ("qrels", "\n", "holds no judgement"),
        ("queries", '{"id": "q1"}\n', "line 1: expected"),
        ("queries", '{"id": \n', "line 1: is no JSON"),
        ("queries", "q1\tone\nq1\ttwo\n", "line 2: there is a question 'q1' before"),
        ("run", "q1 Q0 a 1 0.5\n", "line 1: 5 columns"),
        ("run", "q1 Q0 a 1 high x\n", "line 1: the score 'high'"),
        ("run", "q1 Q0 a 1 2 x\nq1 Q0 a 2 1 x\n", "line 2: a is in the answer to q1 before"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(
    tmp_path: Path, name: str, text: str, problem: str
) -> None:
    read = {"qrels": read_judgements, "queries": read_questions, "run": read_run}[name]
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(JudgedFileError, match=problem.split(":")[0]) as told:
        read(path)
    assert problem in str(told.value)


def test_files_of_other_forms_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("query-id\tcorpus-id\tscore\nq1\tdoc 1\t2\n")
    assert read_judgements(path) == {"q1": {"doc 1": 2}}
    path.write_bytes(gzip.compress(b"1\tWer war das?\r\n2\tund wo\r\n"))
    assert read_questions(path) == {"1": "Wer war das?", "2": "und wo"}
    path.write_text('{"_id": 7, "query": "who"}\n')
    assert read_questions(path) == {"7": "who"}
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(JudgedFileError, match="UTF-8"):
        read_run(path)


def test_two_articles_of_one_name_are_refused(files: JudgedFiles, tmp_path: Path) -> None:
    with pytest.raises(JudgedFileError, match=r"is in docs\.jsonl already"):
        build_collection([files.docs, files.docs], tmp_path)


def test_records_without_text_are_told_and_others_asked(files: JudgedFiles, tmp_path: Path) -> None:
    files.docs.write_text(files.docs.read_text() + '{"id": "none", "title": "", "text": ""}\n')
    collection = build_collection([files.docs], tmp_path)
    assert len(collection.names) == len(ARTICLES)
    assert "no text" in collection.problems[0]
    answer = collection.ask(read_question("honey", collection.languages))
    assert [each.article for each in answer] == ["bees"]


def _judge(files: JudgedFiles, answers: str, *args: str) -> Result:
    command = ["judge", "--queries", str(files.queries), "--qrels", "own.tsv", *args]
    return CliRunner().invoke(pinakes, command, input=answers)


def test_what_is_judged_at_the_terminal_is_kept_at_once_and_not_asked_again(
    files: JudgedFiles,
) -> None:
    assert CliRunner().invoke(pinakes, ["index", str(files.docs)]).exit_code == 0
    done = _judge(files, "3\n9\n0\nq\n")
    assert done.exit_code == 0, done.output
    assert "q1: Who measures the salt in the river?" in done.output
    assert "2 judgements kept" in done.output
    kept = read_judgements(files.folder / "own.tsv")
    assert sorted(kept["q1"].values()) == [0, 3]
    again = _judge(files, "s\n" * 40)
    shown = again.output.count("How well does it answer")
    assert _judge(files, "1\n" * shown).exit_code == 0
    assert _judge(files, "").exit_code == 1
    told = json.loads(
        CliRunner()
        .invoke(pinakes, ["eval", "--qrels", "own.tsv", "--queries", str(files.queries), "--json"])
        .stdout
    )
    assert told["first_ten"]["unjudged"] == 0
    assert told["measures"]["nDCG@10"]["mean"] > 0.9


def test_eval_needs_questions_or_a_run(files: JudgedFiles) -> None:
    assert run_eval(files).exit_code == 2
    both = run_eval(files, "--run", str(files.qrels), "--queries", str(files.queries))
    assert both.exit_code == 2


def test_without_the_package_for_measures_the_message_names_the_extra() -> None:
    code = (
        "import sys; sys.modules['ir_measures'] = None\n"
        "from pinakes.search.judged import MeasuresMissingError, measure_run\n"
        "try:\n    measure_run({}, {'q': {'a': 1}})\n"
        "except MeasuresMissingError as error:\n    sys.exit('pinakes[eval]' not in str(error))\n"
        "sys.exit(1)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_a_mean_lies_in_its_interval_and_that_in_the_values(values: list[float]) -> None:
    figure = bound_mean(np.array(values), samples=200)
    assert min(values) - 1e-9 <= figure.low <= figure.high <= max(values) + 1e-9


def test_a_difference_on_every_question_is_no_chance_and_one_both_ways_may_be() -> None:
    assert find_p(np.full(20, 0.1)) < 0.001
    assert find_p(np.array([0.1, -0.1] * 10)) > 0.9
    assert find_p(np.zeros(5)) == 1.0
    # Exactly 2 of 2 ** 3 draws of signs are as far from 0.
    assert find_p(np.array([0.2, 0.3, 0.4])) == pytest.approx(0.25, abs=0.02)


def test_a_run_does_not_differ_from_itself() -> None:
    judgements, run = _draw_run(1, ties=False)
    figures = measure_run(run, judgements)
    found = compare(figures, figures, "MAP")
    assert (found.difference.mean, found.p, found.better, found.worse) == (0.0, 1.0, 0, 0)


def test_the_ranking_of_the_small_collection_keeps_its_floor(
    files: JudgedFiles, tmp_path: Path
) -> None:
    collection = build_collection([files.docs], tmp_path)
    run = {
        name: collection.ask(read_question(text, collection.languages))
        for name, text in QUESTIONS.items()
    }
    figures = measure_run(run, JUDGEMENTS)
    assert figures.answerable["nDCG@10"] >= 0.95
    assert figures.answerable["recall@100"] == 1.0
