"""A clone of a remote with contributions of every kind, and the review of one of them on top of the app."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.contributions.contributions import Contributions
from tests.contributed import make_contributed
from tests.real_git import git, make_clone
from tests.ui.waiting import frame_of, until

Reviewing = Callable[..., AbstractAsyncContextManager[tuple[Pilot[None], ReviewScreen]]]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    made = make_clone(make_contributed(tmp_path), tmp_path / "clone")
    git("config", "user.name", "Ada", cwd=made)
    git("config", "user.email", "ada@example.org", cwd=made)
    return made


@pytest.fixture
def reviewing(clone: Path, directories: Directories) -> Reviewing:
    """Opens the review of a contribution by its number, once it is worked out."""

    @asynccontextmanager
    async def open_review(
        name: str, size: tuple[int, int] = (120, 36)
    ) -> AsyncIterator[tuple[Pilot[None], ReviewScreen]]:
        app = PartnerApp(Settings(fetch_on_open=False), directories, str(clone))
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
            workspace = frame_of(app).workspace
            await until(pilot, lambda: workspace.repository is not None and not app.background.running)
            contributions = Contributions(clone, workspace.checker)
            await asyncio.to_thread(contributions.fetch)
            screen = ReviewScreen(contributions, await asyncio.to_thread(contributions.find, name))
            await app.push_screen(screen)
            await until(pilot, lambda: screen.rows.chosen is not None and not app.background.running)
            yield pilot, screen

    return open_review
