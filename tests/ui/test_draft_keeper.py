"""A draft is written a moment after the first change that is not kept, and at once when the form goes."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.widgets import Static

from partner_tui.errors import PartnerTuiError
from partner_tui.ui import draft_keeper
from partner_tui.ui.draft_keeper import DraftKeeper
from partner_tui.ui.guarded import CrashHandlingApp
from tests.ui.waiting import until


class FormApp(CrashHandlingApp):
    """An app with one form."""

    def compose(self) -> ComposeResult:
        yield Static("form", id="form")


async def test_changes_that_never_pause_are_written_all_the_same() -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        text, written = "", list[str]()
        keeper = DraftKeeper(app.query_one("#form"), lambda: written.append(text))

        def is_written_while_it_changes() -> bool:
            nonlocal text
            text += "b"
            keeper.changed()
            return len(written) >= 2

        await until(pilot, is_written_while_it_changes)
        await until(pilot, lambda: written[-1] == text)


async def test_a_form_that_goes_is_kept_at_once_and_once() -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        written: list[str] = []
        keeper = DraftKeeper(app.query_one("#form"), lambda: written.append("now"))
        keeper.flush()
        assert written == []
        keeper.changed()
        keeper.flush()
        keeper.flush()
        assert written == ["now"]
        await pilot.pause(2 * draft_keeper.SECONDS)
        assert written == ["now"]


async def test_a_write_whose_time_is_up_and_that_has_not_begun_is_made_by_who_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        written: list[str] = []
        form = app.query_one("#form")
        keeper = DraftKeeper(form, lambda: written.append("now"))
        begun: list[object] = []
        monkeypatch.setattr(form, "run_worker", lambda work, **options: begun.append(work.close()))
        keeper.changed()
        await until(pilot, lambda: bool(begun))
        keeper.flush()
        assert written == ["now"]


async def test_a_draft_that_cannot_be_written_is_told_and_tried_at_the_next_change() -> None:
    app = FormApp()
    async with app.run_test() as pilot:
        tried: list[None] = []

        def refuse() -> None:
            tried.append(None)
            raise PartnerTuiError("draft was not saved: the disk is full.", "Free some space.")

        keeper = DraftKeeper(app.query_one("#form"), refuse)
        keeper.changed()
        await until(pilot, lambda: "disk is full" in str([note.title for note in app._notifications]))
        keeper.changed()
        keeper.flush()
        assert len(tried) == 2
