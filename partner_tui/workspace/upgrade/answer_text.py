"""Converts answers between text input and values."""

from __future__ import annotations

from typing import Any

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.editing.showing import as_yaml
from partner_tui.manifest.text.document import Document
from partner_tui.upgrade.question import Question


def typed_text(value: Any) -> str:
    """A value as it is typed: a text as it stands, everything else as YAML on one line."""
    return value if isinstance(value, str) else as_yaml(value, on_one_line=True)


def read_typed(question: Question, text: str) -> Any:
    """The value that a typed answer means: the text itself where the question takes it, else what it is as YAML."""
    text = text.strip()
    try:
        value = Document.parse(text).data
    except ManifestParseError:
        value = None
    return question.meant(text, text if value is None else value)
