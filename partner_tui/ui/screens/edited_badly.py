"""What came back from the editor does not parse: mend it there, or take the edit back. Nothing is lost either way."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from partner_tui.errors import ManifestParseError
from partner_tui.plain import visible
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.parse_context import ParseContext

Answer = Literal["edit", "undo"]


class EditedBadlyScreen(ModalScreen[Answer]):
    """Shows the place with the lines around it."""

    TITLE = "Invalid YAML"
    CSS = """
    EditedBadlyScreen {
        align: center middle;
        Box { width: 100; }
    }
    """
    HELP = "The manifest no longer parses. Edit it again at the line, or take the edit back; ctrl+y does it again."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "answer('edit')", "Edit again", id="edited.edit", tooltip="Open the editor at the line"),
        Binding(
            "u,escape", "answer('undo')", "Undo", id="edited.undo", tooltip="Put the manifest back as it was"
        ),
        Binding(
            "left,up",
            "app.focus_previous",
            "Before",
            show=False,
            id="edited.before",
            tooltip="The answer before",
        ),
        Binding(
            "right,down", "app.focus_next", "Next", show=False, id="edited.next", tooltip="The next answer"
        ),
    ]

    def __init__(self, error: ManifestParseError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        with Box("The manifest no longer parses", danger=True):
            yield Static(Content(visible(self._error.message)))
            yield ParseContext()
            yield Static(Content(visible(self._error.hint)), classes="quiet")
            yield Choices(("edit", "Edit again", "e"), ("undo", "Undo", "u"))

    def on_mount(self) -> None:
        self.query_one(ParseContext).show(self._error)
        self.query_one("#edit", Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss("undo" if event.button.id == "undo" else "edit")

    def action_answer(self, answer: Answer) -> None:
        self.dismiss(answer)
