"""A name has at least 5 characters; a longer one is proposed from the name and the type."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fixes.name_missing import objection
from partner_tui.upgrade.question import Question

NAME = "name-short"
TITLE = "Lengthen short names"
WHY = "A name has at least 5 characters."
CLASS = "ask"

_SHORTEST = 5


def fix(draft: Draft) -> None:
    name = draft.data.get("name")
    if not isinstance(name, str) or not 0 < len(name) < _SHORTEST:
        return
    answer = draft.ask(
        Question(
            f"{NAME}:{name}",
            NAME,
            f"What is a longer name (5+ characters) for “{name}”?",
            WHY,
            proposal=f"{name} {draft.type or 'resource'}",
            derived="its name and its type",
            check=objection,
        )
    )
    draft.data["name"] = draft.respell(name, answer)
