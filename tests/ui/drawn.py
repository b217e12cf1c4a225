"""A screen as a text that can be read, kept and compared: what stands in each cell, and how it looks.

First the rows as they are read; then the same rows with one letter for each style; then what each letter means. Cells of a
picture have no letter: which colours a picture has depends on who decodes it, and other tests look at that.
"""

from __future__ import annotations

import difflib
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from textual.app import App

PIXELS = "▀▄"
PLAIN = "·"
LETTERS = string.ascii_letters + string.digits + "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ"
STYLES, LEGEND = "--- styles\n", "--- where\n"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A screen.

    Attributes:
        rows: What is read, blanks at the end left out.
        styles: For each row the style of each column, as rich writes it, such as ``bold #e0e0e0 on #121212``.
    """

    rows: tuple[str, ...]
    styles: tuple[tuple[str, ...], ...]

    def to_text(self, known: dict[str, str]) -> str:
        """As it is kept; `known` are letters by style that shall stay what they are."""
        used = {style for row in self.styles for style in row if style}
        letters = {style: letter for style, letter in known.items() if style in used}
        free = (letter for letter in LETTERS if letter not in letters.values())
        for row in self.styles:
            for style in row:
                if style and style not in letters:
                    letters[style] = next(free)
        grid = "".join("".join(letters.get(style, PLAIN) for style in row) + "\n" for row in self.styles)
        legend = "".join(
            f"{letter} {style}\n" for style, letter in sorted(letters.items(), key=lambda one: one[1])
        )
        return "".join(f"{row}\n" for row in self.rows) + STYLES + grid + LEGEND + legend


def draw(app: App[None]) -> Drawn:
    """What is on the screen."""
    rows, styles = [], []
    for strip in app.screen._compositor.render_strips():
        rows.append(strip.text.rstrip())
        cells: list[str] = []
        for segment in strip:
            style = "" if segment.style is None else str(segment.style.clear_meta_and_links())
            cells += ("" if character in PIXELS else style for character in segment.text)
        styles.append(tuple(cells))
    return Drawn(tuple(rows), tuple(styles))


def read(text: str) -> tuple[Drawn, dict[str, str]]:
    """A screen that was kept, and its letters by style."""
    rows, _, rest = text.partition(STYLES)
    grid, _, legend = rest.partition(LEGEND)
    style_of = {line[0]: line[2:] for line in legend.splitlines()}
    styles = tuple(tuple(style_of.get(letter, "") for letter in row) for row in grid.splitlines())
    return Drawn(tuple(rows.splitlines()), styles), {style: letter for letter, style in style_of.items()}


def differences(kept: Drawn, now: Drawn) -> Iterator[str]:
    """What a person has to look at: the rows that read differently, then, in those that read the same, what looks different."""
    if kept.rows != now.rows:
        yield from difflib.unified_diff(kept.rows, now.rows, "kept", "now", lineterm="", n=1)
    for number, (old, new) in enumerate(zip(kept.styles, now.styles, strict=False)):
        if kept.rows[number : number + 1] != now.rows[number : number + 1]:
            continue
        start = 0
        for column in range(1, len(new) + 1):
            if column < len(new) and (old[column : column + 1], new[column]) == (
                old[start : start + 1],
                new[start],
            ):
                continue
            if old[start : start + 1] != (new[start],):
                words = now.rows[number][start:column].strip()
                was = "".join(old[start : start + 1])
                yield f"row {number}, columns {start} to {column - 1} {words!r}: {was or 'none'} -> {new[start] or 'none'}"
            start = column


def compare(now: Drawn, file: Path, *, accept: bool) -> list[str]:
    """How a screen differs from the one that was kept; with `accept` it is kept from now on, and differs in nothing."""
    kept, letters = read(file.read_text("utf-8")) if file.exists() else (Drawn((), ()), {})
    if accept:
        if kept != now:
            file.parent.mkdir(exist_ok=True)
            file.write_text(now.to_text(letters), "utf-8")
        return []
    return list(differences(kept, now)) if kept != now else []
