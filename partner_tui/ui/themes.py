"""The two themes of the app: one accent, calm greys, and statuses that are readable on both."""

from __future__ import annotations

from collections.abc import Mapping

from textual.color import Color
from textual.theme import Theme

from partner_tui.compliance.finding import Severity
from partner_tui.compliance.status import Status

DARK = Theme(
    name="partner-dark",
    primary="#4cc2b0",
    secondary="#7aa2c9",
    accent="#4cc2b0",
    foreground="#d7dde2",
    background="#14181c",
    surface="#191e23",
    panel="#222931",
    success="#7fc97f",
    warning="#e5b567",
    error="#ef7d7d",
    dark=True,
    variables={
        "border": "#4cc2b0",
        "border-blurred": "#39434d",
        "footer-background": "#191e23",
        "footer-key-foreground": "#4cc2b0",
        "block-cursor-background": "#27414a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#222c33",
        "block-cursor-blurred-foreground": "#d7dde2",
        "input-selection-background": "#4cc2b0 35%",
        "button-focus-text-style": "bold",
        "scrollbar": "#39434d",
        "scrollbar-hover": "#4a5661",
        "scrollbar-background": "#191e23",
    },
)

LIGHT = Theme(
    name="partner-light",
    primary="#00796b",
    secondary="#37618e",
    accent="#00796b",
    foreground="#1f2933",
    background="#fbfbf9",
    surface="#f3f4f1",
    panel="#e6e9e5",
    success="#2e7d32",
    warning="#8a5a00",
    error="#b3261e",
    dark=False,
    variables={
        "border": "#00796b",
        "border-blurred": "#c2c9c4",
        "footer-background": "#eceeea",
        "footer-key-foreground": "#00796b",
        "block-cursor-background": "#cfe6e2",
        "block-cursor-foreground": "#10201d",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e3ece9",
        "block-cursor-blurred-foreground": "#1f2933",
        "button-focus-text-style": "bold",
        "scrollbar": "#c2c9c4",
        "scrollbar-hover": "#a9b2ac",
        "scrollbar-background": "#f3f4f1",
    },
)


def pale_cursor(variables: Mapping[str, str]) -> dict[str, str]:
    """The colours of a list's cursor in another theme than ours: the words on it keep their own, so that it has to be pale."""
    background, primary = (Color.parse(variables[name]) for name in ("background", "primary"))
    if background.ansi is not None:
        return {}
    return {
        "block-cursor-background": background.blend(primary, 0.25).hex6,
        "block-cursor-foreground": variables["foreground"],
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": background.blend(primary, 0.12).hex6,
        "block-cursor-blurred-foreground": variables["foreground"],
    }


STATUS_STYLES = {
    Status.LATEST: "$success",
    Status.OUTDATED: "$warning",
    Status.INVALID: "$error",
    Status.UNRESOLVED: "$secondary",
    Status.UNCHECKED: "$foreground 50%",
}
"""Content markup styles; always used beside the status's glyph and word."""

SEVERITY_STYLES = {
    Severity.ERROR: "$error",
    Severity.WARNING: "$warning",
    Severity.INFO: "$secondary",
}
