"""The footer: one line, drawn anew only when it would look different.

Textual's builds a widget for each key again whenever the focus moves, which is felt in the next key press, and cuts the
last ones off where there is no room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from partner_tui.ui.keys import keys_of
from partner_tui.ui.reasons import why_idle

STAYS = "app.help"
"""What is shown however little room there is: the way to all the others."""


@dataclass(frozen=True, slots=True)
class FooterKey:
    """One act of what has the focus.

    Args:
        key: What to press, in Textual's words.
        shown: The same for people.
        label: A word or two.
    """

    id: str
    key: str
    shown: str
    label: str
    tooltip: str
    enabled: bool

    @property
    def width(self) -> int:
        """In cells, with a blank around each part."""
        return cell_len(self.shown) + cell_len(self.label) + 3


class Footer(Widget):
    """The acts of what has the focus; a click does what the key does."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Footer {
        dock: bottom;
        height: 1;
        color: $footer-foreground;
        background: $footer-background;
        text-wrap: nowrap;
    }
    """

    pointed: reactive[FooterKey | None] = reactive(None)
    """The key under the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[FooterKey, ...] = ()

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._show)

    def _show(self, screen: Screen[object]) -> None:
        if screen is not self.screen or not screen.app.app_focus:
            return
        keys = tuple(footer_keys(screen))
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def render(self) -> Content:
        parts: list[tuple[str, str]] = []
        for key in fitting(self._keys, self.size.width):
            ground = " on $block-hover-background" if key == self.pointed else ""
            dim = "" if key.enabled else "dim "
            parts.append((f" {key.shown} ", f"{dim}bold $footer-key-foreground{ground}"))
            parts.append((f"{key.label} ", f"{dim}$footer-description-foreground{ground}"))
        return Content.assemble(*parts)

    def _key_at(self, x: int) -> FooterKey | None:
        for key in fitting(self._keys, self.size.width):
            if x < key.width:
                return key
            x -= key.width
        return None

    def watch_pointed(self, pointed: FooterKey | None) -> None:
        self.tooltip = pointed.tooltip if pointed else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.pointed = self._key_at(event.x)

    def on_leave(self) -> None:
        self.pointed = None

    def on_click(self, event: events.Click) -> None:
        key = self._key_at(event.x)
        if key is not None:
            self.app.simulate_key(key.key)  # a disabled one says why, as when it is pressed


def footer_keys(screen: Screen[object]) -> Iterable[FooterKey]:
    """What the footer offers, the focused pane's first; in the order in which they are written, rebound or not."""
    shown = [active for active in screen.active_bindings.values() if active.binding.show]
    nodes = list(dict.fromkeys(active.node for active in shown))
    acts = ((node, key.id) for node in nodes for key in keys_of(type(node)))
    written = {act: place for place, act in enumerate(acts)}
    shown.sort(key=lambda active: written.get((active.node, active.binding.id or ""), len(written)))
    said: set[str] = set()
    for active in shown:
        binding = active.binding
        action = binding.action.removeprefix("app.")
        if action not in said:
            said.add(action)
            display = screen.app.get_key_display(binding)
            yield FooterKey(
                binding.id or "",
                binding.key,
                display,
                binding.description,
                active.tooltip,
                why_idle(active) is None,
            )


def fitting(keys: Sequence[FooterKey], width: int) -> list[FooterKey]:
    """The keys for which there is room, in cells; the last ones go first, and help stays."""
    kept = list(keys)
    while sum(key.width for key in kept) > width and any(key.id != STAYS for key in kept):
        kept.remove(next(key for key in reversed(kept) if key.id != STAYS))
    return kept
