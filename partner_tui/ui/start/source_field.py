"""The field and the lists of what to open: a partner, a repository or a folder."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widgets import OptionList

from partner_tui.ui.binding import bind, hidden
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
    BINDINGS = [
        bind("enter", "submit", "Open", "start.open", "Open what is typed"),
        bind("enter", "screen.reopen", "Reopen", "start.reopen", "Open the newest repository again"),
        bind("down", "screen.move(1)", "Lists", "start.lists", "Choose from the lists"),
    ]

    def __init__(self, words: Iterable[str], *, id: str | None = None) -> None:
        super().__init__(
            placeholder="partner id, owner/name, git URL or folder",
            suggester=SourceSuggester(words),
            select_on_focus=False,  # a letter typed elsewhere on the screen is added to what is there
            id=id,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action != "submit" or self.value.strip():
            return True
        return False if self.screen.check_action("reopen", ()) else None

    def disabled_reason(self, action: str) -> str | None:
        """Why enter opens nothing: nothing is typed, and nothing was open before."""
        is_idle = action == "submit" and not self.value.strip()
        return "Type what to open, or press the down arrow for the lists." if is_idle else None


class SourceList(OptionList):
    """Repositories to open, the cursor on one."""

    TITLE = "Repositories"
    DEFAULT_CSS = """
    SourceList {
        height: auto;
        border: none;
        padding: 0;
        background: transparent;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background: transparent; }
        &:blur > .option-list--option-highlighted { background: transparent; color: $foreground; }
    }
    """
    BINDINGS = [
        bind("enter", "select", "Open", "start.choose", "Open the repository under the cursor"),
        hidden("down", "screen.move(1)", "Down", "start.down", "Go down"),
        hidden("up", "screen.move(-1)", "Up", "start.up", "Go up"),
        hidden("right", "screen.column(1)", "Right", "start.right", "Go to the right"),
        hidden("left", "screen.column(-1)", "Left", "start.left", "Go to the left"),
    ]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Once something is typed, letters are added to it."""
        return any(field.value for field in self.screen.query(SourceField)) and bool(
            character and character.isprintable()
        )
