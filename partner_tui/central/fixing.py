"""What of a cause can be corrected without asking: edits that leave nothing to decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partner_tui.central.compiled import Cause
from partner_tui.central.listing import GROUPS
from partner_tui.manifest.editing.edits import Add, Edit, Remove, Replace
from partner_tui.manifest.text.document import Document


def edits_for(cause: Cause, document: Document) -> Sequence[Edit]:
    """The edits of the manifest that remove a cause; none where somebody has to decide, or another file is to be edited."""
    if cause.file is not None:
        return ()
    root: dict[str, Any] = document.data if isinstance(document.data, dict) else {}
    path = cause.path
    if cause.rule == "no-collection":
        typed = "type" in root
        return (Replace(("type",), "collection") if typed else Add(("type",), "collection", _first(root)),)
    if cause.rule == "no-type" and path[0] in GROUPS:
        return (
            Add(
                (*path, "type"),
                str(path[0]),
                _first(document.value(node)) if (node := document.node(path)) else None,
            ),
        )
    slot = document.slot(path) if path else None
    if slot is not None and cause.rule in ("schema", "root") and document.value(slot.value) is None:
        return (Remove(path),)
    return ()


def _first(mapping: Any) -> str | None:
    """The key behind which a new one is written."""
    names = list(mapping) if isinstance(mapping, dict) else []
    known = next((name for name in ("id", "format_version") if name in names), names[0] if names else None)
    return known if isinstance(known, str) else None
