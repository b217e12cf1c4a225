"""The parts of Textual that are private and used all the same, each with its reason; read in Textual 8.2.8.

Nothing else in `ui` names one, and `tests/ui/test_textual_private.py` fails when one of them changes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from time import time
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar
from weakref import WeakKeyDictionary

from textual._compositor import Compositor, CompositorMap, ReflowResult
from textual._context import active_message_pump
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import ActiveBinding, Keymap
from textual.content import Content
from textual.css.query import NoMatches
from textual.geometry import Region, Size
from textual.notifications import Notification
from textual.screen import ModalScreen, Screen
from textual.visual import VisualType
from textual.widget import Widget
from textual.widgets import Tooltip
from textual.widgets._toast import ToastRack
from textual.widgets.option_list import Option
from textual.worker import NoActiveWorker, get_current_worker

Answer = TypeVar("Answer")

# Textual follows the first base alone for styles and bindings, so that a mixin must not be a widget itself.
if TYPE_CHECKING:
    from textual.widgets import OptionList as _Options
    from textual.widgets._toggle_button import ToggleButton as _Toggle

    _Screen = Screen
else:
    _Screen = Generic
    _Toggle = _Options = object


class EndingApp(App[None]):
    """An app that decides what an exception that nothing caught does; Textual's own always ends it."""

    def __init__(self) -> None:
        super().__init__()
        # Of the 64 that Textual keeps, none is left when it comes to the next: each new kind of widget had all parsed anew.
        self.stylesheet._parse_cache.maxsize = 1024
        self._dialogs: WeakKeyDictionary[ModalScreen[object], float] = WeakKeyDictionary()
        """Those that are open, each with the time since when."""

    def unexpected(self, error: Exception, in_own_loop: bool) -> None:
        """Called with what nothing caught, from a handler or a worker.

        Args:
            in_own_loop: Whether it came up in the app's own message loop, which ends by it and cannot be made anew.
        """
        raise NotImplementedError

    def _handle_exception(self, error: Exception) -> None:
        self.unexpected(error, active_message_pump.get() is self)

    def pop_screen(self) -> AwaitComplete:
        """Whoever waits for the answer of a screen that goes without one gets None, as from one that is cancelled."""
        waiting = [one.future for one in self.screen._result_callbacks if one.future is not None]
        popped = super().pop_screen()
        for future in waiting:
            if not future.done():
                future.set_result(None)
        return popped

    @staticmethod
    def is_of_what_goes() -> bool:
        """Whether what runs now is work, or a handler, of a widget that is being removed.

        Its children may be gone by then: Textual removes them first, and stops work last.
        """
        nodes = [active_message_pump.get(None)]
        with suppress(NoActiveWorker):
            worker = get_current_worker()
            # What a worker puts on the screen has it for its own all its life.
            if worker._task is asyncio.current_task():
                nodes.append(worker.node)
        return any(
            one._pruning or one._closing
            for node in nodes
            if isinstance(node, Widget)
            for one in node.ancestors_with_self
        )

    def note_failure(self, error: Exception) -> None:
        """Keep the first failure: `run_test` raises it again at its end."""
        if self._exception is None:
            self._exception = error
        self._exception_event.set()

    def end_with(self, text: str) -> None:
        """End at once with exit status 1, and print a line to the terminal that is given back."""
        self._return_code = 1
        self._exit_renderables.append(text)
        self._close_messages_no_wait()

    def write_to_terminal(self, sequences: str) -> None:
        """Write escape sequences between two frames; nowhere once the terminal is given back."""
        if self._driver is not None and not self._driver.is_headless:
            self._driver.write(sequences)

    def _refresh_notifications(self) -> None:
        """A dialog shows what is said while it is open: what was said before waits behind it, and covers nothing of it."""
        if not self.screen_stack:
            return
        screen, since = self.screen, 0.0
        if isinstance(screen, ModalScreen):
            since = self._dialogs.setdefault(screen, time())
        said = [one for one in self._notifications if one.raised_at >= since]
        with suppress(NoMatches):  # it has none yet
            self.call_later(screen.get_child_by_type(ToastRack).show, said)

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """Those that are seen through the one on top.

        Textual counts the one right below in any case: whatever changed there had all of the one on top drawn again.
        """
        screens = super()._background_screens
        return screens if screens and self.screen.styles.background.a < 1 else []

    @property
    def shown_notifications(self) -> Iterable[Notification]:
        """The messages that are on the screen."""
        return self._notifications


