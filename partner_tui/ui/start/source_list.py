"""Repositories to open, the cursor on one."""

from __future__ import annotations

from textual.widgets import OptionList

from partner_tui.ui.binding import bind, hidden


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
