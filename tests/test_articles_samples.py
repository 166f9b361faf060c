"""The sample articles that ship with Pinakes, and what their readers must keep of them.

`articles_expected.json` has one entry an article: `file.html`, or `file.jsonl#id` for a record.
A `null` there means that the source does not say, so nothing is claimed.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pinakes.corpus import Extract, Kind, Problem, read, split

TESTS = Path(__file__).parent
ARTICLES = TESTS / "articles"
EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (TESTS / "articles_expected.json").read_text(encoding="utf-8")
)
FILES = sorted(path.name for path in ARTICLES.iterdir() if path.is_file())
LEGACY_CHARSETS = {"ru-hallen-hearing.html": "windows-1251", "tr-bes-madenci.html": "iso-8859-9"}

each_article = pytest.mark.parametrize("name", EXPECTED)
each_file = pytest.mark.parametrize("file_name", FILES)


@cache
def _read_file(file_name: str) -> tuple[Extract | Problem, ...]:
    return tuple(read((ARTICLES / file_name).read_bytes(), name=file_name))


def _extract(name: str) -> Extract:
    file_name, _, record = name.partition("#")
    extracts = [
        extract
        for extract in _read_file(file_name)
        if isinstance(extract, Extract) and (not record or extract.record == record)
    ]
    assert len(extracts) == 1, f"{name}: {len(extracts)} articles read"
    return extracts[0]


def _names_of(file_name: str) -> list[str]:
    return [name for name in EXPECTED if name.partition("#")[0] == file_name]


# The folder itself.


def test_every_sample_has_its_expectations_and_every_expectation_its_sample() -> None:
    assert sorted({name.partition("#")[0] for name in EXPECTED}) == FILES


def test_the_samples_stay_small_enough_to_ship() -> None:
    assert sum((ARTICLES / name).stat().st_size for name in FILES) < 350_000


@each_file
def test_a_sample_has_a_plain_name_and_the_charset_it_should(file_name: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]+\.(html|txt|md|jsonl|csv)", file_name)
    raw = (ARTICLES / file_name).read_bytes()
    if charset := LEGACY_CHARSETS.get(file_name):
        assert f"charset={charset}".encode() in raw
        with pytest.raises(UnicodeDecodeError):
            raw.decode("utf-8")
    else:
        raw.decode("utf-8")


def test_the_samples_point_at_no_real_news_site() -> None:
    allowed = re.compile(
        r"(.*\.)?(example|example\.org|schema\.org|w3\.org|ogp\.me|purl\.org|drupal\.org"
        r"|yoast\.com)"
    )
    for file_name in FILES:
        raw = (ARTICLES / file_name).read_bytes().decode("latin-1")
        hosts = re.findall(r"https?:(?:\\?/){2}([A-Za-z0-9.-]+)", raw)
        assert [host for host in hosts if not allowed.fullmatch(host)] == [], file_name


def test_the_samples_cover_six_languages() -> None:
    languages = [expected["language"] for expected in EXPECTED.values()]
    at_least = {"en": 20, "ru": 3, "de": 2, "tr": 2, "ar": 2, "az": 2}
    assert {
        code: languages.count(code) >= least for code, least in at_least.items()
    } == dict.fromkeys(at_least, True)


# What reading keeps.


@each_file
def test_every_article_of_a_file_is_read_without_a_problem(file_name: str) -> None:
    found = _read_file(file_name)
    assert [each for each in found if isinstance(each, Problem)] == []
    assert len(found) == len(_names_of(file_name))


@each_article
def test_the_title_is_found_and_stands_once_at_the_start(name: str) -> None:
    title = EXPECTED[name]["title"]
    extract = _extract(name)
    assert extract.chosen("title") == (title,)
    assert extract.text.startswith(title)
    assert extract.blocks[0].kind is Kind.TITLE
    assert [block.kind for block in extract.blocks].count(Kind.TITLE) == 1
    blocks = [extract.text[block.start : block.end] for block in extract.blocks]
    assert blocks.count(title) == 1


@each_article
def test_the_language_is_found(name: str) -> None:
    assert _extract(name).chosen("language") == (EXPECTED[name]["language"],)


@pytest.mark.parametrize("name", [n for n, e in EXPECTED.items() if e["published"]])
def test_the_day_of_publication_is_found(name: str) -> None:
    (published,) = _extract(name).chosen("published")
    assert published[:10] == EXPECTED[name]["published"]


@pytest.mark.parametrize("name", [n for n, e in EXPECTED.items() if e["source"]])
def test_the_source_is_the_host_that_published_it(name: str) -> None:
    assert _extract(name).chosen("source") == (EXPECTED[name]["source"],)


@pytest.mark.parametrize("name", [n for n, e in EXPECTED.items() if e["authors"]])
def test_the_authors_are_found_in_the_order_of_the_byline(name: str) -> None:
    assert list(_extract(name).chosen("author")) == EXPECTED[name]["authors"]


@each_article
def test_the_body_is_kept_from_its_first_to_its_last_sentence(name: str) -> None:
    expected, text = EXPECTED[name], _extract(name).text
    assert [each for each in expected["kept"] if each not in text] == []
    assert expected["first"] in text
    assert expected["last"] in text
    assert text.index(expected["first"]) < text.rindex(expected["last"])


@each_article
def test_no_boilerplate_comes_out(name: str) -> None:
    text = _extract(name).text
    assert [each for each in EXPECTED[name]["never"] if each in text] == []


@each_article
def test_the_blocks_are_of_the_kinds_that_the_source_marks(name: str) -> None:
    kinds = {str(block.kind) for block in _extract(name).blocks}
    assert sorted(set(EXPECTED[name]["kinds"]) - kinds) == []


@each_article
def test_the_blocks_cover_the_text_and_the_passages_cover_the_blocks(name: str) -> None:
    extract = _extract(name)
    blocks = [extract.text[block.start : block.end] for block in extract.blocks]
    assert "\n\n".join(blocks) == extract.text
    passages = split(extract, language=EXPECTED[name]["language"])
    assert [passage.number for passage in passages] == list(range(len(passages)))
    end = 0
    for passage in passages:
        assert passage.text == extract.text[passage.start : passage.end]
        assert not extract.text[end : passage.start].strip()
        end = passage.end
    assert end == len(extract.text)


# What the archive's samples were written to show.


def test_contradicting_dates_are_all_kept_and_the_article_carries_the_declared_one() -> None:
    extract = _extract("seven-things-dorva-treaty.html")
    published = [m for m in extract.metadata if m.field == "published"]
    assert [m.value[:10] for m in published if m.chosen] == ["2015-10-22"]
    assert "2016-08-02" in [m.value[:10] for m in published if not m.chosen]


def test_the_reprint_says_mostly_what_its_wire_copy_says_and_the_other_report_does_not() -> None:
    def runs_of_five_words(name: str) -> set[tuple[str, ...]]:
        words = _extract(name).text.split()
        return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}

    wire = runs_of_five_words("five-miners-rescued.html")
    reprint = runs_of_five_words("five-miners-rescued-reprint.html")
    other = runs_of_five_words("rescue-from-the-canteen.html")
    assert len(wire & reprint) / len(wire | reprint) > 0.5
    assert len(wire & other) / len(wire | other) < 0.05


def test_a_heading_is_the_section_of_what_stands_below_it() -> None:
    extract = _extract("treaty-summary.html")
    (salt,) = [
        block
        for block in extract.blocks
        if extract.text[block.start : block.end].startswith("Article 7 limits chloride")
    ]
    assert salt.section == ("Part II. Water (Articles 4 to 10)", "Salt")


def test_a_hard_wrapped_paragraph_becomes_one_line() -> None:
    extract = _extract("rescue-service-statement.txt")
    blocks = [extract.text[block.start : block.end] for block in extract.blocks]
    assert (
        "I want to say how it was done, because many people did it, and because "
        "some things are being told that are not so."
    ) in blocks
