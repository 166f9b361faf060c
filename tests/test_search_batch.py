"""Lists of names and queries: which tier finds a name, and that no line stops the others."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.search import Archive, BatchEntry, BatchOptions, Tier, answer_batch, batch
from pinakes.search.names import name_queries, read_name
from pinakes.search.query import print_node

NAMES = BatchOptions(are_names=True)
TEXTS = {
    "full": "On Monday Anna Maria Kowalska spoke to the press about the river.",
    "again": "Later ANNA MARIA KOWALSKA refused to answer.",
    "reversed": "Present: Brandt, Jürgen; and others who came late.",
    "initials": "The letter was signed by J. R. Okafor on the last day.",
    "middle": "A report by Peter Q. Lindqvist was never published.",
    "misspelt": "A certain Mikhael Petrovsky was seen at the border.",
    "particle": "The house of Ludwig van Beethoven is a museum, wrote L. van Beethoven.",
    "hyphen": "It was Jean-Pierre O’Neill who found it, and J.-P. O'Neill who told.",
    "cyrillic": "Заявление подписал В. И. Сидоров, а не кто-нибудь другой.",
    "single": "Madonna was there.",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    root = tmp_path_factory.mktemp("names")
    records = [json.dumps({"id": key, "text": text}) for key, text in TEXTS.items()]
    (root / "texts.jsonl").write_text("\n".join(records), "utf-8")
    with Archive.create(root) as archive:
        archive.index([root / "texts.jsonl"])
        yield archive


def answer(archive: Archive, *lines: str, options: BatchOptions = NAMES) -> list[BatchEntry]:
    return list(answer_batch(archive, lines, options=options))


@pytest.mark.parametrize(
    ("name", "tier", "found"),
    [
        ("Anna Maria Kowalska", Tier.EXACT, {"full"}),
        ("Kowalska, Anna Maria", Tier.EXACT, {"full"}),
        ("anna maria kowalska", Tier.FOLDED, {"full", "again"}),
        ("A. M. Kowalska", Tier.INITIALS, {"full", "again"}),
        ("A.M. Kowalska", Tier.INITIALS, {"full", "again"}),
        ("Kowalska A. M.", Tier.INITIALS, {"full", "again"}),
        ("Anna Kowalska", None, set()),
        ("Jurgen Brandt", Tier.REVERSED, {"reversed"}),
        ("J. Brandt", Tier.INITIALS, {"reversed"}),
        ("John Robert Okafor", Tier.INITIALS, {"initials"}),
        ("John Okafor", Tier.INITIALS, {"initials"}),
        ("Okafor, John", Tier.INITIALS, {"initials"}),
        ("Peter Lindqvist", Tier.INITIALS, {"middle"}),
        ("Peter Quentin Lindqvist", Tier.INITIALS, {"middle"}),
        ("Mikhail Petrovski", Tier.FUZZY, {"misspelt"}),
        ("Petrovski, Mikhail", Tier.FUZZY, {"misspelt"}),
        ("Ludwig van Beethoven", Tier.EXACT, {"particle"}),
        ("van Beethoven, Ludwig", Tier.EXACT, {"particle"}),
        ("Lena van Beethoven", Tier.INITIALS, {"particle"}),
        ("Jean-Pierre O'Neill", Tier.FOLDED, {"hyphen"}),
        ("Jules-Paul O'Neill", Tier.INITIALS, {"hyphen"}),
        ("Владимир Иванович Сидоров", Tier.INITIALS, {"cyrillic"}),
        ("Сидоров В.И.", Tier.FOLDED, {"cyrillic"}),
        ("Madonna", Tier.EXACT, {"single"}),
        ("Ma\u00addonna\u200b", Tier.EXACT, {"single"}),
        ("Madona", Tier.FUZZY, {"single"}),
        ("Nobody Here", None, set()),
    ],
)
def test_a_name_is_found_in_the_surest_way_there_is(archive, name, tier, found):
    (entry,) = answer(archive, name)
    assert (entry.text, entry.tier, entry.error) == (name, tier, "")
    assert entry.articles == len(found)
    if found:
        assert entry.hit.article.record in found
        (snippet,) = entry.hit.passages[0].snippets
        assert snippet.highlights


NAMES_ASKED = (
    "A. Kowalska", "A. M. Kowalska", "J. Brandt", "John Okafor", "J. Okafor", "Peter Lindqvist",
    "P. Lindqvist", "L. van Beethoven", "Jules-Paul O'Neill", "В. Сидоров", "Q. Nobody",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES_ASKED)
def test_what_stands_near_a_surname_only_makes_its_initials_faster(archive, name, monkeypatch):
    looked_up = answer(archive, name)
    monkeypatch.setattr(batch, "_MAX_SURNAMES", -1)
    patterns = answer(archive, name)
    assert [(e.tier, e.articles, e.passages, e.hit) for e in looked_up] == [
        (e.tier, e.articles, e.passages, e.hit) for e in patterns
    ]


def test_every_tier_that_finds_a_name_can_be_had(archive):
    options = BatchOptions(are_names=True, every_tier=True)
    entries = answer(archive, "Ludwig van Beethoven", "Nobody Here", options=options)
    assert [(entry.line, entry.tier) for entry in entries] == [
        (1, Tier.EXACT), (1, Tier.FOLDED), (1, Tier.INITIALS), (1, Tier.FUZZY), (2, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "given_names", "surname"),
    [
        ("John A. Smith", ("john", "a"), "smith"),
        ("Smith, John A.", ("john", "a"), "smith"),
        ("Smith J. A.", ("j", "a"), "smith"),
        ("J.A. Smith", ("j", "a"), "smith"),
        ("Smith", (), "smith"),
        ("van Gogh", ("van",), "gogh"),
        ("Vincent van Gogh", ("vincent",), "van gogh"),
        ("Osama bin al Masri", ("osama",), "bin al masri"),
        ("J. R.", ("j",), "r"),
        (", Smith", (), "smith"),
        ("Smith,", (), "smith"),
        ("Jean-Luc Picard", ("jean luc",), "picard"),
    ],
)
def test_a_name_is_taken_apart(text, given_names, surname):
    name = read_name(text)
    assert (name.given, name.surname) == (given_names, surname)


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("Ab. ,'-\"“”«»"), max_size=30))
def test_any_text_is_a_name_with_printable_queries_or_none(text):
    name = read_name(text)
    if name is not None:
        tiers = [tier for tier, root in name_queries(name, lambda _: None) if print_node(root)]
        assert tiers[-1] is Tier.FUZZY


def test_queries_are_answered_each_by_itself(archive):
    lines = ["river OR border", "", "  house museum  ", "zebra"]
    entries = answer(archive, *lines, options=BatchOptions())
    assert [(e.line, e.text, e.articles, e.tier) for e in entries] == [
        (1, "river OR border", 2, None),
        (3, "house museum", 1, None),
        (4, "zebra", 0, None),
    ]
    for entry in entries[:2]:
        results = archive.search(entry.text, limit=1)
        assert (entry.articles, entry.passages) == (results.articles, results.passages)
        assert entry.hit.passages[0].citation == results.hits[0].passages[0].citation


def test_a_bad_line_is_an_entry_and_the_next_one_follows(archive):
    bad = b"\xff\xfe".decode("utf-8", "surrogateescape")
    entries = answer(archive, "date:nonsense", bad, "a\0b", "river", options=BatchOptions())
    assert [bool(entry.error) for entry in entries] == [True, True, True, False]
    assert "not UTF-8" in entries[1].error
    named = answer(archive, "...", "Madonna")
    assert [bool(entry.error) for entry in named] == [True, False]


def test_warnings_are_kept_and_are_errors_if_strict(archive):
    (entry,) = answer(archive, "river or border", options=BatchOptions())
    assert entry.findings
    assert not entry.error
    (entry,) = answer(archive, "river or border", options=BatchOptions(strict=True))
    assert entry.error


def test_lines_before_the_first_are_passed_over_with_their_numbers(archive):
    entries = answer(archive, "river", "border", options=BatchOptions(first_line=2))
    assert [entry.line for entry in entries] == [2]


def test_each_entry_comes_before_the_next_line_is_read(archive):
    read: list[str] = []
    lines = (read.append(line) or line for line in ["river", "border"])
    next(answer_batch(archive, lines))
    assert read == ["river"]
