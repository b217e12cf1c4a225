"""Ids have no upper-case letters: one decision for the manifest, and the links that name them follow."""

from __future__ import annotations

import re

from partner_tui.upgrade.draft import CannotUpgrade, Draft
from partner_tui.upgrade.question import Choice, Question

NAME = "id-lowercase"
TITLE = "Lower-case ids"
WHY = (
    "An id has the characters a-z 0-9 _ - / . alone; links in this manifest follow, others elsewhere cannot."
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
            "Write the ids with upper-case letters in lower case?",
            WHY,
            proposal=True,
            derived="the same letters; links in this manifest are changed with them",
            choices=(
                Choice(True, "yes, with the links to them"),
                Choice(False, "no, leave these entries as they are"),
            ),
        )
    )
    if not lowered:
        raise CannotUpgrade("its id keeps its upper-case letters")
    draft.data["id"] = draft.respell(id, draft.free_id(id.lower()))
