"""The literal latest version of the entry's type."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix


@fix(
    "format-version",
    "Set format_version",
    "An entry must declare the format it uses.",
    FixKind.AUTO,
)
def format_version(draft: Draft) -> None:
    latest = draft.context.latest(draft.type)
    declared = draft.data.get("format_version")
    if isinstance(declared, dict | list):
        draft.to_config("format_version", declared)
    if latest and declared != latest:
        draft.data["format_version"] = draft.respell(declared, draft.adds(latest))
