"""An entry needs a name; one is proposed from what the entry says of itself."""

from __future__ import annotations

import re
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fixes.name_characters import plain_name
from partner_tui.upgrade.question import Question

NAME = "name-missing"
TITLE = "Add missing names"
WHY = "A name of 5 to 128 characters is what the site shows."
CLASS = "ask"


def fix(draft: Draft) -> None:
    name = draft.data.get("name")
    if isinstance(name, str) and plain_name(name):
        return
    proposal, derived = _derived(draft)
    answer = draft.ask(
        Question(
            f"{NAME}:{draft.context.id}",
            NAME,
            f"What should {draft.context.id} be called?",
            WHY,
            proposal=proposal,
            derived=derived,
            check=objection,
        )
    )
    if name not in (None, ""):
        draft.to_config("name", name)
    draft.data["name"] = answer


def _derived(draft: Draft) -> tuple[str | None, str]:
    description = draft.data.get("description")
    if isinstance(description, str):
        first = plain_name(re.split(r"(?<=[a-z0-9)])[.!?](?:\s|$)|\n", description.strip(), maxsplit=1)[0])
        if 5 <= len(first) <= 64:
            return first, "the first sentence of its description"
    for field, whose in (("id", "its id"), ("source", "its source")):
        text = draft.data.get(field)
        last = text.rstrip("/").rpartition("/")[2] if isinstance(text, str) else ""
        words = plain_name(re.sub(r"[_\-.?#=&]+", " ", last))
        if len(words) >= 5:
            return words, f"derived from {whose}"
        if words:
            return f"{words} {draft.type or 'resource'}", f"derived from {whose} and its type"
    return None, ""


def objection(answer: Any) -> str | None:
    """What is wrong with a name; None when nothing is."""
    if not isinstance(answer, str) or not 5 <= len(answer) <= 128:
        return "A name has 5 to 128 characters."
    if not re.fullmatch(r"[A-Za-z0-9_+\- ()]+", answer):
        return "A name may contain only letters, digits, spaces and _ + - ( )."
    return None
