"""The texts of the splash against the room that the classic page has for them: what wraps in a browser's window, and where.

Measured with the letters of the scene, so that a notice and the preview say the same; the lengths of `SPLASH_FIELDS` serve
where no window is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.plain import plural
from partner_tui.splash.card import texts
from partner_tui.splash.fields import SplashField, field
from partner_tui.splash.form import SCALARS
from partner_tui.splash.notices import Notice, Notices, NoticeSeverity, length_notice
from partner_tui.splash.scene import figures
from partner_tui.splash.scene.blocks import WINDOWS, Style, Window
from partner_tui.splash.scene.classic import text_room
from partner_tui.splash.scene.font import text_width
from partner_tui.splash.scene.wrapping import wrap_pixels

_AVERAGE = 0.53
"""The width of a letter, in parts of the size, as English texts have it."""
_STYLES: Mapping[str, tuple[Callable[[Window], Style], float]] = {
    "splash_title": (figures.title, 0),
    "splash_subtitle": (figures.subtitle, 0),
    "splash_feature_list": (figures.feature, figures.FEATURES_INDENT),
    "explore_button_text": (figures.button, 2 * figures.BUTTON_PADDING),
}
"""Of the fields that the page shows as texts: their letters, and what is taken off the width of the page."""


@dataclass(frozen=True, slots=True)
class Room:
    """One text in a window.

    Attributes:
        lines: As the window breaks it.
        left: About how many letters the last line has room for.
    """

    lines: tuple[str, ...]
    left: int


def room_of(key: str, text: str, window: Window) -> Room | None:
    """How a text of a field fits into a window; None for a field that the page does not show as a text."""
    if key not in _STYLES:
        return None
    style_of, taken = _STYLES[key]
    style, width = style_of(window), text_room(window) - taken
    lines = wrap_pixels(" ".join(text.split()), style.size, style.weight, width)
    used = text_width(lines[-1], style.size, style.weight) if lines else 0
    return Room(lines, max(0, int((width - used) / (style.size * _AVERAGE))))


def room_note(key: str, value: Any, window: Window) -> str:
    """In how many lines each window shows a field, and how much more fits into the chosen one; "" for nothing to say."""
    shown = texts(value)
    if key not in _STYLES or not shown:
        return ""
    counts = {
        one.width: max(len(room.lines) for text in shown if (room := room_of(key, text, one)))
        for one in WINDOWS
    }
    if set(counts.values()) == {1}:
        lines = "One line in every window."
    else:
        each = ", ".join(f"{count} at {width} px" for width, count in counts.items())
        lines = f"{'Lines' if len(shown) == 1 else 'Lines of the longest'}: {each}."
    room = room_of(key, shown[0], window)
    if len(shown) > 1 or room is None or len(room.lines) > 1 or not room.left:
        return lines
    return f"{lines} About {plural(room.left, 'more character')} fit."


def is_too_long(known: SplashField, value: Any, window: Window) -> bool:
    """Whether a text takes more than a line of a window; elsewhere, whether it is longer than its place usually holds."""
    text = scalar_text(value) if isinstance(value, SCALARS) else ""
    room = room_of(known.key, text, window)
    return len(room.lines) > 1 if room is not None else length_notice(known, text) is not None


def with_room(
    notices: Mapping[str, Notices], config: Mapping[str, Any], window: Window
) -> dict[str, Notices]:
    """The notices of a form, those on lengths as they are in a window. A phone breaks most texts: that is no warning."""
    found = dict(notices)
    for key in _STYLES:
        known, value = field(key), config.get(key)
        if known is None:
            continue
        members = value if isinstance(value, list) else [value]
        told = (
            _wraps(known.key, text, window, place if known.is_list else None)
            for place, text in enumerate(members)
            if isinstance(text, str)
        )
        others = (one for one in found.get(key, ()) if not one.is_length)
        found[key] = (*others, *(one for one in told if one is not None))
    return {key: kept for key, kept in found.items() if kept}


def _wraps(key: str, text: str, window: Window, index: int | None) -> Notice | None:
    room = room_of(key, text, window)
    if room is None or len(room.lines) < 2:
        return None
    severity: NoticeSeverity = "info" if figures.is_narrow(window) else "warning"
    said = f"{len(room.lines)} lines at {window}: the first has {len(room.lines[0])} of {len(text.strip())} characters."
    return Notice(severity, said, "Shorten it, or look at the preview.", index, is_length=True)
