"""Something that is seen has the focus, always: keys go through what has it, so that without it the footer would lie.

Textual takes the focus from what is hidden, disabled or clicked beside, and gives it to nothing. Here it is given back, to
what had it if that is still seen, else to where work on the screen begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.app import App


@runtime_checkable
class HasHome(Protocol):
    """A screen that knows where work on it begins."""

    def focus_home(self) -> None:
        """Put the focus where work begins; on something that is seen, if there is anything."""


class FocusKeeper:
    """Gives the focus back on every screen of an app."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._last: WeakKeyDictionary[Screen[object], Widget | None] = WeakKeyDictionary()

    def begin(self) -> None:
        """Look after each screen that comes to the front from now on."""
        self._app.screen_change_signal.subscribe(self._app, self._screen_changed, immediate=True)

    def _screen_changed(self, screen: Screen[object]) -> None:
        if screen in self._last:
            return
        self._last[screen] = screen.focused
        self._app.watch(screen, "focused", lambda: self._focus_changed(screen), init=False)
        if screen.is_running:
            self._listen(screen)
        else:
            self._app.call_later(self._listen, screen)

    def _listen(self, screen: Screen[object]) -> None:
        if screen.is_running and self._app.is_running:
            screen.screen_layout_refresh_signal.subscribe(self._app, self._restore)

    def _focus_changed(self, screen: Screen[object]) -> None:
        if screen.focused is None:
            self._app.call_after_refresh(self._restore, screen)
        else:
            self._last[screen] = screen.focused

    def _restore(self, screen: Screen[object]) -> None:
        app = self._app
        if not (app.is_running and app.app_focus and screen.is_current) or is_shown(screen.focused):
            return
        last = self._last.get(screen)
        if last is not None and last.is_attached and last.focusable and is_shown(last):
            last.focus(scroll_visible=False)
        elif isinstance(screen, HasHome):
            screen.focus_home()
        elif seen := next(filter(is_shown, screen.focus_chain), None):
            seen.focus()


def is_shown(widget: Widget | None) -> bool:
    """Whether neither a widget nor what it is in is hidden; it may be scrolled out of sight, or not be laid out yet."""
    return widget is not None and all(node.display for node in widget.ancestors_with_self)
