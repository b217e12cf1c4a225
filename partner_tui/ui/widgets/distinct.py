"""Texts cut to a width so that no two different ones look the same: what a row is known by is never cut off.

Ids of one manifest begin alike (`Dataset_StarDist_…`) and end alike (`…_ZeroCostDL4Mic`), so a cut at the end hides what
tells them apart. Cut in the middle they mostly differ; where they do not, the cut moves to where they do; what is left
is told apart by its number.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from partner_tui.plain import ELLIPSIS, visible

LONGEST = 400
"""No screen shows more characters of one text; the rest is not measured."""


def cut(text: str, width: int) -> str:
    """A text in at most `width` cells, its beginning and its end kept."""
    if cell_len(text) <= width:
        return text
    tail = (width - 1) // 2
    return set_cell_size(text, width - 1 - tail).rstrip() + ELLIPSIS + _end(text, tail)


def cut_all(texts: Sequence[str], width: int) -> list[str]:
    """Cut each text to at most `width` cells; two that look the same are the same.

    Linear in the number of texts.
    """
    letters = "".join(texts)
    is_plain = letters.isascii() and letters.isprintable() and " " not in letters
    if is_plain and max(map(len, texts), default=0) <= width:
        return list(texts)  # nearly every manifest, and the first rows wait for it
    plain = [_plain(text) for text in texts]
    shown = [cut(text, width) for text in plain]
    for group in _look_alikes(texts, shown):
        start = _common([plain[index] for index in group])
        for index in group:
            shown[index] = _cut_around(plain[index], start, width)
    for group in _look_alikes(texts, shown):
        for index in group:
            number = f" #{index + 1}"
            shown[index] = cut(shown[index], max(1, width - len(number))) + number
    return shown


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + ELLIPSIS + text[-LONGEST // 2 :]
    return visible(text)


def _common(texts: Sequence[str]) -> int:
    """How many characters all of them begin with alike."""
    first, last = min(texts), max(texts)
    pairs = zip(first, last, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(first), len(last)))


def _look_alikes(texts: Sequence[str], shown: Sequence[str]) -> Iterator[Sequence[int]]:
    """The places of texts that differ and are shown alike."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(shown):
        groups[_look(text)].append(index)
    for group in groups.values():
        if len(group) > 1 and len({texts[index] for index in group}) > 1:
            yield group


def _look(text: str) -> str:
    """What the eye sees of a text: not the spaces around it, nor how its accents are written."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(text.split())


def _cut_around(text: str, start: int, width: int) -> str:
    """A text with what begins at `start` in it, whatever else has to go."""
    if cell_len(text) <= width:
        return text
    head = max(1, width // 4)
    rest = text[start:]
    room = width - head - 1
    if cell_len(rest) <= room:
        return set_cell_size(text, head) + ELLIPSIS + _end(text, room)
    return set_cell_size(text, head) + ELLIPSIS + set_cell_size(rest, max(1, room - 1)).rstrip() + ELLIPSIS


def _end(text: str, width: int) -> str:
    """The last cells of a text."""
    end = text[len(text) - width :] if width > 0 else ""
    while cell_len(end) > width:
        end = end[1:]
    return end.lstrip()
