"""The splash as the sites show it, drawn from the form while it is edited: the classic page, the current strip, the cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from partner_tui.addresses.urls import is_url
from partner_tui.manifest.files import CloneFiles
from partner_tui.pictures.facts import facts_of
from partner_tui.pictures.raster import STANDS_IN, is_on_its_way
from partner_tui.pictures.source import PictureKind
from partner_tui.plain import visible
from partner_tui.splash.fields import SplashField
from partner_tui.splash.notices import Notices, NoticeSeverity
from partner_tui.splash.picture_rules import check_picture, check_problem
from partner_tui.splash.scene.blocks import VIEWS, WINDOWS, Picture, Scene, Text, View, Window
from partner_tui.splash.share_links import Listed
from partner_tui.ui.splash.canvas import SplashCanvas
from partner_tui.ui.splash.window import WindowScreen
from partner_tui.ui.widgets.picture import how_to_see
from partner_tui.ui.widgets.tabbed import border_tabs

LABELS: dict[str, str] = {"classic": "Classic", "today": "Current", "cards": "Cards"}


class SplashPreview(Vertical, can_focus=True):
    """A panel with the views as tabs in its border, the one in front, and below it what is not as it should be."""

    DEFAULT_CSS = """
    SplashPreview {
        border-title-style: none;
        VerticalScroll { height: auto; max-height: 4; scrollbar-size-vertical: 1; }
        #preview-says { height: auto; padding: 0 1; color: $foreground 65%; }
    }
    """

    view: reactive[View] = reactive[View]("classic")
    window: reactive[Window] = reactive(WINDOWS[0])

    class Painted(Message):
        """Pictures arrived."""

    def __init__(self, files: CloneFiles, hint: str, entries: Sequence[Listed] = ()) -> None:
        super().__init__(classes="panel")
        self.canvas = SplashCanvas(files, entries)
        self.windows = list(WINDOWS)
        self._says = Static(id="preview-says", markup=False)
        self.border_subtitle = hint

    def compose(self) -> ComposeResult:
        yield self.canvas
        with VerticalScroll(can_focus=False):
            yield self._says

    @property
    def picture_kinds(self) -> Mapping[str, PictureKind]:
        """Where the pictures of the form's fields are, by their references."""
        return {reference: kind for (reference, base), kind in self.canvas.pictures.kinds.items() if not base}

    def picture_notices(self, known: SplashField, reference: str) -> Notices:
        """What there is to say of the picture of a field, once it is known; nothing of one that is not downloaded."""
        pictures, key = self.canvas.pictures, (reference.strip(), "")
        if (image := pictures.images.get(key)) is not None:
            facts = facts_of(image)
            return check_picture(known, reference, facts) if facts and pictures.kinds[key] != "site" else ()
        if not is_url(reference.strip()) or is_on_its_way(pictures.problems.get(key, "")):
            return ()
        return check_problem(pictures.problems.get(key, ""))

    def show(self, config: Mapping[str, Any]) -> None:
        """Draw another state of the form."""
        self.canvas.show(config)

    def show_as(self, other: SplashPreview) -> None:
        """Show the view, the window and the page that another preview shows."""
        self.windows = other.windows
        self.view, self.window, self.canvas.page = other.view, other.window, other.canvas.page
        self.canvas.partners = other.canvas.partners

    def watch_view(self, view: View) -> None:
        self.canvas.view = view
        self._show_tabs()

    def watch_window(self, window: Window) -> None:
        self.canvas.window = window
        self._show_tabs()

    def _show_tabs(self) -> None:
        """The views, and what f8 goes through in the one in front; a click does the same."""
        page, pages = self.canvas.scene.page, self.canvas.scene.pages
        turn = f"page {page}/{pages}" if pages > 1 else str(self.window) if self.view == "classic" else ""
        choice = Content.styled(f" f8 {turn} " if turn else "", "$foreground 60%").stylize("@click=turn()")
        title = border_tabs(LABELS, self.view) + choice
        if title.markup != self.border_title:  # else all of the panel would be drawn again
            self.border_title = title

    def action_show_tab(self, view: View) -> None:
        self.view = view

    def next_view(self) -> None:
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]

    def action_turn(self) -> None:
        """The next size of a browser's window, or of the cards the next page; after the last one the first."""
        if self.view == "cards":
            scene = self.canvas.scene
            self.canvas.page = scene.page % scene.pages + 1
            return
        self.window = self.windows[(self.windows.index(self.window) + 1) % len(self.windows)]

    @work(exclusive=True, group="window")
    async def action_type_window(self) -> None:
        """Show a window of any size, which f8 comes back to."""
        if (window := await self.app.push_screen_wait(WindowScreen(self.window))) is not None:
            self.windows = [*WINDOWS, *([] if window in WINDOWS else [window])]
            self.view, self.window = "classic", window

    def on_splash_canvas_drawn(self, event: SplashCanvas.Drawn) -> None:
        event.stop()
        if (words := self._words()) != self._says.content:
            self._says.update(words)
        self._show_tabs()
        if event.pictures:
            self.post_message(self.Painted())

    def _name_of(self, picture: Picture, scene: Scene) -> str:
        field = picture.name.partition("-")[0].capitalize()
        if field != "Logo" or picture.reference == self.canvas.config.get("logo"):
            return field
        partner = scene[f"{picture.name}-name"]
        return f"Logo of {partner.whole}" if isinstance(partner, Text) else field

    def _words(self) -> Content:
        """What is not as it should be, worst first, a line each; then what is good to know of what is shown.

        It is of the scene that would be drawn without these lines: as they change, what is drawn above them does.
        """
        scene, problem_of = self.canvas.scene_of(self.content_size.height), self.canvas.pictures.problem_of
        found = ((self._name_of(one, scene), problem_of(one)) for one in scene.pictures)
        unseen = dict.fromkeys((name, why) for name, why in found if why)
        lines = [
            _line(notice.severity, f"{notice.text} {notice.hint}".rstrip())
            for notice in scene.notices
            if notice.severity != "info"
        ]
        lines += [
            _line("warning", f"{name}: {how_to_see(why, key='f12')}")
            for name, why in unseen
            if why != STANDS_IN
        ]
        about = [f"{name}: {why}." for name, why in unseen if why == STANDS_IN]
        about += [notice.text for notice in scene.notices if notice.severity == "info"]
        if self.view == "today":
            about.append("Appears on the site once the central partner list is updated.")
        return Content("\n").join([*lines, *([Content("  ".join(about))] if about else [])])


def _line(severity: NoticeSeverity, text: str) -> Content:
    glyph = ("✗ ", "$error") if severity == "error" else ("▲ ", "$warning")
    return Content.assemble(glyph, visible(text, 200))
