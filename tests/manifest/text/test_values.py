"""When two values are the same YAML."""

from __future__ import annotations

import datetime
import math
from typing import Any

import pytest

from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import same

NAN = math.nan
DAY = datetime.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": [2]}, {"b": [2], "a": 1}),
        ({"a": NAN}, {"a": float("nan")}),
        ({NAN: 1}, {float("nan"): 1}),
        (0.0, -0.0),
        ({0.0: 1}, {-0.0: 1}),
        ({1: 0.0}, {1: -0.0}),
        ({DAY: {1}}, {DAY: {1}}),
        (Document.parse("a: 'x'  # said").data, {"a": "x"}),
    ],
)
def test_these_are_the_same(one: Any, other: Any) -> None:
    assert same(one, other) and same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (1, 1.0),
        ("1", 1),
        ({"a": 1}, {"a": True}),
        ({1: "a"}, {True: "a"}),
        ({1: "a"}, {1.0: "a"}),
        ({"a": {1: "a"}}, {"a": {True: "a"}}),
        ({"a": 1}, {"b": 1}),
        ({"a": 1}, {"a": 1, "b": 2}),
        ([], ()),
        ({0.0: []}, {0.0: ()}),
        ([1, 2], [2, 1]),
        (None, ""),
        (DAY, str(DAY)),
    ],
)
def test_these_are_not(one: Any, other: Any) -> None:
    assert not same(one, other) and not same(other, one)
