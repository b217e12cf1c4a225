"""Check boxes and radio buttons that say what they are by their sign, not by a colour alone."""

from __future__ import annotations

from textual.widgets import Checkbox, RadioButton, RadioSet

from partner_tui.ui.textual_private import SignedToggle

_FLAT = """ {
    border: none; padding: 0; background: transparent; width: auto; height: 1;
    &:focus { border: none; & > .toggle--label { background: $block-cursor-background; } }
    & > .toggle--button, &.-on > .toggle--button { color: $accent; background: transparent; }
}
"""


class CheckBox(SignedToggle, Checkbox):
    """``[x]`` or ``[ ]``, and its label."""

    DEFAULT_CSS = "CheckBox" + _FLAT


class RadioChoice(SignedToggle, RadioButton):
    """``(•)`` or ``( )``, and its label."""

    DEFAULT_CSS = "RadioChoice" + _FLAT
    SIGNS = ("( )", "(•)")


class RadioRow(RadioSet):
    """Radio choices side by side."""

    DEFAULT_CSS = """
    RadioRow {
        layout: horizontal; border: none; padding: 0; background: transparent; height: 1; width: auto;
        &:focus { border: none; background-tint: transparent; }
        & > RadioChoice {
            width: auto; margin-right: 2;
            & > .toggle--button, &.-on > .toggle--button { color: $accent; background: transparent; }
            &.-selected > .toggle--label { background: transparent; }
        }
        &:focus > RadioChoice.-selected > .toggle--label { background: $block-cursor-background; color: $block-cursor-foreground; }
    }
    """
