"""Processing steps of old dialects as steps of the format 0.5, or the reason why there is no such step.

A step that means the same is `EquivalentStep`; one whose meaning the old name does not settle is `LikelyStep`, for the maintainer
to confirm; the spec cannot express the others. The rules are those of bioimageio.spec's model classes 0.4 and 0.5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from partner_tui.manifest.text.values import same
from partner_tui.upgrade.models.tensors import LETTERS, number

Step: TypeAlias = dict[str, Any]

INEXPRESSIBLE = "cannot be expressed in the new format; moved to config"
_WITHOUT: dict[str, tuple[Any, ...]] = {
    "mode": ("fixed", "per_sample", "per_dataset"),
    "gain": (1, [1]),
    "offset": (0, [0]),
    "min_percentile": (0,),
    "max_percentile": (100,),
}
"""Values that need not be said: they are those of a step without them, or `axes` says them."""
_OF_A_STEP = frozenset(("name", "id", "spec", "kwargs", "description"))


@dataclass(frozen=True, slots=True)
class EquivalentStep:
    """Steps with the same meaning; none when the old one did nothing.

    Attributes:
        lost: What the new steps leave out, one line; "" for nothing.
    """

    steps: tuple[Step, ...]
    lost: str = ""


@dataclass(frozen=True, slots=True)
class LikelyStep:
    """A step that the old one most likely meant."""

    step: Step
    derived: str


Meaning: TypeAlias = EquivalentStep | LikelyStep | None
"""None: the spec has no such step."""


def as_step(value: Any) -> Step | None:
    """One step as `{name, kwargs}`, however it was written; None when it is no step.

    Seen: `{name, kwargs}`, `{scale_range: {kwargs: ...}}`, `{spec: ..., kwargs: ...}` and a bare name.
    """
    if isinstance(value, str):
        return {"name": value}
    if not isinstance(value, dict) or not value:
        return None
    if isinstance(name := value.get("name", value.get("id", value.get("spec"))), str):
        kwargs, beside = (
            value.get("kwargs"),
            {key: one for key, one in value.items() if key not in _OF_A_STEP},
        )
        if beside and isinstance(kwargs, dict | None):
            kwargs = {**beside, **(kwargs or {})}
        return {"name": name, "kwargs": kwargs} if kwargs is not None else {"name": name}
    if len(value) == 1:
        ((name, inner),) = value.items()
        if isinstance(name, str) and (inner is None or isinstance(inner, dict)):
            kwargs = (inner or {}).get("kwargs", inner)
            return {"name": name, "kwargs": kwargs} if kwargs else {"name": name}
    return None


def meaning(step: Step, axes: str, inputs: tuple[str, ...]) -> Meaning:
    """What an old step is in the format 0.5.

    Args:
        step: `{name, kwargs}`; a name that is no text is that of no step.
        axes: The letters of the tensor's axes.
        inputs: The ids of the input tensors.
    """
    called, kwargs = step.get("name"), step.get("kwargs")
    if not isinstance(called, str) or (kwargs is not None and not isinstance(kwargs, dict)):
        return None
    convert = _CONVERSIONS.get(called.strip().lower().replace("-", "_"))
    found = convert(kwargs or {}, axes, inputs) if convert else None
    if isinstance(found, EquivalentStep) and (unsaid := _unsaid(kwargs or {}, found.steps)):
        told = f"{', '.join(unsaid)} {INEXPRESSIBLE}"
        return EquivalentStep(found.steps, f"{found.lost}; {told}" if found.lost else told)
    return found


def _unsaid(kwargs: dict[str, Any], steps: Iterable[Step]) -> list[str]:
    """The kwargs that the new steps do not say, and that are not what a step does without them."""
    new = [(key, value) for step in steps for key, value in step.get("kwargs", {}).items()]
    found = []
    for key, value in kwargs.items():
        if value is None or value in _WITHOUT.get(key, ()):
            continue
        if key == "axes":
            is_said = isinstance(value, str | list) and all(str(letter) in LETTERS for letter in value)
        elif key == "axis":
            is_said = any(other == "axis" for other, _ in new)
        else:
            is_said = any(other == key and (same(one, value) or value == [one]) for other, one in new)
        if not is_said:
            found.append(f"{key} {value}")
    return found


def _axes(kwargs: Step, tensor: str) -> list[str] | None:
    """The ids of the axes that a step works on jointly, without those that the tensor has not."""
    given = kwargs.get("axes")
    named = given if isinstance(given, str) else "".join(map(str, given)) if isinstance(given, list) else None
    if named is None:
        return None
    ids = [LETTERS[letter][1] for letter in named if letter in LETTERS and letter in tensor]
    if kwargs.get("mode") == "per_dataset" and "b" in tensor and "batch" not in ids:
        ids.insert(0, "batch")
    return ids or None


def _along(kwargs: Step, tensor: str) -> str | None:
    """The one axis that a step's `axes` leave out: where lists of values run along."""
    given = kwargs.get("axes")
    named = set(given if isinstance(given, str | list) else "zyx") | {"b"}
    rest = [letter for letter in tensor if letter not in named]
    return LETTERS[rest[0]][1] if len(rest) == 1 and rest[0] in LETTERS else None


