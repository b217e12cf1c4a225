"""Repositories to open, the cursor on one."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList


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
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", id="start.choose", tooltip="Open the repository under the cursor"),
        Binding("down", "screen.move(1)", "Down", show=False, id="start.down", tooltip="Go down"),
        Binding("up", "screen.move(-1)", "Up", show=False, id="start.up", tooltip="Go up"),
        Binding(
            "right", "screen.column(1)", "Right", show=False, id="start.right", tooltip="Go to the right"
        ),
        Binding("left", "screen.column(-1)", "Left", show=False, id="start.left", tooltip="Go to the left"),
    ]
