"""A picture: its URL or path is typed, or chosen from the clone's."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from partner_tui.ui.splash.fields.members import MemberButton
from partner_tui.ui.splash.fields.text import TextField


class PictureField(TextField):
    """One line, and a sign that opens the pictures of the clone."""

    DEFAULT_CSS = """
    PictureField {
        .picture-line { height: 1; }
        FieldInput { width: 1fr; }
        .choose { width: 3; }
    }
    """
    CAN_CHOOSE = True

    def compose_value(self) -> ComposeResult:
        with Horizontal(classes="picture-line"):
            yield self.input
            yield MemberButton("…", "choose", "Choose a picture of this repository (f2)", "choose")

    def on_member_button_pressed(self, event: MemberButton.Pressed) -> None:
        event.stop()
        self.post_message(self.ChoiceAsked(self))
