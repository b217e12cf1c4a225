"""Which entries an action means, also while they are still being checked."""

from __future__ import annotations

from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.workspace.entries.filter import behind, upgradable


def test_an_entry_whose_check_has_not_come_yet_is_not_left_out() -> None:
    statuses = [Status.OUTDATED, Status.LATEST, Status.INVALID, Status.UNRESOLVED]
    checks = {index: EntryCheck(index, status) for index, status in enumerate(statuses)}
    assert list(upgradable(range(6), checks)) == [0, 2, 4, 5]
    assert list(behind(range(6), checks)) == [0, 2, 3, 4, 5]
    assert list(upgradable([1, 3], checks)) == []
