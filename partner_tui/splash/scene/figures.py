"""Measures and colours of the sites, in CSS pixels: the one list that every layout and the HTML's style sheet read.

From domain.md, section 4; what it does not say (margins, line heights, the sizes on narrow windows) is from the classic site's
own style sheets.
"""

from __future__ import annotations

from dataclasses import replace

from partner_tui.splash.scene.blocks import Style, Window

BLUE = "#2196f3"
WHITE = "#ffffff"
INK = "#363636"
QUIET = "#7a7a7a"
STRIP_COLOR = "#fdfdfd"
PLACEHOLDER = "#eceff1"
TAG = "#eef3f8"

REM = 16.0
NARROW = 768
"""A window of this width or less has smaller letters, and no partner's name in its bar."""
FEATURES_HIDDEN_AT = 700
"""A window of this height or less shows no features."""

NAVBAR = 64.0
STRIP = 142.0
HERO_PADDING = (48.0, 24.0)
"""Above and below; left and right."""
CONTAINER = 0.95
"""The share of the width that the texts have."""
BELOW_TEXTS = 100.0
"""The margin below the buttons, which keeps the texts off the strip."""
SUBTITLE_MARGIN = 4.0
FEATURES_MARGIN = 24.0
FEATURES_INDENT = 30.0
BUTTONS_MARGIN = 24.0
BUTTON_HEIGHT = 40.0
BUTTON_PADDING = 20.0
BUTTON_GAP = 12.0
BACKGROUND_WIDTH, BACKGROUND_HEIGHT = 0.55, 0.30
"""The most that the background has of the hero's width and height."""
BACKGROUND_OPACITY = 0.8
LOGO = 64.0
LOGO_STEP = 128.0
LOGO_TOP = 22.0

NAVBAR_TEXT = Style(WHITE, 2.2 * REM, NAVBAR)
TITLE = Style(WHITE, 4 * REM, 4 * REM * 1.125, 600)
SUBTITLE = Style("#e9f5fe", 2 * REM, 2 * REM * 1.25)
FEATURE = Style(WHITE, 1.5 * REM, 1.5 * REM * 1.5)
BUTTON = Style(INK, 1.3 * REM, BUTTON_HEIGHT)
LOGO_NAME = Style(INK, 14, 21)


def title(window: Window) -> Style:
    return _sized(TITLE, 1.8, 1.125) if is_narrow(window) else TITLE


def subtitle(window: Window) -> Style:
    return _sized(SUBTITLE, 1.5, 1.25) if is_narrow(window) else SUBTITLE


def feature(window: Window) -> Style:
    return _sized(FEATURE, 1.0, 1.5) if is_narrow(window) else FEATURE


def button(window: Window) -> Style:
    return replace(BUTTON, size=1.1 * REM) if is_narrow(window) else BUTTON


def navbar(window: Window) -> Style:
    return replace(NAVBAR_TEXT, size=2.0 * REM) if is_narrow(window) else NAVBAR_TEXT


def is_narrow(window: Window) -> bool:
    return window.width <= NARROW


def _sized(style: Style, rem: float, line: float) -> Style:
    return replace(style, size=rem * REM, line_height=rem * REM * line)
