"""The groups of the list: what waits for the maintainer first, what is over last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partner_tui.contributions.arrived import Arrival
from partner_tui.ui.contributions.contribution_list import Group
from partner_tui.workspace.contributions.listed import Row


def groups_of(rows: Sequence[Row], *, with_over: bool) -> Iterator[Group]:
    """The groups of some rows, in their order; some may be empty.

    Args:
        with_over: Whether what is merged, closed or seen is shown.
    """
    sent = [row for row in rows if not isinstance(row.one, Arrival)]
    arrived = [row for row in rows if isinstance(row.one, Arrival)]
    waiting = [row for row in sent if row.is_waiting]
    yield Group("To review", [row for row in waiting if row.one.kind != "hand"])
    yield Group("Brought by hand", [row for row in waiting if row.one.kind == "hand"])
    yield Group("Merged here, not pushed", [row for row in sent if row.is_merged_here], "^z undo")
    yield Group("Arrived", [row for row in arrived if not row.is_over], "n seen  N all seen")
    if with_over:
        yield Group("Seen", [row for row in arrived if row.is_over], "n not seen")
        yield Group("Merged or closed", [row for row in sent if row.is_over])
