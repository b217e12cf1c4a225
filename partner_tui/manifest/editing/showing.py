"""Values as YAML for people to read and to type: written as they would be into a new document."""

from __future__ import annotations

from typing import Any

from partner_tui.errors import PatchError
from partner_tui.manifest.editing.writer import Style, Writer
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import plain


def as_yaml(value: Any, on_one_line: bool = False) -> str:
    """A value as YAML text, without a last line break; what YAML has no plain form for, as Python shows it."""
    writer, style = Writer(Document.parse("")), Style()
    try:
        value = plain(value)
        if on_one_line or not isinstance(value, dict | list) or not value:
            return writer.flow(value, style)
        return "\n".join(writer.block(value, 0, style))
    except PatchError:
        return str(value)


def scalar_text(value: Any) -> str:
    """A value as a form shows it: a text as it is, anything else as it is written on one line, nothing for nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else as_yaml(value, on_one_line=True)
