"""Reports of searches: written, read back, and replayed against an archive that has changed."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.search import Archive, By, QueryError, SearchOptions, Sort
from pinakes.search.every_hit import every_hit
from pinakes.search.reporting import (
    ArticleEntry,
    Outcome,
    Replay,
    ReportError,
    making,
    manifest_sha256,
    read_report,
    replay_object,
    report_markdown,
    report_object,
)
from pinakes.search.reporting.replaying import compare
from tests.altered_json import alter

SAMPLES = Path(__file__).parent / "articles"
NOTES = {
    "fire": "A fire in the mine.\n\nThe mine burned for a night, and the mine was closed.",
    "flood": "Water in the mine.\n\nThe pumps stood still for two days in the north of the field.",
    "strike": "The men of the mine went out.\n\nNobody worked on Monday.",
    "harvest": "A good year for barley.\n\nThe farmers were content with the price.",
}


@pytest.fixture
def mines(tmp_path: Path) -> Archive:
    """An archive of four notes; three of them tell of a mine."""
    for name, text in NOTES.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    archive = Archive.create(tmp_path)
    archive.index(tmp_path)
    return archive


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("reporting")
    shutil.copytree(SAMPLES, root / "articles")
    archive = Archive.create(root)
    archive.index(root / "articles")
    return archive


def write(archive: Archive, name: str, text: str) -> None:
    (archive.root / f"{name}.txt").write_text(text, encoding="utf-8")
    archive.index(archive.root)


def told(found: Replay) -> dict[str, tuple[Outcome, tuple[str, ...]]]:
    """Return by the names of files what became of their hits."""
    names = {
        hit.citation.article_id: hit.citation.location.removesuffix(".txt")
        for side in (found.then, found.now)
        for hit in side.hits
    }
    return {names[each.id]: (each.outcome, each.reasons) for each in found.differences}


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("mine", SearchOptions(limit=2, snippets=5, facets=("source",), explain=True)),
        ("mine OR rescue~ -coal", SearchOptions(by=By.PASSAGE, offset=3)),
        ("kind:quote the", SearchOptions(sort=Sort.DATE, occurrences=True)),
        ("nowhereword", SearchOptions()),
        ("* date:2014 lang:en", SearchOptions(sort=Sort.NEWEST, limit=0)),
    ],
)
def test_a_report_says_all_comes_back_whole_and_replays_as_the_same(samples, query, options):
    results, report = samples.records.report(query, options=options)
    assert replace(results, took_ms=0.0) == replace(
        samples.search(query, options=options), took_ms=0.0
    )
    everything = replace(options, limit=1000, offset=0)
    hits = samples.search(query, options=everything).hits
    assert [(hit.rank, hit.score, hit.citation) for hit in report.hits] == [
        (hit.rank, hit.score, hit.passages[0].citation) for hit in hits
    ]
    assert (report.articles, report.passages) == (results.articles, results.passages)
    again = read_report(json.dumps(report_object(report)))
    assert again == report
    found = samples.records.replay(again)
    assert found.is_same
    assert found.same == len(hits)
    assert (found.remarks, found.added, found.changed, found.removed) == ((), (), (), ())
    assert replay_object(found)["differences"] == []


def test_a_report_has_every_hit_though_they_are_taken_a_window_at_a_time(samples, monkeypatch):
    whole = samples.records.report("the")[1].hits
    monkeypatch.setattr(making, "every_hit", partial(every_hit, window=3))
    assert samples.records.report("the")[1].hits == whole
    assert len(whole) > 12


def test_an_index_made_again_replays_as_the_same(mines):
    report = mines.records.report("mine OR water~")[1]
    shutil.rmtree(mines.root / ".pinakes" / "index")
    assert mines.records.replay(report).is_same


def test_the_manifest_is_what_anyone_can_work_out_in_any_order(samples):
    report = samples.records.report("mine")[1]
    lines = set()
    for hit in samples.search("*", options=SearchOptions(limit=1000, collapse=False)):
        raw = (samples.root / hit.article.paths[0]).read_bytes()
        text = hashlib.sha256(hit.article.text.encode()).hexdigest()
        lines.add(f"{hit.article.id} {text} {hashlib.sha256(raw).hexdigest()}\n")
    expected = hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()
    shuffled = list(report.entries)
    random.Random(7).shuffle(shuffled)  # noqa: S311
    assert manifest_sha256(shuffled) == manifest_sha256(report.entries) == expected
    assert report_object(report)["archive"]["manifest_sha256"] == expected


def test_what_is_added_changed_and_removed_is_named_with_its_reason(mines):
    report = mines.records.report("mine")[1]
    (mines.root / "flood.txt").unlink()
    (mines.root / "accident.txt").write_text("An accident in the mine.", encoding="utf-8")
    (mines.root / "strike.txt").write_text("The men went out.\n\nNobody worked.", encoding="utf-8")
    write(mines, "harvest", NOTES["harvest"] + "\n\nThe mine bought none.")
    found = mines.records.replay(report)
    assert not found.is_same
    became = told(found)
    assert became["flood"] == (Outcome.LOST, ("the article was removed",))
    assert became["strike"] == (Outcome.LOST, ("the article's text changed",))
    assert became["accident"] == (Outcome.GAINED, ("the article was added",))
    assert became["harvest"] == (Outcome.GAINED, ("the article's text changed",))
    outcome, (reason,) = became["fire"]
    assert outcome is Outcome.RESCORED
    assert "statistics" in reason
    assert "1 article added, 2 articles changed, 1 article removed" in reason
    assert (len(found.added), len(found.changed), len(found.removed)) == (1, 2, 1)
    assert found.remarks == (
        "in the archive since then: 1 article added, 2 articles changed, 1 article removed",
    )
    assert [each["outcome"] for each in replay_object(found)["differences"]].count("lost") == 2


def test_a_file_that_changed_and_a_rank_that_did_are_told(mines):
    report = mines.records.report("mine", options=SearchOptions(sort=Sort.DATE))[1]
    write(mines, "fire", NOTES["fire"] + "\n")
    became = told(mines.records.replay(report))
    assert became["fire"][1][0] == "the article's file changed, though its text did not"

    report = mines.records.report("* words:<500")[1]
    assert {hit.score for hit in report.hits} == {report.hits[0].score}
    (mines.root / report.hits[0].citation.location).unlink()
    mines.index(mines.root)
    outcomes = {each.outcome for each in mines.records.replay(report).differences}
    assert outcomes == {Outcome.LOST, Outcome.RERANKED}


def test_other_versions_and_another_archive_are_told(mines, tmp_path_factory):
    report = mines.records.report("mine")[1]
    versions = {**report.versions, "whoosh": "2.7.3", "lucene": "9"}
    older = replace(report, versions=versions, hits=report.hits[1:])
    found = mines.records.replay(older)
    (gained,) = (each for each in found.differences if each.outcome is Outcome.GAINED)
    expected = f"versions differ: whoosh 2.7.3, now {report.versions['whoosh']}, lucene 9, now none"
    assert gained.reasons == (expected,)
    assert found.remarks == (expected,)
    other = Archive.create(tmp_path_factory.mktemp("other"))
    found = other.records.replay(report)
    assert {each.reasons for each in found.differences} == {("the article was removed",)}
    assert found.remarks[0] == f"this is archive {other.id}, not {mines.id}"


def test_tags_that_changed_are_the_reason_where_no_article_did(mines):
    report = mines.records.report("mine tag:seen")[1]
    assert report.hits == ()
    assert report.filters == ("tag:seen",)
    mines.tags.change("fire", add=["seen"])
    found = mines.records.replay(report)
    ((outcome, reasons),) = told(found).values()
    assert outcome is Outcome.GAINED
    assert "its tags or metadata changed" in reasons[0]
    rescored = replace(found.now, hits=(replace(found.now.hits[0], score=0.5),))
    (difference,) = compare(rescored, found.now).differences
    assert difference.reasons == ("all articles are as they were: tags or metadata changed",)


def test_a_saved_search_and_a_day_mean_what_they_meant(mines):
    mines.saved.save("wet", "water OR flood")
    report = mines.records.report("saved:wet")[1]
    assert len(report.hits) == 1
    mines.saved.save("wet", "barley", replace=True)
    found = mines.records.replay(report)
    assert found.is_same
    assert "understood otherwise now, as barley" in found.remarks[0]
    mines.saved.remove("wet")
    found = mines.records.replay(report)
    assert found.is_same
    assert "understood otherwise now, no more" in found.remarks[0]
    with pytest.raises(QueryError):
        mines.records.replay(replace(report, interpreted="( ) date:never"))
    found = mines.records.replay(replace(report, interpreted="water OR  flood"))
    assert "which is read as water OR flood" in found.remarks[0]


def test_only_what_changed_since_a_generation_is_asked_again(mines):
    generation = mines.search("mine").archive.generation
    options = SearchOptions(since=generation)
    assert mines.records.report("mine", options=options)[1].hits == ()
    write(mines, "rescue", "A rescue in the mine.")
    report = mines.records.report("mine", options=options)[1]
    assert len(report.hits) == 1
    assert mines.records.replay(report).is_same


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_after_any_changes_each_gained_and_lost_hit_has_the_reason_that_it_has(
    tmp_path_factory, seed
):
    chance = random.Random(seed)  # noqa: S311
    root = tmp_path_factory.mktemp("any")
    words = ["mine", "fire", "barley", "north", "Monday"]

    def text(name: str) -> str:
        return f"About {name}.\n\n" + " ".join(chance.choices(words, k=4))

    texts = {f"{number}.txt": text(f"note {number}") for number in range(6)}
    for name, content in texts.items():
        (root / name).write_text(content, encoding="utf-8")
    with Archive.create(root) as archive:
        archive.index(root)
        report = archive.records.report("mine")[1]
        was = {hit.citation.location for hit in report.hits}
        reasons = {}
        for number in range(9):
            name = f"{number}.txt"
            kept, other = texts.get(name), text(f"other {number}")
            action = chance.choice(["keep", "change", "remove"])
            if kept is None:
                (root / name).write_text(other, encoding="utf-8")
                texts[name], reasons[name] = other, "the article was added"
            elif action == "change":
                (root / name).write_text(other, encoding="utf-8")
                texts[name], reasons[name] = other, "the article's text changed"
            elif action == "remove":
                (root / name).unlink()
                del texts[name]
                reasons[name] = "the article was removed"
        archive.index(root)
        found = archive.records.replay(report)
        after = {name for name, content in texts.items() if "mine" in content}
        location = {
            hit.citation.article_id: hit.citation.location
            for side in (report, found.now)
            for hit in side.hits
        }
        for outcome, names in ((Outcome.LOST, was - after), (Outcome.GAINED, after - was)):
            became = {
                location[each.id]: each.reasons
                for each in found.differences
                if each.outcome is outcome
            }
            assert became == {name: (reasons[name],) for name in names}
        assert all(each.reasons for each in found.differences)
        assert archive.records.replay(archive.records.report("mine")[1]).is_same


def test_markdown_says_all_and_lets_no_text_be_more_than_text(tmp_path):
    (tmp_path / "a.txt").write_text(
        "<script>alert(1)</script> # Mine\n\n# the mine [x](javascript:y) `z`", encoding="utf-8"
    )
    with Archive.create(tmp_path) as archive:
        archive.index(tmp_path)
        results, report = archive.records.report(
            "mine `z` or lang:und", options=SearchOptions(since=0)
        )
        text = report_markdown(report)
        assert results.diagnostics
        assert "- Query as typed: `` mine `z` or lang:und ``" in text
        assert "- Warning: " in text or "- Info: " in text
        assert "- Limited to what changed since generation 0" in text
        nothing = report_markdown(archive.records.report("nowhereword")[1])
        assert "Nothing was found." in nothing
        assert "- Filters: none" in nothing
        found = report_markdown(archive.records.report("mine")[1])
    assert "<script>" not in found.replace("\\<script", "")
    assert manifest_sha256(report.entries) in text


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_an_altered_report_is_refused(samples, seed):
    report = _REPORTS.setdefault("mine", samples.records.report("mine")[1])
    written = report_object(report)
    altered = alter(written, random.Random(seed))  # noqa: S311
    content = json.dumps(altered)
    if content == json.dumps(written):
        assert read_report(content) == report
        return
    with suppress(ReportError):
        # What was written by an older format has a checksum of its manifest alone.
        assert read_report(content).hits is not None
        assert "sha256" not in altered
        assert altered["report"] < written["report"]


def test_a_report_of_which_a_hit_was_cut_out_is_refused(samples):
    written = report_object(samples.records.report("mine")[1])
    assert len(written["hits"]) > 1
    cut = json.dumps({**written, "hits": written["hits"][1:]})
    with pytest.raises(ReportError, match="altered: it is not what its checksum is of"):
        read_report(cut)


def test_a_report_of_the_format_before_is_read(samples):
    report = samples.records.report("mine")[1]
    written = report_object(report)
    del written["sha256"]
    assert read_report(json.dumps({**written, "report": 2})) == report


_REPORTS: dict[str, Any] = {}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "no report"),
        ('{"report": 99}', "reads up to 3"),
        ('{"report": 1}', "altered or cut off"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(content, expected):
    with pytest.raises(ReportError, match=expected):
        read_report(content)


def test_a_manifest_that_was_altered_is_noticed(samples):
    report = samples.records.report("mine")[1]
    written = report_object(report)
    for manifest in (
        written["manifest"][1:],
        [*written["manifest"][1:], ["0" * 8, "1" * 64, "2" * 64]],
    ):
        with pytest.raises(ReportError, match="its manifest is not"):
            read_report(json.dumps({**written, "manifest": manifest}))
    with pytest.raises(ReportError, match="no checksums of 64 digits"):
        read_report(json.dumps({**written, "manifest": [["0" * 8, "1", "2"]]}))
    with pytest.raises(ReportError, match="no citation in it"):
        read_report(json.dumps({**written, "hits": [{"rank": 1, "score": 1, "citation": {}}]}))
    assert manifest_sha256([]) == hashlib.sha256(b"").hexdigest()
    assert manifest_sha256([ArticleEntry("a", "b", "c")]) == hashlib.sha256(b"a b c\n").hexdigest()
