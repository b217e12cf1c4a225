"""No key is dead: each one that is bound where the focus is does something, or says why it does not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

import partner_tui.ui
from partner_tui.errors import PartnerTuiError
from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.central.compiled_page import CompiledPage
from partner_tui.ui.central.view import CentralView
from partner_tui.ui.changes.view import ChangesView
from partner_tui.ui.entries.view import EntriesView
from partner_tui.ui.keys import MOVES
from partner_tui.ui.splash.form import SplashForm
from partner_tui.ui.splash.view import SplashView
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.changes import committing
from tests.small_partner import MANIFEST, git, make_repository
from tests.ui.waiting import frame_of, until

SECONDS = 60.0
"""As long as a busy machine may take; a key that does something is not waited for so long."""
SMALL, NORMAL = (80, 24), (120, 36)

Place = Callable[[Pilot[None]], Awaitable[None]]


def press(*keys: str) -> Place:
    async def go(pilot: Pilot[None]) -> None:
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.05)

    return go


async def splash(pilot: Pilot[None]) -> None:
    await pilot.press("3")
    await until(pilot, lambda: pilot.app.screen.query_one(SplashView).panes is not None)
    await until(pilot, lambda: isinstance(pilot.app.focused, SplashForm))


async def splash_field(pilot: Pilot[None]) -> None:
    await splash(pilot)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.focused, Input))


async def edited_splash(pilot: Pilot[None]) -> None:
    await splash_field(pilot)
    await pilot.press("x", "escape")
    await until(pilot, lambda: pilot.app.screen.query_one(SplashView).has_unsaved)


async def changes(pilot: Pilot[None]) -> None:
    await pilot.press("5")
    view = pilot.app.screen.query_one(ChangesView)
    await until(pilot, lambda: view._known is not None and bool(view._panes))
    await until(pilot, lambda: bool(view._panes and view._panes.list_has_focus))


async def central(pilot: Pilot[None]) -> None:
    await pilot.press("4")
    await until(pilot, lambda: bool(pilot.app.screen.query(CompiledPage)))
    pilot.app.screen.query_one(CentralView).tab = "compiled"  # a key may have gone to another page
    page = pilot.app.screen.query_one(CompiledPage)
    await until(pilot, lambda: page.chosen is not None and bool(page.detail.border_title))


async def central_item(pilot: Pilot[None]) -> None:
    await central(pilot)
    await pilot.press("enter")
    page = pilot.app.screen.query_one(CompiledPage)
    await until(pilot, lambda: page.detail.has_focus_within)


def changes_then(*keys: str) -> Place:
    async def go(pilot: Pilot[None]) -> None:
        await changes(pilot)
        await press(*keys)(pilot)

    return go


PLACES: dict[str, dict[str, Place]] = {
    "entries": {
        "table": press(),
        "card": press("tab"),
        "findings": press("tab", "right"),
        "filter": press("slash"),
        "help": press("f1"),
        "links": press("o"),
    },
    "splash": {"form": splash, "field": splash_field, "edited": edited_splash},
    "central": {"list": central, "item": central_item},
    "changes": {
        "list": changes,
        "commit form": changes_then("c"),
        "diff": changes_then("enter"),
        "git log": changes_then("l"),
    },
}
"""Of each view, where the focus may be."""
SIDE_BY_SIDE = ("entries", "splash", "changes")
"""What looks another way where there is room beside it: its first place."""
EVERYWHERE = frozenset(("app", "view"))
"""Areas whose keys are the same in all views: pressed in the first one."""


def drawn(app: PartnerApp) -> tuple[object, ...]:
    """The screens, the focus, and all that is drawn."""
    strips = app.screen._compositor.render_strips()
    return (
        app.screen_stack[:],
        app.focused,
        app.theme,
        tuple(tuple((segment.text, segment.style) for segment in strip) for strip in strips),
    )


def seen(app: PartnerApp) -> tuple[object, ...]:
    """What a user can notice: what is drawn, messages, the clipboard, the end of the app."""
    return (
        drawn(app),
        tuple(app._notifications),
        app.clipboard,
        [running.title for running in app.background.running],
        app.ended,  # type: ignore[attr-defined]
        app.edited,  # type: ignore[attr-defined]
    )


class HarmlessApp(PartnerApp):
    """Notes that it would end or hand the terminal over, and goes on."""

    CSS_PATH = str(Path(partner_tui.ui.__file__).with_name("app.tcss"))
    ended = edited = 0

    def exit(self, *_: object, **__: object) -> None:
        self.ended += 1

    def suspend(self) -> nullcontext[None]:  # type: ignore[override]
        self.edited += 1
        return nullcontext()


def refuse(*_: object, **__: object) -> str:
    raise PartnerTuiError("Not now.", "Later.")


async def begin_again(pilot: Pilot[None], place: Place) -> None:
    app = pilot.app
    assert isinstance(app, PartnerApp)
    frame = next(screen for screen in app.screen_stack if isinstance(screen, WorkspaceScreen))
    while app.screen is not frame:
        await app.pop_screen()
    entries = frame.query_one(EntriesView)
    for view in frame.query(SplashView):
        if view.has_unsaved:
            view.action_revert()
    frame.show_view("entries")
    entries.remove_class("-open")
    entries.detail.tab = "card"
    entries.query_one(Input).value = ""
    entries.table.move_to(0)
    entries.table.focus()
    await pilot.pause()
    await place(pilot)
    await come_to_rest(pilot)


async def come_to_rest(pilot: Pilot[None]) -> None:
    app = pilot.app
    assert isinstance(app, PartnerApp)
    await until(pilot, lambda: not app.background.running)
    for cursor in (*app.screen.query(Input), *app.screen.query(TextArea)):
        cursor.cursor_blink = False  # or else it is what changes
    app.clear_notifications()
    app.screen._clear_tooltip()
    await pilot.pause(0.1)


async def is_back(pilot: Pilot[None], before: tuple[object, ...], screens: list[Screen[object]]) -> bool:
    """Whether all is drawn as before the key once what it opened is closed, so that the next one can be pressed."""
    app = pilot.app
    assert isinstance(app, PartnerApp)
    if app.screen_stack[: len(screens)] != screens:
        return False
    while len(app.screen_stack) > len(screens):
        await app.pop_screen()
    await come_to_rest(pilot)
    return drawn(app) == before


def bound(app: PartnerApp, without: frozenset[str]) -> dict[str, str]:
    """The acts that a key is bound to where the focus is, and that key; without those that move a cursor, and some areas."""
    acts = {active.binding.id: key for key, active in app.screen.active_bindings.items() if active.binding.id}
    return {
        act: key
        for act, key in acts.items()
        if act.rpartition(".")[2] not in MOVES and act.partition(".")[0] not in without
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("view", "size"), [*((view, SMALL) for view in PLACES), *((view, NORMAL) for view in SIDE_BY_SIDE)]
)
async def test_every_key_does_something_or_says_why(
    tmp_path: Path,
    directories: Directories,
    view: str,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    folder = make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})
    (folder / "collection.yaml").write_text(MANIFEST.replace("Leaf veins", "Veins"))
    git(folder, "remote", "add", "origin", str(tmp_path / "no-such-remote"))
    app = HarmlessApp(Settings(fetch_on_open=False), directories, str(folder))
    monkeypatch.setattr("partner_tui.ui.browser.open_in_browser", lambda url: True)
    monkeypatch.setattr(committing, "commit", refuse)  # the next keys need something to commit, too
    without = frozenset() if (view, size) == ("entries", SMALL) else EVERYWHERE
    tried: set[str] = set()
    dead = []
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        frame = frame_of(app)
        await until(pilot, lambda: len(frame.workspace.checks) == 2 and not app.background.running)
        for name, place in PLACES[view].items():
            if size == NORMAL and tried:
                break
            await begin_again(pilot, place)
            home, screens = drawn(app), app.screen_stack[:]
            for act, key in bound(app, without).items():
                if act in tried:
                    continue  # from another place of this view
                tried.add(act)
                if not await is_back(pilot, home, screens):
                    await begin_again(pilot, place)
                    home, screens = drawn(app), app.screen_stack[:]
                before = seen(app)
                await pilot.press(key)
                for _ in range(int(SECONDS / 0.05)):
                    if seen(app) != before:
                        break
                    await asyncio.sleep(0.05)
                else:
                    dead.append(f"{name}: {key} ({act})")
        await begin_again(pilot, press())
    assert tried and not dead
