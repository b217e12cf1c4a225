"""What a contribution changes is shown before findings, the checklist and whether it merges are known."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.contributions.contributions import Contributions
from tests.ui.waiting import frame_of, screen_text, until


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
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        workspace = frame_of(app).workspace
        await until(pilot, lambda: workspace.repository is not None and not app.background.running)
        contributions = Contributions(clone, workspace.checker)
        contributions.fetch()
        screen = ReviewScreen(contributions, contributions.find("5"))
        await app.push_screen(screen)
        await until(pilot, lambda: screen.rows.selected is not None)
        shown = screen_text(app)
        assert "entries +1 ~0 -0  ·  checking…" in shown and "merges by entry" not in shown
        assert "Checklist  checking…" in shown and "Findings checking…" in shown
        before = screen.rows.selected
        goes_on.set()
        await until(pilot, lambda: "merges by entry" in screen_text(app))
        assert "checking…" not in screen_text(app) and "Findings +" in screen_text(app)
        after = screen.rows.selected
        assert before is not None and after is not None and before.key == after.key
