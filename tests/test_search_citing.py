"""Citations: made, tampered with in every way, and what verification says of each."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import Article
from pinakes.search import Archive, Hit, SearchOptions
from pinakes.search.citation import SpanError, cite_span
from pinakes.search.citing import (
    CitationError,
    VerdictStatus,
    annotation_object,
    check_in_file,
    citation_object,
    proof_object,
    read_citations,
)
from pinakes.search.citing.judging import Present, judge
from pinakes.search.model import Citation

SAMPLES = Path(__file__).parent / "articles"
TEXT = (
    "The mine at Halvik closed in May.\n\nNobody was hurt, the minister said.\n\n"
    "Nobody was hurt in June either.\n\nRescuers left."
)
QUOTE = "Nobody was hurt"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("citing")
    shutil.copytree(SAMPLES, root / "articles")
    archive = Archive.create(root)
    archive.index(root / "articles")
    return archive


@pytest.fixture(scope="module")
def hits(samples: Archive) -> list[Hit]:
    """All articles of the samples."""
    return list(samples.search("*", limit=1000))


@pytest.fixture
def note(tmp_path: Path) -> tuple[Archive, Path, Article]:
    """An archive of one file of plain text."""
    file = tmp_path / "note.txt"
    file.write_text(TEXT, encoding="utf-8")
    archive = Archive.create(tmp_path)
    archive.index(file)
    (hit,) = archive.search("halvik")
    return archive, file, hit.article


def cite_quote(archive: Archive, article: Article, quote: str = QUOTE) -> Citation:
    start = article.text.index(quote)
    return archive.cite(article.id, (start, start + len(quote)))


def test_every_passage_of_the_samples_holds_and_comes_back_from_both_forms(samples):
    hashes = samples.hashes()
    count = 0
    for hit in samples.search("*", options=SearchOptions(limit=1000, collapse=False)):
        for passage in hit.article.passages:
            citation = samples.cite(hit.article.id, (passage.start, passage.end))
            verdict = samples.verify(citation, hashes=hashes)
            assert (verdict.status, verdict.start) == (VerdictStatus.OK, passage.start)
            for written in (citation_object(citation), annotation_object(citation)):
                assert read_citations(json.dumps(written)) == [citation]
            file = samples.root / hit.article.paths[0]
            assert check_in_file(citation, file).status is VerdictStatus.OK
            count += 1
    assert count > 100
    assert all(verdict.status is VerdictStatus.OK for verdict, _ in samples.verify_all())
    assert sum(passages for _, passages in samples.verify_all()) == count


def test_a_hit_carries_the_citation_that_cite_gives(samples):
    for hit in samples.search("mine collapse"):
        for found in hit.passages:
            span = found.passage.start, found.passage.end
            assert found.citation == samples.cite(hit.article.id, span)
            assert read_citations(json.dumps(proof_object(found.citation)))[0].exact


def test_a_changed_file_is_told_from_a_changed_text(note):
    archive, file, article = note
    citation = cite_quote(archive, article)
    assert archive.verify(citation).status is VerdictStatus.OK

    file.write_text(TEXT + " ", encoding="utf-8")
    verdict = archive.verify(citation)
    assert verdict.status is VerdictStatus.FILE_CHANGED
    assert "note.txt has changed since" in verdict.explanation[0]

    archive.index(file)
    verdict = archive.verify(citation)
    assert (verdict.status, verdict.start) == (VerdictStatus.FILE_CHANGED, citation.start)
    assert "read from another file" in verdict.explanation[0]

    file.write_text("New first words.\n\n" + TEXT, encoding="utf-8")
    archive.index(file)
    verdict = archive.verify(citation)
    assert (verdict.status, verdict.start) == (VerdictStatus.MOVED, citation.start + 18)

    file.write_text(TEXT.replace(QUOTE, "Two men were hurt"), encoding="utf-8")
    archive.index(file)
    verdict = archive.verify(citation)
    assert (verdict.status, verdict.start) == (VerdictStatus.TEXT_CHANGED, None)
    assert "now stands “Two men were hurt”" in verdict.explanation[0]


def test_a_renamed_file_keeps_its_citations_and_a_removed_one_loses_them(note):
    archive, file, article = note
    citation = cite_quote(archive, article)
    renamed = file.rename(file.with_name("renamed.txt"))
    archive.index([renamed, file.parent])
    assert archive.verify(citation).status is VerdictStatus.OK

    renamed.unlink()
    verdict = archive.verify(citation)
    assert verdict.status is VerdictStatus.MISSING
    assert "renamed.txt: gone" in verdict.explanation[0]

    archive.remove(article.id)
    verdict = archive.verify(citation)
    assert verdict.status is VerdictStatus.MISSING
    assert verdict.explanation == (f"the archive has no article {article.id}",)


def test_another_extraction_of_the_same_file_is_named(note):
    archive, _, article = note
    citation = cite_quote(archive, article)
    text = article.text.replace("The mine", "A mine")
    again = Present(
        where=article.id,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        extraction=citation.extraction + 1,
        file_sha256=article.sha256,
    )
    verdict = judge(citation, again)
    assert verdict.status is VerdictStatus.MOVED
    assert f"extraction {citation.extraction + 1} reads the same file" in verdict.explanation[1]


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_tampering_is_told_for_what_it_is(samples, hits, data):
    article = data.draw(st.sampled_from(hits)).article
    passage = data.draw(st.sampled_from(tuple(article.passages)))
    citation = samples.cite(article.id, (passage.start, passage.end))
    place = data.draw(st.integers(0, len(citation.exact) - 1))
    letter = data.draw(st.characters(exclude_characters=citation.exact[place], codec="utf-8"))
    changed = citation.exact[:place] + letter + citation.exact[place + 1 :]

    forged = replace(citation, exact=changed)
    assert samples.verify(forged).status is VerdictStatus.TEXT_CHANGED
    assert "altered" in samples.verify(forged).explanation[0]

    resealed = replace(forged, sha256=hashlib.sha256(changed.encode()).hexdigest())
    verdict = samples.verify(resealed)
    if changed not in article.text:
        assert (verdict.status, verdict.start) == (VerdictStatus.TEXT_CHANGED, None)

    shift = data.draw(st.integers(-passage.start, 50).filter(bool))
    moved = replace(citation, start=citation.start + shift, end=citation.end + shift)
    verdict = samples.verify(moved)
    assert verdict.status is VerdictStatus.MOVED
    assert article.text[verdict.start :].startswith(citation.exact)

    other_file = replace(citation, file_sha256=hashlib.sha256(letter.encode()).hexdigest())
    assert samples.verify(other_file).status is VerdictStatus.FILE_CHANGED
    forged_source = replace(citation, title=f"{citation.title}{letter}", published="1999")
    verdict = samples.verify(forged_source)
    assert verdict.status is VerdictStatus.TEXT_CHANGED
    assert any("its published is" in sentence for sentence in verdict.explanation)
    around = replace(citation, prefix=f"{letter}{citation.prefix}" * 2)
    assert samples.verify(around).status is VerdictStatus.TEXT_CHANGED

    unknown = replace(citation, article_id="0" * 16)
    assert samples.verify(unknown).status is VerdictStatus.MISSING
    assert article.id in samples.verify(unknown).explanation[0]


def test_of_several_places_the_one_with_the_same_words_around_it_is_meant(note):
    archive, file, article = note
    second = article.text.rindex(QUOTE)
    citation = archive.cite(article.id, (second, second + len(QUOTE)))
    file.write_text("Before.\n\n" + TEXT, encoding="utf-8")
    archive.index(file)
    assert archive.verify(citation).start == second + len("Before.\n\n")


def test_a_bare_file_needs_no_archive(note, tmp_path):
    archive, file, article = note
    citation = cite_quote(archive, article)
    elsewhere = tmp_path / "elsewhere.txt"
    shutil.copy(file, elsewhere)
    assert check_in_file(citation, elsewhere).status is VerdictStatus.OK
    elsewhere.write_text(TEXT.replace("May", "July"), encoding="utf-8")
    assert check_in_file(citation, elsewhere).status is VerdictStatus.MOVED
    elsewhere.write_text(TEXT.replace("closed", "opened"), encoding="utf-8")
    verdict = check_in_file(citation, elsewhere)
    assert verdict.status is VerdictStatus.FILE_CHANGED
    assert "though the quote stands where it stood" in verdict.explanation[1]
    assert check_in_file(citation, tmp_path / "no.txt").status is VerdictStatus.MISSING


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (0, 10_000)])
def test_what_is_no_span_is_refused(note, span):
    archive, _, article = note
    with pytest.raises(SpanError):
        archive.cite(article.id, span)


def test_a_span_begins_where_words_do(samples):
    (article,) = (hit.article for hit in samples.search("*", limit=1))
    between = article.passages[0].end
    with pytest.raises(SpanError, match="between two passages"):
        samples.cite(article.id, (between, between + 5))


def test_a_span_may_go_on_in_the_next_passage(note):
    archive, _, article = note
    citation = archive.cite(article.id, (4, 50))
    assert citation.exact == article.text[4:50]
    assert archive.verify(citation).status is VerdictStatus.OK


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "no citation"),
        ("{}", "no citation"),
        ("not json", "no JSON"),
        ('{"a": 1}\nnot json', "line 2"),
        ('{"exact": "a", "sha256": "b"}', "no valid article, end"),
        ('{"type": "Annotation"}', "an annotation"),
        ('{"exact": "\\ud800", "sha256": "b"}', "no valid article, end, exact"),
        ("[" * 500 + "]" * 500, "nested"),
        ("[" * 200_000, "nested"),
    ],
)
def test_what_is_no_citation_is_refused(content, told):
    with pytest.raises(CitationError, match=told):
        read_citations(content)


def test_a_quote_of_half_a_character_is_an_altered_one(note):
    archive, _, article = note
    verdict = archive.verify(replace(cite_quote(archive, article), exact="\ud800"))
    assert verdict.status is VerdictStatus.TEXT_CHANGED


def test_a_mark_of_the_order_of_bytes_is_no_part_of_a_citation(note):
    archive, _, article = note
    citation = cite_quote(archive, article)
    assert read_citations("\ufeff" + json.dumps(citation_object(citation))) == [citation]


@settings(deadline=None, max_examples=200)
@given(st.randoms(use_true_random=False))
def test_no_damage_to_its_json_is_more_than_an_error(order: random.Random):
    article = Article(
        id="0a0b0c0d", key=1, title="T", text=TEXT, authors=("A",), source="", url="",
        published="", language="en", paths=("a.txt",), record="", sha256="ab", text_sha256="cd",
        metadata=(), passages=(),
    )  # fmt: skip
    with pytest.raises(SpanError):
        cite_span(article, 0, 3)
    citation = Citation(
        article_id="0a0b0c0d", passage_number=0, start=0, end=3, exact="The", prefix="",
        suffix="", sha256="", text_sha256="", file_sha256="",
    )  # fmt: skip
    letters = list(json.dumps(citation_object(citation)))
    for _ in range(order.randint(1, 6)):
        letters[order.randrange(len(letters))] = order.choice('{}[]",:0-ax')
    try:
        read_citations("".join(letters))
    except CitationError:
        return
