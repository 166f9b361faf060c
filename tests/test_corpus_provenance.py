"""What an article carries, on whose word, and what cannot be true as well."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.corpus import FieldProvenance, MetadataValue, trace


def value(field: str, text: str, origin: str, *, chosen: bool = False) -> MetadataValue:
    return MetadataValue(field=field, value=text, origin=origin, chosen=chosen)


def test_a_field_comes_from_one_place_and_is_contradicted_by_others() -> None:
    (title, published) = trace(
        [
            value("title", "Bridge closed", "tag:h1", chosen=True),
            value("title", "Bridge: closed!", "meta:og:title"),
            value("title", "What to know about the bridge", "tag:title"),
            value("published", "soon", "field:date"),
        ]
    )
    assert title == FieldProvenance(
        field="title",
        values=("Bridge closed",),
        origin="tag:h1",
        contradictions=(value("title", "What to know about the bridge", "tag:title"),),
    )
    assert (published.values, published.origin) == ((), "")
    assert [other.value for other in published.contradictions] == ["soon"]


@pytest.mark.parametrize(
    ("field", "chosen", "other"),
    [
        ("published", "2014-03-04T10:00:00+02:00", "2014-03-04"),
        ("published", "2014-03-04T10:00:00+02:00", "2014-03-04T08:00:00+00:00"),
        ("published", "2014-03-04T10:00:00+02:00", "2014-03-04T10:00:00"),
        ("published", "2014-03-04T23:00:00+00:00", "2014-03-05"),
        ("published", "2014-03", "2014-03-04"),
        ("url", "https://www.courier.example/a/", "http://courier.example/a?id=1#x"),
        ("source", "heraldsun.example", "The Herald Sun"[4:]),
        ("author", "NORA FELDT", "Nora Feldt"),
        ("keyword", "bridges", "roads"),
    ],
)
def test_what_says_the_same_contradicts_nothing(field: str, chosen: str, other: str) -> None:
    (found,) = trace([value(field, chosen, "a", chosen=True), value(field, other, "b")])
    assert found.contradictions == ()


@pytest.mark.parametrize(
    ("field", "chosen", "other"),
    [
        ("published", "2014-03-04T10:00:00+02:00", "2014-03-06"),
        ("published", "2014-03-04", "2014-03-05"),
        ("published", "2014-03-04T10:00:00+02:00", "2014-03-04T10:00:00+00:00"),
        ("published", "2014-03-04", "the other day"),
        ("url", "https://courier.example/a", "https://courier.example/b"),
        ("author", "Nora Feldt", "Ivo Lantry"),
        ("language", "en", "de"),
    ],
)
def test_what_cannot_be_true_as_well_contradicts(field: str, chosen: str, other: str) -> None:
    (found,) = trace([value(field, chosen, "a", chosen=True), value(field, other, "b")])
    assert [each.value for each in found.contradictions] == [other]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.builds(
            MetadataValue,
            field=st.sampled_from(["title", "published", "url", "source", "author"]),
            value=st.text(min_size=1, max_size=20) | st.datetimes().map(str) | st.dates().map(str),
            origin=st.text(max_size=5),
            chosen=st.booleans(),
        ),
        max_size=8,
    )
)
def test_whatever_was_found_every_field_is_told_once(metadata: list[MetadataValue]) -> None:
    told = trace(metadata)
    assert [each.field for each in told] == list(dict.fromkeys(each.field for each in metadata))
    for each in told:
        assert bool(each.values) == bool(each.values and each.origin is not None)
        assert not any(other.chosen for other in each.contradictions)
