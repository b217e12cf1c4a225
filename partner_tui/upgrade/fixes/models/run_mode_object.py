"""A run mode written as a list or a text becomes the one object that the spec knows."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix


@fix(
    "run-mode-object",
    "Convert run_mode",
    "A run mode is an object with a name.",
    FixKind.AUTO,
)
def run_mode_object(draft: Draft) -> None:
    mode = draft.data.get("run_mode")
    if isinstance(mode, list) and len(mode) == 1:
        mode = mode[0]
    if isinstance(mode, str) and mode:
        mode = {"name": mode}
    if isinstance(mode, dict) and _is_one(mode):
        draft.data["run_mode"] = mode
    elif "run_mode" in draft.data and (old := draft.data.pop("run_mode")) not in (None, [], {}, ""):
        draft.to_config("run_mode", old)


def _is_one(mode: dict[str, Any]) -> bool:
    return (
        isinstance(mode.get("name"), str)
        and mode.keys() <= {"name", "kwargs"}
        and isinstance(mode.get("kwargs", {}), dict)
    )
