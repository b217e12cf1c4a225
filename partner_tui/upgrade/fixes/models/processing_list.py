"""Processing is a list of steps; old files have one step, a bare name, or nothing where the list should be."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.models.steps import as_step
from partner_tui.upgrade.models.tensors import all_tensors, is_described_by_letters

NAME = "processing-list"
TITLE = "Wrap processing"
WHY = "Preprocessing and postprocessing are lists of steps, each with a name and kwargs."
CLASS = "auto"


def fix(draft: Draft) -> None:
    for _, tensor in all_tensors(draft.data):
        if not is_described_by_letters(tensor):
            continue
        for field in ("preprocessing", "postprocessing"):
            steps = tensor.get(field)
            if field not in tensor:
                continue
            if not steps:
                del tensor[field]
            elif (found := [as_step(one) for one in (steps if isinstance(steps, list) else [steps])]) and all(
                found
            ):
                tensor[field] = found
