"""A question with yes or no, where a hasty Enter is not the answer to what would lose something."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from partner_tui.plain import visible
from partner_tui.ui.widgets.box import Box, Choices


class ConfirmScreen(ModalScreen[bool]):
    """Dismissed with True for yes; escape is no.

    Args:
        title: What is asked, short: ``Quit?``.
        text: What would happen; may have several lines.
        yes: The label of what is done.
        no: The label of what keeps everything as it is.
        careful: Whether Enter on opening means no.
    """

    CSS = """
    ConfirmScreen { align: center middle; }
    """
    HELP = "y does it; escape changes nothing."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Yes", id="confirm.yes", tooltip="Do it"),
        Binding("escape,n", "dismiss(False)", "No", id="confirm.no", tooltip="Change nothing"),
        Binding(
            "left,up",
            "app.focus_previous",
            "Before",
            show=False,
            id="confirm.before",
            tooltip="The answer before",
        ),
        Binding(
            "right,down", "app.focus_next", "Next", show=False, id="confirm.next", tooltip="The next answer"
        ),
    ]

    def __init__(self, title: str, text: str, *, yes: str, no: str = "Cancel", careful: bool = True) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._yes = yes
        self._no = no
        self._careful = careful

    def compose(self) -> ComposeResult:
        with Box(Content(visible(self._title, 60)).markup, danger=self._careful):
            yield Static(Content(visible(self._text, 4_000, lines=True)))
            yield Choices(("yes", self._yes, "y"), ("no", self._no, "esc"))

    def on_mount(self) -> None:
        self.query_one("#no" if self._careful else "#yes", Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
