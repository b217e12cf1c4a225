"""The page Links shows who links to whom, and corrects or adds links as one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Static

from partner_tui.central.links import Linking
from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.editing.edits import Edit
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.central.links_page import LinksPage
from partner_tui.workspace.central.editing import write_edits
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.workspace import Workspace
from tests.small_partner import make_repository
from tests.ui.central.driving import open_page
from tests.ui.waiting import until

MakeApp = Callable[..., PartnerApp]
MANIFEST = """\
config: {id: meadow}
collection:
- id: fern
  links: [Moss, gone]  # kept
- id: moss
  links: [meadow/meadow, imjoy/vizarr]
- {id: ivy, rdf_source: ivy/rdf.yaml}
"""
RDF = "type: model\nlinks: [Fern]\n"
FILES = {"collection.yaml": MANIFEST, "ivy/rdf.yaml": RDF}


def shown(page: LinksPage) -> list[str]:
    return [str(page.linked.get_option_at_index(at).prompt) for at in range(page.linked.option_count)]


def of_entry(page: LinksPage) -> list[str]:
    return [str(page.lines.get_option_at_index(at).prompt) for at in range(page.lines.option_count)]


@pytest.mark.slow
async def test_links_are_shown_both_ways_and_corrected(make_app: MakeApp, tmp_path: Path) -> None:
    clone = make_repository(tmp_path / "meadow", FILES)
    manifest, rdf = clone / "collection.yaml", clone / "ivy/rdf.yaml"
    app = make_app(clone)
    async with app.run_test(size=(120, 36)) as pilot:
        page = await open_page(pilot, LinksPage, "links")
        await until(pilot, lambda: page._linking is not None and not app.background.running)
        await until(pilot, lambda: page.linked.has_focus and bool(of_entry(page)))
        assert [" ".join(line.split()) for line in shown(page)] == [
            "Wrong links 2",
            "✗ meadow/fern 2→ Moss → meadow/moss, gone (no entry)",
            "✗ meadow/ivy 1→ Fern → meadow/fern",
            "Linked 1",
            "● meadow/moss 2→",
            "Of other partners 1",
            "○ imjoy/vizarr 1←",
        ]
        assert of_entry(page) == [
            "Links to  2",
            "✗ Moss  → meadow/moss  L4",
            "✗ gone  no entry has this id  L4",
            "▲ Lacks meadow/meadow (a adds it)",
            "Linked from  0",
        ]

        # All that need no choice, in two files, as one step.
        await pilot.press("F")
        await until(pilot, lambda: rdf.read_text() == RDF.replace("Fern", "meadow/fern"))
        await until(
            pilot, lambda: any("Not linked" in line for line in shown(page)) and not app.background.running
        )
        assert manifest.read_text() == MANIFEST.replace("Moss", "meadow/moss")
        assert page.disabled_reason("correct_all") == "No wrong link can be corrected without a choice."
        await until(pilot, lambda: any("← meadow/ivy" in line for line in of_entry(page)))
        await pilot.press("ctrl+z")
        await until(pilot, lambda: manifest.read_text() == MANIFEST and rdf.read_text() == RDF)
        await until(pilot, lambda: shown(page)[0] == "Wrong links  2" and not app.background.running)

        # The marked ones.
        await pilot.press("space", "space", "a")
        linked = MANIFEST.replace("[Moss, gone]", "[Moss, gone, meadow/meadow]").replace(
            "rdf_source: ivy/rdf.yaml}", "rdf_source: ivy/rdf.yaml, links: [Fern, meadow/meadow]}"
        )
        await until(pilot, lambda: manifest.read_text() == linked and not app.background.running)
        await until(pilot, lambda: page.disabled_reason("add_all") == "Every entry links to the partner.")
        assert not page.linked.marked
        page.linked.go_to("meadow/ivy 2")
        await pilot.press("f")  # it goes to another group, and the cursor does not follow it
        await until(pilot, lambda: page.linked.chosen is not None and page.linked.chosen.id == "meadow/moss")
        await until(pilot, lambda: not app.background.running)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: manifest.read_text() == linked and not app.background.running)

        # One link of an entry, which leads nowhere.
        page.linked.go_to("meadow/fern 0")
        await until(pilot, lambda: any("✗ gone" in line for line in of_entry(page)))
        await pilot.press("tab", "j", "d")
        await until(pilot, lambda: "[Moss, meadow/meadow]" in manifest.read_text())
        await until(pilot, lambda: not app.background.running)


@pytest.mark.slow
async def test_a_link_is_followed_to_its_other_end(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(make_repository(tmp_path / "meadow", FILES))
    async with app.run_test(size=(80, 24)) as pilot:
        page = await open_page(pilot, LinksPage, "links")
        await until(pilot, lambda: page._linking is not None and not app.background.running)
        page.linked.go_to("imjoy/vizarr")
        await until(pilot, lambda: any("← meadow/moss" in line for line in of_entry(page)))
        await pilot.press("enter", "enter")
        await until(pilot, lambda: page.linked.has_focus and page.linked.chosen is not None)
        row = page.linked.chosen
        assert row is not None and row.id == "meadow/moss"


async def test_a_link_is_removed_once_however_often_its_key_is_pressed_meanwhile(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = "config: {id: meadow}\ncollection:\n- {id: fern, links: [gone, meadow/meadow]}\n"
    clone = make_repository(tmp_path / "meadow", {"collection.yaml": manifest})
    go_on, calls = Event(), []

    def write_later(workspace: Workspace, title: str, edits: Mapping[str, Sequence[Edit]]) -> Step | None:
        calls.append(title)
        go_on.wait()
        return write_edits(workspace, title, edits)

    monkeypatch.setattr("partner_tui.ui.central.links_page.write_edits", write_later)
    app = make_app(clone)
    async with app.run_test(size=(120, 36)) as pilot:
        page = await open_page(pilot, LinksPage, "links")
        await until(pilot, lambda: page.linked.has_focus and page.disabled_reason("remove") is None)
        try:
            await pilot.press("d")
            await until(pilot, lambda: bool(calls))
            assert page.disabled_reason("remove") == "Links: still being read."
            await pilot.press("d")
        finally:
            go_on.set()
        await until(pilot, lambda: page.disabled_reason("remove") == "No wrong link selected.")
        assert "links: [meadow/meadow]" in (clone / "collection.yaml").read_text()
        assert len(calls) == 1


@pytest.mark.slow
async def test_links_that_cannot_be_read_are_said_to_be_so(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*arguments: object) -> Linking:
        raise PartnerTuiError("An entry cannot be read.", "Correct it.")

    monkeypatch.setattr("partner_tui.ui.central.links_page.read_links", unreadable)
    app = make_app(make_repository(tmp_path / "meadow", FILES))
    async with app.run_test(size=(120, 36)) as pilot:
        page = await open_page(pilot, LinksPage, "links")
        about = page.query_one("#about", Static)
        await until(pilot, lambda: str(about.content) == "An entry cannot be read.\nCorrect it.")
