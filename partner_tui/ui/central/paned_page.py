"""A page of the Central view that is a list and, beside or below it, the selected one: how one goes there and back."""

from __future__ import annotations

from typing import ClassVar

from textual import on

from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.central.read_page import ReadPage
from partner_tui.ui.widgets.divided import DividedView
from partner_tui.ui.widgets.side_list import SideList


class PanedPage(ReadPage, DividedView):
    """The panes are `LEFT` and `RIGHT`, as ids."""

    NARROW: ClassVar[int] = 110
    """Below this width, in cells, the panes are not side by side."""
    DEFAULT_CSS = """
    PanedPage {
        layout: horizontal;
        #about { height: auto; padding: 0 1; margin: 0 0 1 0; }
        &.-narrow { layout: vertical; }
        &.-narrow > .panel { max-width: 100%; height: 1fr; }
        &.-narrow #about { margin: 0; }
    }
    """
    BINDINGS = [
        hidden("tab", "other_pane", "Other pane", "page.pane", "Go to the other pane"),
        bind("escape", "back", "Back", "page.back", "Back to the list"),
    ]

    @property
    def is_right(self) -> bool:
        """Whether the focus is in the right pane."""
        return any(pane.has_focus_within for pane in self.query(f"#{self.RIGHT}"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":  # else escape stops what is running
            return self.is_right
        return super().check_action(action, parameters)

    def on_resize(self) -> None:
        self.set_class(self.size.width < self.NARROW, "-narrow")

    @on(SideList.Opened)
    def _opened(self) -> None:
        self.open_selected()

    def open_selected(self) -> None:
        """Go to what is shown of the selected one."""
        self.query(f"#{self.RIGHT} > *").first().focus()

    def action_other_pane(self) -> None:
        if self.is_right:
            self.action_back()
        else:
            self.open_selected()

    def action_back(self) -> None:
        self.focus_main()
