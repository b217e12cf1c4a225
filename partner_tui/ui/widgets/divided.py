"""A view of two panes side by side whose border can be moved, with keys and with the mouse, and is kept between starts."""

from __future__ import annotations

import contextlib
from pathlib import Path

from textual import events

from partner_tui.repository.private_files import keep_private
from partner_tui.ui.binding import hidden
from partner_tui.ui.view import View

STEP = 4
"""How far a key moves the border, in cells."""
LEAST = 30
"""What either pane keeps, in cells."""


class DividedView(View):
    """A view with `LEFT` and `RIGHT` beside each other, as ids; where there is no room for both it has the class -narrow."""

    LEFT, RIGHT = "", ""
    BINDINGS = [
        hidden(
            "less_than_sign",
            f"move_border({-STEP})",
            "Border left",
            "border.narrower",
            "Widen the right pane; or drag the border",
        ),
        hidden(
            "greater_than_sign",
            f"move_border({STEP})",
            "Border right",
            "border.wider",
            "Widen the left pane; or drag the border",
        ),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._dragged = False
        self._share: float | None = None
        """Of the left pane; None while the user has not moved the border."""

    @property
    def _border(self) -> int:
        """The column of the right pane's border, from the view's left, also before it is drawn there."""
        if self._share is not None:
            return round(self._share * self.size.width)
        return self.query_one(f"#{self.RIGHT}").region.x - self.region.x

    @property
    def _is_divided(self) -> bool:
        return not self.has_class("-narrow") and self.query_one(f"#{self.RIGHT}").display

    @property
    def _kept(self) -> Path:
        return self.app.directories.state / f"border-{self.id}"

    def disabled_reason(self, action: str) -> str | None:
        if action.startswith("move_border") and not self._is_divided:
            return "The panes are not side by side now."
        return super().disabled_reason(action)

    def on_mount(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            share = float(self._kept.read_text("ascii"))
            if 0 < share < 1:
                self._divide(share)

    def _divide(self, share: float) -> None:
        """Give the left pane a share of the width."""
        self._share = share
        self.query_one(f"#{self.LEFT}").styles.width = f"{share * 100:.2f}fr"
        self.query_one(f"#{self.RIGHT}").styles.width = f"{(1 - share) * 100:.2f}fr"

    def _move_to(self, column: int) -> None:
        width = self.size.width
        self._divide(max(LEAST, min(column, width - LEAST)) / width)

    def _keep(self) -> None:
        keep_private(self._kept, f"{self._share:.4f}".encode())

    def action_move_border(self, cells: int) -> None:
        self._move_to(self._border + cells)
        self._keep()

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        column = event.screen_x - self.region.x
        if event.button == 1 and self._is_divided and self._border - column in (0, 1):
            event.stop()
            event.prevent_default()
            self.capture_mouse()
            self._dragged = True

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged:
            self._move_to(event.screen_x - self.region.x)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._dragged:
            self._dragged = False
            self.release_mouse()
            self._move_to(event.screen_x - self.region.x)
            self._keep()
