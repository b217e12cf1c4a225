"""Edit session of the splash form: values, undo stack and a recovered draft.

A revert is an edit like any other, to be taken back; a draft that is not answered yet stays below what is typed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from partner_tui.splash.fields import SPLASH_FIELDS
from partner_tui.splash.form import FormState
from partner_tui.splash.site_rules import check_config

MAX_UNDO = 200
_LABELS = {field.key: field.label.lower() for field in SPLASH_FIELDS}


@dataclass(frozen=True, slots=True)
class DraftPrompt:
    """Something for the user to decide, in words, with the two answers; `yes` keeps what was typed."""

    words: str
    yes: str
    no: str


def flaws_of(config: Mapping[str, Any], keys: Iterable[str]) -> tuple[str, ...]:
    """The errors of some fields, each in a line: what is not to be written unasked."""
    notices = check_config(config)
    return tuple(
        f"✗ {_LABELS[key].capitalize()}: {notice.text}"
        for key in keys
        for notice in notices.get(key, ())
        if notice.severity == "error"
    )


class SplashEditing:
    """One form, from its first key to its save."""

    def __init__(self) -> None:
        self.state = FormState()
        self._done: list[Mapping[str, Any]] = []
        self._undone: list[Mapping[str, Any]] = []
        self._typing_in: str | None = None
        self._kept: FormState | None = None
        self._kept_at = ""
        self._both: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The edited fields: ``title and features``."""
        return named(self.state.keys)

    @property
    def title(self) -> str:
        """The fields as the title of a step: ``title, features``; a number where they are many."""
        keys = self.state.keys
        return ", ".join(_LABELS[key] for key in keys) if len(keys) <= 3 else f"{len(keys)} fields"

    @property
    def error_summaries(self) -> tuple[str, ...]:
        """The errors of the edited fields, each in a line: what a save should not write unasked."""
        return flaws_of(self.state.values, self.state.keys)

    # What comes from outside

    def load(self, config: Mapping[str, Any]) -> None:
        """Put what is edited on top of what the manifest holds now."""
        self.state, both = self.state.on(config)
        self._both = both or tuple(key for key in self._both if key in self.state.edited)

    def offer_draft(self, draft: Any) -> bool:
        """Take up a draft to be offered; False when it is none, or holds nothing new."""
        kept = FormState.from_draft(draft)
        if kept is None or not kept.on(self.state.config)[0].edited:
            return False
        self._kept, self._kept_at = kept, str(draft.get("kept", ""))
        return True

    def to_draft(self, now: str) -> dict[str, Any] | None:
        """What is to be kept as JSON data; None for nothing.

        Args:
            now: When, for the day it is offered.
        """
        state = self.state
        if self._kept is not None:
            now = now if state.edited else self._kept_at
            state = FormState(state.config, {**self._kept.on(state.config)[0].edited, **state.edited})
        return {**state.to_draft(), "kept": now} if state.edited else None

    # Edits

    def edit(self, key: str, value: Any) -> None:
        """Give a field another value; keys typed one after the other in a field are one edit."""
        if self._typing_in != key:
            self._remember()
            self._typing_in = key
        self.state = self.state.set(key, value)

    def leave_field(self) -> None:
        """What is typed next is another edit."""
        self._typing_in = None

    def revert(self) -> None:
        """Give up every edit."""
        self._remember()
        self._set({})

    def can(self, act: str) -> bool:
        """Whether there is an edit to ``undo`` or ``redo``."""
        return bool(self._done if act == "undo" else self._undone)

    def undo(self) -> bool:
        """Take back the newest edit; False when there is none."""
        if not self._done:
            return False
        self._undone.append(self.state.edited)
        self._set(self._done.pop())
        return True

    def redo(self) -> bool:
        """Do the edit again that was taken back last; False when there is none."""
        if not self._undone:
            return False
        self._done.append(self.state.edited)
        self._set(self._undone.pop())
        return True

    def saved(self) -> None:
        """The edits are a step of the workspace now, which takes them back as a whole."""
        self._done, self._undone, self._typing_in, self._both = [], [], None, ()

    # What the user is asked

    @property
    def offer(self) -> DraftPrompt | None:
        """What is to be decided first; None when nothing is."""
        if self._both:
            return DraftPrompt(
                f"Changed in the manifest, too: {named(self._both)}", "Keep mine", "Use manifest value"
            )
        if self._kept is not None:
            at = f" from {self._kept_at.replace('T', ' ')}" if self._kept_at else ""
            return DraftPrompt(f"Unsaved draft{at}: {named(self._kept.keys)}", "Restore", "Discard")
        return None

    def answer(self, yes: bool) -> None:
        """Decide the offer."""
        if self._both:
            both, self._both = self._both, ()
            if not yes:
                self._remember()
                self._set({key: value for key, value in self.state.edited.items() if key not in both})
        elif self._kept is not None:
            kept, both = self._kept.on(self.state.config)
            self._kept = None
            if yes:
                self._both = tuple(key for key in both if key not in self.state.edited)
                self._remember()
                self._set({**kept.edited, **self.state.edited})

    def _remember(self) -> None:
        self._done = [*self._done[-MAX_UNDO:], self.state.edited]
        self._undone = []

    def _set(self, edited: Mapping[str, Any]) -> None:
        self.state, _ = FormState(self.state.config, edited).on(self.state.config)
        self._typing_in = None


def named(keys: tuple[str, ...]) -> str:
    """Fields by their labels, as a sentence lists them."""
    labels = [_LABELS[key] for key in keys]
    return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)
