"""Which kinds of file a scene is exported as, by the suffix of the file's name, and in which size each shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from partner_tui.errors import UsageError
from partner_tui.splash.drawing.html import as_html
from partner_tui.splash.drawing.svg import as_png, as_svg
from partner_tui.splash.drawing.terminal import Pixels, as_ansi, as_text
from partner_tui.splash.scene.blocks import WINDOWS, Pane, Scene, Size, View, Window


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes:
        in_cells: Whether it shows a pane of a terminal, else a browser's window.
        draw: The file's bytes.
    """

    suffix: str
    in_cells: bool
    draw: Callable[[Scene, Pixels], bytes]

    def size(self, view: View, window: Window, cells: tuple[int, int] = (120, 36)) -> Size:
        """What to lay the scene out for.

        Args:
            cells: Columns and rows of a pane.
        """
        if self.in_cells:
            return Pane(*cells, window, letters=self.suffix != ".txt")
        # The browser lays the classic page out itself, for any window, features that a low one hides included.
        return WINDOWS[0] if self.suffix == ".html" and view == "classic" else window


FORMATS = (
    Format(".svg", False, lambda scene, pixels: as_svg(scene, pixels).encode()),
    Format(".png", False, as_png),
    Format(".html", False, lambda scene, pixels: as_html(scene, pixels).encode()),
    Format(".txt", True, lambda scene, pixels: as_text(scene).encode()),
    Format(".ans", True, lambda scene, pixels: as_ansi(scene, pixels).encode()),
)
SUFFIXES = tuple(one.suffix for one in FORMATS)


def format_of(name: str) -> Format:
    """The format of a file's name.

    Raises:
        UsageError: There is none for its suffix.
    """
    suffix = PurePath(name).suffix.lower()
    for one in FORMATS:
        if one.suffix == suffix:
            return one
    raise UsageError(
        f"{name or 'The file'} has no suffix of a picture or text.", f"Use one of {', '.join(SUFFIXES)}."
    )