def _step(id: str, **kwargs: Any) -> Step:
    given = {key: value for key, value in kwargs.items() if value is not None}
    return {"id": id, "kwargs": given} if given else {"id": id}


def _numbers(value: Any) -> list[int | float] | None:
    if isinstance(value, list) and value and all(number(one) is not None for one in value):
        return list(value)
    return None


def _per_dataset(kwargs: Step, axes: str) -> str:
    return (
        "its statistics are those of a sample, no longer those of the dataset"
        if kwargs.get("mode") == "per_dataset" and "b" not in axes
        else ""
    )


def _eps(kwargs: Step) -> Any:
    eps = number(kwargs.get("eps"))
    return eps if eps is not None and 0 < eps <= 0.1 else None


def _binarize(kwargs: Step, axes: str, inputs: tuple[str, ...]) -> Meaning:
    threshold = kwargs.get("threshold")
    if number(threshold) is not None:
        return EquivalentStep((_step("binarize", threshold=threshold),))
    along = _along(kwargs, axes)
    if _numbers(threshold) and along:
        return EquivalentStep((_step("binarize", axis=along, threshold=threshold),))
    return None


def _clip(kwargs: Step, axes: str, inputs: tuple[str, ...]) -> Meaning:
    low, high = number(kwargs.get("min")), number(kwargs.get("max"))
    return None if low is None and high is None else EquivalentStep((_step("clip", min=low, max=high),))


def _scale_linear(kwargs: Step, axes: str, inputs: tuple[str, ...]) -> Meaning:
    gain, offset = kwargs.get("gain"), kwargs.get("offset")
    gains, offsets = _numbers(gain), _numbers(offset)
    if any(one is not None and number(one) is None and not _numbers(one) for one in (gain, offset)):
        return None
    if all(one == 1 for one in gains or [1 if gain is None else gain]) and not any(offsets or [offset]):
        return EquivalentStep(())
    if gains and offsets and len(gains) != len(offsets):
        return None
    along = _along(kwargs, axes)
    if along and (gains or offsets):
        return EquivalentStep((_step("scale_linear", axis=along, gain=gain, offset=offset),))
    if len(gains or [0]) == len(offsets or [0]) == 1:
        gain, offset = gains[0] if gains else gain, offsets[0] if offsets else offset
        return EquivalentStep((_step("scale_linear", gain=gain, offset=offset),))
    return None


def _sigmoid(kwargs: Step, axes: str, inputs: tuple[str, ...]) -> Meaning:
    return EquivalentStep(({"id": "sigmoid"},))


def _softmax(kwargs: Step, axes: str, inputs: tuple[str, ...]) -> Meaning:
    along = kwargs.get("axis", "c")
    if isinstance(along, str) and along in LETTERS and along in axes and along != "b":
        return EquivalentStep((_step("softmax", axis=LETTERS[along][1]),))
    return None


