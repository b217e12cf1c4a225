"""Words for an entry that the spec library's own code stops at: it says no place, but the entry shows what it met.

Source: what model v0_4 and v0_5 raise besides their errors for references and values of another type.
"""

from __future__ import annotations

import re
from typing import Any

from partner_tui.compliance.place import Place, Words, shown


def of_a_failure(place: Place) -> Words | None:
    """Words for an exception of Python that the library gives as an error; None for all others."""
    if place.loc or not any(
        re.fullmatch(r"[A-Z]\w*(?:Error|Exception)", error.kind) for error in place.errors
    ):
        return None
    if place.has("OSError"):
        return Words("A file name is too long to be one", "Shorten it")
    if place.has("KeyError") and (name := _unknown_reference(place)):
        return Words(
            f"{shown(name)} is not the name of an input", "Name one of the inputs", "reference-tensor"
        )
    return Words(
        "The spec library cannot read this entry: a value is of another type than it expects",
        "Compare it with the spec of its format",
    )


def _unknown_reference(place: Place) -> str:
    """The name that the library looked up among the inputs, if outputs refer to it."""
    told = re.fullmatch(r"'(.*)'", place.errors[0].message, re.DOTALL)
    return told[1] if told and told[1] in _references(place.value) else ""


def _references(entry: Any) -> set[str]:
    found: set[str] = set()
    waiting = [entry.get("outputs")] if isinstance(entry, dict) else []
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if isinstance(name := value.get("reference_tensor"), str):
                found.add(name)
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return found
