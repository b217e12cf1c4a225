"""Base of the screens that ask for something typed: a box in the middle, fields, and escape to cancel."""

from __future__ import annotations

from typing import TypeVar

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Button, Static

from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.dialog import Dialog

Answer = TypeVar("Answer")


class PromptScreen(Dialog[Answer]):
    """A question; no answer is None."""

    DEFAULT_CSS = """
    PromptScreen {
        .warn { color: $warning; }
        .text { height: auto; margin-bottom: 1; }
        .field { height: 1; margin-bottom: 1; }
        .field > Static { width: 9; color: $foreground 65%; }
        .field > Input { width: 1fr; }
        Input { border: none; height: 1; padding: 0 1; background: $panel; }
        Said { margin-bottom: 1; }
        &.-short Said { max-height: 6; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    BINDINGS = [bind("escape", "cancel", "Cancel", "prompt.cancel", "Close without an answer")]

    @on(Button.Pressed, "#no")
    def _cancel_pressed(self) -> None:
        self.action_cancel()

    def action_cancel(self) -> None:
        self.dismiss(None)


def labelled(label: str, *fields: Widget) -> Horizontal:
    """A row of a prompt: fields behind what they are called."""
    return Horizontal(Static(label, markup=False), *fields, classes="field")
