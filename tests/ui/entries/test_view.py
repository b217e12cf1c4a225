"""The Entries view at work on a real repository: what a maintainer sees and gets, not how it is drawn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import pytest
from PIL import Image
from rich.style import Style
from textual.pilot import Pilot
from textual.widgets import Static

from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.entries.acts import ChooseLinkScreen
from partner_tui.ui.entries.table import EntryTable
from partner_tui.ui.entries.table_lines import COLUMNS, TableStyles, column_widths, draw_header
from partner_tui.ui.entries.view import EntriesView
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import make_repository
from tests.ui.waiting import screen_text, until

# Entries whose source is not in the clone are known to be unresolved without the spec library.
MANIFEST = """\
format_version: 0.2.2
config: {id: meadow, name: Meadow, resource_types: [model]}
git_repo: https://github.com/meadow/meadow
collection:
  - id: petal-nuclei
    type: dataset
    name: Petal nuclei
    description: Nuclei of "[bold]petals[/bold]"
    tags: [2d, nuclei]
    documentation: docs/petal.md
    cite: {text: A paper, doi: 10.1/x}
    rdf_source: https://example.org/rdf.yaml
  - id: leaf-veins
    type: dataset
    name: Leaf veins
    rdf_source: https://example.org/rdf.yaml
  - type: model
    name: no id
    rdf_source: models/unet.yaml
  - only a text
