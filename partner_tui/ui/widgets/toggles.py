"""Check boxes and radio buttons that say what they are by their sign, not by a colour alone."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Checkbox, RadioButton


class CheckBox(Checkbox):
    """``[x]`` or ``[ ]``, and its label."""

    DEFAULT_CSS = """
    CheckBox {
        border: none; padding: 0; background: transparent; width: auto; height: 1;
        &:focus { border: none; & > .toggle--label { background: $block-cursor-background; } }
        & > .toggle--button, &.-on > .toggle--button { color: $accent; background: transparent; }
    }
    """

    @property
    def _button(self) -> Content:
        return Content.styled("[x]" if self.value else "[ ]", self.get_visual_style("toggle--button"))


class RadioChoice(RadioButton):
    """``(•)`` or ``( )``, and its label."""

    DEFAULT_CSS = """
    RadioChoice {
        border: none; padding: 0; background: transparent; width: auto; height: 1;
        &:focus { border: none; & > .toggle--label { background: $block-cursor-background; } }
        & > .toggle--button, &.-on > .toggle--button { color: $accent; background: transparent; }
    }
    """

    @property
    def _button(self) -> Content:
        return Content.styled("(•)" if self.value else "( )", self.get_visual_style("toggle--button"))
