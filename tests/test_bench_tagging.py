"""Tags are judged as a reader would, and taggers stay as good as they were."""

from __future__ import annotations

import importlib
import json
import os
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pinakes.corpus.tagging.tagger import FoundTag, tagger

CHECKOUT = Path(__file__).resolve().parents[1]
if not (CHECKOUT / "bench").is_dir():
    pytest.skip("bench/ is in a checkout only", allow_module_level=True)
sys.path.insert(0, str(CHECKOUT))
annotations, cli, golden, measuring, running, sampling, scoring, values, verdicts = (
    importlib.import_module(f"bench.tagging.{name}")
    for name in (
        *("annotations", "__main__", "golden", "measuring", "running", "sampling", "scoring"),
        *("values", "verdicts"),
    )
)
sys.path.remove(str(CHECKOUT))

TAGS = CHECKOUT / "tests" / "tags"
ARTICLES = [*annotations.read_folder(TAGS / "develop"), *annotations.read_folder(TAGS / "held_out")]
FLOORS = tomllib.loads((TAGS / "floors.toml").read_text(encoding="utf-8"))
SEED_ARTICLE = os.environ.get("PINAKES_SEED_ARTICLE", "")
NAMES = values.SameNames.read(TAGS / "names.toml")


def read(marked: str, folder: Path):
    path = folder / "article.txt"
    path.write_text(f"language: en\n\n{marked}\n", encoding="utf-8")
    return annotations.read_article(path).passages[0]


def found(type_: str, value: str, start: int, end: int) -> FoundTag:
    return FoundTag(type=type_, value=value, start=start, end=end, reason="because")


def outcomes(marked: str, *tags: FoundTag, folder: Path) -> list[str]:
    passage = read(marked, folder)
    judged = scoring.judge(passage.text, passage.annotations, tags, NAMES)
    return sorted(str(each.outcome) for each in judged)


# The taggers under test


@pytest.mark.parametrize("half", ["develop", "held_out"])
def test_taggers_are_as_good_as_they_were(half):
    articles = annotations.read_folder(TAGS / half)
    measured = measuring.measure(articles, running.installed_taggers(), NAMES)
    figures = measuring.as_json(measured)
    below = {
        f"{type_} {figure}": (figures[type_][figure], floor)
        for type_, floors in FLOORS[half].items()
        for figure, floor in floors.items()
        if figures[type_][figure] < floor
    }
    assert not below


def judge_article(path: Path, golden_path: Path) -> str:
    shown = CliRunner().invoke(cli.main, ["golden", str(path), str(golden_path)])
    assert isinstance(shown.exception, SystemExit | None), shown.output
    return shown.output


def test_the_tags_of_a_press_release_are_right(tmp_path):
    marked = annotations.read_article(TAGS / "golden" / "press-release.txt")
    title, *others = [passage.text for passage in marked.passages]
    path, golden_path = tmp_path / "press-release.txt", tmp_path / "press-release.tsv"
    path.write_text("\n".join([title, title, *others]) + "\nLeave a review", encoding="utf-8")
    golden_path.write_text(golden.format_golden(marked), encoding="utf-8")
    wrong = [line for line in judge_article(path, golden_path).splitlines() if ".txt#" in line]
    assert len(wrong) <= FLOORS["press-release"]["wrong"], "\n".join(wrong)


@pytest.mark.skipif(not SEED_ARTICLE, reason="PINAKES_SEED_ARTICLE names no article")
def test_the_tags_of_the_article_named_in_the_environment_are_right():
    shown = judge_article(Path(SEED_ARTICLE), TAGS / "golden" / "seed-article.tsv")
    wrong = [line for line in shown.splitlines() if ".txt#" in line]
    assert len(wrong) <= FLOORS["seed-article"]["wrong"], "\n".join(wrong)


# What is annotated


def test_there_are_enough_passages_in_seven_languages_in_each_half():
    for half in ("develop", "held_out"):
        articles = annotations.read_folder(TAGS / half)
        assert sum(len(article.passages) for article in articles) >= 60
        assert {a.language for a in articles} == {"ar", "de", "en", "es", "fr", "ru", "tr"}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_whoever_finds_what_is_annotated_is_right(article):
    @tagger("reader", version=1, types=annotations.TYPES)
    def find(passage):
        for each in article.passages[passage.number].annotations:
            value = each.values[0] if each.values else "anything"
            yield found(each.type, value, each.start, each.end)

    figures = measuring.as_json(measuring.measure([article], [find], NAMES))
    assert figures
    for each in figures.values():
        assert (each["precision"], each["recall"]) == (1, 1)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_annotations_stand_on_whole_words(article):
    for passage in article.passages:
        for each in passage.annotations:
            words = passage.text[each.start : each.end]
            assert words == words.strip()
            assert words
            assert each.outer_start <= each.start < each.end <= each.outer_end


