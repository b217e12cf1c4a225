"""The box that every question, error and choice stands in: centred, one accent, its keys in the last line."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button


class Box(VerticalScroll, can_focus=False):
    """A box in the middle of a screen.

    Args:
        title: Stands in its border.
        danger: Whether what it asks cannot be taken back; it is drawn in the colour of errors.
        large: Whether it takes nearly all of the screen.
        note: Stands in its border below.
    """

    DEFAULT_CSS = """
    Box {
        width: 76;
        max-width: 96%;
        height: auto;
        max-height: 96%;
        border: round $border;
        border-title-color: $accent;
        border-title-style: bold;
        background: $surface;
        padding: 1 2;
        &.-large { width: 95%; max-width: 140; height: 95%; padding: 0 1; }
        &.-danger { border: round $error; border-title-color: $error; }
        .quiet { color: $foreground 65%; }
        .error { color: $error; }
        Static { height: auto; }
        OptionList {
            height: auto; max-height: 12; border: none; padding: 0; background: $surface; scrollbar-size-vertical: 1;
            &:focus { border: none; }
        }
    }
    """

    def __init__(
        self, title: str, *, danger: bool = False, large: bool = False, note: str = "", id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.set_class(danger, "-danger").set_class(large, "-large")
        self.border_title, self.border_subtitle = title, note


class Choices(Horizontal):
    """The buttons of a dialog, each with its key: (id, label, key); the first has the focus."""

    DEFAULT_CSS = """
    Choices {
        height: 1;
        margin-top: 1;
        align-horizontal: right;
        Button.-style-default {
            min-width: 0;
            padding: 0 1;
            margin-left: 2;
            background: $panel;
            color: $foreground;
            text-style: none;
            &:hover { background: $block-cursor-blurred-background; }
            &:focus {
                background: $block-cursor-background;
                background-tint: transparent;
                color: $block-cursor-foreground;
                text-style: bold;
            }
        }
    }
    """

    def __init__(self, *choices: tuple[str, str, str]) -> None:
        super().__init__()
        self._choices = choices

    def compose(self) -> ComposeResult:
        for name, label, key in self._choices:
            yield Button(f"{label} [dim]{key}[/dim]", id=name, compact=True)

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """A button with the name of an action of what it stands in does that, as its key does."""
        for node in self.ancestors:
            if node is self.app:
                return
            if hasattr(node, f"action_{event.button.id}"):
                event.stop()
                await self.app.run_action(str(event.button.id), node)
                return
