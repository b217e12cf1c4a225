"""Ids have no upper-case letters: one decision for the manifest, and the links that name them follow."""

from __future__ import annotations

import re

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.new_files import CannotUpgrade
from partner_tui.upgrade.question import Choice, Question

NAME = "id-lowercase"
TITLE = "Lowercase ids"
WHY = (
    "An id may contain only a-z 0-9 _ - / . ; links in this manifest are updated, links in other repositories are"
    " not."
)
CLASS = "ask"


def fix(draft: Draft) -> None:
    id = draft.data.get("id")
    if not isinstance(id, str) or id == id.lower() or not re.fullmatch(r"[a-z0-9_\-/.]+", id.lower()):
        return
    lowered = draft.ask(
        Question(
            NAME,
            NAME,
            "Convert ids with uppercase letters to lowercase?",
            WHY,
            proposal=True,
            derived="the same letters",
            choices=(
                Choice(True, "Yes, and update links in this manifest"),
                Choice(False, "No, leave these entries unchanged"),
            ),
        )
    )
    if not lowered:
        raise CannotUpgrade("the id keeps its uppercase letters")
    draft.data["id"] = draft.respell(id, draft.free_id(id.lower()))
