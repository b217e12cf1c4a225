"""The footer: what fits is whole, help stays, and a click does what the key does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from partner_tui.manifest.editing.edits import Replace
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.commands import commands_of
from partner_tui.ui.widgets.filter_line import FilterLine
from partner_tui.ui.widgets.footer import STAYS, Footer, FooterKey, fitting, footer_keys
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.ui.waiting import frame_of, opened_frame, until

MakeApp = Callable[..., PartnerApp]


def key(name: str, label: str) -> FooterKey:
    return FooterKey(name, name[0], name[0], label, "", True)


KEYS = [key("filter", "Filter"), key("upgrade", "Upgrade"), key(STAYS, "Help"), key("quit", "Quit")]


@pytest.mark.parametrize(
    ("width", "labels"),
    [
        (80, ["Filter", "Upgrade", "Help", "Quit"]),
        (37, ["Filter", "Upgrade", "Help", "Quit"]),
        (36, ["Filter", "Upgrade", "Help"]),
        (28, ["Filter", "Help"]),
        (8, ["Help"]),
        (2, ["Help"]),
    ],
)
def test_where_there_is_no_room_the_last_keys_go_and_help_stays(width: int, labels: list[str]) -> None:
    assert [one.label for one in fitting(KEYS, width)] == labels


def is_open(app: PartnerApp) -> bool:
    return isinstance(app.screen, WorkspaceScreen)


async def test_a_rebound_key_keeps_its_place(make_app: MakeApp, repository: Path) -> None:
    labels = []
    keymaps: tuple[dict[str, str], ...] = ({}, {"entries.filter": "x", "entries.upgrade": "z"})
    for keymap in keymaps:
        app = make_app(repository, keymap=keymap)
        async with app.run_test() as pilot:
            await until(pilot, partial(is_open, app))
            labels.append([one.label for one in footer_keys(app.screen)])
            shown = {one.label: one.shown for one in footer_keys(app.screen)}
            assert shown["Filter"] == keymap.get("entries.filter", "/")
    assert labels[0] == labels[1]
    assert labels[0][:3] == ["Filter", "Upgrade", "Edit"]


async def test_a_click_on_a_key_does_what_the_key_does(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        footer = app.screen.query_one(Footer)
        await until(pilot, lambda: "Filter" in str(footer.render()))
        await pilot.click(Footer, offset=(str(footer.render()).index("Filter"), 0))
        await until(pilot, lambda: isinstance(app.focused, FilterLine))


async def test_a_click_on_a_key_that_is_disabled_says_why(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened_frame(pilot)
        await pilot.press("5")
        footer = app.screen.query_one(Footer)
        await until(pilot, lambda: "Discard" in str(footer.render()) and not app.background.running)
        await pilot.click(Footer, offset=(str(footer.render()).index("Discard"), 0))
        await until(pilot, lambda: bool(app._notifications))
        assert "discard" in next(iter(app._notifications)).message


async def test_undo_is_dim_while_there_is_nothing_to_undo(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)

    def is_bright() -> bool:
        (undo,) = [one for one in footer_keys(app.screen) if one.label == "Undo"]
        (listed,) = [one for one in commands_of(app.screen) if one.name == "edit: undo"]
        assert undo.enabled == (listed.help != "Not now: Nothing to undo.")
        return undo.enabled

    async with app.run_test() as pilot:
        await until(pilot, partial(is_open, app))
        assert not is_bright()
        await frame_of(app).save_edits("title", [Replace(("config", "splash_title"), "Another")])
        await until(pilot, is_bright)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: not is_bright())
