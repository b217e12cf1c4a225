"""The Central view tells what becomes of each entry, and fixes what can be fixed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import ContentSwitcher, Static

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.central.compiled_page import CompiledPage
from partner_tui.ui.central.outcome_list import draw, rows_of
from partner_tui.ui.central.pages import PAGES
from partner_tui.ui.central.view import CentralView
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.entries.source_view import SourceView
from partner_tui.ui.widgets.footer import Footer
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.ui.workspace.view_bar import ViewTab
from tests.central.manifests import compiled, with_entries
from tests.small_partner import make_repository
from tests.ui.waiting import frame_of, opened_frame, until

MakeApp = Callable[..., PartnerApp]
MANIFEST = """\
format_version: 0.2.1
type: collection
name: Meadow
description: Plants
config: {id: meadow, logo: logo.png}
application:
- id: viewer
  name: Viewer
  license:
- id: fern
  name: Fern
- id: ivy
  name: Ivy
  source: https://example.org/ivy.imjoy.html
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})


@asynccontextmanager
async def shown(
    app: PartnerApp, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Pilot[None], CompiledPage]]:
    async with app.run_test(size=size) as pilot:
        await opened_frame(pilot)
        await pilot.press("4")
        await until(pilot, lambda: bool(app.screen.query(CompiledPage)))
        page = app.screen.query_one(CompiledPage)
        await until(pilot, lambda: page.chosen is not None and not app.background.running)
        yield pilot, page


def lines(page: CompiledPage) -> list[str]:
    return [str(page.list.get_option_at_index(at).prompt) for at in range(page.list.option_count)]


def told(page: CompiledPage) -> str:
    return str(page.query_one("#about", Static).render())


async def test_why_entries_are_no_items_is_told_and_fixed(make_app: MakeApp, clone: Path) -> None:
    app = make_app(clone)
    manifest = clone / "collection.yaml"
    async with shown(app) as (pilot, page):
        assert "3 entries  ✗ 2 dropped  ? 1 not known" in told(page)
        assert "Nothing pulls manifests today." in told(page)
        assert [line.split()[:2] for line in lines(page)] == [
            ["Dropped", "2"],
            ["✗", "meadow/viewer"],
            ["✗", "meadow/fern"],
            ["Not", "known"],
            ["?", "meadow/ivy"],
        ]
        assert "L7   It has no type" in lines(page)[1]
        tabs = {tab.view: tab.count for tab in app.screen.query(ViewTab)}
        assert tabs["central"] == "2"

        # The upgrade has a fix for a missing type only where the group does not say it; so the group's is written.
        await pilot.press("f")
        await until(pilot, lambda: "type: application" in manifest.read_text())
        assert "- id: viewer\n  type: application\n  name: Viewer" in manifest.read_text()
        await until(pilot, lambda: any("license is empty" in line for line in lines(page)))
        await until(pilot, lambda: not app.background.running)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: manifest.read_text() == MANIFEST)
        await until(pilot, lambda: "It has no type" in lines(page)[1])


@pytest.mark.slow
async def test_an_item_is_shown_as_json_as_card_and_by_its_lines(make_app: MakeApp, tmp_path: Path) -> None:
    text = with_entries("- id: fern\n  type: dataset\n  name: Fern\n  tags: [green]\n")
    app = make_app(make_repository(tmp_path / "zoo", {"collection.yaml": text}))
    async with shown(app, (80, 24)) as (pilot, page):
        assert "description from the root" in lines(page)[1]
        await pilot.press("enter")
        await until(pilot, lambda: page.detail.has_focus_within)
        front = page.detail.query_one(ContentSwitcher)
        assert (front.current, page.query_one("#outcomes").display) == ("item", False)
        await until(pilot, lambda: "Back" in str(app.screen.query_one(Footer).render()))
        drawn = "\n".join(str(strip.text) for strip in app.screen._compositor.render_strips())
        assert '"tags": [  ← entry' in drawn and '"description": "All of it",  ← root' in drawn
        await pilot.press("y")
        assert json.loads(app.clipboard)["id"] == "zoo/fern"
        await pilot.press("right")
        assert front.current == "card"
        await pilot.press("right")
        assert front.current == "lines"
        await pilot.press("escape")
        await until(pilot, lambda: page.list.has_focus)
        await pilot.press("r")
        await until(pilot, lambda: "2019 to 2021" in told(page))
        assert "L7" in lines(page)[1] and "list of other manifests" in lines(page)[1]


async def test_a_long_id_is_shown_as_far_as_there_is_room(make_app: MakeApp, tmp_path: Path) -> None:
    long = "unet-for-the-cells-of-ferns-in-the-shade-of-trees"
    text = with_entries(f"- {{id: {long}, type: dataset, name: Fern}}\n")
    app = make_app(make_repository(tmp_path / "zoo", {"collection.yaml": text}))
    async with shown(app, (80, 24)) as (pilot, page):
        assert f"zoo/{long}"[:38] in lines(page)[1] and long not in lines(page)[1]
        await pilot.resize_terminal(200, 60)
        await until(pilot, lambda: long in lines(page)[1])


@pytest.mark.slow
async def test_what_only_the_user_can_correct_is_shown_at_its_line(make_app: MakeApp, tmp_path: Path) -> None:
    text = with_entries("- id: fern\n  rdf_source: no.yaml\n")
    app = make_app(make_repository(tmp_path / "zoo", {"collection.yaml": text}))
    async with shown(app) as (pilot, page):
        assert "L8  no.yaml is not in this repository" in lines(page)[1]
        await pilot.press("f")
        await until(pilot, lambda: page.detail.query_one(SourceView).has_focus)
        notes = [note.message for note in app._notifications]
        assert notes == ["Add the file, or correct rdf_source. Press e to edit the line."]


@pytest.mark.slow
async def test_a_source_of_another_site_is_downloaded_after_consent_alone(
    make_app: MakeApp, clone: Path
) -> None:
    app = make_app(clone)
    async with shown(app) as (pilot, page):
        await pilot.press("G")
        await until(pilot, lambda: page.chosen is not None and "ivy" in page.chosen.id)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        frame_of(app).workspace.fetched.keep(
            "https://example.org/ivy.imjoy.html", '<config lang="json">{"name": "ivy"}</config>'
        )
        frame_of(app).manifest_changed()
        await until(pilot, lambda: "● 1 item" in told(page))


@pytest.mark.slow
async def test_pages_are_turned(make_app: MakeApp, clone: Path) -> None:
    app = make_app(clone)
    async with shown(app) as (pilot, _):
        view = app.screen.query_one(CentralView)
        assert "Compiled" in str(view.query_one("#pages", Static).render())
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: view.page is not None and view.page.id == list(PAGES)[1])
        await until(pilot, lambda: view.page is not None and view.page.has_focus_within)
        await pilot.press("left_square_bracket")
        assert view.tab == "compiled"


def test_a_thousand_entries_are_listed_one_line_each_what_is_no_item_first() -> None:
    entries = "".join(f"- {{id: e{number}, type: dataset, name: n}}\n" for number in range(999))
    listed = rows_of(compiled(with_entries(f"{entries}- {{id: last, name: n}}\n")))
    assert (len(listed), listed[0], listed[2]) == (1002, "Dropped 1", "Items 999")
    first = listed[1]
    assert not isinstance(first, str)
    assert str(draw(first, 10)).startswith("✗ zoo/last    L1006  It has no type")
