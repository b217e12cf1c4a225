"""Makes the widget that edits a field: decided by the field's kind, and by whether the value that is there has its shape."""

from __future__ import annotations

import json
from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from partner_tui.plain import visible
from partner_tui.splash.fields import FieldGroup, FieldKind, SplashField
from partner_tui.splash.form import why_read_only
from partner_tui.ui.splash.fields.choices import DefaultTypeField, ResourceTypesField
from partner_tui.ui.splash.fields.contacts import ContactsField
from partner_tui.ui.splash.fields.long_text import LongTextField
from partner_tui.ui.splash.fields.picture import PictureField
from partner_tui.ui.splash.fields.row import FieldRow
from partner_tui.ui.splash.fields.text import TextField
from partner_tui.ui.splash.fields.texts import TagsField, TextsField

MAX_TEXT = 10_000
"""A longer text is not edited in a field of a form."""
MAX_SHOWN = 200
"""Characters of a value that is only shown."""


class ReadOnlyField(FieldRow):
    """A value as it stands in the manifest: of an unknown key, or of another shape than its field has.

    Args:
        why: Why it is not edited here, in a few words.
    """

    DEFAULT_CSS = """
    ReadOnlyField .read-only { height: 1; padding: 0 1; color: $foreground 60%; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    HAS_NOTE = False

    def __init__(self, field: SplashField, why: str) -> None:
        super().__init__(field)
        self._why = why
        self._shown = Static(classes="read-only", markup=False)

    def compose_value(self) -> ComposeResult:
        yield self._shown

    def show(self, value: Any) -> None:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        why = f"{self._why}: " if self._why else ""
        self._shown.update(Content.assemble((why, "italic"), visible(text, MAX_SHOWN)))


_ROWS: dict[FieldKind, type[FieldRow]] = {
    FieldKind.TEXTS: TextsField,
    FieldKind.TAGS: TagsField,
    FieldKind.URL_OR_EMOJI: PictureField,
    FieldKind.PICTURE: PictureField,
    FieldKind.RESOURCE_TYPES: ResourceTypesField,
    FieldKind.DEFAULT_TYPE: DefaultTypeField,
    FieldKind.CONTACTS: ContactsField,
    FieldKind.LONG_TEXT: LongTextField,
}


def row_kind(field: SplashField, value: Any) -> tuple[type[FieldRow], str]:
    """The widget for a field with this value; for one that is only shown, also why."""
    if why := why_read_only(field, value) or _why_not_typed(value):
        return ReadOnlyField, why
    if isinstance(value, str) and "\n" in value and issubclass(_ROWS.get(field.kind, TextField), TextField):
        return LongTextField, ""
    return _ROWS.get(field.kind, TextField), ""


def make_row(field: SplashField, value: Any) -> FieldRow:
    """The widget for a field with this value, showing it."""
    kind, why = row_kind(field, value)
    row = ReadOnlyField(field, why) if kind is ReadOnlyField else kind(field)
    row.show(value)
    return row


def unknown_field(key: str) -> SplashField:
    """A key of `config` that the form has no field for, described so that it can be shown."""
    text = "Unknown config key, kept unchanged. Press e to edit it in the manifest."
    return SplashField(key, visible(key, 40), FieldKind.TEXT, FieldGroup.LINKS, text)


def _why_not_typed(value: Any) -> str | None:
    """Why a text cannot be edited in a field: what cannot be seen must not be lost by typing beside it."""
    if isinstance(value, dict):
        return next((why for text in value.values() if (why := _why_not_typed(text))), None)
    if isinstance(value, list):
        return next((why for text in value if (why := _why_not_typed(text))), None)
    if not isinstance(value, str):
        return None
    if len(value) > MAX_TEXT:
        return "a long text"
    return None if visible(value, lines=True) == value else "has control characters"