"""
FILES = {
    "collection.yaml": MANIFEST,
    "docs/petal.md": "# Petals\n\nHow they were taken.\n",
}


RDF = "type: model\nname: From the RDF\nformat_version: 0.4.0\ntags: [unet]\n"


def hand_over(app: PartnerApp) -> PartnerApp:
    """Let the terminal be handed over, which the one under test cannot be."""
    app.suspend = nullcontext  # type: ignore[assignment]
    return app


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "meadow", FILES)


@asynccontextmanager
async def opened(
    app: PartnerApp, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Pilot[None], EntriesView]]:
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        view = app.screen.query_one(EntriesView)
        await until(pilot, lambda: view.detail.has_content)
        yield pilot, view


@pytest.fixture
def app(clone: Path, directories: Directories) -> Iterator[PartnerApp]:
    yield PartnerApp(Settings(fetch_on_open=False), directories, str(clone))


def shown(view: EntriesView) -> list[str]:
    return [view.known.facts(index).id for index in view.table.order]


async def test_every_entry_is_shown_and_markup_in_it_is_text(app: PartnerApp) -> None:
    async with opened(app) as (_, view):
        assert shown(view) == ["petal-nuclei", "leaf-veins", "", ""]
        assert "[bold]petals[/bold]" in screen_text(app)


async def test_what_an_rdf_says_is_filled_in_with_its_origin(app: PartnerApp, clone: Path) -> None:
    (clone / "models").mkdir()
    (clone / "models/unet.yaml").write_text(RDF)
    async with opened(app, (160, 50)) as (pilot, view):
        await until(pilot, lambda: view.known.facts(2).format_version == "0.4.0")
        assert view.known.facts(2).name == "no id"
        await pilot.press("j", "j", "left")
        await until(pilot, lambda: "From models/unet.yaml" in screen_text(app))
        assert "From this entry" in screen_text(app)
        assert "From the manifest's root" in screen_text(app)


@pytest.mark.parametrize(
    ("covers", "said"),
    [
        ({"wide.png": (600, 100)}, "The cover is 600 x 100 px: cards show it cropped to 16:9."),
        ({"small.png": (90, 60)}, "The cover is 90 x 60 px: it is shown blurred."),
        ({"gone.png": None, "good.png": (400, 300)}, "the first cover: "),
        ({"good.png": (400, 300)}, ""),
    ],
)
async def test_a_card_says_what_will_look_wrong_of_its_cover(
    covers: dict[str, tuple[int, int] | None], said: str, tmp_path: Path, directories: Directories
) -> None:
    entry = f"{{id: fern, type: dataset, name: Fern, covers: [{', '.join(covers)}]}}"
    folder = make_repository(
        tmp_path / "fern", {"collection.yaml": f"config: {{id: f}}\ncollection:\n- {entry}\n"}
    )
    for name, size in covers.items():
        if size is not None:
            Image.new("RGB", size, "green").save(folder / name)
    async with opened(PartnerApp(Settings(), directories, str(folder))) as (pilot, view):
        says = view.query_one("#cover-notices", Static)
        await until(pilot, lambda: view.query_one("#cover").display)
        await until(pilot, lambda: says.display == bool(said) and said in str(says.content))


async def test_a_filter_shows_some_entries_until_escape(app: PartnerApp) -> None:
    async with opened(app) as (pilot, view):
        await pilot.press("slash", *"veins")
        assert shown(view) == ["leaf-veins"]
        await until(
            pilot, lambda: str(view.detail.border_subtitle) == "leaf-veins"
        )  # the entry beside follows
        await pilot.press("enter")
        assert view.table.has_focus
        assert "veins  1 of 4" in screen_text(app)
        await pilot.press("escape")
        assert len(shown(view)) == 4


async def test_an_unknown_key_is_said_and_hides_nothing(app: PartnerApp) -> None:
    async with opened(app) as (pilot, view):
        await pilot.press("slash", *"stauts:x")
        assert "Did you mean “status:”?" in screen_text(app)
        assert len(shown(view)) == 4


async def test_sorting_keeps_the_cursor_on_its_entry(app: PartnerApp) -> None:
    async with opened(app) as (pilot, view):
        await pilot.press("s")
        assert shown(view) == ["leaf-veins", "petal-nuclei", "", ""]
        assert view.table.chosen == 0
        await pilot.press("S")
        assert shown(view)[-1] == "leaf-veins"


async def test_the_cursor_stays_on_its_entry_when_the_manifest_is_read_again(
    app: PartnerApp, clone: Path
) -> None:
    async with opened(app) as (pilot, view):
        await pilot.press("j")
        (clone / "collection.yaml").write_text(MANIFEST.replace("Leaf veins", "Veins"))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: view.known.facts(1).name == "Veins")
        assert view.table.chosen == 1


@pytest.mark.slow
async def test_the_table_scrolls_only_where_the_cursor_would_leave_it(
    tmp_path: Path, directories: Directories
) -> None:
    entries = "".join(f"  - {{type: model, id: e{n}, rdf_source: models/{n}.yaml}}\n" for n in range(40))
    clone = make_repository(tmp_path / "many", {"collection.yaml": f"config: {{}}\ncollection:\n{entries}"})
    async with opened(PartnerApp(Settings(fetch_on_open=False), directories, str(clone)), (80, 24)) as (
        pilot,
        view,
    ):
        table = view.list.query_one(EntryTable)
        table.focus()
        page = table.scrollable_content_region.height - 1
        assert page < 40
        tops: dict[int, list[int]] = {}
        for cursor in [*range(1, page + 2), *range(page, 0, -1), 0]:
            await pilot.press("down" if cursor > table.cursor else "up")
            assert table.cursor == cursor
            tops.setdefault(cursor, []).append(table.scroll_offset.y)
        down = {cursor: seen[0] for cursor, seen in tops.items() if cursor}
        assert down == {cursor: max(0, cursor - page + 1) for cursor in range(1, page + 2)}
        up = {cursor: seen[-1] for cursor, seen in tops.items() if cursor <= page}
        assert up == {cursor: min(2, cursor) for cursor in range(page + 1)}


async def test_a_finding_leads_to_its_line(app: PartnerApp) -> None:
    async with opened(app) as (pilot, view):
        await until(pilot, lambda: bool(view.workspace.checks.get(0)))
        await pilot.press("right", "tab", "enter")
        assert view.detail.tab == "source"
        assert "12" in screen_text(app) and "rdf_source" in screen_text(app)


async def test_a_finding_that_can_be_fixed_says_so_and_escape_is_offered_as_the_way_back(
    directories: Directories, tmp_path: Path
) -> None:
    outdated = "collection:\n- {id: a-b, type: dataset, name: Cells, description: d, format_version: 0.2.2}\n"
    folder = make_repository(tmp_path / "old", {"collection.yaml": outdated})
    app = PartnerApp(Settings(fetch_on_open=False), directories, str(folder))
    async with opened(app) as (pilot, view):
        await until(pilot, lambda: bool(view.workspace.checks.get(0)))
        assert "esc Back" not in screen_text(app)
        await pilot.press("right", "tab")
        await until(pilot, lambda: "L2 f fix   Upgrade the entry" in screen_text(app))
        assert "esc Back" in screen_text(app)


async def test_a_click_shows_the_findings_about_the_manifest(
    directories: Directories, tmp_path: Path
) -> None:
    folder = make_repository(
        tmp_path / "odd", {"collection.yaml": "config: {id: a}\ncollection: [{id: b}]\n"}
    )
    app = PartnerApp(Settings(fetch_on_open=False), directories, str(folder))
    async with opened(app) as (pilot, view):
        await until(pilot, lambda: bool(view.query_one("#about-manifest").region))
        await pilot.click("#about-manifest")
        await until(pilot, lambda: view.detail.shows_manifest)


async def test_documentation_of_the_clone_is_rendered(app: PartnerApp) -> None:
    async with opened(app) as (pilot, view):
        await until(pilot, lambda: bool(view.query("MarkdownParagraph")))
        assert "How they were taken." in screen_text(app)


async def test_link_and_id_are_copied_and_an_entry_without_id_says_why_not(app: PartnerApp) -> None:
    async with opened(app) as (pilot, view):
        await pilot.press("y")
        assert app.clipboard == "https://bioimage.io/#/datasets?q=Petal%20nuclei"
        await pilot.press("Y")
        assert app.clipboard == "meadow/petal-nuclei"
        await pilot.press("j", "j")
        assert view.disabled_reason("copy_link") == "This entry has no id. Press e to edit it."


async def test_only_web_addresses_are_offered_to_open(app: PartnerApp) -> None:
    async with opened(app) as (pilot, view):
        await until(pilot, lambda: all(view.known.resolved(index) for index in range(4)))
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, ChooseLinkScreen))
        text = screen_text(app)
        assert "https://doi.org/10.1/x" in text and "https://github.com/meadow/meadow" in text
        assert "docs/petal.md" not in text
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))


@pytest.mark.slow
async def test_at_80_columns_the_entry_opens_over_the_table(app: PartnerApp) -> None:
    async with opened(app, (80, 24)) as (pilot, view):
        assert not view.detail.display or not view.detail.size
        await pilot.press("enter")
        await until(pilot, lambda: bool(view.detail.size) and not view.table.size)
        await pilot.press("escape")
        await until(pilot, lambda: bool(view.table.size))
        assert view.table.has_focus


async def test_an_edit_in_the_editor_is_a_step(clone: Path, directories: Directories, tmp_path: Path) -> None:
    editor = script(tmp_path, "s/Petal nuclei/Petals/")
    app = hand_over(PartnerApp(Settings(fetch_on_open=False, editor=editor), directories, str(clone)))
    async with opened(app) as (pilot, view):
        await pilot.press("e")
        await until(pilot, lambda: view.known.facts(0).name == "Petals")
        assert [step.title for step in view.workspace.steps.done] == ["entry petal-nuclei edited"]


@pytest.mark.slow
async def test_an_edit_that_does_not_parse_is_corrected_or_undone_as_one_step(
    clone: Path, directories: Directories, tmp_path: Path
) -> None:
    broken = script(tmp_path, "s/name: Petal nuclei/name: Petal: nuclei/")
    app = hand_over(PartnerApp(Settings(fetch_on_open=False, editor=broken), directories, str(clone)))
    async with opened(app) as (pilot, view):
        await pilot.press("e")
        await until(pilot, lambda: "cannot be read" in screen_text(app) and bool(app.screen.query("#edit")))
        assert "line 7" in screen_text(app) and "name: Petal: nuclei" in screen_text(app)
        script(tmp_path, "s/name: Petal: nuclei/name: Corrected/")
        await pilot.press("enter")
        await until(pilot, lambda: view.known.facts(0).name == "Corrected" and view.display)
        assert len(view.workspace.steps.done) == 1
        script(tmp_path, "s/name: Corrected/name: Petal: nuclei/")
        await pilot.press("e")
        await until(pilot, lambda: not view.display)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "name: Corrected" in (clone / "collection.yaml").read_text())
        await until(pilot, lambda: view.display and view.table.has_focus)


async def test_a_terminal_that_cannot_be_handed_over_is_said(app: PartnerApp) -> None:
    async with opened(app) as (pilot, _):
        await pilot.press("e")
        await until(pilot, lambda: bool(app._notifications))
        assert "Cannot open an editor" in next(iter(app._notifications)).title


@pytest.mark.slow
async def test_where_the_entry_is_not_beside_the_table_it_is_said_how_it_is_seen(app: PartnerApp) -> None:
    async with opened(app) as (pilot, view):
        frame = view.query_one("#list")
        assert not frame.border_subtitle and view.detail.display
        await pilot.resize_terminal(90, 36)
        assert "open" in str(frame.border_subtitle) and not view.detail.display
        await pilot.press("enter")
        assert view.detail.display


PLAIN = Style()
PAINT = TableStyles(PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, (), 72, True)


def script(folder: Path, edit: str) -> str:
    """A real editor: a script that runs sed on the file it is given last."""
    path = folder / "editor.sh"
    path.write_text(
        f'#!/bin/sh\nfor file; do :; done\nsed "{edit}" "$file" > "$file.new" && mv "$file.new" "$file"\n'
    )
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("width", [20, 40, 56, 70, 100, 200])
@pytest.mark.parametrize("id_width", [2, 14, 40, 90])
def test_columns_share_the_width_and_never_exceed_it(width: int, id_width: int) -> None:
    widths = column_widths(width, id_width, 11)
    shown_columns = [column for column in COLUMNS if widths[column.key]]
    if width >= 34:
        assert sum(widths.values()) + len(shown_columns) - 1 <= width
        assert widths["id"] >= min(id_width, 14)
    assert widths["id"] > 0


def test_the_title_of_a_sorted_column_keeps_its_letters() -> None:
    widths = column_widths(70, 14, 11)
    for column in COLUMNS:
        for reverse, arrow in ((False, "▴"), (True, "▾")):
            titles = draw_header(widths, (column.key, reverse), PAINT).text
            assert titles.replace(arrow, " ").split() == [other.title for other in COLUMNS]
            assert f"{column.title}{arrow}" in titles
