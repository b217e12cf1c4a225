"""Every key, to search: those of the focused pane first. Made from the bindings alone, so that it cannot be out of date."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from rich.cells import cell_len
from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.closing import ClosesOnTop
from partner_tui.ui.keys import Key, Section, matching, sections

KEY_WIDTH = 12
LABEL_WIDTH = 15


class HelpScreen(ClosesOnTop[None], ModalScreen[None]):
    """The keys of a screen and of everything in it."""

    app = getters.app(BaseApp)
    CSS_PATH = "help.tcss"
    HELP = "Type to search. The name at the right is the key's name in the settings file: keymap: {entries.filter: f}."
    BINDINGS = [
        bind("escape,f1", "close", "Close", "help.close", "Clear the search, then close the help"),
        hidden("down", "scroll(1)", "Down", "help.down", "Scroll down"),
        hidden("up", "scroll(-1)", "Up", "help.up", "Scroll up"),
        hidden("pagedown", "scroll(12)", "Page down", "help.page_down", "Scroll a page down"),
        hidden("pageup", "scroll(-12)", "Page up", "help.page_up", "Scroll a page up"),
    ]

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._of = screen

    def compose(self) -> ComposeResult:
        self._sections = sections(self._of, self.app)
        with Vertical(id="help", classes="panel") as panel:
            panel.border_title = "Help"
            panel.border_subtitle = "esc close"
            yield Input(placeholder="search keys", id="search")
            with VerticalScroll(id="keys", can_focus=False):
                yield Static(id="text", markup=False)
            settings = self.app.directories.settings_file
            yield Static(
                f"Rebind keys in {settings}: keymap, by the names on the right", id="where", markup=False
            )
            yield Static(f"Pictures: {self.app.artist.graphics.words}", id="pictures", markup=False)

    def on_mount(self) -> None:
        self.query_one("#search", Input).focus()
        self._show("")

    def on_resize(self) -> None:
        self._show(self.query_one("#search", Input).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, words: str) -> None:
        found = matching(self._sections, words)
        width = max(40, min(self.size.width - 8, 110))
        text = Content("\n").join(line for section in found for line in section_lines(section, width))
        self.query_one("#text", Static).update(
            text if found else Content("No matching keys. Press escape to clear the search.")
        )
        self.query_one("#keys", VerticalScroll).scroll_home(animate=False)

    def action_close(self) -> None:
        search = self.query_one("#search", Input)
        if search.value:
            search.value = ""
        else:
            self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#keys", VerticalScroll).scroll_relative(y=lines, animate=False)


def section_lines(section: Section, width: int) -> list[Content]:
    """A section's title, its text, and a line for each key."""
    lines = [Content.styled(section.title, "bold $accent")]
    if section.text:
        lines.append(Content.styled(section.text, "$foreground 75%"))
    return [*lines, *(line for key in section.keys for line in key_lines(key, width)), Content("")]


def key_lines(key: Key, width: int) -> Iterator[Content]:
    """Key, label, tooltip, which goes on below, and at the right the id, where there is room for it."""
    keys = key.keys + " " * max(1, KEY_WIDTH - cell_len(key.keys))
    label = key.label + " " * max(1, LABEL_WIDTH - cell_len(key.label))
    room = width - cell_len(keys) - cell_len(label) - 2
    tooltip, *more = wrap(key.tooltip, room) or [""]
    gap = room - cell_len(tooltip) - len(key.id) if not more else 0
    yield Content.assemble(
        (f"  {keys}", "bold"),
        (label, ""),
        (tooltip, "$foreground 75%"),
        (" " * gap + key.id if gap > 1 else "", "$foreground 45%"),
    )
    yield from (Content.styled(" " * (width - room) + line, "$foreground 75%") for line in more)
