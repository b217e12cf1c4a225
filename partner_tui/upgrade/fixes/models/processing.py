"""Pre- and postprocessing as lists of steps of the latest format."""

from __future__ import annotations

import json
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import mapping
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.models.steps import LikelyStep, Step, as_step, meaning
from partner_tui.upgrade.models.tensors import all_tensors, is_described_by_letters, letters, name, tensors
from partner_tui.upgrade.question import Choice

_LEAVE_OUT = "config"


@fix(
    "processing-list",
    "Wrap processing",
    "Preprocessing and postprocessing are lists of steps, each with a name and kwargs.",
    FixKind.AUTO,
)
def processing_list(draft: Draft) -> None:
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


@fix(
    "processing-steps",
    "Convert processing",
    "A step has an id of the spec and its kwargs.",
    FixKind.ASK,
)
def processing_steps(draft: Draft) -> None:
    """What has no equivalent in the format 0.5 is asked for, or kept in `config` with a run mode."""
    inputs = tuple(name(one) for one in tensors(draft.data, "inputs"))
    inexpressible: list[str] = []
    for side, tensor in all_tensors(draft.data):
        if not is_described_by_letters(tensor):
            continue
        for field in ("preprocessing", "postprocessing"):
            if not isinstance(steps := tensor.get(field), list):
                continue
            new: list[Step] = []
            for step in steps:
                found = _converted(draft, step, letters(tensor), inputs, field)
                if found is None:
                    inexpressible.append(str(step.get("name") if isinstance(step, dict) else step))
                else:
                    new += found
            if new:
                tensor[field] = new
            else:
                del tensor[field]
        misplaced = "postprocessing" if side == "inputs" else "preprocessing"
        if misplaced in tensor:
            draft.to_config(f"{side}_{misplaced}", tensor.pop(misplaced))
    if inexpressible:
        _need_a_run_mode(draft, inexpressible)


def _converted(
    draft: Draft, step: Any, axes: str, inputs: tuple[str, ...], field: str
) -> tuple[Step, ...] | None:
    """The new steps; None when the spec cannot express the old one."""
    found = meaning(step, axes, inputs) if isinstance(step, dict) else None
    if isinstance(found, LikelyStep):
        return _asked(draft, step, found)
    if found is None:
        return None
    if field == "preprocessing" and any(one["id"] == "scale_mean_variance" for one in found.steps):
        return None
    if found.lost:
        draft.add_note(f"{step['name']}: {found.lost}")
    draft.adds(list(found.steps))
    return found.steps


def _asked(draft: Draft, step: Step, likely: LikelyStep) -> tuple[Step, ...] | None:
    written = json.dumps(step, sort_keys=True, default=str)
    answer = draft.ask(
        f"processing-step:{written}:{json.dumps(likely.step, sort_keys=True)}",
        "processing-step",
        f"Which step replaces {_said(step)}?",
        f"“{step['name']}” is not a step of the spec with these kwargs.",
        proposal=json.dumps(likely.step, sort_keys=True),
        derived=likely.derived,
        choices=(
            Choice(json.dumps(likely.step, sort_keys=True), _said(likely.step)),
            Choice(_LEAVE_OUT, "none: move it to config and set a run mode"),
        ),
    )
    if answer == _LEAVE_OUT:
        return None
    return (draft.adds(likely.step),)


def _said(step: Step) -> str:
    kwargs = ", ".join(f"{key} {value}" for key, value in (step.get("kwargs") or {}).items())
    called = step.get("id", step.get("name"))
    return f"{called} ({kwargs})" if kwargs else str(called)


def _need_a_run_mode(draft: Draft, steps: list[str]) -> None:
    listed = ", ".join(dict.fromkeys(steps))
    if "run_mode" not in draft.data:
        consumer = next((key for key in mapping(draft.old.get("config")) if key != "bioimageio"), None)
        answer = draft.ask(
            f"run-mode:{draft.context.id}",
            "run-mode",
            f"Which run mode does {draft.called} need?",
            f"The spec cannot express {listed}; a run mode shows other software that it is needed.",
            proposal=consumer,
            derived=f"config.{consumer} describes how that software runs the model" if consumer else "",
            check=lambda value: None if isinstance(value, str) and value.strip() else "Write a name.",
        )
        draft.data["run_mode"] = {"name": draft.adds(str(answer).strip())}
    draft.add_note(f"the spec cannot express {listed}: moved to config")
