"""What docs/query-language.md promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pinakes.corpus import Kind
from pinakes.search.query import Code, parse

PAGE = (Path(__file__).parents[1] / "docs" / "query-language.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.*)\n((?:(?!## ).*\n)*)", PAGE, re.MULTILINE))


def list_examples(section: str) -> list[str]:
    return re.findall(r"^\| `(.*?)` \|", SECTIONS[section], re.MULTILINE)


@pytest.mark.parametrize("query", list_examples("What works"))
def test_what_works_is_read_without_a_finding(query: str) -> None:
    assert parse(query).diagnostics == ()


@pytest.mark.parametrize("query", list_examples("What is refused for now"))
def test_what_is_refused_is_refused(query: str) -> None:
    assert [found.code for found in parse(query).diagnostics] == [Code.UNSUPPORTED_OPERATOR]


def test_what_is_text_is_read_without_an_error() -> None:
    _, _, ending = SECTIONS["What is refused for now"].partition("Read as text")
    examples = re.findall("`(.*?)`", ending)
    assert len(examples) > 5
    for query in examples:
        assert {found.code for found in parse(query).diagnostics} <= {"signs-ignored"}


def test_every_finding_is_named_with_its_severity() -> None:
    rows = re.findall(
        r"^\| (`.*?) \| (\w+) \|", SECTIONS["What is said about a query"], re.MULTILINE
    )
    named = {code: severity for codes, severity in rows for code in re.findall("`(.*?)`", codes)}
    assert set(named) == {code.value for code in Code}
    for query in ("a or b", "a )", '19" a', "autor:x", "title:(kind:quote)", "why?", "", "date:x"):
        for found in parse(query).diagnostics:
            assert found.severity.value == {"information": "info"}.get(
                named[found.code.value], named[found.code.value]
            )


def test_every_kind_is_named() -> None:
    assert all(f"`{kind}`" in PAGE for kind in Kind)
