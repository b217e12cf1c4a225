"""Covers, icon, documentation and attachments are descriptions of files: objects with a `source`."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft

NAME = "source-objects"
TITLE = "Convert file fields"
WHY = "Covers, icon, documentation and attachments are objects with a source."
CLASS = "auto"

_EMOJI = 2
"""An icon of at most so many characters is shown as it is."""


def fix(draft: Draft) -> None:
    data = draft.data
    if isinstance(documentation := data.get("documentation"), str):
        data["documentation"] = {"source": documentation}
    if isinstance(icon := data.get("icon"), str) and len(icon) > _EMOJI:
        data["icon"] = {"source": icon}
    if isinstance(covers := data.get("covers"), list):
        data["covers"] = [_described(one) for one in covers]
    if isinstance(attachments := data.get("attachments"), dict):
        _attachments(draft, attachments)
    if isinstance(attachments := data.get("attachments"), list):
        data["attachments"] = [_described(one) for one in attachments]


def _attachments(draft: Draft, attachments: dict[str, Any]) -> None:
    """Format 0.2 had `files` and anything else beside them."""
    files = attachments.pop("files", None)
    if attachments:
        draft.to_config("attachments", attachments)
    draft.data["attachments"] = files if isinstance(files, list) else [files] if files else []
    draft.drop_if_empty("attachments")


def _described(value: Any) -> Any:
    return {"source": value} if isinstance(value, str) else value
