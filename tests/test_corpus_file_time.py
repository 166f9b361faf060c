"""No date of an article is later than the file it stands in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus.extract import Extract
from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.dates import is_after
from pinakes.corpus.readers.file_time import with_file_time
from tests.desk import Desk

SAVED = datetime(2014, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()


def dated(*values: MetadataValue, record: str = "") -> Extract:
    return Extract(text="A word.", blocks=(), metadata=values, record=record)


def found(field: str, value: str, *, chosen: bool = True) -> MetadataValue:
    return MetadataValue(field=field, value=value, origin="meta:date", chosen=chosen)


def held(extract: Extract, moment: datetime = SAVED) -> Extract:
    return with_file_time(extract, file_time_ns=int(moment.timestamp()) * 10**9)


def test_a_date_later_than_the_file_gives_way_to_one_that_is_not() -> None:
    extract = held(
        dated(found("published", "2014-03-12"), found("published", "2014-03-04", chosen=False))
    )
    assert extract.chosen("published") == ("2014-03-04",)
    assert [v.value for v in extract.metadata if v.field == "published"] == [
        "2014-03-04",
        "2014-03-12",
    ]


def test_without_another_no_date_is_chosen_and_what_was_found_is_kept() -> None:
    extract = held(dated(found("published", "2015"), found("modified", "2014-03-09")))
    assert extract.chosen("published") == ()
    assert extract.chosen("modified") == ("2014-03-09",)
    assert [v.value for v in extract.metadata if v.field == "published"] == ["2015"]


@pytest.mark.parametrize("value", ["2014", "2014-03", "2014-03-11", "2014-03-10T20:00:00"])
def test_precision_and_time_zones_leave_room(value: str) -> None:
    assert held(dated(found("published", value))).chosen("published") == (value,)


def test_the_file_says_when_an_article_was_saved_unless_something_says_it_better() -> None:
    assert held(dated()).chosen("saved") == ("2014-03-10T12:00:00+00:00",)
    noted = held(dated(found("saved", "2014-03-08")))
    assert noted.chosen("saved") == ("2014-03-08",)
    assert held(dated(record="line 1")).chosen("saved") == ()


@pytest.mark.parametrize("year", [1970, 1980])
def test_a_time_that_no_one_set_says_nothing(year: int) -> None:
    extract = dated(found("published", "2014-03-04"))
    assert held(extract, datetime(year, 1, 1, tzinfo=UTC)) == extract


def test_an_ingest_holds_dates_against_the_file(desk: Desk) -> None:
    head = '<meta property="article:published_time" content="2016-08-02">'
    path = desk.write("a.html", f"<html><head>{head}</head><body><p>A bridge is closed.</p></body>")
    os.utime(path, (SAVED.timestamp(), SAVED.timestamp()))
    desk.ingest()
    (article,) = desk.articles
    assert article.published == ""
    assert [v.value for v in article.metadata if v.origin == "file:mtime"] == [SAVED.isoformat()]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["published", "modified", "saved", "title"]),
            st.datetimes().map(lambda d: d.isoformat()[:19])
            | st.dates().map(str)
            | st.text(max_size=8),
            st.booleans(),
        ),
        max_size=6,
    ),
    st.integers(700_000_000, 4_000_000_000),
)
def test_no_chosen_date_is_ever_later(values: list[tuple[str, str, bool]], seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    before = dated(*(found(f, v, chosen=c) for f, v, c in values))
    extract = held(before, moment)
    for field in ("published", "modified", "saved"):
        chosen = extract.chosen(field)
        assert len(chosen) <= 1
        assert not any(is_after(each, moment) for each in chosen)
    kept = sorted((v.field, v.value) for v in before.metadata)
    assert sorted((v.field, v.value) for v in extract.metadata if v.origin != "file:mtime") == kept
