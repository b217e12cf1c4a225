"""No key of the review is dead: each does something or says why it does not, in every pane."""

from __future__ import annotations

import asyncio

import pytest
from textual.pilot import Pilot

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.keys import MOVES
from partner_tui.ui.review.screen import ReviewScreen
from tests.ui.review.conftest import Reviewing
from tests.ui.waiting import until

PANES = {
    "list": (),
    "fields": ("enter",),
    "card": ("enter", "right"),
    "pictures": ("enter", "right", "right"),
    "findings": ("enter", "left"),
    "lines": ("G", "k", "k", "enter"),
    "checklist": ("G", "k", "enter"),
    "comments": ("G", "enter"),
}


async def begin_again(pilot: Pilot[None], screen: ReviewScreen, keys: tuple[str, ...]) -> ReviewScreen:
    """The review with a pane in front; a new one where the last key left it."""
    app = screen.app
    while app.screen is not screen and screen in app.screen_stack:
        await app.pop_screen()
    if screen not in app.screen_stack:
        screen = ReviewScreen(screen.contributions, screen.one, screen.review)
        await app.push_screen(screen)
    await until(pilot, lambda: screen.rows.chosen is not None and not app.background.running)
    screen.go_back()
    screen.detail.tab = "fields"
    await pilot.press("g", *keys)
    await come_to_rest(pilot)
    return screen


async def come_to_rest(pilot: Pilot[None]) -> None:
    app = pilot.app
    assert isinstance(app, PartnerApp)
    await until(pilot, lambda: not app.background.running)
    app.clear_notifications()
    await pilot.pause(0.2)


async def is_back(pilot: Pilot[None], screen: ReviewScreen, before: tuple[object, ...]) -> bool:
    """Whether all is as before the key once what it opened is closed, so that the next one can be pressed."""
    if screen not in screen.app.screen_stack:
        return False
    while screen.app.screen is not screen:
        await screen.app.pop_screen()
    await come_to_rest(pilot)
    return seen_of(screen) == before


@pytest.mark.slow
async def test_every_key_does_something_or_says_why(
    reviewing: Reviewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partner_tui.ui.browser.open_in_browser", lambda url: True)
    tried: set[str] = set()
    dead = []
    async with reviewing("7", (80, 24)) as (pilot, screen):
        app = screen.app
        for pane, keys in PANES.items():
            screen = await begin_again(pilot, screen, keys)
            bound = {
                active.binding.id: key
                for key, active in screen.active_bindings.items()
                if active.binding.id and active.binding.id.rpartition(".")[2] not in MOVES
            }
            before = seen_of(screen)
            for act, key in bound.items():
                if act.startswith("app.") or act in tried:
                    continue
                tried.add(act)
                if not await is_back(pilot, screen, before):
                    screen = await begin_again(pilot, screen, keys)
                    before = seen_of(screen)
                await pilot.press(key)
                for _ in range(1200):
                    if seen_of(screen) != before:
                        break
                    await asyncio.sleep(0.05)
                else:
                    dead.append(f"{pane}: {key} ({act})")
        await begin_again(pilot, screen, ())
        assert app.screen_stack
    assert tried and not dead


def seen_of(screen: ReviewScreen) -> tuple[object, ...]:
    app = screen.app
    strips = app.screen._compositor.render_strips()
    return (
        app.screen_stack[:],
        app.focused,
        tuple(app._notifications),
        app.clipboard,
        tuple(tuple((segment.text, segment.style) for segment in strip) for strip in strips),
    )
