"""Axes with ids that the format refuses get others, of the maintainer's choice; what refers to them follows."""

from __future__ import annotations

import keyword
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import mapping, objects
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.fixes.models.reference_tensor import sizes
from partner_tui.upgrade.models.tensors import all_tensors, name

_BATCH = ("b", "batch")
_USUAL = {"space": ("x", "y", "z"), "time": ("time",), "channel": ("channel",), "index": ("index",)}
_LONGEST = 16


@fix(
    "axis-names",
    "Rename axes",
    "An axis id is a lowercase identifier, unlike those beside it, and batch is for batch axes.",
    FixKind.ASK,
)
def axis_names(draft: Draft) -> None:
    for side, tensor in all_tensors(draft.data):
        taken: set[str] = set()
        for axis in objects(tensor.get("axes")):
            id = axis.get("id")
            if isinstance(id, str) and _objection(id, axis, taken):
                new = _asked(draft, side, tensor, axis, taken)
                axis["id"] = draft.respell(id, new)
                if id not in taken:
                    _follow(draft, tensor, id, new)
            taken.add(_called(axis))


def _called(axis: dict[str, Any]) -> str:
    return str(axis.get("id", axis.get("type")))


def _objection(id: Any, axis: dict[str, Any], taken: set[str]) -> str | None:
    """Why an axis cannot have an id; None when it can."""
    if not isinstance(id, str) or not id.isidentifier() or keyword.iskeyword(id) or id != id.lower():
        return "Write a name of lowercase letters, digits and _ that begins with a letter."
    if len(id) > _LONGEST:
        return f"Use at most {_LONGEST} characters."
    if (id in _BATCH) != (axis.get("type") == "batch"):
        return f"“{id}” is only for batch axes." if id in _BATCH else "A batch axis is called batch."
    return f"Another axis of this tensor is called {id}." if id in taken else None


def _asked(draft: Draft, side: str, tensor: dict[str, Any], axis: dict[str, Any], taken: set[str]) -> Any:
    id, kind = axis["id"], axis.get("type")
    others = {_called(one) for one in objects(tensor.get("axes")) if one is not axis} | taken
    usual = ("batch",) if kind == "batch" else _USUAL.get(str(kind), ())
    likely = (id.strip().lower(), *usual)
    proposal = next((one for one in likely if _objection(one, axis, others) is None), None)
    return draft.ask(
        f"{axis_names.name}:{draft.context.id}:{side}:{name(tensor)}:{id}:{len(taken)}",
        axis_names.name,
        f"What is the {kind} axis “{id}” of the {side[:-1]} {name(tensor)} of {draft.called} called?",
        _objection(id, axis, taken) or axis_names.why,
        proposal=proposal,
        derived="a usual name that is free" if proposal in usual else "in lowercase" if proposal else "",
        check=lambda value: _objection(value, axis, others),
    )


def _follow(draft: Draft, tensor: dict[str, Any], old: str, new: str) -> None:
    """Let what refers to an axis of a tensor name it as it is called now."""
    for size in sizes(draft.data):
        if size.get("tensor_id") == name(tensor) and size.get("axis_id") == old:
            size["axis_id"] = draft.respell(old, new)
    for field in ("preprocessing", "postprocessing"):
        for step in objects(tensor.get(field)):
            kwargs = mapping(step.get("kwargs"))
            if kwargs.get("axis") == old:
                kwargs["axis"] = draft.respell(old, new)
            if isinstance(kwargs.get("axes"), list):
                kwargs["axes"] = [draft.respell(old, new) if one == old else one for one in kwargs["axes"]]
