"""Verdicts remembered by what was judged: a plan is made anew after every answer, and most entries stay the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any, TypeAlias

from partner_tui.compliance.verdict import Verdict
from partner_tui.manifest.text.values import frozen

Judging: TypeAlias = Callable[[Mapping[str, Any]], Verdict]
"""The spec library's verdict on resolved data. Raises CheckerFailed."""


class CachedJudge:
    """A judge that is asked about the same data once, by any number of threads. Keep one for as long as plans are made."""

    def __init__(self, judge: Judging) -> None:
        self._judge = judge
        self._known: dict[Any, Future[Verdict]] = {}

    def __call__(self, data: Mapping[str, Any]) -> Verdict:
        key, mine = frozen(dict(data)), Future[Verdict]()
        known = self._known.setdefault(key, mine)
        if known is mine:
            try:
                mine.set_result(self._judge(data))
            except BaseException as error:
                del self._known[key]  # it may succeed the next time
                mine.set_exception(error)
        return known.result()

    def latest(self, kind: str | None) -> str:
        """The latest format version of a type; asked with nothing but the type, which takes no time."""
        return self({} if kind is None else {"type": kind}).latest