def test_an_annotated_article_is_seen_as_taggers_see_one():
    article = running.as_article(ARTICLES[0])
    assert article.title == article.passages[0].text
    for passage in article.passages:
        assert article.text[passage.start : passage.start + len(passage.text)] == passage.text
        assert passage.article is article


# How marks are read


def test_marks_are_taken_out_and_offsets_count_what_is_left(tmp_path):
    passage = read("In [the {Hague}|place:The Hague] he saw [Ms {Vos}|person:Ina Vos].", tmp_path)
    assert passage.text == "In the Hague he saw Ms Vos."
    place, person = passage.annotations
    assert passage.text[place.start : place.end] == "Hague"
    assert passage.text[person.outer_start : person.outer_end] == "Ms Vos"
    assert person.values == ("Ina Vos",)


def test_marks_stand_inside_one_another(tmp_path):
    passage = read("[“I left [Riga|place] then,”|said:Ina Vos] she said.", tmp_path)
    quote, said, place = passage.annotations
    assert passage.text[said.start : said.end] == "I left Riga then"
    assert (quote.type, quote.values) == ("quote", ())
    assert passage.text[place.start : place.end] == "Riga"


@pytest.mark.parametrize(
    "marked", ["[Riga|place", "Riga|place]", "[Riga]", "[Riga|town]", "{Riga}", "[{Riga|place]"]
)
def test_a_wrong_mark_is_an_error_that_names_the_file(marked, tmp_path):
    with pytest.raises(annotations.AnnotationError, match=r"article\.txt"):
        read(marked, tmp_path)


# How tags are judged


def test_a_tag_is_right_with_type_value_and_span(tmp_path):
    marked = "In [Genf|place:Geneva]."
    assert outcomes(marked, found("place", "geneva", 3, 7), folder=tmp_path) == ["right"]
    assert outcomes(marked, found("place", "Genf", 3, 7), folder=tmp_path) == ["value"]
    assert outcomes(marked, found("place", "Geneva", 0, 7), folder=tmp_path) == ["span"]
    wrong = found("org", "Geneva", 3, 7)
    assert outcomes(marked, wrong, folder=tmp_path) == ["missing", "wrong"]


def test_an_optional_tag_counts_neither_way(tmp_path):
    assert outcomes("In [Genf|place?:Geneva].", folder=tmp_path) == []
    tag = found("place", "Geneva", 3, 7)
    assert outcomes("In [Genf|place?:Geneva].", tag, folder=tmp_path) == ["optional"]


def test_an_instrument_may_be_tagged_beside_its_article(tmp_path):
    marked = "[Articles 3 and 8 of the {UDHR}|law:UDHR, Articles 3 and 8]"
    tags = [found("law", f"UDHR{article}", 0, 28) for article in (", art. 3", ", art. 8", "")]
    assert outcomes(marked, *tags, folder=tmp_path) == ["optional", "optional", "right"]
    assert outcomes(marked, tags[2], folder=tmp_path) == ["value"]
    other = found("law", "UDHR, art. 9", 0, 28)
    assert outcomes(marked, tags[0], other, folder=tmp_path) == ["right", "wrong"]


def test_a_number_out_of_another_is_one_tag_or_two(tmp_path):
    marked = "[200 of 1,500 men|number:200 of 1500]"
    parts = [found("number", "200", 0, 3), found("number", "1500 people", 7, 16)]
    assert outcomes(marked, *parts, folder=tmp_path) == ["right"]
    assert outcomes(marked, parts[0], folder=tmp_path) == ["span"]
    whole = found("number", "200 of 1500", 0, 16)
    assert outcomes(marked, whole, folder=tmp_path) == ["right"]


def test_words_that_go_with_a_date_may_be_covered(tmp_path):
    marked = "He left between [2004 and 2006|mentions:2004..2006], or since [2008|mentions]."
    since = found("mentions", "2008..", 34, 44)
    assert outcomes(marked, found("mentions", "2004..2006", 8, 29), since, folder=tmp_path) == [
        "right",
        "right",
    ]


