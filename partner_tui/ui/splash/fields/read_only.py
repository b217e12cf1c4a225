"""A field that is shown and not edited here: an unknown key, or a value of another shape than its field has."""

from __future__ import annotations

import json
from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from partner_tui.plain import visible
from partner_tui.splash.fields import SplashField
from partner_tui.ui.splash.fields.row import FieldRow

MAX_CHARACTERS = 200


class ReadOnlyField(FieldRow):
    """A value as it stands in the manifest.

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
        self._shown.update(Content.assemble((why, "italic"), visible(text, MAX_CHARACTERS)))
