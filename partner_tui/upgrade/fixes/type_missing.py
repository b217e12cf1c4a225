"""An entry needs a type; one is proposed from its source, and one without a format of its own is in lower case."""

from __future__ import annotations

from typing import Any

from partner_tui.addresses.urls import suffix
from partner_tui.manifest.resource_types import ASKED, WITH_FORMAT
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import SPECIFIC
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.question import Choice, Question

_SPELLED = {f"{one}s": one for one in SPECIFIC} | {"app": "application", "plugin": "application"}


@fix(
    "type-missing",
    "Add missing types",
    "The type decides which fields an entry has.",
    FixKind.ASK,
)
def type_missing(draft: Draft) -> None:
    kind = draft.data.get("type")
    if isinstance(kind, str) and kind.strip():
        _spelled(draft, kind)
        return
    proposal, derived = _derived(draft)
    answer = draft.ask(
        Question(
            f"{type_missing.name}:{derived}",
            type_missing.name,
            f"What type are these entries? ({derived})",
            type_missing.why,
            proposal=proposal,
            derived=derived,
            choices=tuple(Choice(one, one) for one in ASKED),
        )
    )
    if kind not in (None, ""):
        draft.to_config("type", kind)
    draft.data["type"] = answer


def _spelled(draft: Draft, kind: str) -> None:
    lower = kind.strip().lower()
    lower = _SPELLED.get(lower, lower)
    if lower == "collection":
        return
    if lower != kind:
        draft.data["type"] = draft.respell(kind, lower)


def _derived(draft: Draft) -> tuple[str, str]:
    source: Any = draft.data.get("source") or draft.data.get("download_url")
    if isinstance(source, str):
        if suffix(source) == ".ipynb":
            return "notebook", "its source is an .ipynb file"
        if source.endswith(".imjoy.html"):
            return "application", "its source is an ImJoy plugin"
        if "/record" in source and "zenodo.org" in source:
            return "dataset", "its source is a Zenodo record"
    tags = draft.data.get("tags")
    for kind in reversed(ASKED):
        if kind in WITH_FORMAT and isinstance(tags, list) and (kind in tags or f"{kind}s" in tags):
            return kind, f"it has the tag {kind}"
    if draft.data.get("git_repo") or isinstance(source, str):
        return "application", "it names software"
    return "generic", "no other information"
