"""The measuring of main content: scorers, labels, folds."""

from __future__ import annotations

import importlib
import json
import sys
import tarfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
if not (CHECKOUT / "bench").is_dir():
    pytest.skip("bench/ is in a checkout only", allow_module_level=True)
sys.path.insert(0, str(CHECKOUT))
label_blocks, tokens_of = (
    getattr(importlib.import_module("bench.extraction.labels"), name)
    for name in ("label_blocks", "tokens_of")
)
page_sets = importlib.import_module("bench.extraction.page_sets")
scoring = importlib.import_module("bench.extraction.scoring")
PageSetError, fold_of, read_set = page_sets.PageSetError, page_sets.fold_of, page_sets.read_set
Score, score_words, score_shingles = scoring.Score, scoring.score_words, scoring.score_shingles
sys.path.remove(str(CHECKOUT))


def labels(blocks: list[str], truth: str) -> list[float]:
    return label_blocks([tokens_of(block) for block in blocks], tokens_of(truth))


def test_words_are_compared_as_bags_in_lower_case() -> None:
    score = score_words("The bridge the ford", "the bridge is closed")
    assert score == Score(precision=0.5, recall=0.5, f1=0.5)


def test_shingles_are_runs_of_four_words_or_a_shorter_text_as_a_whole() -> None:
    assert score_shingles("a b c d x", "a b c d e").precision == 0.5
    assert score_shingles("a b", "a b").f1 == 1.0
    assert score_shingles("a b", "b a").f1 == 0.0


def test_a_page_of_which_nothing_was_extracted_counts_for_recall_only() -> None:
    scores = [score_shingles("", "a b c d"), score_shingles("a b c d", "a b c d")]
    score = scoring.means_with_f1_of_means(scores)
    assert (score.precision, score.recall) == (1.0, 0.5)
    wrong = scoring.means_with_f1_of_means([score_shingles("x", "a b c d"), scores[1]])
    assert wrong.precision == 0.5
    assert scoring.mean_of_pages(scores).f1 == 0.5


def test_a_block_is_labelled_by_how_much_of_it_is_in_the_truth() -> None:
    found = labels(
        ["Home News", "one two three four five", "one two three four share this page now"],
        "one two three four five",
    )
    assert found[:2] == [0.0, 1.0]
    assert found[2] == 0.0 or found[2] == pytest.approx(0.5)


def test_a_short_block_counts_where_it_follows_what_it_follows_in_the_truth() -> None:
    page = ["Why now", "because it was time to go", "Why now", "Share", "and so they all went home"]
    found = labels(page, "because it was time to go. Why now? and so they all went home")
    assert found == [0.0, 1.0, 1.0, 0.0, 1.0]


def test_of_copies_those_count_that_have_the_article_around_them() -> None:
    body = ["first words of the body here", "second words of the body here", "third and last of it"]
    found = labels([body[0], "menu", "x", "y", "z", "v", "w", "u", *body], " ".join(body))
    assert found[0] == 0.0
    assert found[-3:] == [1.0, 1.0, 1.0]


def test_pages_of_a_site_are_in_one_fold_in_every_run() -> None:
    assert fold_of("example.org", 5) == fold_of("example.org", 5)
    assert {fold_of(f"{number}.example", 5) for number in range(60)} == set(range(5))


def make_set(folder: Path, *, with_page: bool) -> None:
    source = folder / "small"
    (source / "pages").mkdir(parents=True)
    row = {"id": "1", "url": "https://www.Post.example/a", "body": "words"}
    (source / "truth.jsonl").write_text(json.dumps(row) + "\n")
    if with_page:
        (source / "pages" / "1.html").write_text("<p>words")
    with tarfile.open(folder / "small.tar.gz", "w:gz") as archive:
        archive.add(source, arcname="small")


def test_a_set_is_read_with_the_site_of_each_page(tmp_path: Path) -> None:
    make_set(tmp_path, with_page=True)
    (page,) = read_set(tmp_path, "small")
    assert (page.id, page.site, page.body, page.data) == ("1", "post.example", "words", b"<p>words")


def test_a_set_that_is_missing_or_lacks_a_page_says_so(tmp_path: Path) -> None:
    with pytest.raises(PageSetError, match="no such set"):
        list(read_set(tmp_path, "small"))
    make_set(tmp_path, with_page=False)
    with pytest.raises(PageSetError, match=r"pages/1\.html"):
        list(read_set(tmp_path, "small"))
