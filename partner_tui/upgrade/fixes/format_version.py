"""The literal latest version of the entry's type."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft

NAME = "format-version"
TITLE = "Set format_version"
WHY = "An entry must declare the format it uses."
CLASS = "auto"


def fix(draft: Draft) -> None:
    latest = draft.context.latest(draft.type)
    declared = draft.data.get("format_version")
    if isinstance(declared, dict | list):
        draft.to_config("format_version", declared)
    if latest and declared != latest:
        draft.data["format_version"] = draft.respell(declared, draft.adds(latest))