def _zero_mean(kwargs: Step, axes: str, inputs: tuple[str, ...]) -> Meaning:
    mean, std = kwargs.get("mean"), kwargs.get("std")
    if mean is None and std is None and kwargs.get("mode") != "fixed":
        step = _step("zero_mean_unit_variance", axes=_axes(kwargs, axes), eps=_eps(kwargs))
        return EquivalentStep((step,), _per_dataset(kwargs, axes))
    deviations = _numbers(std) or _numbers([std])
    if deviations is None or any(one < 1e-6 for one in deviations):
        return None
    if number(mean) is not None and number(std) is not None:
        return EquivalentStep((_step("fixed_zero_mean_unit_variance", mean=mean, std=std),))
    means, along = _numbers(mean), _along(kwargs, axes)
    if means and _numbers(std) and len(means) == len(deviations):
        if along:
            return EquivalentStep((_step("fixed_zero_mean_unit_variance", axis=along, mean=mean, std=std),))
        if len(means) == 1:
            return EquivalentStep((_step("fixed_zero_mean_unit_variance", mean=means[0], std=deviations[0]),))
    return None


def _scale_range(kwargs: Step, axes: str, inputs: tuple[str, ...]) -> Meaning:
    low, high = kwargs.get("min_percentile"), kwargs.get("max_percentile")
    if kwargs.get("mode") == "fixed" or any(one is not None and number(one) is None for one in (low, high)):
        return None
    reference = kwargs.get("reference_tensor")
    if reference is not None and reference not in inputs:
        return None
    is_fraction = high is not None and 0 < high <= 1
    if is_fraction and high is not None:
        low, high = None if low is None else percent(low), percent(high)
    if not 0 <= (low or 0) < (100 if high is None else high) <= 100:
        return None
    step = _step(
        "scale_range",
        axes=_axes(kwargs, axes),
        min_percentile=low,
        max_percentile=high,
        eps=_eps(kwargs),
        reference_tensor=reference,
    )
    if is_fraction:
        return LikelyStep(step, "percentiles are of 100, not of 1")
    return EquivalentStep((step,), _per_dataset(kwargs, axes))


def percent(fraction: float) -> float:
    """0.9985 as 99.85, without the noise of binary fractions."""
    return float(f"{fraction * 100:.10g}")


def _scale_mean_variance(kwargs: Step, axes: str, inputs: tuple[str, ...]) -> Meaning:
    reference = kwargs.get("reference_tensor")
    if reference not in inputs:
        return None
    step = _step(
        "scale_mean_variance", reference_tensor=reference, axes=_axes(kwargs, axes), eps=_eps(kwargs)
    )
    return EquivalentStep((step,), _per_dataset(kwargs, axes))


def _min_max(kwargs: Step, axes: str, inputs: tuple[str, ...]) -> Meaning:
    low, high = number(kwargs.get("min")), number(kwargs.get("max"))
    if low is not None and high is not None and low < high:
        gain = float(f"{1 / (high - low):.12g}")
        offset = float(f"{-low / (high - low):.12g}") if low else None
        return LikelyStep(
            _step("scale_linear", gain=gain, offset=offset),
            f"scaling {low:g} to 0 and {high:g} to 1 is linear",
        )
    if low is None and high is None and kwargs.get("mode") != "fixed":
        return LikelyStep(
            _step("scale_range", axes=_axes(kwargs, axes)),
            "scale_range without percentiles maps the smallest value to 0 and the largest to 1",
        )
    return None


def _percentile(kwargs: Step, axes: str, inputs: tuple[str, ...]) -> Meaning:
    top = number(kwargs.get("percentile"))
    if top is None or not 0 < top <= 100:
        return None
    step = _step("scale_range", axes=_axes(kwargs, axes), max_percentile=percent(top) if top <= 1 else top)
    return LikelyStep(step, "scale_range maps a percentile to 1")


def _threshold(kwargs: Step, axes: str, inputs: tuple[str, ...]) -> Meaning:
    if number(kwargs.get("threshold")) is None:
        return None
    step = _step("binarize", threshold=kwargs["threshold"])
    return LikelyStep(step, "binarize sets what is above a threshold to one")


_CONVERSIONS: dict[str, Callable[[Step, str, tuple[str, ...]], Meaning]] = {
    "binarize": _binarize,
    "clip": _clip,
    "intensity_threshold": _threshold,
    "min_max": _min_max,
    "min_max_normalization": _min_max,
    "percentile": _percentile,
    "scale_linear": _scale_linear,
    "scale_mean_variance": _scale_mean_variance,
    "scale_min_max": _min_max,
    "scale_minmax": _min_max,
    "scale_range": _scale_range,
    "sigmoid": _sigmoid,
    "softmax": _softmax,
    "threshold": _threshold,
    "zero_mean_unit_variance": _zero_mean,
}
