"""The splash as the sites show it, drawn from the form while it is edited: Classic, or Today."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any, Literal

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.partners import KNOWN_PARTNERS
from partner_tui.pictures.decoder import load_picture
from partner_tui.pictures.source import PictureKind, resolve_picture
from partner_tui.plain import visible
from partner_tui.splash.scene import (
    FEATURES_HIDDEN_AT_PX,
    ClassicScene,
    TodayScene,
    classic_scene,
    today_scene,
)
from partner_tui.ui.splash.classic import paint_classic
from partner_tui.ui.splash.current import paint_today

if TYPE_CHECKING:
    from PIL import Image

Tab = Literal["classic", "today"]
TABS: dict[Tab, str] = {"classic": "Classic", "today": "Current"}
MAX_PIXELS = 250_000
PICTURE_FIELDS = ("background_image", "icon", "logo")
_STRIP = tuple({"id": known.id, "name": known.id} for known in KNOWN_PARTNERS)


class PreviewTab(Static):
    """One site's name; a click shows it."""

    class Chosen(Message):
        def __init__(self, tab: Tab) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self, tab: Tab) -> None:
        super().__init__(f" {TABS[tab]} ", markup=False, classes="preview-tab")
        self.tab: Tab = tab

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Chosen(self.tab))


class SplashCanvas(Widget):
    """Draws one of the two; pictures appear as soon as they are read."""

    DEFAULT_CSS = "SplashCanvas { height: 1fr; width: 1fr; }"

    tab: reactive[Tab] = reactive[Tab]("classic")

    def __init__(self, files: CloneFiles) -> None:
        super().__init__()
        self._files = files
        self.classic: ClassicScene | None = None
        self.today: TodayScene | None = None
        self._pictures = _Pictures()
        self._painted: tuple[object, list[Strip]] = (None, [])
        self._version = 0

    def show(self, config: Mapping[str, Any]) -> None:
        self.classic, self.today = classic_scene(config, _STRIP), today_scene(config)
        self._repaint()
        values = (config.get(key) for key in PICTURE_FIELDS)
        wanted = {value.strip() for value in values if isinstance(value, str)} - {""}
        if missing := wanted - self._pictures.kinds.keys():
            self._read_pictures(frozenset(missing))

    def problem_of(self, reference: str) -> str:
        """Why a picture is not shown; empty when it is, or is being read."""
        return self._pictures.problems.get(reference, "")

    @property
    def kinds(self) -> Mapping[str, PictureKind]:
        """Where the pictures are that were looked up, by their references."""
        return self._pictures.kinds

    @work(exclusive=True, group="pictures")
    async def _read_pictures(self, references: frozenset[str]) -> None:
        await asyncio.sleep(0.15)  # an address that is being typed is not looked up letter by letter
        cancelled = Event()
        try:
            self._pictures.update(await asyncio.to_thread(_read, references, self._files, cancelled))
        finally:
            cancelled.set()
        self._repaint()
        self.post_message(SplashPreview.Painted())

    def _repaint(self) -> None:
        self._version += 1
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if self.classic is None or self.today is None:
            return Strip.blank(self.size.width, self.rich_style)
        key = (self.size, self.tab, self._version)
        if self._painted[0] != key:
            width, height = self.size
            if self.tab == "classic":
                cells = paint_classic(self.classic, width, height, self._pictures.images)
            else:
                cells = paint_today(
                    self.today, width, height, self._pictures.images, self.problem_of(self.today.icon)
                )
            self._painted = (key, cells.strips())
        rows = self._painted[1]
        return rows[y] if y < len(rows) else Strip.blank(self.size.width, self.rich_style)


@dataclass(slots=True)
class _Pictures:
    """What is known of referenced pictures, each by its reference."""

    kinds: dict[str, PictureKind] = field(default_factory=dict)
    images: dict[str, Image.Image] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def update(self, other: _Pictures) -> None:
        self.kinds.update(other.kinds)
        self.images.update(other.images)
        self.problems.update(other.problems)


def _read(references: frozenset[str], files: CloneFiles, cancelled: Event) -> _Pictures:
    """Look pictures up; blocks, for git may be asked."""
    read = _Pictures()
    for reference in references:
        source = resolve_picture(reference, files)
        read.kinds[reference] = source.kind
        try:
            read.images[reference] = load_picture(source, files, MAX_PIXELS, cancelled)
        except PartnerTuiError as error:
            read.problems[reference] = error.message
    return read


class SplashPreview(Vertical, can_focus=True):
    """A panel: which site, the site, and one line on what is not as it should be."""

    DEFAULT_CSS = """
    SplashPreview {
        #preview-head { height: 1; padding: 0 1; }
        .preview-tab { width: auto; color: $foreground 60%; &:hover { background: $boost; } }
        .preview-tab.-current { color: $accent; text-style: bold; background: $block-cursor-background; }
        #preview-hint { width: 1fr; text-align: right; color: $foreground 45%; text-wrap: nowrap; text-overflow: ellipsis; }
        #preview-says { height: 1; padding: 0 1; color: $foreground 65%; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    tab: reactive[Tab] = reactive[Tab]("classic")

    class Painted(Message):
        """Pictures arrived."""

    def __init__(self, files: CloneFiles, hint: str) -> None:
        super().__init__(classes="panel")
        self._canvas = SplashCanvas(files)
        self._hint = hint
        self._says = Static(id="preview-says", markup=False)
        self.border_title = "Preview"

    def compose(self) -> ComposeResult:
        with Horizontal(id="preview-head"):
            for tab in TABS:
                yield PreviewTab(tab)
            yield Static(self._hint, id="preview-hint", markup=False)
        yield self._canvas
        yield self._says

    @property
    def picture_kinds(self) -> Mapping[str, PictureKind]:
        return self._canvas.kinds

    def show(self, config: Mapping[str, Any]) -> None:
        """Draw another state of the form."""
        self._canvas.show(config)
        self._say()

    def on_mount(self) -> None:
        self._say()

    def watch_tab(self, tab: Tab) -> None:
        self._canvas.tab = tab
        for label in self.query(PreviewTab):
            label.set_class(label.tab == tab, "-current")
        self._say()

    def toggle(self) -> None:
        self.tab = "today" if self.tab == "classic" else "classic"

    def on_preview_tab_chosen(self, event: PreviewTab.Chosen) -> None:
        event.stop()
        self.tab = event.tab

    def on_splash_preview_painted(self, event: Painted) -> None:
        self._say()

    def _say(self) -> None:
        self._says.update(self._words(), layout=False)

    def _words(self) -> Content:
        scene = self._canvas.classic
        if scene is None:
            return Content("")
        if self.tab == "today":
            return Content("Appears on the site once the central partner list is updated.")
        if scene.problems:
            problem = scene.problems[0]
            glyph = ("✗ ", "$error") if problem.severity == "error" else ("▲ ", "$warning")
            return Content.assemble(glyph, visible(problem.text, 200))
        if unseen := self._canvas.problem_of(scene.background):
            return Content.assemble(("▲ ", "$warning"), f"Background: {visible(unseen, 200)}")
        if scene.features:
            return Content(
                f"The features are hidden in windows of at most {FEATURES_HIDDEN_AT_PX} px height."
            )
        return Content("")
