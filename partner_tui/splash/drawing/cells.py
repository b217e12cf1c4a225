"""A small canvas of terminal cells: text, areas and half-block pictures on top of each other, turned into segments once."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import get_character_cell_size
from rich.segment import Segment
from rich.style import Style

if TYPE_CHECKING:
    from PIL import Image

QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By four bits: upper left, upper right, lower left, lower right."""

Color = str


class Cells:
    """Cells of one character each; what lies outside is cut off.

    Args:
        width, height: In cells.
        ink, paper: Colours (``#rrggbb``) of text and ground at first.
    """

    def __init__(self, width: int, height: int, ink: Color, paper: Color) -> None:
        self.width = width
        self.height = height
        self._cells: list[list[tuple[str, Color, Color, str]]] = [
            [(" ", ink, paper, "")] * width for _ in range(height)
        ]
        self._boxes: dict[int, tuple[range, range]] = {}
        self._laid: dict[tuple[int, int], tuple[int, Color]] = {}
        self._written: set[tuple[int, int]] = set()

    def fill(self, x: int, y: int, width: int, height: int, paper: Color) -> None:
        """Paint an area; what stood there is gone."""
        left, right = max(0, x), max(0, min(self.width, x + width))
        for row in range(max(0, y), min(self.height, y + height)):
            self._cells[row][left:right] = [(" ", paper, paper, "")] * (right - left)
            for column in range(left, right) if self._laid else ():
                self._laid.pop((column, row), None)

    def text(self, x: int, y: int, text: str, ink: Color, style: str = "") -> int:
        """Write on one line over the ground that is there; returns the column behind the text."""
        if not 0 <= y < self.height:
            return x
        for character in text:
            cells = get_character_cell_size(character)
            if cells == 0:
                continue
            if x + cells > self.width:
                break
            if x >= 0:
                for column in range(x, x + cells):
                    ground = self._ground(column, y)
                    self._cells[y][column] = (character if column == x else "", ink, ground, style)
                    self._written.add((column, y))
            x += cells
        return x

    def lay(self, number: int, x: int, y: int, width: int, height: int) -> None:
        """Say that the box of a picture is here, before it is drawn: a terminal may show the picture itself.

        Args:
            number: For `lines`, `seen` and `over`.
        """
        columns = range(max(0, x), min(self.width, x + width))
        rows = range(max(0, y), min(self.height, y + height))
        self._boxes[number] = (columns, rows)
        for row in rows:
            for column in columns:
                self._laid[column, row] = (number, self._ground(column, row))
                self._written.discard((column, row))

    def picture(self, x: int, y: int, image: Image.Image) -> None:
        """Draw an RGBA picture, two of its pixels a cell, its top left corner at a cell."""
        data = image.convert("RGBA").tobytes()

        def pixel(column: int, row: int) -> bytes:
            place = 4 * (row * image.width + column)
            return data[place : place + 4]

        for row in range(image.height // 2):
            for column in range(image.width):
                if not (0 <= y + row < self.height and 0 <= x + column < self.width):
                    continue
                ground = self._ground(x + column, y + row)
                upper = _over(ground, pixel(column, 2 * row))
                lower = _over(ground, pixel(column, 2 * row + 1))
                if upper == lower:
                    self._cells[y + row][x + column] = (" ", upper, upper, "")
                else:
                    self._cells[y + row][x + column] = ("▀", upper, lower, "")

    def bitmap(self, x: int, y: int, bits: Sequence[Sequence[bool]], ink: Color) -> None:
        """Draw dots, four of them a cell."""
        for row in range(0, len(bits), 2):
            for column in range(0, len(bits[row]), 2):
                dots = [
                    bits[r][c] if r < len(bits) and c < len(bits[r]) else False
                    for r in (row, row + 1)
                    for c in (column, column + 1)
                ]
                sign = QUADRANTS[sum(on << place for place, on in enumerate(dots))]
                if sign != " ":
                    self.text(x + column // 2, y + row // 2, sign, ink)

    def lines(self, left_out: Container[int] = ()) -> list[list[Segment]]:
        """The segments of every line; neighbours of one style are one segment.

        Args:
            left_out: Numbers of pictures that are not drawn, but where something is written on them.
        """
        rows = [list(row) for row in self._cells]
        for (x, y), (number, ground) in self._laid.items():
            if number in left_out and (x, y) not in self._written:
                rows[y][x] = (" ", ground, ground, "")
        return [_segments(row) for row in rows]

    def below(self, number: int) -> Color:
        """The ground that a picture was laid on; empty where it was not."""
        return next((ground for laid, ground in self._laid.values() if laid == number), "")

    def seen(self, number: int) -> list[tuple[int, int, int, int]]:
        """Where nothing covers a picture, as x, y, width and height of few boxes."""

        def is_seen(place: tuple[int, int]) -> bool:
            return self._laid.get(place, (-1, ""))[0] == number and place not in self._written

        boxes: list[tuple[int, int, int, int]] = []
        columns, rows = self._boxes[number]
        for y in rows:
            for x, width in _runs(columns, y, is_seen):
                above = next(
                    (i for i, b in enumerate(boxes) if (b[0], b[1] + b[3], b[2]) == (x, y, width)), None
                )
                if above is None:
                    boxes.append((x, y, width, 1))
                else:
                    boxes[above] = (x, boxes[above][1], width, boxes[above][3] + 1)
        return boxes

    def over(self, number: int) -> list[tuple[int, int, list[Segment]]]:
        """What stands on or covers a picture in its box, by x and y."""

        def is_over(place: tuple[int, int]) -> bool:
            return self._laid.get(place, (-1, ""))[0] != number or place in self._written

        columns, rows = self._boxes[number]
        return [
            (x, y, _segments(self._cells[y][x : x + width]))
            for y in rows
            for x, width in _runs(columns, y, is_over)
        ]

    def plain(self) -> str:
        """The characters alone."""
        return "\n".join("".join(cell[0] for cell in row).rstrip() for row in self._cells)

    def _ground(self, x: int, y: int) -> Color:
        """What a text is written on: of a picture, its lower pixel."""
        return self._cells[y][x][2]


def _runs(columns: range, y: int, is_in: Callable[[tuple[int, int]], bool]) -> Iterator[tuple[int, int]]:
    """Start and length of the runs of cells of a line."""
    start = columns.start
    for inside, run in groupby(columns, lambda x: is_in((x, y))):
        length = len(list(run))
        if inside:
            yield start, length
        start += length


def _segments(row: list[tuple[str, Color, Color, str]]) -> list[Segment]:
    segments: list[Segment] = []
    text, current = "", row[0][1:] if row else ("", "", "")
    for character, *look in row:
        if tuple(look) != current:
            segments.append(Segment(text, _style(*current)))
            text, current = "", (look[0], look[1], look[2])
        text += character
    if row:
        segments.append(Segment(text, _style(*current)))
    return segments


@lru_cache(maxsize=4096)
def _style(ink: Color, paper: Color, style: str) -> Style:
    return Style.parse(f"{style} {ink} on {paper}")


@lru_cache(maxsize=4096)
def _over(ground: Color, pixel: bytes) -> Color:
    """A pixel over an opaque ground."""
    red, green, blue, alpha = pixel
    if alpha == 0:
        return ground
    below = (int(ground[1:3], 16), int(ground[3:5], 16), int(ground[5:7], 16))
    mixed = [
        (above * alpha + under * (255 - alpha)) // 255
        for above, under in zip((red, green, blue), below, strict=True)
    ]
    return "#{:02x}{:02x}{:02x}".format(*mixed)
