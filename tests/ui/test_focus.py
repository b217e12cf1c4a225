"""Something that is seen has the focus, whatever the terminal's size becomes: the keys of the footer work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Button, Input

from partner_tui.settings import Directories
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.changes.view import ChangesView
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.entries.view import EntriesView
from partner_tui.ui.splash.view import SplashView
from partner_tui.ui.start.screen import StartScreen
from partner_tui.ui.widgets.footer import footer_keys
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import MANIFEST, make_repository
from tests.ui.waiting import until

MakeApp = Callable[..., PartnerApp]
SIZES = [(200, 60), (80, 24), (120, 36), (200, 60)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with an edit that is not committed, so that every pane has something in it."""
    made = make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})
    (made / "collection.yaml").write_text(MANIFEST.replace("Leaf veins", "Veins"))
    return made


async def show(pilot: Pilot[None], view: str) -> None:
    app = pilot.app
    await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
    frame = app.screen
    assert isinstance(frame, WorkspaceScreen)
    await until(pilot, lambda: len(frame.workspace.checks) == 2 and not pilot.app.background.running)  # type: ignore[attr-defined]
    await pilot.press({"entries": "1", "splash": "3", "changes": "5"}[view])
    if view == "splash":
        await until(pilot, lambda: bool(frame.query("SplashForm")))
    if view == "changes":
        await until(pilot, lambda: bool(frame.query_one(ChangesView)._panes))
    await until(pilot, lambda: app.focused is not None)


def is_seen(app: PartnerApp) -> bool:
    focused = app.focused
    return focused is not None and bool(focused.region) and app.screen.region.overlaps(focused.region)


def name_of(widget: Widget) -> str:
    return f"{type(widget).__name__}#{widget.id}"


@pytest.mark.slow
@pytest.mark.parametrize("view", ["entries", "splash", "changes"])
async def test_each_widget_of_a_view_may_have_the_focus_at_any_change_of_size(
    make_app: MakeApp, folder: Path, view: str
) -> None:
    app = make_app(folder)
    lost = []
    async with app.run_test(size=SIZES[0]) as pilot:
        await show(pilot, view)
        # Of each kind the first and the last: the form has thirty fields.
        kinds = {type(widget): widget for widget in reversed(app.screen.focus_chain) if widget.region}
        chain = [*kinds.values(), app.screen.focus_chain[-1]]
        assert len(chain) >= 3
        for widget in chain:
            if not widget.is_attached:
                continue
            widget.focus()
            await pilot.pause()
            for size in SIZES[1:]:
                await pilot.resize_terminal(*size)
                await pilot.pause(0.05)
                if not is_seen(app):
                    lost.append(f"{name_of(widget)} at {size}: {app.focused}")
                current = app.screen.current_view  # type: ignore[attr-defined]
                if app.focused is not None and current not in app.focused.ancestors_with_self:
                    lost.append(f"{name_of(widget)} at {size}: outside the view, {name_of(app.focused)}")
    assert not lost


@pytest.mark.slow
async def test_two_unsaved_edits_are_saved_after_the_preview_had_the_focus_and_the_terminal_shrank(
    make_app: MakeApp, folder: Path
) -> None:
    app = make_app(folder)
    async with app.run_test(size=(120, 36)) as pilot:
        await show(pilot, "splash")
        view = app.screen.query_one(SplashView)
        await pilot.press("enter", "x", "tab", "y")
        await until(pilot, lambda: len(view.state.edited) == 2)
        assert view.panes is not None
        await pilot.click(view.panes.preview)
        assert view.panes.preview.has_focus_within
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: is_seen(app))
        assert "Save" in [key.label for key in footer_keys(app.screen)]
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Meadowx" in (folder / "collection.yaml").read_text())


async def test_what_is_read_stays_in_sight_when_the_terminal_shrinks(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=(120, 36)) as pilot:
        await show(pilot, "entries")
        view = app.screen.query_one(EntriesView)
        await pilot.press("tab")
        await until(pilot, lambda: view.detail.has_focus_within)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not view.table.region)
        assert view.detail.has_focus_within
        await pilot.resize_terminal(120, 36)
        await pilot.press("tab")
        await until(pilot, lambda: view.table.has_focus)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not view.detail.region)
        assert view.table.has_focus


async def test_a_filter_that_leaves_nothing_keeps_the_keys_of_the_view(
    make_app: MakeApp, folder: Path
) -> None:
    app = make_app(folder)
    async with app.run_test(size=(120, 36)) as pilot:
        await show(pilot, "entries")
        view = app.screen.query_one(EntriesView)
        await pilot.press("slash", *"zzz", "enter")
        await until(pilot, lambda: is_seen(app) and not isinstance(app.focused, Input))
        await pilot.press("escape")
        await until(pilot, lambda: len(view.table.order) == 2)
        assert view.table.has_focus


@pytest.mark.slow
async def test_a_manifest_without_entries_has_keys(make_app: MakeApp, tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "m", {"collection.yaml": "config: {id: a}\ncollection: []\n"})
    app = make_app(folder)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await until(pilot, lambda: is_seen(app))
        await pilot.press("3")
        await until(pilot, lambda: app.screen.current_view.id == "splash")  # type: ignore[attr-defined]


@pytest.mark.slow
async def test_after_a_dialog_and_a_reload_the_focus_is_where_it_was(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=(120, 36)) as pilot:
        await show(pilot, "changes")
        before = app.focused
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert app.focused is before
        await pilot.press("ctrl+r")
        await until(pilot, lambda: not app.background.running and is_seen(app))
        assert app.focused is before


async def test_what_is_disabled_or_removed_gives_the_focus_on(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=(120, 36)) as pilot:
        await show(pilot, "entries")
        button = Button("passing")
        await app.screen.mount(button)
        button.focus()
        await pilot.pause()
        button.disabled = True
        await until(pilot, lambda: is_seen(app) and app.focused is not button)
        button.disabled = False
        button.focus()
        await pilot.pause()
        await button.remove()
        await until(pilot, lambda: is_seen(app))
        app.screen.set_focus(None)
        await until(pilot, lambda: is_seen(app))


async def test_a_question_gives_the_focus_back_to_the_answer_that_loses_nothing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await app.push_screen(ConfirmScreen("Discard?", "It is gone then.", yes="Discard"))
        await until(pilot, lambda: isinstance(app.focused, Button))
        assert app.focused is not None and app.focused.id == "no"
        app.screen._last_focus = None  # type: ignore[attr-defined]
        app.screen.set_focus(None)
        await until(pilot, lambda: app.focused is not None)
        assert app.focused.id == "no"


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 60)])
async def test_the_start_screen_keeps_its_focus(
    make_app: MakeApp, directories: Directories, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        for keys in ((), ("down",), ("down", "right")):
            await pilot.press("escape", *keys) if keys else None
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: is_seen(app))
            assert isinstance(app.screen, StartScreen)
