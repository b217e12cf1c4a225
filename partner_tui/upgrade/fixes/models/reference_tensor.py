"""A reference to an input that there is not is asked about: the size or statistics of another tensor are another model."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import objects
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.fixes.models.tensor_names import identifier, references
from partner_tui.upgrade.models.tensors import all_tensors, name, tensors
from partner_tui.upgrade.question import each


@fix(
    "reference-tensor",
    "Correct references",
    "A reference has to name a tensor of the model.",
    FixKind.ASK,
)
def reference_tensor(draft: Draft) -> None:
    inputs = [name(tensor) for tensor in tensors(draft.data, "inputs")]
    every = [name(tensor) for _, tensor in all_tensors(draft.data)]
    for holder, key in references(draft.data):
        _refer(draft, holder, key, inputs, "an input")
    for size in sizes(draft.data):
        if isinstance(size.get("tensor_id"), str):
            _refer(draft, size, "tensor_id", every, "a tensor")


def sizes(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The sizes of axes that are mappings."""
    for _, tensor in all_tensors(data):
        for axis in objects(tensor.get("axes")):
            if isinstance(size := axis.get("size"), dict):
                yield size


def _refer(draft: Draft, holder: dict[str, Any], key: str, known: list[str], what: str) -> None:
    """Let a reference name one of the tensors that there are."""
    old: str = holder[key]
    called, dot, axis = old.partition(".") if key == "reference_tensor" else (old, "", "")
    if called in known or not known:
        return
    spelled = [one for one in known if identifier(one).lower() == identifier(called).lower()]
    answer = spelled[0] if len(spelled) == 1 else _asked(draft, called, key, known, what)
    holder[key] = draft.respell(old, answer + dot + axis)


def _asked(draft: Draft, called: str, key: str, known: list[str], what: str) -> Any:
    near = get_close_matches(called, known, 1)
    proposal, derived = (near[0], "the most similar name") if near else (None, "")
    if len(known) == 1:
        proposal, derived = known[0], f"there is no other {what.rpartition(' ')[2]}"
    return draft.ask(
        f"{reference_tensor.name}:{draft.context.id}:{called}",
        reference_tensor.name,
        f"Which tensor does {key} “{called}” of {draft.called} refer to?",
        f"“{called}” is not the name of {what}.",
        proposal=proposal,
        derived=derived,
        choices=each(known),
    )
