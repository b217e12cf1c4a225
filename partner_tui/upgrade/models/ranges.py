"""The range of a tensor's values in every way that old models write it."""

from __future__ import annotations

import re
from math import isinf, isnan
from typing import Any

from partner_tui.upgrade.models.tensors import number


def bounds_of(value: Any) -> list[Any] | None:
    """Both bounds, None for one that is infinite; None when it is no range."""
    if isinstance(value, str) and (listed := re.fullmatch(r"\s*[\[(]([^,]+),([^,]+)[\])]\s*", value)):
        value = [_plain(one) for one in listed.groups()]
    if not isinstance(value, list) or len(value) != 2:
        return None
    bounds = [_bound(one) for one in value]
    return None if any(one == "" for one in bounds) else bounds


def _plain(text: str) -> Any:
    """A number that is written in a text, else the text."""
    try:
        found = float(text)
    except ValueError:
        return text
    return int(found) if found.is_integer() else found


def _bound(value: Any) -> Any:
    if value is None or str(value).strip().lower().lstrip("+-") in ("inf", ".inf", "infinity"):
        return None
    found = number(value)
    return "" if found is None or isnan(found) else None if isinf(found) else found
