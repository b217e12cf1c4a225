"""Fields that are chosen and not typed: check boxes for several, circles for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.manifest.resource_types import TABS
from partner_tui.plain import visible
from partner_tui.splash.fields import ALL_TYPES, SplashField
from partner_tui.splash.own_entries import OwnEntries
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.splash.fields.row import FieldRow
from partner_tui.ui.splash.fields.text import FieldInput

GAP = 2


class OptionRow(Widget, can_focus=True):
    """Options in a row, wrapped where the row ends; the cursor moves over them, space chooses.

    Args:
        several: Check boxes, which can be moved; else circles, of which one is chosen at most.
    """

    TITLE = "Choices"
    DEFAULT_CSS = "OptionRow { height: auto; width: 1fr; padding: 0 1; }"
    BINDINGS = [
        hidden("left,h", "step(-1)", "Previous", "splash.choice_previous", "Go to the previous option"),
        hidden("right,l", "step(1)", "Next", "splash.choice_next", "Go to the next option"),
        bind("space,enter,x", "choose", "Choose", "splash.choose", "Select or clear the option"),
        hidden(
            "shift+left,alt+left,shift+up,alt+up,H,K",
            "move(-1)",
            "Forward",
            "splash.choice_forward",
            "Move the option forward in the order of the site's tabs",
        ),
        hidden(
            "shift+right,alt+right,shift+down,alt+down,L,J",
            "move(1)",
            "Back",
            "splash.choice_back",
            "Move the option back in the order of the site's tabs",
        ),
        bind("escape", "leave", "Leave field", "splash.leave_choice", "Leave the field"),
    ]

    options: reactive[tuple[str, ...]] = reactive((), layout=True)
    chosen: reactive[frozenset[str]] = reactive(frozenset[str]())
    cursor: reactive[int] = reactive(0)
    counts: reactive[Mapping[str, int]] = reactive[Mapping[str, int]]({}, layout=True)
    """How many entries there are of an option, shown behind it."""

    class Changed(Message):
        """Another choice was made, or the order changed."""

    def __init__(self, several: bool) -> None:
        super().__init__()
        self._several = several

    @property
    def value(self) -> list[str]:
        return [option for option in self.options if option in self.chosen]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1 + max((y for _, y in self._places(width)), default=0)

    def _labels(self) -> list[str]:
        on, off = ("[x]", "[ ]") if self._several else ("(•)", "( )")
        return [f"{on if option in self.chosen else off} {visible(option, 30)}" for option in self.options]

    def _counts(self) -> list[str]:
        return [f" {count}" if (count := self.counts.get(option)) else "" for option in self.options]

    def _places(self, width: int) -> list[tuple[int, int]]:
        """Column and line of each option."""
        places: list[tuple[int, int]] = []
        x = y = 0
        for label, count in zip(self._labels(), self._counts(), strict=True):
            width_of = cell_len(label) + len(count)
            if x and x + width_of > width:
                x, y = 0, y + 1
            places.append((x, y))
            x += width_of + GAP
        return places

    def render(self) -> Content:
        parts: list[tuple[str, str]] = []
        at_x = at_y = 0
        for index, (label, count, (x, y)) in enumerate(
            zip(self._labels(), self._counts(), self._places(self.size.width), strict=True)
        ):
            parts.append(("\n" * (y - at_y) + " " * (x - (at_x if y == at_y else 0)), ""))
            under_cursor = self.has_focus and index == self.cursor
            style = "" if self.options[index] in self.chosen else "$foreground 60%"
            parts.append(
                (label, "$block-cursor-foreground on $block-cursor-background" if under_cursor else style)
            )
            parts.append((count, "$foreground 45%"))
            at_x, at_y = x + cell_len(label) + len(count), y
        return Content.assemble(*parts)

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self.options) - 1))

    def on_focus(self) -> None:
        if not self._several and self.chosen:
            self.cursor = next(place for place, option in enumerate(self.options) if option in self.chosen)
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        labels = self._labels()
        for index, (x, y) in enumerate(self._places(self.size.width)):
            if y == offset.y and x <= offset.x < x + cell_len(labels[index]):
                self.cursor = index
                self.action_choose()

    def action_step(self, by: int) -> None:
        self.cursor += by

    def action_choose(self) -> None:
        if not self.options:
            return
        option = self.options[self.cursor]
        if self._several:
            self.chosen = self.chosen ^ {option}
        else:
            self.chosen = frozenset() if option in self.chosen else frozenset({option})
        self.post_message(self.Changed())

    def action_move(self, by: int) -> None:
        other = self.cursor + by
        if not self._several or not 0 <= other < len(self.options):
            return
        options = list(self.options)
        options[self.cursor], options[other] = options[other], options[self.cursor]
        self.options = tuple(options)
        self.cursor = other
        self.post_message(self.Changed())

    def action_leave(self) -> None:
        self.post_message(FieldInput.Left())


class TypesRow(FieldRow):
    """A field whose options are types of entries."""

    HAS_NOTE = False
    choices: OptionRow

    def compose_value(self) -> ComposeResult:
        yield self.choices

    def show_entries(self, entries: OwnEntries) -> None:
        self.choices.counts = entries.by_type


class ResourceTypesField(TypesRow):
    """Several types, in the order of the site's tabs: those that are there first, the others behind them."""

    def __init__(self, field: SplashField) -> None:
        super().__init__(field)
        self.choices = OptionRow(several=True)
        self._value: list[Any] = []

    def show(self, value: Any) -> None:
        self._value = list(value or [])
        names = list(dict.fromkeys(map(scalar_text, self._value)))
        if not self.choices.options or names != self.choices.value:
            self.choices.options = tuple(dict.fromkeys((*names, *TABS)))
            self.choices.chosen = frozenset(names)

    def on_option_row_changed(self, event: OptionRow.Changed) -> None:
        event.stop()
        # What stands there twice or as a number stays as it is written while its name stays chosen.
        written = {scalar_text(member): member for member in self._value}
        chosen = self.choices.value
        if chosen != list(dict.fromkeys(map(scalar_text, self._value))):
            self.edit([written.get(name, name) for name in chosen])


class DefaultTypeField(TypesRow):
    """One of the chosen resource types, or all."""

    def __init__(self, field: SplashField) -> None:
        super().__init__(field)
        self.choices = OptionRow(several=False)

    def offer(self, types: Sequence[Any]) -> None:
        """The resource types changed."""
        now = tuple(self.choices.chosen)
        self.choices.options = tuple(dict.fromkeys((*map(scalar_text, types), ALL_TYPES, *now)))

    def show(self, value: Any) -> None:
        self.choices.chosen = frozenset({scalar_text(value)}) if scalar_text(value) else frozenset()
        self.choices.options = tuple(dict.fromkeys((*self.choices.options, *self.choices.chosen)))

    def on_option_row_changed(self, event: OptionRow.Changed) -> None:
        event.stop()
        self.edit(next(iter(self.choices.chosen), None))
