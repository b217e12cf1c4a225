"""Base of the screens over another one. They hide the keys of the app from what has the focus, all but the help's."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

from partner_tui.ui.binding import bind
from partner_tui.ui.closing import ClosesOnTop

Answer = TypeVar("Answer")

HELP_KEY = bind("question_mark,f1", "app.help", "Help", "app.help", "Show every key of this view")


class Dialog(ClosesOnTop[Answer], ModalScreen[Answer]):
    """In the middle of what is under it."""

    DEFAULT_CSS = "Dialog { align: center middle; }"
    BINDINGS = [HELP_KEY]
