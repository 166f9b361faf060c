"""Stored values of any schema come back equal and of the same type, and are never code."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import IntEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.indexer.whoosh_index.any_schema.values import decode, encode

HASHABLE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
    | st.text(st.characters())
    | st.binary()
    | st.dates()
    | st.times(timezones=st.none() | st.just(UTC))
    | st.datetimes(timezones=st.none() | st.just(timezone(timedelta(hours=-3, minutes=30))))
    | st.timedeltas()
    | st.decimals(allow_nan=False)
)
VALUES = st.recursive(
    HASHABLE,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(HASHABLE, inner, max_size=3)
        | st.frozensets(HASHABLE, max_size=3)
        | st.sets(HASHABLE, max_size=3)
    ),
)


def types_of(value: Any) -> Any:
    if isinstance(value, dict):
        return dict, [(types_of(key), types_of(each)) for key, each in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [types_of(each) for each in value]
    return type(value)


@given(VALUES)
def test_values_come_back_as_they_were(value: Any) -> None:
    found = decode(encode(value))
    assert found == value
    assert types_of(found) == types_of(value)


@given(st.binary(max_size=20))
def test_other_bytes_are_a_value_or_an_error_but_nothing_runs(content: bytes) -> None:
    with suppress(ValueError):
        decode(content)


@given(VALUES)
def test_a_value_that_is_cut_off_or_followed_by_more_is_refused(value: Any) -> None:
    content = encode(value)
    for other in (content[:-1], content + b"n"):
        with pytest.raises(ValueError):
            decode(other)


class Level(IntEnum):
    HIGH = 3


@pytest.mark.parametrize(
    "value",
    [
        object(),
        Path("a"),
        Level.HIGH,
        [1, {2: object()}],
        datetime(2014, 5, 1, tzinfo=ZoneInfo("Europe/Rome")),
        time(12, tzinfo=ZoneInfo("Europe/Rome")),
    ],
)
def test_what_would_come_back_as_something_else_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="cannot store a"):
        encode(value)


def test_values_of_every_type_have_a_form_that_stays() -> None:
    # What is on disk must be read by later versions.
    assert encode(None) + encode(True) + encode(False) == b"ntf"
    assert encode(-2) == b"i\x01\xfe"
    assert encode(200) == b"i\x02\xc8\x00"
    assert encode("é" * 100)[:3] == b"s\xc8\x01"
    assert encode({"a": [b"b", (1.5,)]}) == b"m\x01s\x01al\x02b\x01bu\x01d" + bytes(6) + b"\xf8\x3f"
    assert encode({1}) + encode(frozenset()) == b"x\x01i\x01\x01z\x00"
    assert encode(date(2014, 5, 1)) == b"D\x0a2014-05-01"
    assert encode(datetime(2014, 5, 1, 2, tzinfo=UTC)) == b"T\x192014-05-01T02:00:00+00:00"
    assert encode(time(2, 3)) == b"H\x0802:03:00"
    assert encode(timedelta(-1, 5)) == b"ei\x01\xffi\x01\x05i\x01\x00"
    assert encode(Decimal("1.50")) == b"c\x041.50"
    assert encode(1j) == b"j" + bytes(8) + bytes(6) + b"\xf0\x3f"
