"""What of a cluster's answers is kept, and how numbers of many articles are read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pinakes.indexer.opensearch.columns import ROWS, ask_rows, read_rows
from pinakes.indexer.opensearch.kept import Kept


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 7))))
def test_what_is_kept_never_weighs_more_than_it_may_and_the_oldest_go_first(
    told: list[tuple[int, int]],
) -> None:
    kept: Kept[int, int] = Kept(10)
    expected: dict[int, int] = {}
    for key, weight in told:
        assert kept.put(key, weight, weight) == weight
        expected.setdefault(key, weight)
        while sum(expected.values()) > 10:
            expected.pop(next(iter(expected)))
        assert {each: kept.get(each) for each in range(10)} == {
            each: expected.get(each) for each in range(10)
        }


def answer(*parts: tuple[int, str]) -> dict[str, object]:
    return {"aggregations": {ROWS: {"value": [list(part) for part in parts]}}}


def test_rows_of_all_shards_come_in_the_order_of_their_keys() -> None:
    rows = read_rows(answer((2, "5 1 3 -2 "), (0, ""), (1, "4 9 ")), ("key", "day"))
    assert rows is not None
    assert rows.tolist() == [[3, -2], [4, 9], [5, 1]]


def test_no_rows_are_none_of_so_many_columns() -> None:
    rows = read_rows(answer((0, "")), ("key", "day"))
    assert rows is not None
    assert rows.shape == (0, 2)


def test_of_more_articles_than_a_shard_tells_nothing_is_read() -> None:
    most = ask_rows(["key"])["aggs"][ROWS]["scripted_metric"]["params"]["most"]
    assert read_rows(answer((most + 1, "1 ")), ("key",)) is None
