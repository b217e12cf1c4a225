"""Words for each kind of error that pydantic has: what the value is, and what it should be.

Nothing of pydantic's own text is repeated but numbers and the allowed values: it names classes and validators.
"""

from __future__ import annotations

import difflib
import re

from partner_tui.compliance.wording.place import ErrorContext, Wording, shown
from partner_tui.manifest.text.document import Path

_SHAPES = {
    "a whole number": "int_",
    "a finite number": "finite_",
    "a number": "(float|decimal|complex|fraction)_",
    "true or false": "bool_",
    "a date and time, such as 2024-01-31T12:00:00": "(date|time|datetime|timezone)_",
    "a URL": "url_",
    "a UUID": "uuid_",
    "a file path or URL": "path_",
    "a mapping": "(dict|frozen_dict|ordered_dict|mapping|counter|model|dataclass|named_tuple)_",
    "a list": "(list|tuple|frozen_set|deque|iterable|iteration|sequence)_|set_type|is_instance_of",
    "text": "string_(type|sub_type|unicode|not_ascii)|bytes_",
}
"""What a value is not, by what the kinds that say so begin with; of several, the first is named."""
_HINTS = {
    "a list": "Write each of its values after a dash",
    "a mapping": "Write it as `key: value` lines",
    "text": "Quote it",
    "a URL": "Write it in full, with https://",
    "a file path or URL": "Use a URL or a relative path",
}
_LIMITS = {
    "greater_than": "must be greater than",
    "greater_than_equal": "must be at least",
    "less_than": "must be less than",
    "less_than_equal": "must be at most",
    "multiple_of": "must be a multiple of",
}
_CHOICES = ("literal_error", "enum", "union_tag_invalid")
_SHORT = ("too_short", "string_too_short", "bytes_too_short")
_LONG = ("too_long", "string_too_long", "bytes_too_long", "url_too_long")


def of_a_kind(place: ErrorContext) -> Wording | None:
    """What can be said of any field; None for a kind that is not known here."""
    label = place.label
    if place.is_there and place.has("missing"):
        form = expected(place.loc)
        return Wording(f"{label} {place.quoted} is not {form}" if form else f"{label} is not complete")
    if not place.is_there or (not place.is_located and place.has("missing")):
        hint = f"Format {place.latest} requires it" if place.has("missing") and len(place.loc) == 1 else ""
        return Wording(f"{label} is missing", hint)
    if place.has("extra_forbidden", "unexpected_keyword_argument"):
        return Wording(
            f"{label} is not a field of this format", "Remove it, or keep it in config", "unknown-to-config"
        )
    return _of_a_choice(place) or _of_a_limit(place) or _of_a_length(place) or _of_a_shape(place)


def _of_a_choice(place: ErrorContext) -> Wording | None:
    """A value that is none of those that are allowed."""
    label, value = place.label, place.value
    if place.has("union_tag_not_found"):
        key = next(iter(_quoted(place.errors[0].message)), "type")
        return Wording(f"{label} has no {key}", f"{key[:1].upper()}{key[1:]} says what it is")
    if not place.has(*_CHOICES):
        return None
    allowed = [one for error in place.errors for one in _allowed(error.message)]
    if not allowed or not all(error.kind in _CHOICES for error in place.errors):
        return None
    if place.has("union_tag_invalid"):
        found = re.search(r"found using '(\w+)'", place.errors[0].message)
        key = found[1] if found else "type"
        value = value.get(key) if isinstance(value, dict) else value
        label = f"{label}.{key}"
    near = [one for one in allowed if value and one.startswith(str(value))]
    near = near or difflib.get_close_matches(str(value), allowed, 1)
    hint = f"Did you mean {near[0]}?" if near else ""
    return Wording(f"{label} {shown(value)} is not one of {_some(allowed)}", hint)


def _of_a_limit(place: ErrorContext) -> Wording | None:
    for error in place.errors:
        number = re.search(r"(-?\d+(?:\.\d+)?(?:e-?\d+)?)\)?$", error.message)
        if error.kind in _LIMITS and number:
            return Wording(f"{place.label} {place.quoted} {_LIMITS[error.kind]} {number[1]}")
    if place.has(*_LIMITS):
        return Wording(f"{place.label} {place.quoted} is out of its range")
    return None


def _of_a_length(place: ErrorContext) -> Wording | None:
    label, value = place.label, place.value
    if place.has(*_SHORT):
        if place.loc and value in ("", [], {}):
            return Wording(f"{label} is empty", "Fill it in, or remove the line")
        return Wording(f"{label} is too short", _wanted_length(place, "at least"))
    if place.has(*_LONG):
        hint = _wanted_length(place, "at most")
        if place.loc == ("description",):
            hint = "Move the details to the documentation"
        return Wording(f"{label} is too long", hint)
    if place.has("string_pattern_mismatch"):
        form = expected(place.loc)
        return Wording(
            f"{label} {place.quoted} is not {form}" if form else f"{label} {place.quoted} has a wrong form"
        )
    return None


def _of_a_shape(place: ErrorContext) -> Wording | None:
    """A value of another shape than any that is allowed there."""
    label = place.label
    fitting = [
        what for what, kinds in _SHAPES.items() if any(re.match(kinds, error.kind) for error in place.errors)
    ]
    if place.has("recursion_loop", "recursion_depth_exceeded"):
        return Wording(f"{label} contains itself", "Write it without an alias")
    if not fitting:
        return None
    if form := expected(place.loc):
        return Wording(f"{label} {place.quoted} is not {form}")
    what = fitting[0]
    if what == "a URL" and "a file path or URL" in fitting:
        what = "a file path or URL"
    quoted = (
        f"{label} {place.quoted}"
        if what not in ("a list", "a mapping", "text", "a file path or URL")
        else label
    )
    return Wording(
        f"{quoted} is not {what}", _HINTS.get(what, ""), "scalar-to-list" if what == "a list" else None
    )


def _wanted_length(place: ErrorContext, bound: str) -> str:
    """ "Use at least 1 item", from what pydantic says."""
    for error in place.errors:
        if found := re.search(r"at (?:least|most) (\d+) (item|character)", error.message):
            return f"Use {bound} {found[1]} {found[2]}{'' if found[1] == '1' else 's'}"
    return ""


def _allowed(message: str) -> list[str]:
    """The values that pydantic names as allowed; cut ones are left out."""
    _, _, tail = message.rpartition("expected tags: " if "expected tags: " in message else "should be ")
    return _quoted(tail) or re.findall(r"(?<![\w'])\d+(?![\w'])", tail)


def _quoted(text: str) -> list[str]:
    return re.findall(r"'([^']*)'", text)


def _some(allowed: list[str]) -> str:
    every = list(dict.fromkeys(allowed))
    return ", ".join(every[:10]) + (", …" if len(every) > 10 else "")


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
