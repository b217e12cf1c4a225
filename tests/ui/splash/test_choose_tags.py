"""Choosing tags from those that there are: what was there keeps its place and its spelling."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.splash.choose_tags import TagsScreen
from partner_tui.ui.widgets.filter_line import FilterLine
from tests.small_partner import make_repository
from tests.ui.splash.test_view import splash
from tests.ui.waiting import until

MakeApp = Callable[..., PartnerApp]

MANIFEST = """\
config:
  id: meadow
  name: Meadow
  tags: [plants,  "1.0", 'meadow']  # by hand
  resource_types: [model]
collection:
  - {id: fern, type: model, name: Fern, tags: [plants, 2d, "[red]x\\e[0m"]}
  - {id: moss, type: notebook, name: Moss, tags: [plants]}
"""


def rows(pilot: Pilot[None], name: str) -> list[str]:
    options = pilot.app.screen.query_one(f"#{name}", OptionList)
    return [str(options.get_option_at_index(at).prompt).rstrip() for at in range(options.option_count)]


def words(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#tags-together", Static).content)


@pytest.mark.slow
async def test_tags_are_chosen_with_keys_and_only_what_is_new_is_written(
    make_app: MakeApp, tmp_path: Path
) -> None:
    folder = make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})
    async with splash(make_app, folder) as user:
        pilot = user.pilot
        assert user.view.panes is not None
        panes = user.view.panes
        await user.until(lambda: bool(panes.entries.entries))
        notes = [str(row.note.content) for row in user.row("tags")._rows]  # type: ignore[attr-defined]
        assert notes == ["2 of 2", "0 of 2", "0 of 2"]

        await user.enter("tags")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(pilot.app.screen, TagsScreen))
        assert rows(pilot, "tag-list")[:7] == [
            "Chosen",
            "[x]    2  plants",
            "[x]       1.0",
            "[x]       meadow",
            "Tags of your entries",
            "[ ]    1  2d  dims",
            "[ ]    1  [red]x␛[0m",
        ]
        assert rows(pilot, "tag-entries") == ["meadow/fern  Fern", "meadow/moss  Moss"]
        assert words(pilot).startswith("Visitors see 0 of 2 entries")

        await pilot.press("down", "down", "space")  # meadow goes
        await pilot.press("slash", *"nuclei", "enter", "space")  # a tag of the spec, found by the filter
        assert pilot.app.screen.query_one(FilterLine).value == "nuclei"
        await pilot.press("slash", "ctrl+u", *"fresh", "enter", "space")  # a tag that there was not
        await pilot.press("ctrl+s")
        await user.until(lambda: user.view.state.edited.get("tags") == ["plants", "1.0", "nuclei", "fresh"])
        await user.save()
        assert user.text == MANIFEST.replace("'meadow']", "'nuclei', fresh]")
        await pilot.press("ctrl+z")
        await user.until(lambda: user.text == MANIFEST)


@pytest.mark.slow
async def test_the_mouse_chooses_and_escape_changes_nothing(make_app: MakeApp, tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})
    async with splash(make_app, folder, (80, 24)) as user:
        pilot = user.pilot
        await pilot.click("#field-tags .choose")
        await until(pilot, lambda: isinstance(pilot.app.screen, TagsScreen))
        await pilot.click("#tag-list", offset=(4, 2))  # the first tag, below the heading
        await until(pilot, lambda: "plants" not in words(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, TagsScreen))
        assert not user.view.has_unsaved


@pytest.mark.slow
async def test_five_hundred_tags_are_listed_and_found(make_app: MakeApp, tmp_path: Path) -> None:
    tags = ", ".join(f"tag{number:03}" for number in range(900))
    manifest = (
        f"config: {{id: meadow, name: Meadow}}\ncollection:\n  - {{id: fern, type: model, tags: [{tags}]}}\n"
    )
    folder = make_repository(tmp_path / "meadow", {"collection.yaml": manifest})
    async with splash(make_app, folder) as user:
        pilot, panes = user.pilot, user.view.panes
        assert panes is not None
        await user.until(lambda: bool(panes.entries.entries))
        await user.enter("tags")
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(pilot.app.screen, TagsScreen))
        assert "… and 400 more" in rows(pilot, "tag-list")
        await pilot.press("slash", *"tag899", "enter", "space", "ctrl+s")
        await user.until(lambda: user.view.state.edited.get("tags") == ["tag899"])
