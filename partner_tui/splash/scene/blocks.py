"""What a page shows, with places: blocks of text, pictures and areas. Values alone, in CSS pixels or in cells.

Every drawing (terminal, text, SVG, PNG, HTML) draws these and adds nothing, so that none can show what another does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from partner_tui.errors import UsageError
from partner_tui.splash.notices import Notice

View: TypeAlias = Literal["classic", "today", "cards"]
VIEWS: tuple[View, ...] = ("classic", "today", "cards")


@dataclass(frozen=True, slots=True)
class Window:
    """A browser's window, in CSS pixels without its frame."""

    width: int = 1920
    height: int = 1080

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


WINDOWS = (Window(1920, 1080), Window(1366, 768), Window(1366, 625), Window(390, 844))
"""A desktop, a laptop, the same laptop below a browser's bars, where the page hides the features, and a phone."""
LEAST, MOST = (240, 240), (7680, 4320)
"""Sides of a window."""

_SIZE = re.compile(r"(\d{1,5})\s*[xX×]\s*(\d{1,5})")


def read_size(
    text: str, least: tuple[int, int] = LEAST, most: tuple[int, int] = MOST, example: str = "1366x768"
) -> tuple[int, int]:
    """A width and a height, as they are typed. Raises UsageError: it is none, or out of bounds."""
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"“{text.strip()}” is not a width and a height, such as {example}.")
    size = int(found[1]), int(found[2])
    if not all(low <= side <= high for low, side, high in zip(least, size, most, strict=True)):
        raise UsageError(f"{found[0]} is not between {least[0]}x{least[1]} and {most[0]}x{most[1]}.")
    return size


@dataclass(frozen=True, slots=True)
class Pane:
    """A part of a terminal, in cells, that shows a window: lines break and features hide as they do there.

    Attributes:
        letters: Whether the title may be drawn in letters of several cells.
    """

    columns: int = 120
    rows: int = 36
    window: Window = WINDOWS[0]
    letters: bool = True


Size: TypeAlias = Window | Pane


@dataclass(frozen=True, slots=True)
class Box:
    """A place: of a window in CSS pixels, of a pane in cells; from the top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks; size and line height in CSS pixels, without a meaning in cells."""

    color: str
    size: float = 16
    line_height: float = 24
    weight: int = 400
    underline: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Lines as they are broken; a line of a pane is one row.

    Attributes:
        name: What it is, once in a scene: ``title``, ``feature-2``.
        bullet: Whether a disc is left of the first line.
        text: As it is before it is broken; "" where its lines are all there is.
        link: Where it leads; "" for nowhere.
    """

    name: str
    box: Box
    lines: tuple[str, ...]
    style: Style
    align: Literal["left", "center"] = "left"
    bullet: bool = False
    text: str = ""
    link: str = ""

    @property
    def whole(self) -> str:
        """The text on one line."""
        return self.text or " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Letters:
    """A text in letters of several cells, of a pane alone: rows of dots, two by two a cell."""

    name: str
    box: Box
    text: str
    dots: tuple[tuple[bool, ...], ...]
    color: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A place for a picture; a drawing asks for its pixels, and draws `text` where there are none.

    Attributes:
        reference: As written.
        base: The folder of the clone from which a relative path is taken.
        fit: ``contain`` shows all of it, ``cover`` fills the box with its middle.
        bottom: Whether it is at the bottom of a box that is too high, else in the middle.
    """

    name: str
    box: Box
    reference: str
    base: str = ""
    fit: Literal["contain", "cover"] = "contain"
    opacity: float = 1.0
    bottom: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A coloured box; its corners are round by `radius` CSS pixels; in cells a `pill` has round ends."""

    name: str
    box: Box
    color: str
    radius: float = 0
    pill: bool = False


Block: TypeAlias = Text | Letters | Picture | Area


@dataclass(frozen=True, slots=True)
class Scene:
    """One page in one size.

    Attributes:
        width, height: What is seen, in CSS pixels or cells; of the cards in a pane, all of them.
        blocks: From back to front.
        notices: What is not as it should be, worst first.
        below: By how many CSS pixels the page is higher than the window.
        page, pages: Which page of the cards it is, from 1, and how many there are; of another view 1.
    """

    view: View
    size: Size
    width: int
    height: int
    paper: str
    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...] = ()
    below: float = 0
    page: int = 1
    pages: int = 1

    def __getitem__(self, name: str) -> Block:
        """The block of a name; KeyError where there is none."""
        for block in self.blocks:
            if block.name == name:
                return block
        raise KeyError(name)

    @property
    def texts(self) -> tuple[Text | Letters, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Text | Letters))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Picture))
