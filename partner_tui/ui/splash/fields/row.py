"""Base of every field of the form: a label, a place for its value, and a narrow column for a note.

Nothing in a row changes its height while a text is typed: what there is to say stands in the form's message area.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from partner_tui.compliance.finding import Severity
from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.splash.fields import SPLASH_FIELDS, SplashField
from partner_tui.splash.notices import Notices
from partner_tui.splash.own_entries import OwnEntries
from partner_tui.ui.themes import SEVERITY_STYLES

GLYPHS = {**{severity: severity.glyph for severity in Severity}, Severity.INFO: " "}
EDITED = "▎"


def worst(notices: Notices) -> Severity | None:
    """The gravest severity among the notices; None without any."""
    present = {notice.severity for notice in notices}
    return next((severity for severity in Severity if severity.value in present), None)


class FieldRow(Horizontal):
    """One field. Subclasses give the widgets of its value, and show and report it.

    Args:
        field: What is edited.
    """

    DEFAULT_CSS = """
    FieldRow {
        height: auto;
        .field-mark { width: 3; }
        .field-label {
            width: 15; height: 1; padding-right: 1; color: $foreground 75%; text-wrap: nowrap; text-overflow: ellipsis;
        }
        .field-value { width: 1fr; height: auto; }
        .field-note {
            width: 6; height: 1; color: $foreground 55%; text-align: right;
            text-wrap: nowrap; text-overflow: ellipsis;
            &.-over { color: $warning; }
        }
        &:focus-within { background: transparent; }
        &:focus-within .field-label { color: $accent; text-style: bold; }
    }
    """
    HAS_NOTE: ClassVar[bool] = True
    CAN_CHOOSE: ClassVar[bool] = False
    """Whether there is a list of values to choose from, beside typing one."""

    class Edited(Message):
        """The user gave the field another value; `is_apart` where that does not go on with what was typed before."""

        def __init__(self, row: FieldRow, value: Any, is_apart: bool) -> None:
            super().__init__()
            self.row = row
            self.value = value
            self.is_apart = is_apart

    class ChoiceAsked(Message):
        """The user wants to choose the value from what there is."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, field: SplashField) -> None:
        super().__init__(id=f"field-{field.key}" if field in SPLASH_FIELDS else None)
        self.field = field
        self._state: tuple[bool, Severity | None, str, bool] | None = None
        self._mark = Static(classes="field-mark", markup=False)
        self._note = Static(classes="field-note", markup=False)

    def compose(self) -> ComposeResult:
        yield self._mark
        yield Static(self.field.label, classes="field-label", markup=False)
        with Vertical(classes="field-value"):
            yield from self.compose_value()
        if self.HAS_NOTE:
            yield self._note

    def compose_value(self) -> ComposeResult:
        """The widgets that show and edit the value."""
        raise NotImplementedError

    def show(self, value: Any) -> None:
        """Show a value, without reporting it as an edit; what is on the screen already stays untouched."""
        raise NotImplementedError

    def show_state(self, edited: bool, notices: Notices, note: str = "", is_over: bool = False) -> None:
        """Mark the row as edited, and by its gravest notice. Called at every key: what stays is not drawn again.

        Args:
            is_over: Whether the note is on a text that is too long.
        """
        state = (edited, worst(notices), note, is_over)
        if state == self._state:
            return
        self._state = state
        severity = state[1]
        glyph = (GLYPHS[severity], SEVERITY_STYLES[severity]) if severity else (" ", "")
        self._mark.update(Content.assemble((EDITED if edited else " ", "$accent"), glyph), layout=False)
        self._note.update(Content(note), layout=False)
        self._note.set_class(is_over, "-over")

    def note(self, value: Any) -> str:
        """What the narrow column says of a value: its length where that matters."""
        return str(len(scalar_text(value).strip()) or "") if self.HAS_NOTE and self.field.fits else ""

    def show_entries(self, entries: OwnEntries) -> None:
        """Show what of the partner's own entries concerns the field."""

    @property
    def inputs(self) -> list[Widget]:
        """What can have the focus in this row, in order."""
        return [widget for widget in self.query("*") if widget.focusable]

    def edit(self, value: Any, *, is_apart: bool = False) -> None:
        self.post_message(self.Edited(self, value, is_apart))

    def on_click(self, event: events.Click) -> None:
        """A click on the label is meant for the field."""
        if event.widget is not None and event.widget.has_class("field-label") and (inputs := self.inputs):
            inputs[0].focus()