def test_an_annotation_is_found_once(tmp_path):
    marked = "On [{5 May}|mentions:2014-05-05;2014-05]."
    tags = found("mentions", "2014-05-05", 3, 8), found("mentions", "2014-05", 3, 8)
    assert outcomes(marked, *tags, folder=tmp_path) == ["right", "wrong"]
    assert outcomes(marked, tags[0], tags[0], folder=tmp_path) == ["right"]


def test_a_place_in_the_name_of_an_instrument_is_wrong_and_in_that_of_an_organisation_is_not(
    tmp_path,
):
    law = "[Geneva Convention|law]", found("law", "Geneva Convention", 0, 17)
    org = "[Geneva Opera House|org]", found("org", "Geneva Opera House", 0, 18)
    place = found("place", "Geneva", 0, 6)
    assert outcomes(law[0], law[1], place, folder=tmp_path) == ["right", "wrong"]
    assert outcomes(org[0], org[1], place, folder=tmp_path) == ["optional", "right"]


@pytest.mark.parametrize(
    ("type_", "value", "annotated", "is_same"),
    [
        ("place", "Türkiye", "Turkey", True),
        (
            "law",
            "ICCPR, art. 12",
            "International Covenant on Civil and Political Rights, Article 12",
            True,
        ),
        (
            "law",
            "ICCPR, art. 13",
            "International Covenant on Civil and Political Rights, Article 12",
            False,
        ),
        ("law", "ICCPR", "International Covenant on Civil and Political Rights, Article 12", False),
        ("number", "100", "100 people", True),
        ("number", "100%", "100 %", True),
        ("number", "1000", "100", False),
        ("number", "4.5 EUR", "4.50 EUR", True),
        ("number", "4 EUR", "4.0 EUR", True),
        ("number", "4.05 EUR", "4.5 EUR", False),
        ("mentions", "--03..--05", "2020-03..2020-05", True),
        ("mentions", "2016..", "2016", True),
        ("mentions", "--05-04", "2014-05-04", True),
        ("mentions", "--05-04", "2014-05-05", False),
        ("person", "Vos", "Ina Vos", False),
    ],
)
def test_values_are_the_same_by_what_they_name(type_, value, annotated, is_same):
    assert NAMES.is_same(type_, value, annotated) is is_same


def test_precision_and_recall_leave_out_what_is_optional(tmp_path):
    passage = read("[Riga|place], [Genf|place:Geneva] and [Bern|place?].", tmp_path)
    tags = [found("place", "Riga", 0, 4), found("place", "Bern", 14, 18)]
    counts = scoring.tally(scoring.judge(passage.text, passage.annotations, tags, NAMES))
    assert counts.scores(is_strict=True) == (1.0, 0.5, pytest.approx(2 / 3))


# The verdicts of a reader


def test_verdicts_keep_no_words(tmp_path):
    @tagger("towns", version=3, types=("place",))
    def find(passage):
        at = passage.text.find("Riga")
        if at >= 0:
            yield found("place", "Riga", at, at + 4)

    articles, sheet, kept = (tmp_path / name for name in ("a.jsonl", "sheet.jsonl", "kept.tsv"))
    rows = [{"id": f"a{n}", "text": f"The train to Riga left at {n}."} for n in range(5)]
    articles.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    drawn = sampling.draw(articles, [find], passage_count=100, tags_a_type=3, seed=1)
    assert len(drawn) == 3
    assert all("⟦Riga⟧" in tag.context for tag in drawn)
    sampling.write_sheet(sheet, drawn)
    with pytest.raises(verdicts.SheetError, match=r"sheet\.jsonl, line 1"):
        sampling.read_sheet(sheet)
    sheet.write_text(
        sheet.read_text(encoding="utf-8").replace('"verdict": ""', '"verdict": "right"'),
        encoding="utf-8",
    )
    verdicts.write_verdicts(kept, sampling.read_sheet(sheet))
    assert "train" not in kept.read_text(encoding="utf-8")
    assert {each.rule for each in verdicts.read_verdicts(kept)} == {"towns/3"}
    shown = CliRunner().invoke(cli.main, ["verdicts", str(kept)])
    assert "0.439 to 1.000" in shown.output


@given(judged=st.integers(1, 500), share=st.floats(0, 1))
def test_the_interval_holds_the_share(judged, share):
    right = round(share * judged)
    low, high = verdicts.wilson_interval(right, judged)
    assert -1e-9 <= low <= right / judged + 1e-9
    assert right / judged - 1e-9 <= high <= 1 + 1e-9
