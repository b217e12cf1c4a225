"""The field for what to open: a partner, a repository or a folder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType

from partner_tui.ui.widgets.source_input import SourceInput, SourceSuggester


class SourceField(SourceInput):
    """What to open.

    Args:
        words: What is completed, beside folders.
    """

    TITLE = "Open"
    DEFAULT_CSS = """
    SourceField, SourceField:focus { border: none; height: 1; padding: 0 1; background: transparent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Open", id="start.open", tooltip="Open what is typed"),
        Binding(
            "enter", "screen.reopen", "Reopen", id="start.reopen", tooltip="Open the newest repository again"
        ),
        Binding("down", "screen.move(1)", "Lists", id="start.lists", tooltip="Choose from the lists"),
    ]

    def __init__(self, words: Iterable[str], *, id: str | None = None) -> None:
        super().__init__(
            placeholder="partner id, owner/name, git URL or folder",
            suggester=SourceSuggester(words),
            select_on_focus=False,  # a letter typed elsewhere on the screen is added to what is there
            id=id,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "submit" or bool(self.value.strip())

    def disabled_reason(self, action: str) -> str | None:
        """Why enter opens nothing: nothing is typed, and nothing was open before."""
        return "Type what to open, or press the down arrow for the lists." if "reopen" in action else None
