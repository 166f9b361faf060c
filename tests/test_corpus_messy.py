"""Inputs as people really have them, each with the passages that a reader of it would want.

A case is a folder in `tests/messy/`: `input.EXT`, any files that belong to it (`input_files/`), and
`expected.json`: the status in the ledger and, for every article in the order of the file, its title
and its passages. Every block is a passage here: short ones are not joined. Write what is expected
by hand first; `pytest --update-golden` writes what comes out, then read the diff.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pinakes.corpus import Article, PassageSize
from tests.desk import Desk

MESSY = Path(__file__).parent / "messy"
CASES = sorted(path.name for path in MESSY.iterdir() if path.is_dir())
# Expected by a reader of the page, and not given yet: why.
NOT_YET = {
    "html-gallery": "captions that are most of a page are dropped with what is not content",
    "html-infinite-scroll": "a second article that the page has loaded counts as the first one's",
}


@pytest.fixture(scope="module")
def messy(tmp_path_factory):
    root = tmp_path_factory.mktemp("messy")
    shutil.copytree(MESSY, root, dirs_exist_ok=True)
    for expected in root.glob("*/expected.json"):
        expected.unlink()
    desk = Desk(root)
    desk.ingest(size=PassageSize(min_chars=0))
    yield desk
    desk.store.close()


def input_of(desk: Desk, case: str) -> str:
    (path,) = (desk.root / case).glob("input.*")
    return path.relative_to(desk.root).as_posix()


def outcome(desk: Desk, case: str) -> dict[str, object]:
    path = input_of(desk, case)
    articles = sorted((a for a in desk.articles if path in a.paths), key=lambda a: a.key)
    return {
        "status": desk.row(path).status.value,
        "articles": [
            {"title": article.title, "passages": [*map(as_expected, article.passages)]}
            for article in articles
        ],
    }


def as_expected(passage) -> dict[str, object]:
    return {"kind": passage.kind.value, "section": [*passage.section], "text": passage.text}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.xfail(reason=NOT_YET[case]))
        if case in NOT_YET
        else case
        for case in CASES
    ],
)
def test_a_messy_input_gives_the_passages_that_a_reader_wants(case, messy, request):
    expected = MESSY / case / "expected.json"
    found = outcome(messy, case)
    if request.config.getoption("--update-golden") and case not in NOT_YET:
        text = json.dumps(found, ensure_ascii=False, indent=1)
        expected.write_text(text + "\n", encoding="utf-8", newline="")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def test_every_case_that_is_not_given_yet_exists():
    assert sorted(set(NOT_YET) - set(CASES)) == []


def test_every_passage_stands_in_the_text_of_its_article(messy):
    def check(article: Article) -> bool:
        return all(article.text[p.start : p.end] == p.text for p in article.passages)

    assert all(map(check, messy.articles))


def test_one_line_of_millions_of_characters_is_cut_at_sentence_ends(tmp_path):
    sentence = "The ferry to Sandholm will not run before April, said Dr. Vesle. "
    desk = Desk(tmp_path)
    desk.write("page.html", f"<title>Ferry</title><p>{sentence * 40_000}")
    desk.write("text.txt", "Ferry\n\n" + sentence * 40_000)
    desk.write("word.txt", "Ferry\n\n" + "x" * 1_000_000)
    desk.ingest()
    for path in ("page.html", "text.txt"):
        article = desk.article(path)
        assert article.title == "Ferry"
        assert article.text.count("Dr. Vesle.") == 40_000
        assert all(len(p.text) <= 1200 for p in article.passages)
        assert all(p.text.endswith("Vesle.") for p in article.passages[1:])
    assert sum(len(p.text) for p in desk.article("word.txt").passages[1:]) == 1_000_000
    desk.store.close()
