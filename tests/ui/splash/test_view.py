"""The splash view on a real repository: what is typed is shown, kept, written as one step, and taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import yaml
from textual import events
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Button, Static

from partner_tui.comparison.hunks import DiffLine
from partner_tui.manifest.text.document import Document
from partner_tui.splash.scene.blocks import Letters, Scene
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.splash.canvas import SplashCanvas
from partner_tui.ui.splash.draft_banner import DraftBanner
from partner_tui.ui.splash.fields.choices import OptionRow
from partner_tui.ui.splash.fields.make import ReadOnlyField
from partner_tui.ui.splash.fields.row import FieldRow
from partner_tui.ui.splash.fields.text import FieldInput
from partner_tui.ui.splash.form import SplashForm
from partner_tui.ui.splash.preview import SplashPreview
from partner_tui.ui.splash.preview_screen import PreviewScreen
from partner_tui.ui.splash.view import SplashView
from partner_tui.ui.widgets.diff_lines import DiffLines
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import MANIFEST as PARTNER
from tests.small_partner import make_repository
from tests.ui.waiting import opened_frame, until

MakeApp = Callable[..., PartnerApp]

MANIFEST = PARTNER.partition("collection:")[0] + "collection: []\n"
"""Without entries, so that nothing is checked meanwhile."""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST})


class Splash:
    """The view, as a user meets it."""

    def __init__(self, pilot: Pilot[None], folder: Path) -> None:
        self.pilot = pilot
        self.folder = folder

    @property
    def view(self) -> SplashView:
        return self.pilot.app.screen.query_one(SplashView)

    @property
    def text(self) -> str:
        return (self.folder / "collection.yaml").read_text("utf-8")

    @property
    def is_ready(self) -> bool:
        return bool(self.view.query(FieldRow)) and self.pilot.app.focused is not None

    def row(self, key: str) -> FieldRow:
        return self.view.query_one(f"#field-{key}", FieldRow)

    async def type(self, text: str) -> None:
        """Paste what is longer than a key: the same to the form, and faster here."""
        if len(text) == 1:
            await self.pilot.press(text)
        else:
            self.pilot.app.screen.post_message(events.Paste(text))
            await self.pilot.pause()

    async def enter(self, key: str, place: int = 0) -> None:
        self.row(key).inputs[place].focus()
        await self.pilot.pause()

    async def settle(self, seconds: float = 0.3) -> None:
        await self.pilot.pause(seconds)

    async def until(self, holds: Callable[[], bool]) -> None:
        await until(self.pilot, holds)

    async def save(self) -> None:
        await self.pilot.press("ctrl+s")
        await self.until(lambda: not self.view.has_unsaved)

    @property
    def scene(self) -> Scene:
        return self.view.query_one(SplashCanvas).scene

    @property
    def title(self) -> str:
        """As the preview shows it."""
        block = next(one for one in self.scene.texts if one.name == "title")
        return block.text if isinstance(block, Letters) else " ".join(block.lines)

    @property
    def diff(self) -> list[str]:
        lines = self.view.query_one(DiffLines)
        return [
            f"{line.sign}{line.text}"
            for line in lines._lines
            if isinstance(line, DiffLine) and line.sign != " "
        ]


@asynccontextmanager
async def splash(make_app: MakeApp, folder: Path, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Splash]:
    app = make_app(folder)
    async with app.run_test(size=size) as pilot:
        opened = Splash(pilot, folder)
        await opened_frame(pilot)
        await pilot.press("3")
        await opened.until(lambda: opened.is_ready)
        await pilot.pause()
        yield opened


async def test_a_field_is_edited_shown_and_saved_as_one_step(make_app: MakeApp, repository: Path) -> None:
    async with splash(make_app, repository) as user:
        await user.enter("splash_title")
        await user.type(" zoo")
        assert user.title == "Microscopy Meadow zoo"
        lines = [
            "-  splash_title: Microscopy Meadow  # on the site",
            "+  splash_title: Microscopy Meadow zoo  # on the site",
        ]
        await user.until(lambda: user.diff == lines)
        assert user.text == MANIFEST
        await user.save()
        assert user.text == MANIFEST.replace("Meadow  #", "Meadow zoo  #")
        assert user.view.workspace.steps.done[-1].title == "splash: title"


@pytest.mark.slow
async def test_keys_that_come_faster_than_the_form_are_typed_where_the_cursor_is(
    make_app: MakeApp, repository: Path
) -> None:
    async with splash(make_app, repository) as user:
        await user.enter("splash_title")
        await user.pilot.press("home")
        field = user.row("splash_title").inputs[0]
        assert isinstance(field, FieldInput)
        for letter in "Half a ":
            field.post_message(events.Key("space" if letter == " " else letter, letter))
        length = len("Half a Microscopy Meadow")
        await user.until(lambda: len(user.view.state.values["splash_title"]) == length)
        assert (field.value, field.cursor_position) == ("Half a Microscopy Meadow", 7)
        await user.pilot.press("escape", "ctrl+z")
        await user.until(lambda: field.value != "Half a Microscopy Meadow")
        assert field.value == user.view.state.values["splash_title"]


@pytest.mark.slow
async def test_what_is_typed_is_text_whatever_it_looks_like(make_app: MakeApp, tmp_path: Path) -> None:
    manifest = MANIFEST.replace("  splash_title:", "  version: 1.20\n  splash_title:")
    folder = make_repository(tmp_path / "partner", {"collection.yaml": manifest})
    async with splash(make_app, folder) as user:
        for key in ("splash_subtitle", "explore_button_text"):
            await user.enter(key)
            await user.pilot.press("ctrl+a", "delete")
        await user.type("12:30")
        await user.enter("splash_subtitle")
        await user.type("No")
        await user.enter("version")
        assert user.row("version").inputs[0].value == "1.20"  # type: ignore[attr-defined]
        await user.save()
        written = Document.parse(user.text).data["config"]
        assert (written["splash_subtitle"], written["explore_button_text"]) == ("No", "12:30")
        assert yaml.safe_load(user.text)["config"]["splash_subtitle"] == "No"
        assert "  version: 1.20\n" in user.text


@pytest.mark.slow
async def test_a_field_with_an_error_is_saved_only_when_that_is_meant(
    make_app: MakeApp, repository: Path
) -> None:
    async with splash(make_app, repository) as user:
        await user.enter("id")
        await user.type(" !")
        await user.pilot.press("ctrl+s")
        await user.until(lambda: isinstance(user.pilot.app.screen, ConfirmScreen))
        await user.pilot.press("escape")
        assert user.text == MANIFEST and user.view.has_unsaved
        await user.pilot.press("ctrl+s")
        await user.until(lambda: isinstance(user.pilot.app.screen, ConfirmScreen))
        await user.pilot.press("y")
        await user.until(lambda: user.text == MANIFEST.replace("id: meadow\n", "id: meadow !\n"))


@pytest.mark.slow
async def test_ctrl_z_takes_back_what_is_typed_then_what_is_saved(
    make_app: MakeApp, repository: Path
) -> None:
    async with splash(make_app, repository) as user:
        await user.enter("name")
        await user.type("s")
        await user.save()
        await user.type("!")
        assert user.view.state["name"] == "Microscopy Meadows!"
        await user.pilot.press("ctrl+z")
        assert user.view.state["name"] == "Microscopy Meadows"
        await user.pilot.press("ctrl+z")
        await user.until(lambda: user.view.state["name"] == "Microscopy Meadow")
        assert user.text == MANIFEST
        assert user.row("name").query_one(FieldInput).value == "Microscopy Meadow"


async def test_features_are_added_moved_and_removed_by_keys(make_app: MakeApp, repository: Path) -> None:
    async with splash(make_app, repository) as user:
        await user.enter("splash_feature_list")
        await user.pilot.press("enter")
        await user.settle(0.1)
        await user.type("Fast")
        await user.pilot.press("enter")
        await user.settle(0.1)
        await user.type("Free")
        assert user.view.state["splash_feature_list"] == ["Interactive", "Fast", "Free"]
        await user.pilot.press("alt+up")
        assert user.view.state["splash_feature_list"] == ["Interactive", "Free", "Fast"]
        await user.enter("splash_feature_list")
        await user.pilot.press("ctrl+d")
        assert user.view.state["splash_feature_list"] == ["Free", "Fast"]
        await user.save()
        assert "    - Free\n    - Fast\n" in user.text


@pytest.mark.slow
async def test_an_empty_list_is_reached_and_filled_by_keys(make_app: MakeApp, repository: Path) -> None:
    async with splash(make_app, repository) as user:
        assert user.view.state["tags"] is None
        await user.enter("name")
        await user.pilot.press("down", "enter")
        await user.settle(0.1)
        await user.type("plants")
        assert user.view.state["tags"] == ["plants"]


@pytest.mark.slow
async def test_features_are_moved_and_removed_by_mouse(make_app: MakeApp, repository: Path) -> None:
    async with splash(make_app, repository) as user:
        await user.pilot.click("#field-splash_feature_list AddButton")
        await user.settle(0.1)
        await user.type("Fast")
        up, _, remove = user.row("splash_feature_list").query("MemberRow").last().query("MemberButton")
        await user.pilot.click(up)
        assert user.view.state["splash_feature_list"] == ["Fast", "Interactive"]
        await user.pilot.click(remove)
        assert user.view.state["splash_feature_list"] == ["Fast"]


@pytest.mark.slow
async def test_resource_types_are_chosen_and_checked_at_once(make_app: MakeApp, repository: Path) -> None:
    async with splash(make_app, repository) as user:
        await user.enter("resource_types")
        await user.pilot.press("space", "right", "space")
        assert user.view.state["resource_types"] is None
        assert [notice.severity for notice in user.scene.notices][:1] == ["error"]
        assert user.view.query_one(SplashForm).notices["resource_types"][0].severity == "error"
        await user.pilot.press("space", "shift+left")
        assert user.view.state["resource_types"] == ["dataset"]
        await user.pilot.press("right", "space", "shift+left")
        assert user.view.state["resource_types"] == ["model", "dataset"]
        assert user.view.state.edited == {}


@pytest.mark.slow
async def test_the_default_type_is_one_of_the_resource_types(make_app: MakeApp, repository: Path) -> None:
    async with splash(make_app, repository) as user:
        choices = user.row("default_type").query_one(OptionRow)
        assert choices.options == ("model", "dataset", "all")
        await user.enter("default_type")
        await user.pilot.press("right", "space")
        assert user.view.state["default_type"] == "dataset"
        await user.pilot.press("space")
        assert user.view.state.edited == {}


@pytest.mark.slow
async def test_a_revert_is_taken_back_like_an_edit(make_app: MakeApp, repository: Path) -> None:
    async with splash(make_app, repository) as user:
        await user.enter("splash_title")
        await user.type("!")
        await user.pilot.press("escape")
        assert user.view.has_unsaved, "the first escape leaves the field"
        await user.pilot.press("escape")
        assert not user.view.has_unsaved
        await user.pilot.press("ctrl+z")
        assert user.view.state["splash_title"] == "Microscopy Meadow!"


@pytest.mark.slow
async def test_what_is_typed_is_offered_after_the_app_was_killed(make_app: MakeApp, repository: Path) -> None:
    async with splash(make_app, repository) as user:
        await user.enter("splash_title")
        await user.type("!")
        await user.until(lambda: user.view.workspace.drafts.find("splash") is not None)
    async with splash(make_app, repository) as user:
        assert user.view.query_one(DraftBanner).is_asking
        assert not user.view.has_unsaved
        await user.enter("name")
        await user.type("s")
        await user.settle(0.6)
        user.view.query_one("#draft-yes", Button).press()
        await user.until(lambda: "splash_title" in user.view.state.edited)
        assert user.view.state.edited == {"name": "Microscopy Meadows", "splash_title": "Microscopy Meadow!"}
        await user.save()
        await user.until(lambda: user.view.workspace.drafts.find("splash") is None)


@pytest.mark.slow
async def test_letters_that_are_under_way_when_the_system_ends_the_app_are_kept(
    make_app: MakeApp, repository: Path
) -> None:
    async with splash(make_app, repository) as user:
        await user.enter("splash_title")
        app = user.view.app
        assert isinstance(app, PartnerApp)
        for letter in " of May":
            app.post_message(Key("space" if letter == " " else letter, letter))
        app._end(143)
        await user.until(lambda: app._exit)
        drafts = user.view.workspace.drafts
    assert "Microscopy Meadow of May" in str(drafts.find("splash"))


@pytest.mark.slow
async def test_a_dropped_draft_is_gone(make_app: MakeApp, repository: Path) -> None:
    async with splash(make_app, repository) as user:
        await user.enter("splash_title")
        await user.type("!")
    async with splash(make_app, repository) as user:
        user.view.query_one("#draft-no", Button).press()
        await user.until(lambda: user.view.workspace.drafts.find("splash") is None)
        assert not user.view.has_unsaved


@pytest.mark.slow
async def test_edits_stay_when_the_manifest_changes_outside(make_app: MakeApp, repository: Path) -> None:
    async with splash(make_app, repository) as user:
        await user.enter("splash_title")
        await user.type("!")
        outside = MANIFEST.replace("id: meadow", "id: wood").replace("title: Microscopy", "title: Large")
        (repository / "collection.yaml").write_text(outside, "utf-8")
        await user.pilot.press("ctrl+s")
        await user.settle()
        assert user.text == outside, "nothing is written over a file that changed"
        await user.pilot.press("ctrl+r")
        await user.until(lambda: user.view.state["id"] == "wood")
        assert user.view.state["splash_title"] == "Microscopy Meadow!"
        assert user.view.query_one(DraftBanner).is_asking
        user.view.query_one("#draft-no", Button).press()
        await user.until(lambda: not user.view.has_unsaved)
        assert user.row("splash_title").query_one(FieldInput).value == "Large Meadow"


@pytest.mark.slow
async def test_an_empty_config_is_filled(make_app: MakeApp, tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "empty", {"collection.yaml": "config:\ncollection: []\n"})
    async with splash(make_app, folder) as user:
        await user.enter("name")
        await user.type("Wood")
        await user.save()
        assert user.text == "config:\n  name: Wood\ncollection: []\n"


@pytest.mark.slow
async def test_what_has_another_shape_is_shown_and_left_alone(make_app: MakeApp, tmp_path: Path) -> None:
    manifest = (
        "config:\n  id: a\n  name: {en: Wood}\n  tags: one\n  strange: [1, '[red]']\n  version: 1.20\n"
        '  splash_title: "a\\e[31mb"\n  splash_subtitle: >\n    one\n    two\ncollection: []\n'
    )
    folder = make_repository(tmp_path / "odd", {"collection.yaml": manifest})
    async with splash(make_app, folder) as user:
        read_only = {row.field.key for row in user.view.query(ReadOnlyField)}
        assert read_only == {"name", "tags", "splash_title", "strange"}
        assert user.row("version").query_one(FieldInput).value == "1.20"
        assert user.view.state.edited == {}
        await user.enter("splash_subtitle")
        await user.pilot.press("end")
        await user.type("!")
        await user.save()
        assert user.text == manifest.replace("    one\n    two\n", "    one two!\n")


async def test_a_config_that_is_no_mapping_says_so(make_app: MakeApp, tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "text", {"collection.yaml": "config: hello\ncollection: []\n"})
    app = make_app(folder)
    async with app.run_test(size=(120, 36)) as pilot:
        user = Splash(pilot, folder)
        await opened_frame(pilot)
        await pilot.press("3")
        await user.until(lambda: bool(user.view.query("#form-body .empty")))
        assert "`config` is not a mapping" in str(user.view.query_one("#form-body .empty", Static).content)


@pytest.mark.slow
async def test_the_preview_is_one_key_away_on_a_small_screen(make_app: MakeApp, repository: Path) -> None:
    async with splash(make_app, repository, (80, 24)) as user:
        preview = user.view.query_one(SplashPreview)
        assert not preview.display
        await user.pilot.press("p")
        await user.settle(0.1)
        assert preview.display and not user.view.query_one("#form-panel").display
        await user.pilot.press("t")
        assert preview.view == "today"
        await user.pilot.press("p")
        assert not preview.display
        await user.pilot.press("F")
        await user.settle(0.1)
        assert isinstance(user.pilot.app.screen, PreviewScreen)
        await user.pilot.press("escape")
        assert isinstance(user.pilot.app.screen, WorkspaceScreen)


@pytest.mark.slow
async def test_every_field_is_reached_by_the_arrows(make_app: MakeApp, repository: Path) -> None:
    async with splash(make_app, repository) as user:
        await user.pilot.press("enter")
        stops = user.view.query_one(SplashForm).stops
        assert user.pilot.app.focused in user.row("splash_title").inputs, "what is edited most"
        stops[0].focus()
        await user.pilot.pause()
        seen = []
        for _ in stops:
            seen.append(user.pilot.app.focused)
            await user.pilot.press("down")
        assert seen == stops


@pytest.mark.slow
async def test_on_the_smallest_screen_the_field_that_is_edited_is_in_sight(
    make_app: MakeApp, repository: Path
) -> None:
    async with splash(make_app, repository, (40, 10)) as user:
        await user.pilot.press("enter")
        await user.settle(0.1)
        title = user.row("splash_title").query_one(FieldInput)
        assert title.has_focus
        assert user.view.query_one("#form-body").region.contains_region(title.region)


@pytest.mark.slow
async def test_texts_are_measured_by_the_previewed_window_and_stay_in_sight(
    make_app: MakeApp, repository: Path
) -> None:
    async with splash(make_app, repository, (80, 24)) as user:
        await user.enter("splash_title")
        await user.type(" of the far and windy north")
        form = user.view.query_one(SplashForm)
        assert "splash_title" not in form.notices
        await user.until(lambda: bool(user.diff))
        await user.until(lambda: form.region.contains_region(user.row("splash_title").region))
        await user.pilot.press("f8")
        said = "2 lines at 1366x768: the first has 38 of 44 characters."
        await user.until(lambda: [one.text for one in form.notices.get("splash_title", ())] == [said])


@pytest.mark.slow
async def test_contacts_are_added_edited_removed_and_taken_back_by_keys(
    make_app: MakeApp, repository: Path
) -> None:
    async with splash(make_app, repository) as user:
        contacts = user.row("contact")
        contacts.inputs[-1].focus()
        await user.pilot.press("enter")
        await user.until(lambda: isinstance(user.pilot.app.focused, FieldInput))
        await user.type("Flora Fern")
        await user.pilot.press("down", "down")
        await user.type("fern")
        await user.pilot.press("ctrl+d", "ctrl+z")  # what was typed just before is there again
        await user.save()
        assert yaml.safe_load(user.text)["config"]["contact"] == [{"name": "Flora Fern", "github": "fern"}]
        await user.enter("contact")
        await user.pilot.press("ctrl+d")
        await user.save()
        assert "contact" not in yaml.safe_load(user.text)["config"]
        await user.pilot.press("ctrl+z")
        await user.until(lambda: "Flora Fern" in user.text)
