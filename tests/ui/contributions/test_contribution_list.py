"""While contributions are reviewed the list draws what changed, so that keys do not wait for all of its rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.app import App, ComposeResult
from textual.strip import Strip

from partner_tui.ui.contributions.contribution_list import ContributionList, Group
from partner_tui.workspace.contributions.listed import Row
from tests.ui.contributions.test_columns import ONE, SUMMARY
from tests.ui.waiting import until

ROWS = [Row(replace(ONE, name=str(number), head=f"{number:040}")) for number in range(12)]


class Listing(App[None]):
    def compose(self) -> ComposeResult:
        yield ContributionList()


@pytest.mark.drawn
async def test_a_row_that_is_reviewed_or_selected_is_drawn_without_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = Listing()
    async with app.run_test(size=(100, 30)) as pilot:
        listed = app.query_one(ContributionList)
        listed.show([Group("To review", ROWS)])
        listed.focus()
        await until(pilot, lambda: listed.has_focus and "…" in listed.render_line(5).text)
        await pilot.pause()
        before, drawn = [listed.render_line(line) for line in range(13)], list[int]()
        whole = ContributionList.render_line

        def counted(self: ContributionList, y: int) -> Strip:
            drawn.append(y)
            return whole(self, y)

        monkeypatch.setattr(ContributionList, "render_line", counted)
        listed.show_row(replace(ROWS[4], summary=SUMMARY))
        await until(pilot, lambda: bool(drawn))
        await pilot.pause()
        assert set(drawn) == {5}
        drawn.clear()
        await pilot.press("j")
        await until(pilot, lambda: listed.highlighted == 2 and bool(drawn))
        await pilot.pause()
        assert set(drawn) == {1, 2}
        monkeypatch.undo()
        after = [listed.render_line(line) for line in range(13)]
        assert "by entry" in after[5].text
        assert [line for line in range(13) if after[line] != before[line]] == [1, 2, 5]
