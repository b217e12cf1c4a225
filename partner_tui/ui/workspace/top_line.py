"""The first line: what is open, where it stands against its remote, and what is running."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from partner_tui.plain import ELLIPSIS, visible
from partner_tui.ui.background import Running

SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
SHORTEST_ADDRESS, SHORTEST_NAME = 12, 8


def fit_open(name: str, address: str, standing: str, manifest: str, width: int) -> tuple[str, str]:
    """What is open, in at most `width` cells: the name, and what stands behind it.

    Where there is little room the manifest gives way, then the address, then the name; the branch and ↑↓ never do.

    Args:
        address: Of the remote. Its scheme and ``.git`` say nothing here, and its end says more than its beginning.
        standing: The branch against its remote; empty while that is not known.
    """
    name, address, standing, manifest = map(visible, (name, address, standing, manifest))
    if not standing:
        return name, f"  ·  {manifest}"
    address = (address.partition("://")[2] or address).removesuffix(".git")
    room = width - cell_len(f"{name}  ·    {standing}")
    tail = ELLIPSIS + address[1 - max(room, SHORTEST_ADDRESS) :]
    alone = f"  ·  {standing}"
    for rest in (
        f"  ·  {address}  {standing}  ·  {manifest}",
        f"  ·  {address}  {standing}",
        f"  ·  {tail}  {standing}",
        alone,
    ):
        if cell_len(name + rest) <= width:
            return name, rest
    return visible(name, max(SHORTEST_NAME, width - cell_len(alone))), alone


class TopLine(Widget):
    """Left what is open, as much of it as fits; right what is running. A click on what is running stops it.

    It is one widget: what runs changes ten times a second, and must not lay out the screen again.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TopLine { height: 1; padding: 0 1; background: $panel; text-wrap: nowrap; }
    """

    class StopRequested(Message):
        """The user clicked on what is running."""

    class AttentionTaken(Message):
        """The user clicked on what waits for an answer."""

    def __init__(self) -> None:
        super().__init__()
        self._frame = 0
        self._open = ("", "", "", "")
        self._under_way = ""
        self._attention = ""

    def show_open(self, name: str, address: str = "", standing: str = "", manifest: str = "") -> None:
        """Show what is open."""
        self._open = (name, address, standing, manifest)
        self.refresh()

    def show_running(self, running: list[Running], attention: str = "") -> None:
        """Show the newest work under way, and how much else there is.

        Args:
            attention: What waits for the user; it goes first.
        """
        text = ""
        if running:
            newest, others = running[-1], len(running) - 1
            self._frame = (self._frame + 1) % len(SPINNER)
            stop = "  esc stop" if newest.stoppable else ""
            more = f"  +{others}" if others else ""
            text = f"{SPINNER[self._frame]} {newest.title} {newest.detail}".rstrip() + more + stop
        if (text, attention) != (self._under_way, self._attention):
            self._under_way, self._attention = text, attention
            self.refresh()

    def render(self) -> Content:
        width = self.content_size.width
        running = visible(self._attention or self._under_way, width // 2)
        room = width - cell_len(running) - 2 if running else width
        name, rest = fit_open(*self._open, width=room)
        if cell_len(name + rest) > room:
            rest = f"{rest[: max(0, room - cell_len(name) - 1)]}…"
        gap = " " * max(2, width - cell_len(name + rest + running))
        return Content.assemble(
            (name, "bold"),
            (rest, "$foreground 70%"),
            gap,
            (running, "bold $warning" if self._attention else "$accent"),
        )

    def on_click(self, event: events.Click) -> None:
        right = self._attention or self._under_way
        if right and event.x >= self.size.width - 1 - cell_len(right):
            self.post_message(self.AttentionTaken() if self._attention else self.StopRequested())
