"""Compiles a manifest by the rules that are wished, and corrects what leaves nothing to decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partner_tui.central.compiled import NEWEST, Cause, Compiled, Rules
from partner_tui.central.home import home_of
from partner_tui.central.listing import GROUPS
from partner_tui.central.rules_2021 import Rules2021
from partner_tui.central.rules_2024 import Rules2024
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.editing.edits import Add, Edit, Remove, Replace
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.text.document import Document


def compile_manifest(
    document: Document, files: CloneFiles, rules: Rules = NEWEST, branch: str | None = None
) -> Compiled:
    """What becomes of a manifest.

    Args:
        files: The clone, with what was fetched beside it; nothing else is read.
        branch: The clone's default branch, where the partner is not a known one.
    """
    root = document.data if isinstance(document.data, dict) else {}
    compilation = Rules2024 if rules == "2024" else Rules2021
    return compilation(document, files, home_of(root, files, document.name, branch)).run()


def unreadable(error: ManifestParseError, rules: Rules) -> Compiled:
    """What becomes of a manifest that cannot be read: nothing."""
    why = f"The CI could not read the manifest: {error.message.rstrip('.')}"
    return Compiled(rules, {}, ignored=Cause("unreadable", (), error.line, why, error.hint.rstrip(".")))


def edits_for(cause: Cause, document: Document) -> Sequence[Edit]:
    """The edits of the manifest that remove a cause; none where somebody has to decide, or another file is to be edited."""
    path = cause.path
    if cause.file is not None:
        return ()
    if cause.rule == "no-collection":
        root = document.data if isinstance(document.data, dict) else {}
        return (Replace(path, "collection") if "type" in root else Add(path, "collection", _first(root)),)
    if cause.rule == "no-type" and path[0] in GROUPS:
        node = document.node(path)
        return (Add((*path, "type"), str(path[0]), _first(document.value(node)) if node else None),)
    slot = document.slot(path) if path else None
    if slot is not None and cause.rule in ("schema", "root") and document.value(slot.value) is None:
        return (Remove(path),)
    return ()


def _first(mapping: Any) -> str | None:
    """The key behind which a new one is written."""
    names = list(mapping) if isinstance(mapping, dict) else []
    known = next((name for name in ("id", "format_version") if name in names), names[0] if names else None)
    return known if isinstance(known, str) else None
