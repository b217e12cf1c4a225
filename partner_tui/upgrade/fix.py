"""The type of a fix: a function that works on a draft, and what the maintainer is told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from partner_tui.manifest.text.document import Path

if TYPE_CHECKING:
    from partner_tui.upgrade.draft import Draft


class FixKind(StrEnum):
    """What a fix does to the meaning, and so how it is confirmed."""

    AUTO = "auto"
    FILE = "file"
    CONFIG = "config"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Fix:
    """A rule that mends.

    Attributes:
        name: As findings name it: `doi-prefix`.
        title: What it does, in a few words.
        why: What the spec wants.
        fix_class: auto (the meaning stays), file (makes a file), config (a value moves there word for word), ask.
        apply: Works on the draft in place; does nothing where nothing is to be done.
    """

    name: str
    title: str
    why: str
    fix_class: FixKind
    apply: Callable[[Draft], None]


def fix(name: str, title: str, why: str, fix_class: FixKind) -> Callable[[Callable[[Draft], None]], Fix]:
    """Make a fix of the function below, whose name it takes; see `Fix`."""
    return lambda apply: Fix(name, title, why, fix_class, apply)


@dataclass(frozen=True, slots=True)
class Change:
    """One value that a fix gave another form.

    Attributes:
        fix: Its name.
        path: Where, from the entry's root; in the data as they were before the fix.
        before: None when there was nothing.
        after: None when nothing is left there.
    """

    fix: str
    path: Path
    before: Any
    after: Any
