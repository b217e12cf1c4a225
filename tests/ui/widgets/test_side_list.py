"""A list at the side: what cannot be selected is seen all the same, by the keys alone."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets.option_list import Option

from partner_tui.central.partners_json import FieldSides
from partner_tui.ui.central.config_list import ConfigList
from partner_tui.ui.widgets.side_list import SideList
from partner_tui.workspace.central.config_sides import DatedField


class Listed(App[None]):
    """Twenty rows between a heading and a note, of which eight lines are seen."""

    CSS = "SideList { height: 8; }"

    def compose(self) -> ComposeResult:
        rows = [Option(f"row {number}") for number in range(20)]
        yield SideList(Option("heading", disabled=True), *rows, Option("a note\nin two lines", disabled=True))


def shown(app: App[None]) -> str:
    side = app.query_one(SideList)
    return "\n".join(strip.text.strip() for strip in side.render_lines(side.size.region))


async def test_the_lines_around_the_first_and_the_last_row_are_seen_with_them() -> None:
    app = Listed()
    async with app.run_test() as pilot:
        await pilot.press("end")
        await pilot.pause()
        assert "row 19" in shown(app) and "in two lines" in shown(app)
        await pilot.press(*["up"] * 19)
        await pilot.pause()
        assert "heading" in shown(app) and "row 0" in shown(app)
        await pilot.press(*["down"] * 9)
        await pilot.pause()
        assert "row 9" in shown(app) and "heading" not in shown(app)


async def test_a_row_is_seen_before_lines_for_which_there_is_no_room() -> None:
    app = Listed()
    async with app.run_test() as pilot:
        app.query_one(SideList).add_option(Option("\n".join(["more"] * 30), disabled=True))
        await pilot.press("end")
        await pilot.pause()
        assert "row 19" in shown(app)


async def test_a_list_without_room_has_no_page_to_turn() -> None:
    app = Listed()
    async with app.run_test() as pilot:
        side = app.query_one(SideList)
        side.highlighted = 3
        side.styles.height = 0
        await pilot.pause()
        await pilot.press("pagedown", "pageup")
        assert side.highlighted == 3 and side.has_focus


async def test_rows_that_came_while_the_list_was_hidden_are_drawn_for_its_width_once_it_is_shown() -> None:
    class Fields(App[None]):
        def compose(self) -> ComposeResult:
            yield ConfigList()

    value = "a value with some words in it"
    field = DatedField(FieldSides("splash_title", value, value))
    app = Fields()
    async with app.run_test() as pilot:
        listed = app.query_one(ConfigList)
        listed.show([field], ())
        await pilot.pause()
        listed.display = False
        await pilot.pause()
        listed.show([field], ())
        await pilot.pause()
        listed.display = True
        await pilot.pause()
        assert value in shown(app)
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert "splash_title" in shown(app) and value not in shown(app)
