"""The field for what to open: it completes what is typed, and takes what is pasted without the line breaks around it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.suggester import Suggester
from textual.widgets import Input

from partner_tui.repository.clones.pasted import read_pasted


class SourceSuggester(Suggester):
    """Completes to known partners, to what was open before, and to folders on this disk."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(use_cache=False)
        self._words = tuple(words)

    async def get_suggestion(self, value: str) -> str | None:
        if any(sign in value[:2] for sign in ("/", ".", "~")):
            return self._folder(value)
        return next((word for word in self._words if word.startswith(value)), None)

    @staticmethod
    def _folder(value: str) -> str | None:
        parent, _, start = value.rpartition("/")
        try:
            folder = Path(f"{parent}/").expanduser()
            names = sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
        except (OSError, RuntimeError):
            return None
        hidden = start.startswith(".")
        fitting = (name for name in names if name.startswith(start) and (hidden or not name.startswith(".")))
        return next((f"{parent}/{name}/" for name in fitting), None)


class SourceField(Input):
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

    def paste(self, text: str) -> None:
        """Put a pasted text in: a repository's address without quotes, line breaks or the command around it."""
        pasted = text if self.value and self.selection.is_empty else read_pasted(text).text
        line = next((line for line in map(str.strip, pasted.splitlines()) if line), "")
        self.replace(line, *sorted(self.selection))

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.paste(event.text)
