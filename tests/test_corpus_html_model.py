"""The learned model: what it is made of, what it sees, and that nothing in its file is code."""

from __future__ import annotations

import io
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pinakes.corpus.readers.html.blocks import collect_blocks
from pinakes.corpus.readers.html.element_names import names_of
from pinakes.corpus.readers.html.features import FEATURES, Weights, block_features, observe
from pinakes.corpus.readers.html.model import read_model, shipped_model, write_model
from pinakes.corpus.readers.html.page import parse_page
from pinakes.corpus.readers.html.page_shape import shape_page
from pinakes.corpus.readers.html.second_look import SECOND_FEATURES, second_features
from pinakes.corpus.readers.html.trees import MOST_LEAVES, Trees

PAGE = (
    "<body><nav><a href=/>Home</a></nav><main class=story><h1>Bridge closed at Kessel</h1>"
    "<p>The bridge was closed on Monday after engineers found a crack in the northern pier.</p>"
    "<p>Traffic is sent over the old ford, the mayor said.</p></main>"
    "<div class='related-links'><ul><li><a href=/a>Ferry sunk</a></ul></div></body>"
)
NOTHING_LEARNED = Weights(names={}, words={})


def small_trees() -> Trees:
    """Return two trees: x0 <= 1 ? 1 : 2, and (x1 <= 0 ? (x0 <= 5 ? 10 : 20) : 30)."""
    return Trees(
        feature=np.asarray([[0, 0], [0, 1]], dtype=np.int16),
        threshold=np.asarray([[1, np.inf], [5, 0]], dtype=np.float32),
        rules_out=np.asarray([[0b01, 0], [0b001, 0b011]], dtype=np.uint32),
        value=np.asarray([[1, 2, 0], [10, 20, 30]], dtype=np.float32),
    )


def follow(row: list[float]) -> float:
    first = 1 if row[0] <= 1 else 2
    second = (10 if row[0] <= 5 else 20) if row[1] <= 0 else 30
    return first + second


@given(st.lists(st.lists(st.integers(-3, 8), min_size=2, max_size=2), max_size=600))
def test_trees_say_what_following_them_from_the_root_says(rows: list[list[int]]) -> None:
    asked = np.asarray(rows, dtype=np.float32).reshape(len(rows), 2)
    likely = small_trees().predict(asked)
    expected = [1 / (1 + np.exp(-follow(row))) for row in asked.tolist()]
    assert likely == pytest.approx(expected)


def test_a_model_written_and_read_again_is_the_same_and_holds_no_pickle() -> None:
    model = shipped_model()
    file = io.BytesIO()
    write_model(file, model)
    file.seek(0)
    again = read_model(file)
    assert again.weights == model.weights
    assert again.threshold == model.threshold
    for name in ("feature", "threshold", "rules_out", "value"):
        assert np.array_equal(getattr(again.second, name), getattr(model.second, name))
    file.seek(0)
    with np.load(file, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "fiu" for name in arrays.files)


def test_a_model_with_objects_in_it_is_refused() -> None:
    file = io.BytesIO()
    np.savez(file, names=np.asarray([object()], dtype=object))
    file.seek(0)
    with pytest.raises(ValueError, match="allow_pickle"):
        read_model(file)


def test_the_shipped_model_is_small_and_looks_at_features_that_there_are() -> None:
    path = files("pinakes.corpus.readers.html") / "content_model.npz"
    assert len(path.read_bytes()) < 1_000_000
    model = shipped_model()
    assert model.first.feature.max() < len(FEATURES)
    assert model.second.feature.max() < len(FEATURES) + len(SECOND_FEATURES)
    assert model.first.value.shape[1] == MOST_LEAVES
    assert 0 < model.threshold < 1


def features_of(html: str) -> NDArray[np.float32]:
    page = parse_page(html)
    blocks = collect_blocks(page)
    return block_features(observe(page, blocks, title=["bridge", "closed"]), NOTHING_LEARNED)


def test_each_block_has_a_finite_number_for_each_feature() -> None:
    rows = features_of(PAGE)
    assert rows.shape == (5, len(FEATURES))
    assert np.isfinite(rows).all()
    by_name = dict(zip(FEATURES, rows.T.tolist(), strict=True))
    assert by_name["in_nav"] == [1, 0, 0, 0, 0]
    assert by_name["link_density"] == [1, 0, 0, 0, 1]
    assert by_name["in_title"][1] == pytest.approx(0.5)
    assert by_name["link_density+1"] == [0, 0, 0, 1, -1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("<div>", "</div>", "<p>", "<ul><li>", "<table><tr><td>", "<a href=x>", "</a>"),
                *(
                    "<h2>",
                    "<nav class='a b'>",
                    "<br><br>",
                    "one two. ",
                    "Three, ",
                    "四五。",
                    "1999 ",
                ),
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_any_page_has_finite_features_at_both_looks(html: str) -> None:
    page = parse_page(html)
    blocks = collect_blocks(page)
    if not blocks:
        return
    observed = observe(page, blocks)
    assert np.isfinite(block_features(observed, NOTHING_LEARNED)).all()
    likely = np.linspace(0, 1, len(blocks))
    assert np.isfinite(second_features(observed.shape, likely)).all()
    judged = shipped_model().judge(observed)
    assert judged.shape == (len(blocks),)
    assert ((judged >= 0) & (judged <= 1)).all()


def test_the_shape_of_a_page_sums_up_what_is_in_each_element() -> None:
    page = parse_page("<body><div><p>one</p><p>two</p></div><p>three</p></body>")
    shape = shape_page(page, collect_blocks(page))
    below = dict(zip((node.tag for node in page.nodes), shape.sum_below(shape.chars), strict=True))
    assert below["html"] == below["body"] == 11
    assert below["div"] == 6


def test_an_element_is_called_by_its_tag_its_words_in_pairs_its_role_and_whether_it_is_hidden() -> (
    None
):
    page = parse_page(
        '<div class="post-body main" role="Main" style="display: none">x</div><p hidden>y</p>'
    )
    div = next(page.tagged("div"))
    names = names_of(div)
    assert set(names) >= {"<div>", "post", "body main", "role=main", "hidden"}
    assert len(names) == len(set(names))
    assert "hidden" in names_of(next(page.tagged("p")))
    assert names_of(page.root) == []


def test_the_same_text_in_another_script_gives_the_same_kind_of_features() -> None:
    latin, cyrillic = (
        features_of(f"<p>{sentence * 4}</p>")
        for sentence in ("Мост закрыт, сказал мэр. ", "Most zakryt, skazal mer. ")
    )
    column = FEATURES.index("stops")
    assert latin[0, column] == pytest.approx(cyrillic[0, column], abs=0.05)
