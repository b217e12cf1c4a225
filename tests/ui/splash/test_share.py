"""Sharing a link: what is chosen is in it, what it misses is said and can be mended, and it is copied in each form."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.entries.entry_list import EntryList
from partner_tui.ui.splash.qr_code import QUIET_ZONE, QrScreen, code_lines
from partner_tui.ui.splash.share import ShareScreen
from partner_tui.ui.widgets.diff_lines import DiffLines
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import make_repository
from tests.ui.waiting import frame_of, opened_frame, until

MakeApp = Callable[..., PartnerApp]

MANIFEST = """\
config: {id: meadow, name: Meadow, default_type: model}
collection:
  - {id: fern, type: model, name: Fern, tags: [plants, 2d], links: [meadow/meadow]}
  - {id: moss, type: model, name: Moss, tags: [plants]}
  - {id: notes, type: notebook, name: Notes}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})


@asynccontextmanager
async def sharing(
    app: PartnerApp, *keys: str, entries: int = 3
) -> AsyncIterator[tuple[Pilot[None], ShareScreen]]:
    """The screen, once it has read the entries."""
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        frame = frame_of(app)
        await until(pilot, lambda: len(frame.workspace.checks) == entries and not app.background.running)
        await pilot.press(*keys)
        await until(pilot, lambda: isinstance(app.screen, ShareScreen) and links(app.screen)[0] != "")
        screen = app.screen
        assert isinstance(screen, ShareScreen)
        yield pilot, screen


def rows(screen: ShareScreen, name: str) -> list[str]:
    options = screen.query_one(f"#{name}", OptionList)
    return [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]


def links(screen: ShareScreen) -> list[str]:
    return [row.split()[1] for row in rows(screen, "share-links")] or [""]


@pytest.mark.slow
async def test_the_link_begins_with_the_partners_default_type_and_says_what_it_misses(
    make_app: MakeApp, repository: Path
) -> None:
    async with sharing(make_app(repository), "3", "f7") as (_, screen):
        assert links(screen) == [
            "https://bioimage.io/#/models?partner=meadow",
            "https://bioimage.io/#/?partner=meadow&type=model",
        ]
        assert rows(screen, "share-tags") == ["[ ] plants  2", "[ ] 2d  1"]
        assert rows(screen, "share-entries")[0] == "meadow/fern  Fern"
        assert rows(screen, "share-entries")[1].startswith("▲ [ ] meadow/moss")
        warning = str(screen.query_one("#share-warning", Static).content)
        assert warning == "1 entry does not link to the partner, so today's site does not show it here."


@pytest.mark.slow
async def test_missing_links_are_added_as_one_step_and_taken_back(
    make_app: MakeApp, repository: Path
) -> None:
    path = repository / "collection.yaml"
    async with sharing(make_app(repository), "3", "f7") as (pilot, screen):
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        lines = pilot.app.screen.query_one(DiffLines)
        assert "links: [meadow/meadow]}" in "\n".join(lines.render_line(y).text for y in range(4))
        await pilot.press("escape")
        assert path.read_text() == MANIFEST and screen.query_one("#missing").display
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: not screen.query_one("#missing").display)
        assert path.read_text() == MANIFEST.replace(
            "name: Moss, tags: [plants]}", "name: Moss, tags: [plants], links: [meadow/meadow]}"
        )
        assert screen.disabled_reason("add") == "Every entry that this link should show links to the partner."
        await pilot.press("escape")
        await opened_frame(pilot)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: path.read_text() == MANIFEST)


@pytest.mark.slow
async def test_of_several_entries_the_marked_ones_get_the_link(make_app: MakeApp, tmp_path: Path) -> None:
    more = "  - {id: reed, type: model, name: Reed}\n  - {id: sedge, type: model, name: Sedge}\n"
    repository = make_repository(tmp_path / "several", {"collection.yaml": MANIFEST + more})
    path = repository / "collection.yaml"
    async with sharing(make_app(repository), "3", "f7", entries=5) as (pilot, screen):
        screen.query_one("#share-entries", OptionList).focus()
        await pilot.press("end", "space", "up", "space", "up", "space", "space")
        assert [row[:6] for row in rows(screen, "share-entries")[1:]] == ["▲ [ ] ", "▲ [x] ", "▲ [x] "]
        await pilot.press("up", "space")  # links already
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: path.read_text().count("meadow/meadow") == 3)
        await until(pilot, lambda: len(rows(screen, "share-entries")) == 4)
        assert rows(screen, "share-entries")[-1] == "▲ [ ] meadow/moss  not linked"
        assert "name: Moss, tags: [plants]}" in path.read_text()


