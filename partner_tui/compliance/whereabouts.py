"""The place that an error's text names, where the library gives it for the entry or for all outputs as a whole.

Source: the checks of bioimageio.spec's model v0_4 and v0_5 that compare tensors with each other.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Any

from partner_tui.compliance.verdict import SpecError
from partner_tui.manifest.text.document import Path

_SPELLED = re.compile(r"(?:at|for) ((?:inputs|outputs)(?:\[\d+\]|\.\w+)+)")
_REFERENCES = (
    re.compile(r"`reference_tensor`s \[(?P<name>.*?)\] not found"),
    re.compile(r"^(?:Value error, )?'?(?P<name>.*?)'? not found in inputs"),
)
_MOST_VALUES = 10_000
"""Of an entry, looked through for a name; aliases can make it endlessly large."""
_OUTPUT = re.compile(r"of output (?P<name>.*?) is too small|does not match output tensor '(?P<other>.*?)'")


def named_place(error: SpecError, data: Any) -> Path | None:
    """The place that an error names; None when it names none that there is."""
    if found := _SPELLED.search(error.message):
        return _existing(_parsed(found[1]), data)
    if found := _OUTPUT.search(error.message):
        return _output(found["name"] or found["other"], data)
    for pattern in _REFERENCES:
        if found := pattern.search(error.message):
            return _reference(found["name"].split(",")[0].strip(" '"), data)
    if error.kind == "KeyError":
        return _reference(error.message.strip("'"), data)
    return None


def _parsed(spelled: str) -> Path:
    steps = re.findall(r"\[(\d+)\]|(\w+)", spelled)
    return tuple(int(index) if index else name for index, name in steps)


def _existing(path: Path, data: Any) -> Path:
    """As much of a path as there is."""
    for length, step in enumerate(path):
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return path[:length]
    return path


def _output(name: str, data: Any) -> Path | None:
    outputs = data.get("outputs") if isinstance(data, dict) else None
    for place, tensor in enumerate(outputs if isinstance(outputs, list) else ()):
        if isinstance(tensor, dict) and name in (tensor.get("name"), tensor.get("id")):
            return ("outputs", place)
    return None


def _reference(name: str, data: Any) -> Path | None:
    """Where a tensor of this name is referred to."""
    waiting: deque[tuple[Path, Any]] = deque(
        ((side,), data.get(side)) for side in ("outputs", "inputs") if isinstance(data, dict)
    )
    for _ in range(_MOST_VALUES):
        if not waiting:
            break
        path, value = waiting.popleft()
        if isinstance(value, dict):
            if value.get("reference_tensor") == name:
                return (*path, "reference_tensor")
            waiting += [((*path, key), one) for key, one in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, place), one) for place, one in enumerate(value)]
    return None
