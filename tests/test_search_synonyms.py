"""The user's synonyms: their file, what they make of a query, and what they leave alone."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from pinakes.indexer import stem
from pinakes.search import Archive, SearchOptions
from pinakes.search.cli.app import pinakes
from pinakes.search.query import parse
from pinakes.search.questions import read_question
from pinakes.search.synonym_file import Entry, SynonymLine, Synonyms, read_synonyms
from pinakes.search.synonym_queries import add_synonyms
from tests.answer_table import make_archive

FILE = """\
# What we say, and they.
car, automobile, motor car
USSR => Soviet Union   # one way
pit, mine
"""
ARTICLES = """
= a language=en
The car stood there.
= b language=en
Two automobiles stood there.
= c language=en
A motor car stood there.
= d language=en
The Soviet Union was there.
= e language=en
The USSR was there.
"""
ENGLISH = frozenset({"en"})


def _read(folder: Path, text: str | bytes) -> Synonyms:
    path = folder / "synonyms.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_synonyms(path)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = make_archive(tmp_path, ARTICLES, {})
    (tmp_path / ".pinakes" / "synonyms.txt").write_text(FILE, encoding="utf-8")
    return archive


def _found(archive: Archive, query: str) -> str:
    hits = archive.search(archive.widen_by_synonyms(query))
    return "".join(sorted(hit.article.record for hit in hits))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("car", 'car OR automobile^0.5 OR "motor car"^0.5'),
        ("cars", 'cars OR automobile^0.5 OR "motor car"^0.5'),
        ("car there", '(car OR automobile^0.5 OR "motor car"^0.5) AND there'),
        ("motor car there", "((motor AND car) OR car^0.5 OR automobile^0.5) AND there"),
        ("motor OR car", 'motor OR car OR automobile^0.5 OR "motor car"^0.5'),
        ("USSR", 'USSR OR "soviet union"^0.5'),
        ("Soviet Union", "Soviet AND Union"),
        ('"car" ="Car" ca* car~', '"car" AND ="Car" AND ca* AND car~1'),
        ("there -car", "there AND NOT car"),
        ("pit NEAR/5 there", "(pit OR mine) NEAR/5 there"),
        ("pit PARA there", "(pit OR mine) PARA there"),
        ("title:pit", "title:(pit OR mine^0.5)"),
        ("pit^2", "(pit OR mine^0.5)^2"),
        ("pit OR mine", "pit OR mine"),
        ("pit OR mine^0.5", "pit OR mine^0.5"),
        ("author:pit name:pit", "author:pit AND name:pit"),
    ],
)
def test_a_query_looks_for_synonyms_of_words_and_nothing_else(
    tmp_path: Path, query: str, expected: str
) -> None:
    widened = add_synonyms(parse(query), _read(tmp_path, FILE), ENGLISH)
    assert widened.interpreted == expected
    assert parse(widened.interpreted).root == widened.root


def test_a_question_looks_for_synonyms_as_its_words_are_weighed(tmp_path: Path) -> None:
    synonyms = _read(tmp_path, "pit, mine\nthe, one")
    question = add_synonyms(read_question("the pit", ["en"]), synonyms, ENGLISH)
    assert question.interpreted == 'the^0.5 OR one^0.25 OR pit OR mine^0.5 OR "pit"^0.2'


def test_synonyms_find_one_another_and_say_so(archive: Archive) -> None:
    assert _found(archive, "car") == _found(archive, "automobile") == "abc"
    assert _found(archive, '"car"') == "ac"
    assert _found(archive, "USSR") == "de"
    assert _found(archive, "Soviet Union") == "d"
    assert archive.search("automobile").articles == 1
    told = archive.search(archive.widen_by_synonyms("car")).diagnostics
    assert [(found.code, found.severity) for found in told] == [("synonyms", "info")] * 2
    assert told[0].message == "`car` finds `automobile`, too (synonyms.txt, line 2)."


def test_the_file_is_read_again_where_it_has_changed_and_only_there(archive: Archive) -> None:
    path = archive.root / ".pinakes" / "synonyms.txt"
    an_hour_ago = path.stat().st_mtime - 3600
    os.utime(path, (an_hour_ago, an_hour_ago))
    first = archive.synonyms()
    assert archive.synonyms() is first
    path.write_text(FILE.replace("automobile", "motorwagen"), encoding="utf-8")
    assert archive.synonyms().mark != first.mark
    assert archive.widen_by_synonyms("car").interpreted == (
        'car OR motorwagen^0.5 OR "motor car"^0.5'
    )
    path.unlink()
    assert [problem.line for problem in archive.synonyms().problems] == [0]


@given(st.lists(st.lists(st.sampled_from(["car", "cars", "carpets", "carpeting"]), min_size=1)))
def test_words_are_looked_up_as_if_each_line_were_read(groups: list[list[str]]) -> None:
    entries = [tuple(Entry(word, (word,)) for word in group) for group in groups]
    lines = tuple(SynonymLine(number, each, each) for number, each in enumerate(entries, start=1))
    for asked in ("car", "carpet"):
        expected: dict[Entry, int] = {}
        for line in lines:
            if any(stem(entry.text, "en") == stem(asked, "en") for entry in line.asked):
                for entry in line.found:
                    if stem(entry.text, "en") != stem(asked, "en"):
                        expected.setdefault(entry, line.number)
        found = Synonyms(Path("synonyms.txt"), lines).find([asked], ENGLISH)
        assert found == list(expected.items())


def test_an_explanation_names_each_synonym_and_adds_up(archive: Archive) -> None:
    options = SearchOptions(explain=True)
    for hit in archive.search(archive.widen_by_synonyms("car there"), options=options):
        assert hit.explanation is not None
        assert hit.explanation.value == hit.score
        names = [part.what for part in hit.explanation.parts[:-1]]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("\ncar", 2, "names no other word"),
        ("car, Car", 1, "names no other word"),
        ("a, , b", 1, "nothing stands"),
        ("a, …", 1, "`…` holds no letter"),
        ("a => ", 1, "nothing stands"),
        ("a => b => c", 1, "two arrows"),
        (b"a, \xff", 1, "not UTF-8"),
        (",".join(f"w{n}" for n in range(51)), 1, "more than 50"),
        (f"a, {'b ' * 11}", 1, "more than 10"),
        (b"#" * 5_000_001, 0, "larger than"),
    ],
)
def test_a_bad_line_is_told_and_left_out(
    tmp_path: Path, text: str | bytes, line: int, reason: str
) -> None:
    found = _read(tmp_path, text)
    assert found.lines == ()
    assert [problem.line for problem in found.problems] == [line]
    assert reason in found.problems[0].reason


def test_good_lines_beside_bad_ones_are_used(tmp_path: Path) -> None:
    found = _read(tmp_path, b"\xef\xbb\xbfpit, mine\r\n\xff\r\na, b\r\n")
    assert [line.number for line in found.lines] == [1, 3]
    widened = add_synonyms(parse("pit"), found, ENGLISH)
    assert widened.interpreted == "pit OR mine^0.5"
    assert [each.code for each in widened.diagnostics] == ["bad-synonyms", "synonyms"]
    assert widened.diagnostics[0].message.startswith("synonyms.txt, line 2: is not UTF-8")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    missing = read_synonyms(tmp_path / "synonyms.txt")
    asked = add_synonyms(parse("car"), missing, ENGLISH)
    assert asked.root == parse("car").root
    assert [found.code for found in asked.diagnostics] == ["bad-synonyms"]
    assert str(tmp_path.parent) not in asked.diagnostics[0].message
    assert read_synonyms(tmp_path).problems[0].reason.startswith("cannot be read")


@given(st.text(max_size=60))
def test_whatever_stands_in_the_file_is_a_line_or_a_problem(text: str) -> None:
    path = Path("synonyms.txt")
    found = Synonyms(path, (), ())
    assert add_synonyms(parse(text), found, ENGLISH).root == parse(text).root


def _run(archive: Archive, *args: str) -> Result:
    return CliRunner().invoke(pinakes, ["--archive", str(archive.root), *args])


def test_the_command_line_shows_checks_and_uses_them(archive: Archive) -> None:
    shown = _run(archive, "synonyms")
    assert shown.exit_code == 0
    assert "    3  USSR => Soviet Union" in shown.stdout
    assert len(json.loads(_run(archive, "synonyms", "--json").stdout)["lines"]) == 3
    asked = _run(archive, "synonyms", "car", "there")
    assert asked.stdout == '(car OR automobile^0.5 OR "motor car"^0.5) AND there\n'
    assert _run(archive, "synonyms", "there").exit_code == 1
    found = _run(archive, "search", "--synonyms", "--json", "car")
    assert json.loads(found.stdout)["total"]["articles"] == 3
    counted = _run(archive, "count", "--synonyms", "--json", "car")
    assert json.loads(counted.stdout)["total"]["articles"] == 3
    assert json.loads(_run(archive, "count", "--json", "car").stdout)["total"]["articles"] < 3
    explained = _run(archive, "search", "--synonyms", "--any-word", "--explain-query", "car")
    assert "automobile^0.5" in explained.stdout
    assert "`car` finds `automobile`, too (synonyms.txt, line 2)" in explained.stderr
    for option in ("--explain-query", f"--report={archive.root / 'report.json'}"):
        wrong = _run(archive, "search", "--synonyms", option, "car /(/")
        assert (wrong.exit_code, "a parenthesis is not closed" in wrong.stderr) == (2, True)
        told = _run(archive, "search", "--synonyms", option, "car AND")
        assert "`AND` has nothing to go with" in told.stderr
        assert "`car` finds `automobile`, too" in told.stderr
    (archive.root / ".pinakes" / "synonyms.txt").write_text("alone\n", encoding="utf-8")
    bad = _run(archive, "synonyms")
    assert bad.exit_code == 1
    assert "synonyms.txt, line 1: names no other word" in bad.stderr
