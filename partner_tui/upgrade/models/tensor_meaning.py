"""A tensor of an old format beside the new one: which of its fields the new one does not say, in whatever shape.

Every field counts that is not declared as words about the tensor: one that no format knows is told as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isclose
from typing import Any, TypeAlias

from partner_tui.manifest.text.values import same
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import mapping, objects
from partner_tui.upgrade.models.sizes import Axis, axis_of, channels
from partner_tui.upgrade.models.steps import INEXPRESSIBLE
from partner_tui.upgrade.models.tensors import (
    LETTERS,
    bounds_of,
    joined,
    name,
    number,
    spread,
    vectors,
    whole,
)

WORDS = frozenset(("name", "id", "description", "test_tensor", "sample_tensor"))
"""Fields of a tensor that say nothing of what the model does."""
STEPS = frozenset(("preprocessing", "postprocessing"))
"""Told step by step, where they are converted."""
_IN_SHAPES = frozenset(("min", "step", "reference_tensor", "reference_input", "scale", "offset", "halo"))
_NOTHING: tuple[Any, ...] = (None, "", [], {})


def asked(draft: Draft, side: str, tensor: str) -> frozenset[str]:
    """The kinds of what was asked about a tensor, and of sizes also the letter."""
    about = f":{side}:{tensor}"
    kinds = {one.kind for one in draft.questions if f"{one.key}:".find(f"{about}:") > 0}
    sizes = {one.key.rpartition(":")[2] for one in draft.questions if f"{about}:" in one.key}
    return frozenset(kinds | sizes | {one.kind for one in draft.questions if one.kind in _OF_ALL})


_OF_ALL = ("data-type", "minimal-size")
"""Kinds of questions that are about several tensors at once."""
_AXES = frozenset(("axes-against-shape", "input-shape", "output-shape"))


class Compared:
    """A tensor of an old format beside the new one."""

    def __init__(
        self,
        label: str,
        was: dict[str, Any],
        now: dict[str, Any],
        inputs: list[dict[str, Any]],
        asked: frozenset[str],
    ) -> None:
        self._label = label
        self._was = was
        self._now = now
        self._inputs = inputs
        self._asked = asked
        self._axes: list[Axis] = objects(now.get("axes"))
        self._letters = "".join(_letter(axis) for axis in self._axes)

    def unsaid(self) -> Iterator[str]:
        for field, value in self._was.items():
            if field in WORDS | STEPS or value in _NOTHING:
                continue
            said = _SAID.get(field)
            for part in ("",) if said is None else said(self):
                yield f"{self._label}.{field}{part} {INEXPRESSIBLE}"

    def axes(self) -> Iterator[str]:
        given = joined(self._was["axes"]).lower()
        is_said = given.replace("b", "") == self._letters.replace("b", "") and (
            "b" in self._letters or "b" not in given
        )
        if not (is_said or self._asked & _AXES):
            yield ""

    def shape(self) -> Iterator[str]:
        shape = self._was["shape"]
        if isinstance(shape, dict):
            yield from (
                f".{part}" for part in shape if part not in _IN_SHAPES and shape[part] not in _NOTHING
            )
            yield from self._halo(shape.get("halo"), ".halo") if "halo" in shape else ()
        for place, (letter, axis) in enumerate(zip(self._letters, self._axes, strict=True)):
            if letter not in self._asked and not self._is_sized(place, letter, axis):
                yield f" of axis {letter}"

    def halo(self) -> Iterator[str]:
        yield from self._halo(self._was["halo"], "")

    def _halo(self, halo: Any, part: str) -> Iterator[str]:
        """A halo is said by the axes of an output alone."""
        if halo in _NOTHING:
            return
        halos = spread(halo, self._letters)
        if halos is None:
            yield part
            return
        for letter, axis, wanted in zip(self._letters, self._axes, halos, strict=True):
            if wanted not in (None, 0) and not same(wanted, axis.get("halo")):
                yield f"{part} of axis {letter}"

    def data_type(self) -> Iterator[str]:
        if "data-type" not in self._asked and self._data.get("type") != self._was["data_type"]:
            yield ""

    def data_range(self) -> Iterator[str]:
        bounds = bounds_of(self._was["data_range"])
        if self._data.get("type") == "bool" and bounds in ([0, 1], [None, None]):
            return
        if bounds is None or not same(bounds, self._data.get("range") or [None, None]):
            yield ""

    @property
    def _data(self) -> dict[str, Any]:
        return mapping(self._now.get("data"))

    # Sizes

    def _is_sized(self, place: int, letter: str, axis: Axis) -> bool:
        """Whether an axis has the size that the shape gives it."""
        found = {part: self._at(values, place) for part, values in vectors(self._was).items()}
        if letter == "b":
            return self._is_free_batch(found)
        if "shape" in found:
            length = whole(found["shape"])
            return length is None or length <= 0 or self._length(axis) == length
        if "scale" in found or "offset" in found:
            return self._is_scaled(found, letter, axis)
        least, step = whole(found.get("min")), whole(found.get("step") or 0)
        if not step:
            return least is None or self._length(axis) == least
        size = axis.get("size")
        if isinstance(size, dict) and "tensor_id" in size:
            size = (self._axis(size) or {}).get("size")
        if not isinstance(size, dict) or not same(size.get("step"), step):
            return False
        return "minimal-size" in self._asked or size.get("min") in (least, step)

    def _is_free_batch(self, found: dict[str, Any]) -> bool:
        fixed, least, step = (found.get(part) for part in ("shape", "min", "step"))
        scale, offset = found.get("scale"), found.get("offset")
        small = all(one in (None, -1, 0, 1) for one in (fixed, least, step))
        return small and scale in (None, 0, 1) and offset in (None, 0)

    def _is_scaled(self, found: dict[str, Any], letter: str, axis: Axis) -> bool:
        scale, offset = number(found.get("scale")), number(found.get("offset")) or 0
        if not scale:
            return self._length(axis) == 2 * offset or (letter == "i" and not offset)
        size = axis.get("size")
        source = self._source(letter)
        if letter == "c" or isinstance(size, int):
            count = self._length(source) if source else None
            return count is None or self._length(axis) == count * scale + 2 * offset
        if not isinstance(size, dict):
            return False
        ratio = scale * axis.get("scale", 1.0)
        return isclose(ratio, 1.0, rel_tol=1e-9) and size.get("offset", 0) == 2 * offset

    def _source(self, letter: str) -> Axis | None:
        """The axis of the input that the shape refers to."""
        reference, _, named = str(self._was["shape"].get("reference_tensor", "")).partition(".")
        source = next((one for one in self._inputs if name(one) == reference), None)
        source = source or (self._inputs[0] if len(self._inputs) == 1 else None)
        return axis_of(source, named if named in LETTERS else letter) if source else None

    def _length(self, axis: Axis) -> int | float | None:
        """How long an axis of a fixed size is; None for any other."""
        if axis.get("type") == "channel":
            return channels(axis)
        size = axis.get("size")
        if not isinstance(size, dict):
            return number(size)
        other = self._axis(size)
        length = self._length(other) if other else None
        if other is None or length is None:
            return None
        total: float = length * other.get("scale", 1.0) / axis.get("scale", 1.0) + size.get("offset", 0)
        return total

    def _axis(self, size: dict[str, Any]) -> Axis | None:
        for tensor in self._inputs:
            for axis in objects(tensor.get("axes")) if name(tensor) == size.get("tensor_id") else ():
                if axis.get("id", axis.get("type")) == size.get("axis_id"):
                    return axis
        return None

    def _at(self, values: list[Any], place: int) -> Any:
        """A number of a list that may leave the batch axis out."""
        if len(values) == len(self._letters) - 1 and "b" in self._letters:
            batch = self._letters.index("b")
            return None if place == batch else values[place - (place > batch)]
        return values[place] if place < len(values) else None


_Said: TypeAlias = Callable[[Compared], Iterator[str]]
_SAID: dict[str, _Said] = {
    "axes": Compared.axes,
    "shape": Compared.shape,
    "halo": Compared.halo,
    "data_type": Compared.data_type,
    "data_range": Compared.data_range,
}
"""Fields of a tensor that the new format says in another way: what of each it does not say."""


def _letter(axis: Axis) -> str:
    kind, id = axis.get("type"), axis.get("id", axis.get("type"))
    return next((letter for letter, called in LETTERS.items() if called == (kind, id)), "?")
