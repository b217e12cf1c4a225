"""The conflicts of a pull are decided one by one, however fast the keys come."""

from __future__ import annotations

from textual import events
from textual.app import App

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.three_way import Conflict
from partner_tui.ui.changes.conflicts import ConflictCard, ConflictsScreen

CONFLICTS = [
    Conflict("config.splash_title", ("config", "splash_title"), "splash_title", "A", "B", "C"),
    Conflict("collection[x]", ("collection", "x"), "x", {"id": "x"}, {"id": "x", "name": "X"}, ABSENT),
    Conflict("collection[y].name", ("collection", "y", "name"), "y: name", "A", "B", "C"),
]


class Host(App[None]):
    """Shows the screen, and remembers what was chosen."""

    chosen: dict[str, str] | None = None

    def on_mount(self) -> None:
        def remember(chosen: dict[str, str] | None) -> None:
            self.chosen = chosen

        self.push_screen(ConflictsScreen(CONFLICTS, ["Theirs"]), remember)  # type: ignore[arg-type]


async def test_keys_in_one_burst_each_decide_their_own_field() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.focused, ConflictCard)
        for key in ("left", "down", "right", "down", "left", "ctrl+s"):
            app.post_message(events.Key(key, None))
        for _ in range(20):
            await pilot.pause()
    assert app.chosen == {
        "config.splash_title": "ours",
        "collection[x]": "theirs",
        "collection[y].name": "ours",
    }


async def test_a_button_decides_every_field() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click("#all-theirs")
        await pilot.pause()
        await pilot.click("#done")
        await pilot.pause()
    assert set((app.chosen or {}).values()) == {"theirs"}
