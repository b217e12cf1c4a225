"""The people to write to: each a small card of name, email address, GitHub name and affiliation.

What a contact holds beyond plain texts is shown, and stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from partner_tui.plain import visible
from partner_tui.splash.fields import CONTACT_KEYS
from partner_tui.splash.form import contact_text, with_contact_text
from partner_tui.ui.splash.fields.members import MemberInput, MemberRow, MembersField

LABELS = {"name": "Name", "email": "Email", "github": "GitHub", "affiliation": "Affiliation"}


class ContactRow(MemberRow):
    """One person."""

    DEFAULT_CSS = """
    ContactRow {
        Vertical { width: 1fr; height: auto; }
        .contact-line { height: 1; }
        .contact-label { width: 12; color: $foreground 60%; text-wrap: nowrap; }
        .contact-kept { width: 1fr; height: 1; padding: 0 1; color: $foreground 60%; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, number: int, member: Mapping[str, Any]) -> None:
        super().__init__(number, member)
        self._inputs = {key: MemberInput() for key in CONTACT_KEYS}
        self._kept = {key: Static(classes="contact-kept", markup=False) for key in CONTACT_KEYS}

    def compose_member(self) -> ComposeResult:
        with Vertical():
            for key in CONTACT_KEYS:
                with Horizontal(classes="contact-line"):
                    yield Static(LABELS[key], classes="contact-label", markup=False)
                    yield self._inputs[key]
                    yield self._kept[key]

    def on_mount(self) -> None:
        self.show(self.member)

    def show(self, member: Mapping[str, Any]) -> None:
        for key in CONTACT_KEYS:
            text = contact_text(member, key)
            self._inputs[key].display = text is not None
            self._kept[key].display = text is None
            if text is None:
                self._kept[key].update(visible(json.dumps(member[key], ensure_ascii=False, default=str), 120))
            else:
                self._inputs[key].show(text)

    @property
    def first_input(self) -> Widget:
        return self._inputs["name"]

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        key = next(key for key, widget in self._inputs.items() if widget is event.input)
        if event.value != contact_text(self.member, key):
            self.member = with_contact_text(self.member, key, event.value)
            self.post_message(self.Edited(self, self.member))


class ContactsField(MembersField):
    """People."""

    ADD = "+ add a contact"
    NEW: ClassVar[Any] = {}

    def make_row(self, number: int, member: Any) -> ContactRow:
        return ContactRow(number, member)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()
