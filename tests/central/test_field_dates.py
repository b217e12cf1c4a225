"""It is the value that dates a field, whoever touched it since; and the later date is the newer side."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from partner_tui.central.field_dates import ConfigChange, last_changes, newer_side
from partner_tui.central.partners_json import FieldSides
from partner_tui.comparison.changes import ABSENT

OLD, NEW = datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ([(3, [{"a": 1}], {"a": 2}), (2, [{}], {"a": 1})], {"a": 3}),
        ([(3, [{"a": 2}], {"a": 2, "b": 1}), (2, [{"a": 1}], {"a": 2})], {"a": 2}),
        ([(3, [{"a": 2}, {"a": 1}], {"a": 2}), (2, [{"a": 1}], {"a": 2})], {"a": 2}),  # a merge took one side
        ([(3, [{"a": 3}], {"a": 1}), (2, [{}], {"a": 2})], {"a": 2}),  # a change that did not come through
        ([(3, [{"gone": 1}], {}), (2, [{}], {"a": 2})], {"gone": 3, "a": 2}),
        ([(3, [{"a": True}], {"a": 2.0}), (2, [{"a": 1}], {"a": 2})], {"a": 2}),
        ([], {}),
    ],
)
def test_a_field_has_the_change_that_gave_it_its_value(
    changes: list[tuple[int, list[dict[str, Any]], dict[str, Any]]], found: dict[str, int]
) -> None:
    told = (ConfigChange(by, before, after) for by, before, after in changes)
    assert last_changes({"a": 2}, {"a", "gone"}, told) == found


def test_no_more_changes_are_read_than_are_needed() -> None:
    changes = iter([ConfigChange(2, [{}], {"a": 1}), ConfigChange(1, [{}], {})])
    assert last_changes({"a": 1}, {"a"}, changes) == {"a": 2} and next(changes).by == 1
    assert last_changes({"a": 1}, (), iter([])) == {}


@pytest.mark.parametrize(
    ("here", "central", "dates", "newer"),
    [
        (1, 2, (OLD, NEW), "central"),
        (1, 2, (NEW, OLD), "here"),
        (1, 2, (NEW, NEW), None),
        (1, 1, (OLD, NEW), None),
        (1, 2, (None, NEW), None),
        (ABSENT, 2, (None, NEW), "central"),
        (ABSENT, 2, (NEW, OLD), "here"),
        (1, ABSENT, (OLD, None), "here"),
        (1, ABSENT, (None, None), None),
    ],
)
def test_the_side_that_changed_later_is_newer(
    here: Any, central: Any, dates: tuple[datetime | None, datetime | None], newer: str | None
) -> None:
    assert newer_side(FieldSides("a", here, central), *dates) == newer
