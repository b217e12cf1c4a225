"""It is the value that dates a field, whoever touched it since."""

from __future__ import annotations

from typing import Any

import pytest

from partner_tui.workspace.central.config_sides import ConfigChange, last_changes


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
