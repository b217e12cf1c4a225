"""Axes that do not fit the shape, or that the spec has no letter for, are asked for; 0.4 never compared the two."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.models.tensors import (
    HALO_LETTERS,
    LETTERS,
    Side,
    all_tensors,
    dimensions,
    is_described_by_letters,
    joined,
    letters,
    name,
    tensors,
    vectors,
)


@fix(
    "axes-against-shape",
    "Match axes to shape",
    "Each axis is described with its size: as many axes as sizes.",
    FixKind.ASK,
)
def axes_against_shape(draft: Draft) -> None:
    for side, tensor in all_tensors(draft.data):
        if not is_described_by_letters(tensor):
            continue
        if isinstance(axes := tensor.get("axes"), list) and all(isinstance(one, str) for one in axes):
            tensor["axes"] = joined(axes)
        axes, count = letters(tensor), dimensions(tensor)
        if axes.lower() != axes and _fit(axes.lower(), count):
            tensor["axes"] = axes = axes.lower()
        if not _fit(axes, count):
            tensor["axes"] = draft.adds(_asked(draft, side, tensor, axes, count))
        _align(tensor)


def _fit(axes: str, count: int | None) -> bool:
    return (
        bool(axes)
        and set(axes) <= LETTERS.keys()
        and len(set(axes)) == len(axes)
        and count in (None, len(axes))
    )


def _asked(draft: Draft, side: Side, tensor: dict[str, Any], axes: str, count: int | None) -> Any:
    proposal, derived = _likely(draft, side, tensor, axes, count)
    kind = "axes-against-shape" if axes else "output-shape" if side == "outputs" else "input-shape"
    return draft.ask(
        f"axes:{draft.context.id}:{side}:{name(tensor)}",
        kind,
        f"Which axes does the {side[:-1]} {name(tensor)} of {draft.called} have?",
        _why(axes, count),
        proposal=proposal,
        derived=derived,
        check=lambda value: (
            None
            if isinstance(value, str) and _fit(value, count)
            else f"Write {count or 'some'} different letters of {''.join(LETTERS)}."
        ),
    )


def _why(axes: str, count: int | None) -> str:
    if not axes:
        return (
            "The axes are not given."
            if count is None
            else f"The shape has {count} dimensions; the axes are not given."
        )
    if unknown := "".join(sorted(set(axes) - LETTERS.keys())):
        return f"The axes string “{axes}” has letters that are not axes of the spec: {unknown}."
    if twice := "".join(sorted({letter for letter in axes if axes.count(letter) > 1})):
        return f"The axes string “{axes}” has a letter more than once: {twice}."
    if count is None:
        return f"The axes are “{axes}”, but the shape does not say how many dimensions there are."
    return f"The axes string “{axes}” has {len(axes)} letters, but the shape has {count} dimensions."


def _likely(
    draft: Draft, side: Side, tensor: dict[str, Any], axes: str, count: int | None
) -> tuple[str | None, str]:
    """The likeliest axes; each candidate has to fit."""
    candidates: list[tuple[str, str]] = []
    unknown = [letter for letter in axes if letter not in LETTERS]
    if len(unknown) == 1 and "i" not in axes:
        candidates.append((axes.replace(unknown[0], "i"), f"{unknown[0]} as the index of a table's rows"))
    shape = tensor.get("shape")
    reference = shape.get("reference_tensor") if isinstance(shape, dict) else None
    inputs = tensors(draft.data, "inputs")
    if side == "outputs":
        candidates += [
            (letters(one), f"as the input {name(one)}") for one in inputs if reference in (None, name(one))
        ]
    elif not axes:
        candidates += [("byxc", "an image, as most models take it")] if count == 4 else []
    if axes and count is not None:
        if count == len(axes) + 1 and "b" not in axes:
            candidates.insert(0, (f"b{axes}", "a batch axis that the axes leave out"))
        if count == len(axes) - 1 and "b" in axes:
            candidates.insert(0, (axes.replace("b", ""), "without the batch axis"))
        candidates.append((axes[-count:], "the last ones"))
    if not axes or side == "outputs":
        tables = {1: "i", 2: "bi", 3: "bic"}
        first = None if count == 1 else 0
        candidates.insert(first or 0, (tables.get(count or 0, ""), "a table: an index axis"))
    if count is not None:
        known = "".join(letter for letter in dict.fromkeys(axes) if letter in LETTERS)
        free = [letter for letter in "byxczti" if letter not in known]
        candidates.append(((known + "".join(free))[:count], "as many as there are sizes"))
    for proposal, derived in candidates:
        if _fit(proposal, count):
            return proposal, derived
    return None, ""


def _align(tensor: dict[str, Any]) -> None:
    """Lists beside the shape that leave the batch axis out get a place for it."""
    axes = letters(tensor)
    if "b" in axes:
        for one in vectors(tensor).values():
            if len(one) == len(axes) - 1:
                one.insert(axes.index("b"), None)


@fix(
    "batch-left-out",
    "Add batch size",
    "Each axis has a size of its own; only the batch axis may omit it.",
    FixKind.AUTO,
)
def batch_left_out(draft: Draft) -> None:
    for _, tensor in all_tensors(draft.data):
        axes = letters(tensor)
        if not is_described_by_letters(tensor) or not axes:
            continue
        found = vectors(tensor)
        if "b" in axes:
            short = {part: one for part, one in found.items() if len(one) == len(axes) - 1}
            rest = axes.replace("b", "")
            if len(short) == len(found) and len(rest) == len(axes) - 1 and _plausible(short, rest):
                for one in short.values():
                    one.insert(axes.index("b"), None)
        elif _has_one_more(found, axes) and _starts_with_a_batch(found):
            tensor["axes"] = draft.respell(axes, f"b{axes}")


def _has_one_more(found: dict[str, list[Any]], axes: str) -> bool:
    return (
        bool(found)
        and all(len(one) == len(axes) + 1 for one in found.values())
        and _plausible({part: one[1:] for part, one in found.items()}, axes)
    )


def _starts_with_a_batch(found: dict[str, list[Any]]) -> bool:
    first = {part: one[0] for part, one in found.items()}
    return (
        first.get("shape", 1) == 1
        and first.get("min", 1) == 1
        and first.get("scale", 1) in (0, 1, None)
        and first.get("halo", 0) == 0
    )


def _plausible(found: dict[str, list[Any]], axes: str) -> bool:
    """Whether halo and step stand at axes of space or time, and at x as at y."""
    for part in ("halo", "step"):
        values = dict(zip(axes, found.get(part, []), strict=False))
        if any(value for letter, value in values.items() if letter not in HALO_LETTERS):
            return False
        if bool(values.get("x")) != bool(values.get("y")):
            return False
    return True
