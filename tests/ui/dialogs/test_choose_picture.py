"""Choosing a picture of the clone, or copying one into it: seen first, and one step with the field that names it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.choose_picture import MOST, PictureScreen
from partner_tui.ui.dialogs.copy_picture import CopyPictureScreen
from partner_tui.ui.splash.view import SplashView
from tests.pictures.test_decoding import picture
from tests.small_partner import git, make_repository
from tests.ui.splash.test_view import splash
from tests.ui.waiting import opened_frame, until

MakeApp = Callable[..., PartnerApp]

MANIFEST = "config:\n  id: meadow\n  name: Meadow\n  logo: 🌱\n  resource_types: [model]\ncollection: []\n"
RAW = "https://raw.githubusercontent.com/meadow/zoo/main"


def partner(tmp_path: Path, pictures: dict[str, bytes]) -> Path:
    folder = make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})
    git(folder, "remote", "add", "origin", "https://github.com/meadow/zoo.git")
    for name, data in pictures.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def listed(pilot: Pilot[None]) -> list[str]:
    options = pilot.app.screen.query_one("#picture-list", OptionList)
    return [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]


def words(pilot: Pilot[None], name: str) -> str:
    return str(pilot.app.screen.query_one(f"#{name}", Static).content)


def is_on(pilot: Pilot[None], screen: type) -> Callable[[], bool]:
    return lambda: isinstance(pilot.app.screen, screen)


@pytest.mark.slow
async def test_a_picture_is_seen_chosen_and_copied(make_app: MakeApp, tmp_path: Path) -> None:
    files = {"images/my logo.png": picture(), "broken[red].png": b"no picture"}
    folder = partner(tmp_path, files)
    (tmp_path / "leaf.png").write_bytes(picture(30, 30))
    async with splash(make_app, folder) as user:
        pilot = user.pilot
        await pilot.click("#field-logo .choose")
        await until(pilot, is_on(pilot, PictureScreen))
        await until(pilot, lambda: listed(pilot) == ["images/my logo.png", "broken[red].png"])
        await until(pilot, lambda: words(pilot, "picture-facts").startswith("PNG, 1 KB, 40 x 20 px\n"))
        await pilot.press("down")
        await until(pilot, lambda: "not supported" in words(pilot, "picture-facts"))
        await pilot.press("up", "enter")
        await until(pilot, lambda: user.view.state.edited == {"logo": f"{RAW}/images/my%20logo.png"})
        await pilot.press("ctrl+z")
        await until(pilot, lambda: not user.view.has_unsaved)

        await user.enter("splash_title")
        await user.type("Meadow")
        await user.enter("icon")
        await pilot.press("f2")
        await until(pilot, is_on(pilot, PictureScreen))
        await until(pilot, lambda: bool(listed(pilot)))
        await pilot.press("c")
        await until(pilot, is_on(pilot, CopyPictureScreen))
        await user.type(str(tmp_path / "leaf.txt"))
        assert pilot.app.screen.query_one("#copy-to", Input).value == "images/leaf.txt"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "cannot be read" in words(pilot, "copy-problem"))
        await pilot.press(*["backspace"] * 3, *"png", "enter", "enter")
        await until(pilot, is_on(pilot, type(user_screen := pilot.app.screen_stack[1])))
        assert user_screen.query(SplashView)
        icon = f"  icon: {RAW}/images/leaf.png\n"
        await until(
            pilot, lambda: user.text == MANIFEST.replace("  resource_types", f"{icon}  resource_types")
        )
        assert (folder / "images/leaf.png").read_bytes() == picture(30, 30)
        assert user.view.state.edited == {"splash_title": "Meadow"}  # what is typed elsewhere stays as it is
        await pilot.press("ctrl+z")
        await until(pilot, lambda: not user.view.has_unsaved)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: user.text == MANIFEST and not (folder / "images/leaf.png").exists())


@pytest.mark.slow
async def test_among_five_thousand_pictures_one_is_found_by_its_name(
    make_app: MakeApp, tmp_path: Path
) -> None:
    folder = partner(tmp_path, {f"covers/{number:04}.png": b"" for number in range(5000)})
    async with splash(make_app, folder) as user:
        pilot = user.pilot
        await user.enter("background_image")
        await pilot.press("f2")
        await until(pilot, is_on(pilot, PictureScreen))
        await until(pilot, lambda: len(listed(pilot)) == MOST + 1)
        await pilot.press("slash", *"4321", "enter")
        await until(pilot, lambda: listed(pilot) == ["covers/4321.png"])
        await pilot.press("enter")
        await until(pilot, lambda: user.view.state.edited == {"background_image": f"{RAW}/covers/4321.png"})


@pytest.mark.slow
async def test_the_cover_of_an_entry_is_chosen_or_copied_as_one_step(
    make_app: MakeApp, tmp_path: Path
) -> None:
    entries = "collection:\n  - {id: fern, type: dataset, name: Fern}\n"
    folder = partner(tmp_path, {"covers/fern.png": picture(900, 90)})
    path = folder / "collection.yaml"
    path.write_text(before := MANIFEST.replace("collection: []\n", entries))
    (tmp_path / "leaf.png").write_bytes(picture(300, 300))
    app = make_app(folder)
    async with app.run_test(size=(120, 36)) as pilot:
        frame = await opened_frame(pilot)
        await until(pilot, lambda: frame.workspace.repository is not None and not app.background.running)
        await until(pilot, lambda: len(frame.workspace.checks) == 1)
        await pilot.press("c")
        await until(pilot, is_on(pilot, PictureScreen))
        await until(pilot, lambda: "cropped to 16:9" in words(pilot, "picture-facts"))
        await pilot.press("escape", "c")
        await until(pilot, is_on(pilot, PictureScreen))
        await until(pilot, lambda: listed(pilot) == ["covers/fern.png"])
        await pilot.press("enter")
        chosen = before.replace("name: Fern}", f"name: Fern, covers: [{RAW}/covers/fern.png]}}")
        await until(pilot, lambda: path.read_text() == chosen)
        await until(pilot, lambda: not app.background.running)
        await pilot.press("c")
        await until(pilot, is_on(pilot, PictureScreen))
        await until(pilot, lambda: listed(pilot) == ["covers/fern.png  current"])
        await pilot.press("c")
        await until(pilot, is_on(pilot, CopyPictureScreen))
        await pilot.press(*str(tmp_path / "leaf.png"))
        assert pilot.app.screen.query_one("#copy-to", Input).value == "covers/leaf.png"
        await pilot.press("ctrl+s")
        both = chosen.replace("covers: [", f"covers: [{RAW}/covers/leaf.png, ")
        await until(pilot, lambda: path.read_text() == both)
        assert (folder / "covers/leaf.png").exists()
        await until(pilot, lambda: not app.background.running)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: path.read_text() == chosen and not (folder / "covers/leaf.png").exists())
