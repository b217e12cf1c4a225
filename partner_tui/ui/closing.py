"""Screens that are taken away only while they are on top: Textual takes away what is on top, whoever asks.

What a screen waits for may end while the help or a question is over it, and it may be told to close once more when it is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from textual import events
from textual.await_complete import AwaitComplete

from partner_tui.ui.textual_private import TellsOfSizes

Answer = TypeVar("Answer")


class ClosesOnTop(TellsOfSizes[Answer]):
    """Before the class of Textual among the bases of every screen of this app."""

    _waiting: Callable[[], object] | None = None

    def once_on_top(self, act: Callable[[], object]) -> None:
        """Do what takes this screen away once nothing is over it; never where it is gone already. The first one counts."""
        if self.app.screen is self:
            act()
        else:
            self._waiting = self._waiting or act

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close with an answer, as soon as nothing is over it; whoever waits for the answer gets it then."""
        self.once_on_top(partial(super().dismiss, result))
        return AwaitComplete()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        if self._waiting is not None:
            self.once_on_top(self._waiting)
