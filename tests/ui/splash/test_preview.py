"""The preview: views and windows follow a key or a click, cards are the entries, and what is shown is written to a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.containers import VerticalScroll
from textual.keys import Keys
from textual.widgets import Input, Static

from partner_tui.splash.scene.blocks import WINDOWS, Pane, Text, Window
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.save_file import SaveFileScreen
from partner_tui.ui.splash.canvas import SplashCanvas
from partner_tui.ui.splash.preview import SplashPreview
from partner_tui.ui.splash.preview_screen import PreviewScreen
from partner_tui.ui.splash.window import WindowScreen
from tests.small_partner import MANIFEST, make_repository
from tests.ui.splash.test_view import MakeApp, Splash, splash
from tests.ui.waiting import screen_text


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})


def said(preview: SplashPreview) -> str:
    """The line below the preview."""
    return str(preview.query_one("#preview-says", Static).content)


def drawn(user: Splash) -> str:
    """What the canvas on the screen shows."""
    canvas = user.pilot.app.screen.query_one(SplashCanvas)
    return "\n".join(canvas.render_line(y).text for y in range(canvas.size.height))


@pytest.mark.slow
async def test_a_picture_that_is_not_here_is_named_once_it_was_looked_for(
    make_app: MakeApp, tmp_path: Path
) -> None:
    manifest = MANIFEST.replace("config:\n", "config:\n  background_image: https://example.org/hills.png\n")
    repository = make_repository(tmp_path / "hills", {"collection.yaml": manifest})
    async with splash(make_app, repository) as user:
        await user.until(lambda: "hills.png" in drawn(user))
        canvas = user.view.query_one(SplashCanvas)
        canvas.pictures.kinds.clear()
        canvas.redraw()
        assert "hills.png" not in drawn(user)


@pytest.mark.slow
@pytest.mark.drawn
async def test_what_a_letter_changes_is_drawn_and_no_line_is_left_as_it_was(
    make_app: MakeApp, repository: Path
) -> None:
    async with splash(make_app, repository) as user:
        await user.until(lambda: "BioImage.IO | " in drawn(user))
        canvas = user.pilot.app.screen.query_one(SplashCanvas)
        await user.enter("splash_title")
        for letters in ("Q", "W" * 40, "backspace"):
            before = drawn(user)
            await (
                user.pilot.press(letters) if len(letters) > 1 and letters.islower() else user.type(letters)
            )
            await user.until(lambda before=before: drawn(user) != before)  # type: ignore[misc]
            await user.settle()
            strips, (x, y, width, height) = user.pilot.app.screen._compositor.render_strips(), canvas.region
            seen = [strip.crop(x, x + width).text for strip in strips[y : y + height]]
            assert "\n".join(seen) == drawn(user)


async def test_views_and_windows_follow_keys_and_clicks(make_app: MakeApp, repository: Path) -> None:
    async with splash(make_app, repository) as user:
        preview = user.view.query_one(SplashPreview)
        await user.until(lambda: "BioImage.IO | " in drawn(user))
        await user.pilot.press("f8")
        assert preview.window == WINDOWS[1]
        assert isinstance(user.scene.size, Pane) and user.scene.size.window == WINDOWS[1]
        await user.pilot.click(SplashPreview, offset=(32, 0))
        assert preview.window == WINDOWS[2] and "hides the features" in said(preview)
        await user.pilot.press("f8")
        assert preview.window == WINDOWS[-1]

        await user.pilot.press("f4")
        await user.until(lambda: "48 px" in drawn(user) and "32 px" in drawn(user))
        assert "f8" not in str(preview.border_title)
        await user.pilot.press("f4")
        await user.until(lambda: "page 1 of 1" in drawn(user) and user.scene.view == "cards")
        ids = [
            block.lines[0]
            for block in user.scene.texts
            if isinstance(block, Text) and block.name.endswith("-id")
        ]
        assert ids and all(one.startswith("meadow/") for one in ids)
        await user.pilot.click(SplashPreview, offset=(5, 0))
        await user.until(lambda: "BioImage.IO" in drawn(user) and user.scene.view == "classic")

        await user.pilot.press("f6")
        await user.until(lambda: isinstance(user.pilot.app.screen, PreviewScreen))
        shown = user.pilot.app.screen.query_one(SplashPreview)
        await user.until(lambda: shown.canvas.window == WINDOWS[-1])
        assert (shown.view, shown.window) == ("classic", WINDOWS[-1])
        await user.pilot.press("w", "t")
        assert (shown.view, shown.window) == ("today", WINDOWS[0])


@pytest.mark.slow
async def test_a_window_of_any_size_is_typed_and_f8_comes_back_to_it(
    make_app: MakeApp, repository: Path
) -> None:
    async with splash(make_app, repository) as user:
        preview = user.view.query_one(SplashPreview)
        await user.until(lambda: "BioImage.IO | " in drawn(user))
        await user.enter("splash_title")
        await user.pilot.press(Keys.F20.value)  # what shift+f8 sends where the terminal has no Kitty protocol
        await user.until(lambda: isinstance(user.pilot.app.screen, WindowScreen))
        typed = user.pilot.app.screen.query_one(Input)
        for wrong in ("wide", "10x10", "1280"):
            typed.value = wrong
            await user.pilot.press("enter")
            await user.until(lambda wrong=wrong: wrong in shown_problem(user))  # type: ignore[misc]
        typed.value = "1280 x 640"
        await user.pilot.press("enter")
        await user.until(lambda: "1280x640" in str(preview.border_title))
        await user.until(lambda: "hides the features" in said(preview))
        assert all("feature" not in block.name for block in user.scene.texts)
        for window in (*WINDOWS, Window(1280, 640)):
            await user.pilot.press("f8")
            assert preview.window == window


def shown_problem(user: Splash) -> str:
    return str(user.pilot.app.screen.query_one("#problem", Static).content)


@pytest.mark.slow
async def test_that_hills_stand_in_for_the_background_of_the_site_is_said(
    make_app: MakeApp, tmp_path: Path
) -> None:
    complete = "resource_types: [model], icon: https://a.org/a.png, tags: [meadow], explore_button_text: Go"
    complete += (
        ", splash_title: Meadow, id: meadow, name: Meadow, background_image: static/img/zoo-background.svg"
    )
    manifest = f"name: Meadow\ntype: collection\nconfig: {{{complete}}}\ncollection: []\n"
    repository = make_repository(tmp_path / "zoo", {"collection.yaml": manifest})
    async with splash(make_app, repository) as user:
        preview = user.view.query_one(SplashPreview)
        await user.until(lambda: "Background: it is on the site; other hills" in said(preview))


@pytest.mark.slow
async def test_what_the_preview_shows_is_written_with_the_edits(
    make_app: MakeApp, repository: Path, tmp_path: Path
) -> None:
    async with splash(make_app, repository) as user:
        await user.enter("splash_title")
        await user.type(" zoo")
        await user.pilot.press("f9")
        await user.until(lambda: isinstance(user.pilot.app.screen, SaveFileScreen))
        target = tmp_path / "out.html"
        name = user.pilot.app.screen.query_one(Input)
        assert name.value == "meadow-classic.png"
        name.value = str(tmp_path / "out.doc")
        await user.pilot.press("enter")
        problem = user.pilot.app.screen.query_one("#problem", Static)
        await user.until(lambda: ".svg, .png, .html" in str(problem.content))
        assert name.value.endswith("out.doc") and not (tmp_path / "out.doc").exists()
        (tmp_path / "no folder").write_text("mine")
        name.value = str(tmp_path / "no folder" / "out.html")
        await user.pilot.press("enter")
        await user.until(lambda: "was not saved" in str(problem.content))

        name.value = str(target)
        await user.pilot.press("enter")
        await user.until(target.exists)
        assert '<h1 id="title">Microscopy Meadow zoo</h1>' in target.read_text("utf-8")


@pytest.mark.slow
async def test_f8_turns_the_cards_pages(make_app: MakeApp, tmp_path: Path) -> None:
    more = "".join(f"  - {{id: fern-{n}, type: model, name: Fern {n}}}\n" for n in range(25))
    repository = make_repository(tmp_path / "many", {"collection.yaml": MANIFEST + more})
    async with splash(make_app, repository) as user:
        preview = user.view.query_one(SplashPreview)
        preview.view = "cards"
        await user.until(lambda: "page 1 of 3" in drawn(user))
        for page in ("2", "3", "1", "2"):
            await user.pilot.press("f8")
            await user.until(lambda page=page: f"page {page} of 3" in drawn(user))  # type: ignore[misc]
        assert preview.window == WINDOWS[0]
        await user.pilot.press("f6")
        await user.until(lambda: isinstance(user.pilot.app.screen, PreviewScreen))
        await user.until(lambda: "page 2 of 3" in drawn(user))


LINK = "https://example.org/a.png"
NOT_HERE = "external picture, not downloaded. Press f12 to download it."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("config", "size", "words"),
    [
        (
            'splash_feature_list: [One, "a feature of many words that is wider than this small pane has room"]',
            (56, 11),
            "Behind ↳",
        ),
        (f'logo: "{LINK}"', (80, 19), f"Logo: {NOT_HERE}"),
        (f'background_image: "{LINK}"', (80, 11), f"Background: {NOT_HERE}"),
    ],
    ids=["line that goes on", "logo", "background"],
)
async def test_what_is_said_takes_rows_and_does_not_change_what_is_said(
    make_app: MakeApp, tmp_path: Path, config: str, size: tuple[int, int], words: str
) -> None:
    manifest = f"config: {{id: meadow, name: Meadow, splash_title: Meadow, {config}}}\ncollection: []\n"
    repository = make_repository(tmp_path / "low", {"collection.yaml": manifest})
    async with splash(make_app, repository) as user:
        await user.pilot.press("f6")
        await user.until(lambda: isinstance(user.pilot.app.screen, PreviewScreen))
        preview = user.pilot.app.screen.query_one(SplashPreview)
        await user.pilot.resize_terminal(*size)
        await user.until(lambda: words in said(preview))
        await user.settle()
        heights = set()
        for _ in range(20):
            heights.add(preview.canvas.size.height)
            await user.pilot.pause(0.01)
        assert len(heights) == 1
        assert words in said(preview)


@pytest.mark.slow
async def test_f12_downloads_pictures_in_the_form_and_in_full(
    make_app: MakeApp, tmp_path: Path, asked_for_pictures: list[str]
) -> None:
    manifest = MANIFEST.replace("config:\n", f"config:\n  background_image: {LINK}\n")
    repository = make_repository(tmp_path / "far", {"collection.yaml": manifest})
    async with splash(make_app, repository) as user:
        await user.enter("splash_title")
        await user.until(lambda: NOT_HERE in said(user.view.query_one(SplashPreview)))
        await user.pilot.press("f12")
        await user.until(lambda: isinstance(user.pilot.app.screen, ConfirmScreen))
        await user.pilot.press("escape", "f6")
        await user.until(lambda: isinstance(user.pilot.app.screen, PreviewScreen))
        preview = user.pilot.app.screen.query_one(SplashPreview)
        await user.until(lambda: NOT_HERE in said(preview))
        await user.pilot.press("f12")
        await user.until(lambda: "example.org: 1 picture" in screen_text(user.pilot.app))
        await user.pilot.press("y")
        await user.until(lambda: (LINK, "") in preview.canvas.pictures.images)
        await user.until(lambda: NOT_HERE not in said(preview))
        assert set(asked_for_pictures) == {LINK}


@pytest.mark.slow
async def test_every_reason_why_a_cover_is_not_seen_is_said(make_app: MakeApp, tmp_path: Path) -> None:
    covers = ("gone.png", LINK, "also-gone.png", "broken.png")
    entries = "".join(
        f"  - {{id: meadow/fern-{n}, type: model, name: Fern {n}, covers: ['{cover}']}}\n"
        for n, cover in enumerate(covers)
    )
    files = {"collection.yaml": MANIFEST + entries, "broken.png": "not a picture"}
    async with splash(make_app, make_repository(tmp_path / "covers", files)) as user:
        preview = user.view.query_one(SplashPreview)
        preview.view = "cards"
        await user.until(lambda: said(preview).count("Card: ") == 4)
        lines = said(preview).splitlines()
        assert f"▲ Card: {NOT_HERE}" in lines and len(set(lines)) == len(lines)
        room = preview.query_one(VerticalScroll)
        await user.until(lambda: room.size.height == 4 and room.max_scroll_y > 0)
