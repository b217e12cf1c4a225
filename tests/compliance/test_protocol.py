"""What the app and the judge's child send each other: the same data, whether or not JSON can hold them as they are."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partner_tui.compliance.protocol import _plain, decode, encode, encoded, is_json
from partner_tui.errors import CheckerFailed

_SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
_VALUES = st.recursive(
    _SCALARS | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=20,
)


def _nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


@given(_VALUES)
def test_any_data_arrive_as_they_were_sent(data: Any) -> None:
    assert decode(encode(data)) == data


@given(st.recursive(_SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text("abc"), inner)))
def test_the_short_way_gives_the_same_line_as_the_careful_one(data: Any) -> None:
    assert is_json(data)
    assert _plain(data, 0) == data


@pytest.mark.parametrize(
    "data",
    [
        datetime.date(2020, 1, 2),
        b"x",
        {1: "x"},
        {None: "x"},
        {"a": [{True: 1}]},
        {"\x00": 1},
        [(1, 2)],
        {"a": {1}},
        _nested(201),
        ["x"] * 10_001,
    ],
)
def test_everything_else_goes_the_careful_way(data: Any) -> None:
    assert not is_json(data)


def test_data_that_hold_themselves_are_refused() -> None:
    data: list[Any] = []
    data.append(data)
    with pytest.raises(CheckerFailed):
        encoded(data)
