"""Notices below a field of the form: one sentence with a severity, and the sentences that several checks share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from partner_tui.manifest.text.sourced import kind_of
from partner_tui.splash.fields import SplashField

NoticeSeverity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What the form says below a field.

    Args:
        severity: ``error`` where the site fails, ``warning`` where it misleads, ``info`` where it is good to know.
        text: One sentence: what is so.
        hint: One sentence: what to do; may be empty.
        index: The position in a list (0-based) that it is about; None for the whole field.
        is_length: Whether it compares a text with what a line usually holds; in a known window, its lines are known.
    """

    severity: NoticeSeverity
    text: str
    hint: str = ""
    index: int | None = None
    is_length: bool = False


Notices = tuple[Notice, ...]


def is_blank(value: Any) -> bool:
    """Whether the site shows nothing for a value: null, blank text, or an empty list."""
    return value is None or value in ("", []) or (isinstance(value, str) and not value.strip())


def line_notices(known: SplashField, text: str, index: int | None = None) -> Notices:
    """What there is to say about one line of text: its line breaks, the blanks around it, its length."""
    notices: list[Notice] = []
    if "\n" in text.strip("\n"):
        notices.append(Notice("warning", "It has several lines; the site shows them as one.", index=index))
    elif text != text.strip():
        notices.append(Notice("info", "Leading or trailing spaces; the site removes them.", index=index))
    if (too_long := length_notice(known, text, index)) is not None:
        notices.append(too_long)
    return tuple(notices)


def length_notice(known: SplashField, text: str, index: int | None = None) -> Notice | None:
    """For a text that is longer than a line of the page usually holds; None for any other."""
    length = len(text.strip())
    if known.fits is None or length <= known.fits:
        return None
    said = f"{length} characters; about {known.fits} fit on one line."
    return Notice("warning", said, "It wraps: shorten it, or look at the preview.", index, is_length=True)


def not_text(value: Any, index: int | None = None) -> Notice:
    """For a value that YAML reads as something else; quotes make text of a number, not of a list."""
    hint = "" if isinstance(value, list | Mapping) else "Put it in quotes."
    return Notice("error", f"It should be text, not {named(value)}.", hint, index=index)


def named(value: Any) -> str:
    """A value's type in a maintainer's words."""
    match value:
        case bool():
            return f"a boolean ({'true' if value else 'false'})"
        case int() | float():
            return f"a number ({value})"
        case str():
            return "text"
        case list():
            return "a list"
        case Mapping():
            return "a mapping"
        case date():
            return f"a date ({value})"
    return f"a {kind_of(value).__name__}"
