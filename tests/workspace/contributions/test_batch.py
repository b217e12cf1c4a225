"""Of several contributions: which earlier one keeps another out, and the order that keeps the most."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from partner_tui.contributions.contribution import Contribution, State
from partner_tui.workspace.contributions.batch import Trials


def one(name: str) -> Contribution:
    return Contribution(name, "pull", name, "", datetime(2026, 3, 1, tzinfo=UTC), "", State.UNKNOWN, "")


class Told(Trials):
    """Trials whose outcome is told.

    Args:
        against: Pairs of which one does not merge after the other.
        not_alone: Those that do not merge by themselves.
    """

    def __init__(self, against: str, not_alone: str) -> None:
        self._against = {frozenset(pair) for pair in against.split()}
        self._not_alone = not_alone

    def alone(self, one: Contribution) -> str | None:
        return None if one.head in self._not_alone else one.head

    def on_top(self, one: Contribution, other: Contribution) -> bool:
        return {one.head, other.head} not in self._against


@pytest.mark.parametrize(
    ("against", "not_alone", "earlier", "found"),
    [
        ("AX", "", "A", "A"),
        ("BX", "", "ABC", "B"),
        ("AX BX", "", "AB", "A"),  # the first of them
        ("", "", "AB", "B"),  # only all of them together are in its way: the last made it so
        ("AX", "X", "A", ""),  # it does not merge alone either: nobody is to blame
        ("AX", "", "", ""),
    ],
)
def test_what_a_contribution_conflicts_with(against: str, not_alone: str, earlier: str, found: str) -> None:
    blamed = Told(against, not_alone).in_the_way(one("X"), [one(name) for name in earlier])
    assert (blamed.head if blamed else "") == found


@pytest.mark.parametrize(
    ("against", "not_alone", "wanted", "order"),
    [
        ("", "", "CAB", "CAB"),  # the order that was asked for
        ("XA XB", "", "XAB", "ABX"),
        ("XA", "", "XAB", "BXA"),
        ("XA XB", "A", "AXB", "XBA"),  # what does not merge alone is last, and against nobody
    ],
)
def test_the_order_that_merges_the_most(against: str, not_alone: str, wanted: str, order: str) -> None:
    found = Told(against, not_alone).best_order([one(name) for name in wanted])
    assert "".join(other.head for other in found) == order