def keymap_of(app: App[object]) -> Keymap:
    """The keys that the user has given to bindings, by binding id: Textual tells nobody, and the help shows them."""
    return app._keymap


def active_binding(screen: Screen[Any], key: str) -> ActiveBinding | None:
    """What `Screen.active_bindings` has of one key, which asks of all keys whether they do something now."""
    found: ActiveBinding | None = None
    for node, bindings in screen._modal_binding_chain:
        for binding in bindings.key_to_bindings.get(key, ()):
            if found is not None and found.binding.priority >= binding.priority:
                continue
            state = screen.app._check_action_state(binding.action, node)
            if state is not False:
                found = ActiveBinding(node, binding, bool(state), binding.tooltip)
    return found


def lies_over(screen: Screen[object], region: Region) -> bool:
    """Whether a message or a tooltip of a screen lies over a part of it."""
    over: list[Widget] = [toast for rack in screen.query_children(ToastRack) for toast in rack.query("Toast")]
    over += screen.query_children(Tooltip)
    return any(one.display and one.region.overlaps(region) for one in over)


class _AppliedLayouts(Compositor):
    """Compares a layout also with the last one that was applied; Textual does with the last one that was looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._applied: CompositorMap = {}

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        before, is_known = self._applied, self._full_map is self._applied
        found = super().reflow(parent, size)
        self._applied = now = self._full_map
        if is_known:
            return found
        changed = now.items() ^ before.items()
        regions = (place.clip.intersection(place.region) for _, place in changed)
        self._dirty_regions.update(region for region in regions if region)
        resized = {
            widget
            for widget, place in changed
            if widget in now and widget in before and before[widget].region.size != place.region.size
        }
        return ReflowResult(found.hidden, found.shown | (now.keys() - before.keys()), found.resized | resized)

    def reflow_visible(self, parent: Widget, size: Size) -> set[Widget]:
        exposed = super().reflow_visible(parent, size)
        self._applied = {**self._applied, **(self._visible_map or {})}
        return exposed

    def clear(self) -> None:
        super().clear()
        self._applied = {}


class TellsOfSizes(_Screen[Answer]):
    """A screen that tells its widgets of every new size, and that they are shown.

    Textual leaves the events out where somebody looked where a widget is before the layout was applied: a text would stay as
    it was wrapped, a row as it was cut, and a picture as large as it was for the old size.
    """

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name, id, classes)
        self._compositor = _AppliedLayouts()


class SignedToggle(_Toggle):
    """A check box or radio button that says what it is by its sign: Textual's differ by colour alone."""

    SIGNS: ClassVar[tuple[str, str]] = ("[ ]", "[x]")

    @property
    def _button(self) -> Content:
        return Content.styled(self.SIGNS[self.value], self.get_visual_style("toggle--button"))


class RedrawsRows(_Options):
    """An option list that draws one option again; Textual measures and draws all of them where one has another prompt."""

    def redraw_row(self, place: int, prompt: VisualType) -> None:
        """Draw an option otherwise, as high as before."""
        before = self._options[place]
        drawn = Option(prompt, before.id, before.disabled)
        self._options[place] = drawn
        del self._option_to_index[before]
        self._option_to_index[drawn] = place
        if drawn.id is not None:
            self._id_to_option[drawn.id] = drawn
        self.refresh_row(place)

    def refresh_row(self, place: int) -> None:
        """Draw an option again as it is."""
        if (line := self._index_to_line.get(place)) is not None:
            self.refresh_lines(line, self._heights[place])
