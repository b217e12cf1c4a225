"""Verdicts remembered by what was judged: a plan is made anew after every answer, and most entries stay the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from partner_tui.compliance.verdict import Verdict
from partner_tui.manifest.values import frozen

Judging: TypeAlias = Callable[[Mapping[str, Any]], Verdict]
"""The spec library's verdict on resolved data. Raises CheckerFailed."""


class Remembered:
    """A judge that is asked about the same data once. Keep one for as long as plans are made."""

    def __init__(self, judge: Judging) -> None:
        self._judge = judge
        self._known: dict[Any, Verdict] = {}

    def __call__(self, data: Mapping[str, Any]) -> Verdict:
        key = frozen(dict(data))
        if key not in self._known:
            self._known[key] = self._judge(data)
        return self._known[key]

    def latest(self, kind: str | None) -> str:
        """The latest format version of a type; asked with nothing but the type, which takes no time."""
        return self({} if kind is None else {"type": kind}).latest
