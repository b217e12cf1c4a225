"""Waiting for what the app does in its own time, without guessing how long that is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from textual.app import App
from textual.pilot import Pilot

from partner_tui.ui.workspace.screen import WorkspaceScreen

SECONDS = 60.0


async def until(pilot: Pilot[None], reached: Callable[[], bool], what: str = "") -> None:
    """Wait until something is so; a failure of the test, which says what, when it never is.

    Looks without `pilot.pause`, which asks every widget each time: that took more than what was waited for.
    """
    end = time.monotonic() + SECONDS
    while not reached():
        assert time.monotonic() < end, f"not within {SECONDS:.0f} s: {what}; on top is {pilot.app.screen}"
        if (error := pilot.app._exception) is not None:
            raise error
        await asyncio.sleep(0.02)
    await pilot.pause()


async def opened_frame(pilot: Pilot[None]) -> WorkspaceScreen:
    """The screen of a repository that is being opened, once its first view is there and has the focus.

    A key that is pressed as soon as the screen is on top may reach nobody.
    """
    await until(pilot, lambda: isinstance(pilot.app.screen, WorkspaceScreen), "a repository is open")
    frame = frame_of(pilot.app)
    await until(pilot, lambda: pilot.app.focused is not None, "the focus")
    return frame


def screen_text(app: App[None]) -> str:
    """What is drawn on the screen, line by line."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def frame_of(app: App[None]) -> WorkspaceScreen:
    """The screen of an open repository, which must be on top."""
    screen = app.screen
    assert isinstance(screen, WorkspaceScreen), screen
    return screen
