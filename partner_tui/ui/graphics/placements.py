"""The pictures that a Kitty terminal shows: they lie over the cells and stay where they are, whatever is written there.

So after every frame what should be seen is compared with what is: what a dialog covers, what was scrolled away or is gone
is taken out, and nothing is written for what stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual.geometry import Region

OVER_CELLS = 1
"""Kitty 0.26 draws a screen with a picture under its text in wrong colours where OpenGL is done in software."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A picture on the screen.

    Args:
        number: The terminal's for the picture.
        place: Where, in cells of the screen.
        part: Of the picture, in its pixels.
    """

    number: int
    place: Region
    part: Region


class Placements:
    """What is on the screen now.

    Args:
        write: Writes to the terminal.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self.shown: dict[tuple[int, int], Placement] = {}
        """By the owner's number and the place among its pictures."""

    def show(self, wanted: Iterable[tuple[tuple[int, int], Placement]]) -> None:
        """Have these on the screen, and no others."""
        after = dict(wanted)
        if after == self.shown:
            return
        said = [
            f"\x1b_Ga=d,d=i,i={gone.number},p={_id(key)},q=2\x1b\\"
            for key, gone in self.shown.items()
            if key not in after or after[key].number != gone.number
        ]
        said += [_put(key, one) for key, one in after.items() if self.shown.get(key) != one]
        self.shown = after
        self._write(f"\x1b7{''.join(said)}\x1b8")


def part_of(pixels: tuple[int, int], whole: Region, seen: Region) -> Region:
    """The part of a picture of so many pixels, which would fill `whole`, that is seen in `seen`; these in cells."""
    across, down = pixels[0] / whole.width, pixels[1] / whole.height
    left, top = seen.x - whole.x, seen.y - whole.y
    return Region(
        round(left * across), round(top * down), round(seen.width * across), round(seen.height * down)
    )


def _put(key: tuple[int, int], one: Placement) -> str:
    x, y, width, height = one.part
    return (
        f"\x1b[{one.place.y + 1};{one.place.x + 1}H\x1b_Ga=p,i={one.number},p={_id(key)},q=2,C=1,z={OVER_CELLS},"
        f"x={x},y={y},w={width},h={height},c={one.place.width},r={one.place.height}\x1b\\"
    )


def _id(key: tuple[int, int]) -> int:
    return key[0] * 64 + key[1] + 1
