"""The first line: what is open, where it stands against its remote, and what is running."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from partner_tui.ui.background import Running

SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


class TopLine(Horizontal):
    """Left what is open, right what is running. A click on what is running stops it."""

    DEFAULT_CSS = """
    TopLine {
        height: 1;
        background: $panel;
        #open { width: 1fr; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #running { width: auto; max-width: 50%; padding: 0 1; color: $accent; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    class StopRequested(Message):
        """The user clicked on what is running."""

    def __init__(self) -> None:
        super().__init__()
        self._frame = 0
        self._shown = ""

    def compose(self) -> ComposeResult:
        yield Static(id="open", markup=False)
        yield Static(id="running", markup=False)

    def show_open(self, *parts: str) -> None:
        """Show what is open, the partner's name first."""
        name, *rest = [part for part in parts if part]
        content = Content.assemble((name, "bold"), *((f"  ·  {part}", "$foreground 70%") for part in rest))
        self.query_one("#open", Static).update(content, layout=False)

    def show_running(self, running: list[Running]) -> None:
        """Show the newest work under way, and how much else there is."""
        if not running:
            text = ""
        else:
            newest, others = running[-1], len(running) - 1
            self._frame = (self._frame + 1) % len(SPINNER)
            stop = "  esc stops" if newest.stoppable else ""
            more = f"  +{others}" if others else ""
            text = f"{SPINNER[self._frame]} {newest.title} {newest.detail}".rstrip() + more + stop
        if text != self._shown:
            as_wide = len(text) == len(self._shown)
            self._shown = text
            self.query_one("#running", Static).update(Content(text), layout=not as_wide)

    def on_click(self, event: events.Click) -> None:
        if event.widget is not None and event.widget.id == "running":
            self.post_message(self.StopRequested())
