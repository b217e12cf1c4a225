"""Reads the text typed for a field of `config` into its value: text stays the very text, only lists and mappings are YAML.

The field decides, not the look of what was typed: `No`, `12:30` and `# 1` are titles like any other, and a tag `1.0` in a
list of tags is the text "1.0". The form keeps the same rule by its widgets, which know of texts alone.
"""

from __future__ import annotations

from typing import Any

import yaml

from partner_tui.errors import ManifestParseError, UsageError
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import plain
from partner_tui.splash.fields import FieldKind, SplashField


def typed_value(known: SplashField | None, present: Any, typed: str) -> Any:
    """The value that is meant.

    Args:
        known: The field; None for one that only this manifest has.
        present: What the field holds, which decides where the field is not known.
        typed: The text, as it was given.

    Raises:
        UsageError: The field is a list and this is none, or has an empty member, or no YAML.
    """
    if known is None and not isinstance(present, str):
        return plain(_parsed(typed).data)
    if known is None or not known.is_list:
        return _text(typed)
    document = _parsed(typed)
    if document.data is None:
        return None
    if not isinstance(document.root, yaml.SequenceNode):
        example = (
            "[{name: Mary Moss, email: m@example.org}]" if known.kind is FieldKind.CONTACTS else "[one, two]"
        )
        raise UsageError(f"{known.key} is a list.", f"Write it in brackets: '{example}'.")
    members = [_with_texts(document, node) for node in document.root.value]
    if any(member in ("", [], {}) for member in members):
        raise UsageError(
            f"A member of {known.key} is empty.", "Leave it out; an empty list is written as '[]'."
        )
    return members


def _with_texts(document: Document, node: yaml.Node) -> Any:
    """A member of a list of texts, or of mappings of texts: every scalar as it is written, without its quotes."""
    if isinstance(node, yaml.ScalarNode):
        return _text(node.value)
    if isinstance(node, yaml.MappingNode):
        return {document.value(key): _with_texts(document, value) for key, value in node.value}
    return plain(document.value(node))


def _text(typed: str) -> str:
    try:
        typed.encode()
    except UnicodeEncodeError:
        raise UsageError("VALUE is not valid UTF-8 text.") from None
    return typed


def _parsed(typed: str) -> Document:
    try:
        return Document.parse(typed, "VALUE")
    except ManifestParseError as error:
        raise UsageError(
            f"VALUE is not YAML: {error.message}", "Quote text with colons: '[\"a: b\"]'."
        ) from error
