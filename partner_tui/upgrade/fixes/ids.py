"""Ids: their spelling, and `if` where `id` is meant."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from partner_tui.manifest.ids import ENTRY_ID
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.new_files import CannotUpgrade
from partner_tui.upgrade.question import Choice


@fix(
    "if-for-id",
    "Rename if to id",
    "`if` is not a field; it is a typo for `id`.",
    FixKind.AUTO,
)
def if_for_id(draft: Draft) -> None:
    if "if" in draft.data and "id" not in draft.data and isinstance(draft.data["if"], str):
        draft.data["id"] = draft.data.pop("if")


@fix(
    "id-lowercase",
    "Lowercase ids",
    (
        "An id may contain only a-z 0-9 _ - / . ; links in this manifest are updated, links in other repositories are"
        " not."
    ),
    FixKind.ASK,
)
def id_lowercase(draft: Draft) -> None:
    """Ids have no upper-case letters: one decision for the manifest, and the links that name them follow."""
    id = draft.data.get("id")
    if not isinstance(id, str) or id == id.lower() or not re.fullmatch(r"[a-z0-9_\-/.]+", id.lower()):
        return
    lowered = draft.ask(
        id_lowercase.name,
        id_lowercase.name,
        "Convert ids with uppercase letters to lowercase?",
        id_lowercase.why,
        proposal=True,
        derived="the same letters",
        choices=(
            Choice(True, "Yes, and update links in this manifest"),
            Choice(False, "No, leave these entries unchanged"),
        ),
    )
    if not lowered:
        raise CannotUpgrade("the id keeps its uppercase letters")
    draft.data["id"] = draft.respell(id, draft.free_id(id.lower()))


@fix(
    "id-characters",
    "Fix id characters",
    "An id may contain only a-z 0-9 _ - / . and must not start or end with a slash.",
    FixKind.ASK,
)
def id_characters(draft: Draft) -> None:
    id, parent = draft.data.get("id"), draft.data.get("parent")
    if isinstance(id, str) and not ENTRY_ID.fullmatch(id):
        answer = draft.ask(
            f"{id_characters.name}:{id}",
            id_characters.name,
            f"What should the new id of “{id[:80]}” be?",
            id_characters.why,
            proposal=_proposed(id, draft) or _proposed(str(draft.data.get("name")), draft),
            derived="the id, or else the name, with a hyphen for other characters",
            check=_objection,
        )
        draft.data["id"] = draft.respell(id, answer)
    if isinstance(parent, str) and not ENTRY_ID.fullmatch(parent):
        draft.to_config("parent", draft.data.pop("parent"))


def _proposed(value: str, draft: Draft) -> str | None:
    ascii = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    proposed = re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9_\-/.]+", "-", ascii)).strip("-/")
    return draft.free_id(proposed) if proposed else None


def _objection(answer: Any) -> str | None:
    if isinstance(answer, str) and ENTRY_ID.fullmatch(answer):
        return None
    return id_characters.why
