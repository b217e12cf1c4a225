"""A question with yes or no, where a hasty Enter is not the answer to what would lose something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from partner_tui.comparison.hunks import Hunk
from partner_tui.errors import NeedsConsent
from partner_tui.plain import visible
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.dialogs.dialog import Dialog
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.diff_lines import DiffLines

MOST = 1_000_000
"""Characters of a text; what is consented to has to be there in full."""


async def agrees(app: App[Any], title: str, doubt: NeedsConsent, *, yes: str) -> bool:
    """Ask for consent, which a hasty Enter does not give."""
    return await app.push_screen_wait(ConfirmScreen(title, f"{doubt.message}\n\n{doubt.hint}", yes=yes))


class ConfirmScreen(Dialog[bool]):
    """Dismissed with True for yes; escape is no.

    Args:
        careful: Whether Enter on opening means no.
        diff: The lines that would change, to be seen before the answer.
    """

    CSS = """
    ConfirmScreen {
        #about { height: auto; max-height: 70vh; scrollbar-size-vertical: 1; }
        DiffLines { height: auto; max-height: 55vh; margin-top: 1; }
        Box.-diff { width: 110; }
    }
    """
    HELP = "Press y to confirm or escape to cancel."
    BINDINGS = [
        bind("y", "dismiss(True)", "Yes", "confirm.yes", "Confirm"),
        bind("escape,n", "dismiss(False)", "No", "confirm.no", "Cancel"),
        hidden("left,up", "app.focus_previous", "Previous", "confirm.previous", "Go to the previous answer"),
        hidden("right,down", "app.focus_next", "Next", "confirm.next", "Go to the next answer"),
        hidden("pagedown", "turn(1)", "Page down", "confirm.page_down", "Scroll the text down"),
        hidden("pageup", "turn(-1)", "Page up", "confirm.page_up", "Scroll the text up"),
    ]

    def __init__(
        self,
        title: str,
        text: str,
        *,
        yes: str,
        no: str = "Cancel",
        careful: bool = True,
        diff: Sequence[Hunk] = (),
    ) -> None:
        super().__init__()
        self._diff = diff
        self._title = title
        self._text = text
        self._yes = yes
        self._no = no
        self._careful = careful

    def compose(self) -> ComposeResult:
        with Box(Content(visible(self._title, 60)).markup, danger=self._careful) as box:
            box.set_class(bool(self._diff), "-diff")
            with VerticalScroll(id="about", can_focus=False):
                yield Static(Content(visible(self._text, MOST, lines=True)))
            if self._diff:
                yield DiffLines()
            yield Choices(("yes", self._yes, "y"), ("no", self._no, "esc"))

    def on_mount(self) -> None:
        if self._diff:
            self.query_one(DiffLines).show(self._diff)
        self.focus_home()

    def focus_home(self) -> None:
        """On the answer that loses nothing."""
        self.query_one("#no" if self._careful else "#yes", Button).focus()

    def action_turn(self, pages: int) -> None:
        text = self.query_one(DiffLines) if self._diff else self.query_one("#about")
        if pages > 0:
            text.scroll_page_down()
        else:
            text.scroll_page_up()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
