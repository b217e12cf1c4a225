"""The form of the splash: a row for every field, made from SPLASH_FIELDS, and a fixed area for what there is to say.

It holds no values of its own: it shows a `FormState` and reports each edit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from partner_tui.pictures.source import PictureKind
from partner_tui.splash.fields import PICTURE_KINDS, SPLASH_FIELDS, SplashField, grouped_fields
from partner_tui.splash.form import FormState
from partner_tui.splash.notices import Notices
from partner_tui.splash.own_entries import OwnEntries
from partner_tui.splash.room import is_too_long, with_room
from partner_tui.splash.scene.blocks import WINDOWS, Window
from partner_tui.splash.site_rules import check_config
from partner_tui.ui.binding import hidden
from partner_tui.ui.splash.fields.choices import DefaultTypeField
from partner_tui.ui.splash.fields.long_text import FieldTextArea
from partner_tui.ui.splash.fields.make import ReadOnlyField, make_row, row_kind, unknown_field
from partner_tui.ui.splash.fields.row import FieldRow
from partner_tui.ui.splash.fields.text import FieldInput

PictureNotices: TypeAlias = Callable[[SplashField, str], Notices]
"""What there is to say of the picture of a field, by its reference."""

MAX_UNKNOWN = 30
KIND_WORDS: dict[PictureKind, str] = {
    "file": "file",
    "remote": "web",
    "site": "site",
    "emoji": "emoji",
    "missing": "gone",
    "none": "",
}
"""Where a picture is: in the clone, elsewhere, on the site, nowhere."""


class SplashForm(VerticalScroll, can_focus=True):
    """Rows of fields. Tab and the arrows go from field to field; escape leaves a field for the form itself."""

    TITLE = "Form"
    DEFAULT_CSS = """
    SplashForm {
        height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        .group { height: 1; padding: 0 1 0 3; color: $foreground 45%; margin-top: 1; }
        .group.-first { margin-top: 0; }
    }
    """
    HELP = """
    Every field of the partner's `config`. What is typed is checked at once and kept as a draft; nothing is written before
    ctrl+s, and then only the lines of the edited fields. An emptied field is removed from the manifest.
    """
    BINDINGS = [
        hidden("down", "step(1)", "Next field", "splash.next", "Go to the next field"),
        hidden("up", "step(-1)", "Previous field", "splash.previous", "Go to the previous field"),
        hidden("enter,i", "enter", "Edit field", "splash.enter", "Return to the last edited field"),
        hidden("j", "scroll_down", "Down", "splash.down", "Scroll down"),
        hidden("k", "scroll_up", "Up", "splash.up", "Scroll up"),
        hidden("g", "scroll_home", "Top", "splash.top", "Go to the first field"),
        hidden("G", "scroll_end", "Bottom", "splash.bottom", "Go to the last field"),
        hidden("pageup", "page_up", "Page up", "splash.page_up", "Scroll up a page"),
        hidden("pagedown", "page_down", "Page down", "splash.page_down", "Scroll down a page"),
    ]

    class Edited(Message):
        """A field was given another value; see `FieldRow.Edited`."""

        def __init__(self, key: str, value: Any, is_apart: bool) -> None:
            super().__init__()
            self.key = key
            self.value = value
            self.is_apart = is_apart

    class Entered(Message):
        """Another field has the focus; None for the form itself."""

        def __init__(self, field: SplashField | None) -> None:
            super().__init__()
            self.field = field

    def __init__(self, state: FormState) -> None:
        super().__init__(id="splash-form")
        self._state = state
        self._last: Widget | None = None
        self._kinds: Mapping[str, PictureKind] = {}
        self._of_pictures: PictureNotices = lambda known, reference: ()
        self._window = WINDOWS[0]
        self.rows: list[FieldRow] = []
        self.notices: Mapping[str, Notices] = {}

    def compose(self) -> ComposeResult:
        first = True
        for group, fields in grouped_fields():
            yield Static(group.value, classes="group -first" if first else "group", markup=False)
            for field in fields:
                yield self._row(make_row(field, self._state[field.key]))
            first = False
        unknown = self._unknown()
        if unknown:
            yield Static(
                "Other config keys  (read-only here; press e to edit the file)", classes="group", markup=False
            )
        for key in unknown:
            row = ReadOnlyField(unknown_field(key), "")
            row.show(self._state.config[key])
            yield self._row(row)

    def _row(self, row: FieldRow) -> FieldRow:
        self.rows.append(row)
        return row

    def on_mount(self) -> None:
        self._show_states()

    def show(self, state: FormState) -> bool:
        """Show the form's values; False when its rows are of another kind now, so that it has to be made anew."""
        before, self._state = self._unknown(), state
        if before != self._unknown():
            return False
        for row in self.rows:
            value = self._state[row.field.key]
            if row.field not in SPLASH_FIELDS:
                row.show(value)
                continue
            if row_kind(row.field, value)[0] is not type(row) and not row.has_focus_within:
                return False
            row.show(value)
        self._show_states()
        return True

    def _unknown(self) -> list[str]:
        known = {field.key for field in SPLASH_FIELDS}
        return [key for key in self._state.config if isinstance(key, str) and key not in known][:MAX_UNKNOWN]

    def _show_states(self) -> None:
        values = self._state.values
        self.notices = with_room(check_config(values), values, self._window)
        for known in SPLASH_FIELDS:
            if known.kind in PICTURE_KINDS and isinstance(value := values.get(known.key), str):
                said = (*self.notices.get(known.key, ()), *self._of_pictures(known, value))
                if said:
                    self.notices[known.key] = said
        for row in self.rows:
            key = row.field.key
            if isinstance(row, DefaultTypeField):
                types = values.get("resource_types")
                row.offer(types if isinstance(types, list) else ())
            note = (
                self._picture_note(values.get(key))
                if row.field.kind in PICTURE_KINDS
                else row.note(values.get(key))
            )
            is_over = is_too_long(row.field, values.get(key), self._window)
            row.show_state(key in self._state.edited, self.notices.get(key, ()), note, is_over)

    def show_entries(self, entries: OwnEntries) -> None:
        """Show what of the partner's own entries concerns the fields."""
        for row in self.rows:
            row.show_entries(entries)

    def show_window(self, window: Window) -> None:
        """Measure the texts by another window of a browser."""
        self._window = window
        self._show_states()

    def show_pictures(self, kinds: Mapping[str, PictureKind], notices: PictureNotices) -> None:
        """Say beside the fields where their pictures are, and what is wrong with those that are known."""
        self._kinds, self._of_pictures = kinds, notices
        self._show_states()

    def _picture_note(self, value: Any) -> str:
        kind = self._kinds.get(value.strip()) if isinstance(value, str) else None
        return KIND_WORDS[kind] if kind else ""

    @property
    def problems(self) -> str:
        """How much is wrong, in words; empty for nothing."""
        every = [notice.severity for notices in self.notices.values() for notice in notices]
        counts = [(every.count(kind), kind) for kind in ("error", "warning")]
        return ", ".join(f"{count} {kind}{'s' if count > 1 else ''}" for count, kind in counts if count)

    # The focus

    def on_resize(self) -> None:
        """What is edited stays in sight where the unsaved changes, or a smaller terminal, take room."""
        if (focused := self.app.focused) is not None and self.has_focus_within and focused is not self:
            self.call_after_refresh(self.scroll_to_widget, focused, animate=False)

    @property
    def stops(self) -> list[Widget]:
        return [widget for row in self.rows for widget in row.inputs]

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        row = next((row for row in self.rows if row.has_focus_within), None)
        if row is not None:
            self._last = event.widget
            self.post_message(self.Entered(row.field))

    def on_focus(self) -> None:
        self.post_message(self.Entered(None))

    def on_field_input_left(self, event: FieldInput.Left) -> None:
        event.stop()
        self.focus(scroll_visible=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_step(1)

    def on_field_text_area_submitted(self, event: FieldTextArea.Submitted) -> None:
        event.stop()
        self.action_step(1)

    def on_field_row_edited(self, event: FieldRow.Edited) -> None:
        event.stop()
        self.post_message(self.Edited(event.row.field.key, event.value, event.is_apart))

    def action_step(self, by: int) -> None:
        stops = self.stops
        if self.app.focused is self or self.app.focused not in stops:
            self.action_enter()
            return
        place = stops.index(self.app.focused) + by
        if 0 <= place < len(stops):
            stops[place].focus()

    def action_enter(self) -> None:
        """Go on where the focus was; at first, in the title, which is what is edited most."""
        if self._last is not None and self._last.is_attached:
            self._last.focus()
        elif stops := self.stops:
            title = next((row for row in self.rows if row.field.key == "splash_title"), None)
            (title.inputs if title and title.inputs else stops)[0].focus()
