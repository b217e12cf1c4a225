"""A small app of the app's own pictures, for real terminals: `python -m tests.ui.graphics.shown FILE`.

A picture in a list that scrolls, between marks of one colour; d opens a dialog over it, n shows a message, q ends.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from partner_tui.settings import Directories, Settings
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.graphics.terminal import Graphics, asking
from partner_tui.ui.widgets.picture import Picture

BOX = (40, 12)
LINES = 40


class Dialog(ModalScreen[None]):
    CSS = "Dialog { background: #000000; } Dialog Static { width: 100%; height: 100%; background: #875f00; }"
    BINDINGS = [("d", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        yield Static("")


class Shown(BaseApp):
    CSS = """
    Screen { background: #101010; }
    VerticalScroll { scrollbar-size-vertical: 0; }
    Static { height: 1; background: #101010; }
    #first { background: #00ff00; }
    """
    BINDINGS = [("d", "dialog", "Dialog"), ("q", "quit", "Quit"), ("j", "down", "Down"), ("k", "up", "Up")]

    def __init__(self, picture: Path, graphics: Graphics) -> None:
        super().__init__(Settings(), Directories.of_user(), graphics)
        self._picture = picture

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("", id="first")
            yield Picture(*BOX)
            for _ in range(LINES):
                yield Static("")

    def on_mount(self) -> None:
        with Image.open(self._picture) as picture:
            self.query_one(Picture).show(picture.convert("RGBA"))

    def action_dialog(self) -> None:
        self.push_screen(Dialog())

    def action_down(self) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=4, animate=False, immediate=True)

    def action_up(self) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=-4, animate=False, immediate=True)

    def on_unmount(self) -> None:
        self.artist.close()


if __name__ == "__main__":
    with asking("auto") as question:
        graphics = question.answer()
    Shown(Path(sys.argv[1]), graphics).run()
    input()
