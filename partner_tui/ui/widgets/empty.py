"""Placeholder of a list while there is nothing to list."""

from __future__ import annotations

from textual.widgets import Static


class EmptyWords(Static, can_focus=True):
    """Words in the place of a list; it takes the focus, so that the keys of the pane work."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="empty", markup=False)

    def say(self, words: str) -> None:
        """Say other words; nothing is drawn where they are the same."""
        if words != self.content:
            self.update(words)
