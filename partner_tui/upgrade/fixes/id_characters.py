"""An id with characters that the format does not know is asked for; the likely one is proposed."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.question import Question

NAME = "id-characters"
TITLE = "Fix id characters"
WHY = "An id may contain only a-z 0-9 _ - / . and must not start or end with a slash."
CLASS = "ask"

_VALID = re.compile(r"[a-z0-9_\-.](?:[a-z0-9_\-/.]*[a-z0-9_\-.])?")


def fix(draft: Draft) -> None:
    for field in ("id", "parent"):
        value = draft.data.get(field)
        if not isinstance(value, str) or _VALID.fullmatch(value):
            continue
        if field == "parent":
            draft.to_config(field, draft.data.pop(field))
            continue
        answer = draft.ask(
            Question(
                f"{NAME}:{value}",
                NAME,
                f"What should the new id of “{value[:80]}” be?",
                WHY,
                proposal=_proposed(value, draft) or _proposed(str(draft.data.get("name")), draft),
                derived="the id, or else the name, with a hyphen for other characters",
                check=_objection,
            )
        )
        draft.data["id"] = draft.respell(value, answer)


def _proposed(value: str, draft: Draft) -> str | None:
    ascii = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    proposed = re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9_\-/.]+", "-", ascii)).strip("-/")
    return draft.free_id(proposed) if proposed else None


def _objection(answer: Any) -> str | None:
    if isinstance(answer, str) and _VALID.fullmatch(answer):
        return None
    return WHY
