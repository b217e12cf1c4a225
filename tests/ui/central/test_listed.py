"""The page Listed today says what bioimage.io shows, fetches nothing unasked, and works on what is here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.central.listed_detail import ListedDetail
from partner_tui.ui.central.listed_list import ListedList
from partner_tui.ui.central.listed_page import ListedPage
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from tests.central.collection_data import item, report, summary
from tests.collection_remote import make_collection
from tests.small_partner import make_repository
from tests.ui.central.driving import open_page
from tests.ui.waiting import until

MakeApp = Callable[..., PartnerApp]
MANIFEST = """\
config: {id: zoo}
collection:
- {id: fern, type: application, name: Fern}
- {id: ivy, type: model, name: Ivy}
- {id: moss, type: model, name: Moss}
- {id: rose, type: model, name: Rose}
"""
TESTS = {
    "zoo": {"1.4.2": report("failed", error="no [bold]workflow[/bold] tag\x1b[31m"), "1.4.1": report()},
    "icy": {"2.5": report()},
}
ITEMS = [
    item("zoo:fern", "application"),
    item("busy-bee", "model", ("v0", "2025-07-01T22:53:02Z"), ("v1", "2026-08-06T10:18:44Z")),
    *map(item, ("calm-cat", "sly-fox", "wise-owl")),
    item("ark:boat"),
    {"id": "bioimage-io/no-versions"},
]
SUMMARIES: dict[str, Any] = {
    "zoo_fern/v0": {"type": "application", "name": "Fern"},
    "busy-bee/v1": summary({"id": "zoo/ivy", "type": "model", "name": "Old ivy"}, TESTS),
    "calm-cat/v0": {"type": "model", "name": "Moss"},
    "sly-fox/v0": {"type": "model", "name": "Moss"},
    "wise-owl/v0": {"name": "An owl", "links": ["zoo/zoo"]},
}


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "zoo", {"collection.yaml": MANIFEST})


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "central", ITEMS, SUMMARIES)


@asynccontextmanager
async def shown(
    app: PartnerApp, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Pilot[None], ListedPage]]:
    async with app.run_test(size=size) as pilot:
        page = await open_page(pilot, ListedPage, "listed")
        await until(pilot, lambda: "Reading" not in told(page) and not app.background.running)
        await until(pilot, lambda: page.list.has_focus)
        yield pilot, page


def told(page: ListedPage) -> str:
    return str(page.query_one("#about", Static).render())


def lines(page: ListedPage) -> list[str]:
    return [" ".join(str(option.prompt).split()) for option in page.list.options]


def drawn(app: PartnerApp) -> str:
    return "\n".join(str(strip.text) for strip in app.screen._compositor.render_strips())


async def asked(app: PartnerApp, pilot: Pilot[None]) -> str:
    """The text of the question that is asked; its answers take keys by now."""
    await until(pilot, lambda: isinstance(app.screen, ConfirmScreen) and app.focused is not None)
    return str(app.screen.query_one("#about Static", Static).render())


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)], ids=["80x24", "120x36", "200x60"])
async def test_no_cell_is_cut_but_names_for_which_there_is_no_room(
    make_app: MakeApp, tmp_path: Path, size: tuple[int, int]
) -> None:
    name = "Dataset_of_the_leaves_of_a_fern_in_summer"
    bare = make_collection(
        tmp_path / "central",
        [item("hospitable-hippopotamus")],
        {"hospitable-hippopotamus/v0": summary({"id": f"zoo/{name}", "type": "model", "name": "x"}, TESTS)},
    )
    clone = make_repository(
        tmp_path / "zoo",
        {
            "collection.yaml": f"config: {{id: zoo}}\ncollection:\n- {{id: {name}, type: model, name: Y, tags: [a]}}\n"
        },
    )
    async with shown(make_app(clone, central=str(bare.with_name("pages"))), size) as (pilot, page):
        await until(pilot, lambda: page.list.option_count == 2)
        row = str(page.list.options[1].prompt)
        assert len(row) <= page.list.scrollable_content_region.width
        assert row.endswith("  v0 2025-07-01  ✗ 1.4.2  2 differ")
        assert ("…" in row, name in row) == ((False, True) if size[0] == 200 else (True, False))


async def test_what_is_shown_is_told_for_each_entry_and_in_full_for_the_selected(
    make_app: MakeApp, clone: Path, bare: Path
) -> None:
    app = make_app(clone, central=str(bare.with_name("pages")))
    async with shown(app, (200, 60)) as (pilot, page):
        assert (
            "4 entries  ? 1 ambiguous  ✗ 1 not listed  ◐ 1 different  ● 1 listed  + 1 in no manifest"
            in told(page)
        )
        assert "6 items (1 left out) in gh-pages of 2026-11-01" in told(page)
        assert lines(page) == [
            "Ambiguous 1",
            "? zoo/moss its name fits calm-cat, sly-fox",
            "Not listed 1",
            "✗ zoo/rose",
            "Different 1",
            "◐ zoo/ivy busy-bee v1 2026-08-06 ✗ 1.4.2 1 differs",
            "Listed 1",
            "● zoo/fern v0 2025-07-01",
            "In no manifest 1",
            "+ wise-owl An owl v0 2025-07-01",
        ]
        assert page.disabled_reason("page") is not None
        await pilot.press("j", "j")
        await until(pilot, lambda: page.chosen is not None and page.chosen.id == "zoo/ivy")
        await until(pilot, lambda: "Old ivy" in drawn(app))
        for words in (
            "https://bioimage.io/#/artifacts/busy-bee",
            "v1, since 2026-08-06",
            "2025-07-01, as v0",
            "− Old ivy",
            "+ Ivy",
            "✗ zoo 1.4.2  failed  score 0.00",
            "no [bold]workflow[/bold] tag␛[31m",
            "✓ icy 2.5  passed  score 1.00",
        ):
            assert words in drawn(app)
        assert page.disabled_reason("page") is None
        assert page.check_action("entry", ()) is False
        for way in ("tab", "enter"):
            await pilot.press(way)
            await until(pilot, lambda: page.query_one(ListedDetail).has_focus)
            assert page.check_action("entry", ()) is True
            await pilot.press("escape")
            await until(pilot, lambda: page.list.has_focus)
        await pilot.press("G")
        await until(pilot, lambda: page.chosen is not None and page.chosen.id == "wise-owl")
        assert page.disabled_reason("entry") == "No entry of the manifest has this item."


@pytest.mark.slow
async def test_a_click_shows_the_item_and_enter_there_goes_to_its_entry(
    make_app: MakeApp, clone: Path, bare: Path
) -> None:
    app = make_app(clone, central=str(bare.with_name("pages")))
    async with shown(app, (80, 24)) as (pilot, page):
        await pilot.click(ListedList, offset=(4, 1))
        await until(pilot, lambda: page.query_one(ListedDetail).has_focus)
        assert page.chosen is not None and page.chosen.id == "zoo/moss"
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.screen.query("EntriesView")) and not page.is_on_screen)
        assert "id:moss" in drawn(app)


@pytest.mark.slow
async def test_the_index_and_then_the_summaries_are_fetched_after_their_address_and_number_were_agreed_to(
    make_app: MakeApp, clone: Path, bare: Path
) -> None:
    app = make_app(clone, central=bare.as_uri())
    kept = app.directories.cache / "central"
    async with shown(app) as (pilot, page):
        assert "Press F to fetch" in told(page)
        await pilot.press("F")
        assert bare.as_uri() in await asked(app, pilot)
        await pilot.press("escape")
        await until(pilot, lambda: page.list.has_focus)
        assert not kept.exists()
        await pilot.press("F")
        await asked(app, pilot)
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen) and "summaries" in drawn(app))
        assert "5 files will be fetched" in await asked(app, pilot)
        await pilot.press("escape")
        await until(pilot, lambda: page.list.has_focus and not app.background.running)
        assert "5 summaries not here" in told(page) and "✗" not in told(page)
        await pilot.press("F")
        await asked(app, pilot)
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen) and "summaries" in drawn(app))
        await pilot.press("y")
        await until(pilot, lambda: "✗ 1 not listed" in told(page) and "summaries not here" not in told(page))
        await until(pilot, lambda: not app.background.running)
        assert "fetched just now" in " ".join(told(page).split())


@pytest.mark.slow
async def test_a_broken_index_is_told_in_the_page(make_app: MakeApp, clone: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "index.json").write_text('{"items": [')
    async with shown(make_app(clone, central=str(copy))) as (_, page):
        assert told(page).startswith("index.json of the collection is not valid JSON.")
        assert page.list.option_count == 0