@pytest.mark.slow
async def test_links_that_cannot_be_edited_are_said(make_app: MakeApp, tmp_path: Path) -> None:
    shared = MANIFEST.replace("tags: [plants]}", "links: &l [a/b]}").replace("Notes}", "Notes, links: *l}")
    root = make_repository(tmp_path / "shared", {"collection.yaml": shared})
    async with sharing(make_app(root), "3", "f7") as (pilot, screen):
        await pilot.press("a")
        await until(pilot, lambda: any("alias" in one.title for one in pilot.app._notifications))
        assert pilot.app.screen is screen


async def test_tags_and_text_narrow_the_link(make_app: MakeApp, repository: Path) -> None:
    async with sharing(make_app(repository), "3", "f7") as (pilot, screen):
        screen.query_one("#share-tags", OptionList).focus()
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: links(screen)[0].endswith("&tags=2d"))
        screen.query_one("#share-text", Input).focus()
        await pilot.press("r", "y")
        await until(pilot, lambda: links(screen)[0].endswith("&tags=2d&q=ry"))
        assert rows(screen, "share-entries") == []


@pytest.mark.slow
async def test_a_link_is_followed_to_the_entries_that_it_selects(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with sharing(app, "3", "f7") as (pilot, _):
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        shown = app.screen.query_one(EntryList)
        await until(pilot, lambda: list(shown.table.order) == [0])
        assert shown.table.has_focus and "partner=meadow" in str(shown.border_subtitle)
        shown.set_filter("https://bioimage.io/#/?partner=meadow&tags=plants")  # as a visitor sends it
        await until(pilot, lambda: list(shown.table.order) == [0, 1])
        await pilot.press("escape")
        await until(pilot, lambda: list(shown.table.order) == [0, 1, 2])


async def test_the_link_of_the_selected_entry_is_offered_and_copied_in_each_form(
    make_app: MakeApp, repository: Path
) -> None:
    app = make_app(repository)
    async with sharing(app, "l") as (pilot, screen):
        assert links(screen) == [
            "https://bioimage.io/#/models?q=Fern",
            "https://bioimage.io/#/?partner=meadow&type=model&id=meadow/fern",
        ]
        assert "searches for its name" in str(screen.query_one("#share-warning", Static).content)
        await pilot.press("y")
        assert app.clipboard == "https://bioimage.io/#/models?q=Fern"
        await pilot.press("m")
        assert app.clipboard == "[Fern](https://bioimage.io/#/models?q=Fern)"
        await pilot.press("down", "w")
        assert (
            'href="https://bioimage.io/#/?partner=meadow&amp;type=model&amp;id=meadow/fern"' in app.clipboard
        )
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, QrScreen))
        await pilot.press("escape")
        assert app.screen is screen


def test_a_qr_code_has_every_module_and_a_light_zone_around() -> None:
    import segno

    text = "https://bioimage.io/#/models?partner=meadow"
    light = {"█": (True, True), "▀": (True, False), "▄": (False, True), " ": (False, False)}
    drawn: list[list[bool]] = []
    for line in code_lines(text):
        drawn += [[light[sign][half] for sign in line] for half in (0, 1)]
    matrix = [[not module for module in row] for row in segno.make(text, error="l", micro=False).matrix]
    size = len(matrix)
    assert [row[QUIET_ZONE : QUIET_ZONE + size] for row in drawn[QUIET_ZONE : QUIET_ZONE + size]] == matrix
    around = [*drawn[:QUIET_ZONE], *drawn[QUIET_ZONE + size :]]
    assert all(all(row) for row in around)
    assert all(all(row[:QUIET_ZONE]) and all(row[QUIET_ZONE + size :]) for row in drawn)
