"""Rich styles in the colours of the theme of now, for what is drawn line by line or as a Rich table."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rich.style import Style
from textual.app import App
from textual.color import Color


def theme_style(app: App[Any], spec: str, bold: bool = False) -> Style:
    """The style of ``$error`` or ``$foreground 60%``; the share is blended into the background."""
    variables = app.theme_variables
    name, _, share = spec.removeprefix("$").partition(" ")
    return _style(variables[name], variables["background"], share, bold)


@lru_cache(maxsize=256)
def _style(colour: str, background: str, share: str, bold: bool) -> Style:
    parsed = Color.parse(colour)
    if share:
        parsed = Color.parse(background).blend(parsed, float(share.rstrip("%")) / 100)
    return Style(color=parsed.rich_color, bold=bold or None)
