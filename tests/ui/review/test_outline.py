"""What a contribution changes is shown before findings, the checklist and whether it merges are known."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from partner_tui.errors import GitError
from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.help import HelpScreen
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.contributions.contributions import Contributions
from tests.ui.waiting import frame_of, screen_text, until


async def review_of(pilot: Pilot[None], app: PartnerApp, clone: Path) -> ReviewScreen:
    """The review of a contribution, which may still be read."""
    await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
    workspace = frame_of(app).workspace
    await until(pilot, lambda: workspace.repository is not None and not app.background.running)
    contributions = Contributions(clone, workspace.checker)
    contributions.fetch()
    screen = ReviewScreen(contributions, contributions.find("5"))
    await app.push_screen(screen)
    return screen


@pytest.mark.slow
async def test_the_changes_are_shown_while_the_rest_is_checked(
    clone: Path, directories: Directories, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, review = threading.Event(), Contributions.review

    def slow(self: Contributions, *args: object, **kwargs: object) -> object:
        goes_on.wait()
        return review(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Contributions, "review", slow)
    app = PartnerApp(Settings(fetch_on_open=False), directories, str(clone))
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await review_of(pilot, app, clone)
        await until(pilot, lambda: screen.rows.chosen is not None)
        shown = screen_text(app)
        assert "entries +1 ~0 -0  ·  checking…" in shown and "merges by entry" not in shown
        assert "Checklist  checking…" in shown and "Findings checking…" in shown
        before = screen.rows.chosen
        goes_on.set()
        await until(pilot, lambda: "merges by entry" in screen_text(app))
        assert "checking…" not in screen_text(app) and "Findings +" in screen_text(app)
        after = screen.rows.chosen
        assert before is not None and after is not None and before.key == after.key


@pytest.mark.slow
async def test_every_key_says_that_the_contribution_is_still_read_and_a_failure_waits_for_a_dialog(
    clone: Path, directories: Directories, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()

    def slow(self: Contributions, *args: object, **kwargs: object) -> object:
        goes_on.wait(120)
        raise GitError("It cannot be read.")

    monkeypatch.setattr(Contributions, "outline", slow)
    app = PartnerApp(Settings(fetch_on_open=False), directories, str(clone))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await review_of(pilot, app, clone)
        await until(pilot, lambda: bool(app.background.running))
        for key in ("v", "c", "m", "w", "P", "ctrl+z", "tab", "right_square_bracket", "left_square_bracket"):
            app.clear_notifications()
            await pilot.press(key)
            await until(pilot, lambda: [one.message for one in app._notifications] == [ReviewScreen.READING])
            assert app.screen is screen and screen.rows.has_focus
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        goes_on.set()
        await until(pilot, lambda: not app.background.running)
        assert isinstance(app.screen, HelpScreen), "what is on top stays"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
