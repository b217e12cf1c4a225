"""The form of the splash as a value: which fields are edited, on top of which `config`.

Edits are kept apart from what the file holds, so that they can be put on top of another version of it; the fields that
changed on both sides are told, never silently taken from one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.values import same
from partner_tui.plain import visible
from partner_tui.splash.fields import CONTACT_KEYS, SPLASH_FIELDS, FieldKind, SplashField

MAX_MEMBERS = 40
"""A longer list has no rows in the form; no splash could show it."""

SCALARS = (str, int, float, bool)


def is_empty(value: Any) -> bool:
    """Whether a field shows nothing: absent, null, an empty text or an empty list."""
    return value is None or value == "" or value == []


def same_shown(one: Any, other: Any) -> bool:
    """Whether two values look the same in the form; an untouched empty value is never rewritten as another one."""
    return (is_empty(one) and is_empty(other)) or same(one, other)


@dataclass(frozen=True, slots=True)
class FormState:
    """What the form holds.

    Args:
        config: What the manifest holds.
        edited: By key, the values that differ from it; None for a field that was emptied, whose key saving removes.
    """

    config: Mapping[str, Any] = field(default_factory=dict)
    edited: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        """The value that the form shows."""
        return self.edited[key] if key in self.edited else self.config.get(key)

    @property
    def values(self) -> dict[str, Any]:
        """The whole `config` as it would be after saving."""
        merged = {**self.config, **self.edited}
        return {key: value for key, value in merged.items() if key not in self.edited or value is not None}

    @property
    def keys(self) -> tuple[str, ...]:
        """The edited fields, in the form's order."""
        return tuple(known.key for known in SPLASH_FIELDS if known.key in self.edited)

    def set(self, key: str, value: Any) -> FormState:
        """The form with one field edited; a field that looks as it did is not edited."""
        edited = {name: kept for name, kept in self.edited.items() if name != key}
        if not same_shown(value, self.config.get(key)):
            edited[key] = None if is_empty(value) else value
        return FormState(self.config, edited)

    def on(self, config: Mapping[str, Any]) -> tuple[FormState, tuple[str, ...]]:
        """The same edits on top of another `config`, and the keys that were changed on both sides, differently."""
        state = FormState(config)
        for key, value in self.edited.items():
            state = state.set(key, value)
        both = (key for key in state.keys if not same_shown(self.config.get(key), config.get(key)))
        return state, tuple(both)

    def to_draft(self) -> dict[str, Any]:
        """As JSON data: the edits, and the values that they were made on."""
        return {
            "schema": 1,
            "base": {key: self.config.get(key) for key in self.edited},
            "edited": dict(self.edited),
        }

    @classmethod
    def from_draft(cls, draft: Any) -> FormState | None:
        """The form that was kept; None when it is no draft of this form, or holds nothing that can be edited."""
        if not isinstance(draft, dict) or draft.get("schema") != 1:
            return None
        base, edited = draft.get("base"), draft.get("edited")
        if not isinstance(base, dict) or not isinstance(edited, dict):
            return None
        known = {one.key: one for one in SPLASH_FIELDS}
        kept = {
            key: value
            for key, value in edited.items()
            if key in known and why_read_only(known[key], value) is None
        }
        return cls(base, kept) if kept else None


def why_read_only(field: SplashField, value: Any) -> str | None:
    """Why a value has no place in its field, in a few words; None where the form can edit it.

    What is not of the expected shape is shown and left as it is, never forced into another.
    """
    if value is None:
        return None
    match field.kind:
        case FieldKind.TEXTS | FieldKind.TAGS | FieldKind.RESOURCE_TYPES:
            if not isinstance(value, list):
                return "not a list"
            if not all(isinstance(member, SCALARS) for member in value):
                return "not a list of texts"
        case FieldKind.CONTACTS:
            if not isinstance(value, list):
                return "not a list"
            if not all(isinstance(member, Mapping) and _is_json(member) for member in value):
                return "not a list of people"
        case _:
            return None if isinstance(value, SCALARS) else "not a text"
    return f"{len(value)} lines" if len(value) > MAX_MEMBERS else None


def _is_json(value: Any) -> bool:
    """Whether a value can be kept in a draft; a date, say, cannot."""
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _is_json(kept) for key, kept in value.items())
    return (
        value is None or isinstance(value, SCALARS) or (isinstance(value, list) and all(map(_is_json, value)))
    )


def contact_text(person: Mapping[str, Any], key: str) -> str | None:
    """What one line of a contact shows; None for a value that only the manifest can be edited for."""
    value = person.get(key)
    return scalar_text(value) if value is None or isinstance(value, SCALARS) else None


def with_contact_text(person: Mapping[str, Any], key: str, text: str) -> dict[str, Any]:
    """The contact with one line changed; an emptied line removes its key, new keys stand in the form's order."""
    kept = {name: value for name, value in person.items() if name != key or text}
    if not text:
        return kept
    if key in kept:
        kept[key] = text
        return kept
    order = {name: place for place, name in enumerate(CONTACT_KEYS)}
    before = [name for name in kept if order.get(name, len(order)) < order[key]]
    after = [name for name in kept if name not in before]
    return {**{n: kept[n] for n in before}, key: text, **{n: kept[n] for n in after}}


def why_no_form(manifest: Manifest) -> str | None:
    """Why there is no `config` of a partner that can be edited by fields; None when there is, or none at all."""
    if manifest.is_rdf:
        return "This file is the RDF of one resource. The splash is in the manifest of its partner."
    config = manifest.fields.get("config")
    if config is not None and not isinstance(config, dict):
        return f"`config` is not a mapping: {visible(str(config), 60)}"
    return None
