"""All that git and a remote said, in a box that scrolls."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from partner_tui.plain import visible


class Said(VerticalScroll, can_focus=False):
    """The words of one git process; nothing where it said nothing."""

    DEFAULT_CSS = """
    Said {
        height: auto; max-height: 18; margin-top: 1; background: $panel; padding: 0 1; scrollbar-size-vertical: 1;
        Static { height: auto; }
    }
    """

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.display = bool(words.strip())

    def compose(self) -> ComposeResult:
        yield Static(Content("\n").join(said_lines(self._words)))


def said_lines(words: str) -> list[Content]:
    """A line each; the remote's own stand out."""
    return [
        Content.styled(visible(line), "$foreground" if line.startswith("remote:") else "$foreground 60%")
        for line in words.splitlines()
    ]
