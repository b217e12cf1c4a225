"""Texts for what the spec expects of fields that may have several shapes, or a form that no kind of error names.

Source: the fields of bioimageio.spec's model v0_4 and v0_5 and generic v0_2 and v0_3.
"""

from __future__ import annotations

from partner_tui.manifest.text.document import Path

_SIDES = frozenset(("inputs", "outputs"))
_FOR_EACH_AXIS = "a list with one number for each axis"
_FOR_EACH_CHANNEL = "a number, or a list with one for each channel"
_RANGE = "a list of a smallest and a largest value"
_IN_A_TENSOR = {
    ("shape", "min"): _FOR_EACH_AXIS,
    ("shape", "step"): _FOR_EACH_AXIS,
    ("shape", "scale"): _FOR_EACH_AXIS,
    ("shape", "offset"): _FOR_EACH_AXIS,
    ("outputs", "halo"): _FOR_EACH_AXIS,
    ("axes", "size"): "a whole number from 1, {min, step}, or {tensor_id, axis_id}",
    ("axes", "halo"): "a whole number from 1",
    ("axes", "scale"): "a number above 0",
    ("size", "min"): "a whole number from 1",
    ("size", "max"): "a whole number from 2",
    ("size", "step"): "a whole number from 1",
    ("size", "offset"): "a whole number",
    ("inputs", "axes"): "a list of axes",
    ("outputs", "axes"): "a list of axes",
    ("inputs", "shape"): "a list of sizes, or {min, step}",
    ("outputs", "shape"): "a list of sizes, or {reference_tensor, scale, offset}",
    ("inputs", "data_range"): _RANGE,
    ("outputs", "data_range"): _RANGE,
    ("kwargs", "gain"): _FOR_EACH_CHANNEL,
    ("kwargs", "offset"): _FOR_EACH_CHANNEL,
    ("kwargs", "mean"): _FOR_EACH_CHANNEL,
    ("kwargs", "std"): f"{_FOR_EACH_CHANNEL}, of at least 0.000001",
    ("kwargs", "threshold"): _FOR_EACH_CHANNEL,
    ("data", "range"): _RANGE,
    ("data", "values"): "a list of values of one type",
}
"""By the last two names of a path that begins with `inputs` or `outputs`."""
_UNIT = "a unit such as micrometer, s or 1/cm"
_ANYWHERE = {
    "timestamp": "a date and time, such as 2024-01-31T12:00:00",
    "license": "an SPDX license id, such as CC-BY-4.0 or MIT",
    "doi": "a DOI, such as 10.1234/abc",
    "orcid": "an ORCID iD, such as 0000-0001-2345-6789",
    "sha256": "a SHA-256 of 64 hexadecimal digits",
    "architecture_sha256": "a SHA-256 of 64 hexadecimal digits",
    "icon": "an emoji, or the path or URL of a picture",
    "id_emoji": "one or two emoji",
    "architecture": "a class and where it is defined",
    "dependencies": "the path or URL of a file that describes an environment",
    "training_data": "a dataset, or a mapping with its id",
    "backend": "a list of a backend and its version",
    "output_ids": "a list of ids of outputs",
    "unit": _UNIT,
}


def expected(loc: Path) -> str | None:
    """What a field should be, to follow "is not"; None where its kind of error says it as well."""
    names = [part for part in loc if isinstance(part, str)]
    if not names or not isinstance(loc[-1], str):
        return None
    if names[0] in _SIDES and (found := _IN_A_TENSOR.get((names[-2] if len(names) > 1 else "", names[-1]))):
        return found
    return _ANYWHERE.get(names[-1])
