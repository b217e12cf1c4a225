"""Verdicts remembered by what was judged: a plan is made anew after every answer, and most entries stay the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
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
        known, is_mine = self._entry(data)
        if is_mine:
            self._fill(known, data)
        return known.result()

    def ahead(self, data: Mapping[str, Any], pool: Executor) -> Future[Verdict]:
        """The verdict on data that stay as they are until it is known, asked for in one of the pool's threads."""
        known, is_mine = self._entry(data)
        if is_mine:
            pool.submit(self._fill, known, data)
        return known

    def _entry(self, data: Mapping[str, Any]) -> tuple[Future[Verdict], bool]:
        """The verdict as it is known or asked for, and whether it is for the caller to ask."""
        mine = Future[Verdict]()
        known = self._known.setdefault(frozen(dict(data)), mine)
        return known, known is mine

    def _fill(self, mine: Future[Verdict], data: Mapping[str, Any]) -> None:
        try:
            mine.set_result(self._judge(data))
        except BaseException as error:
            del self._known[frozen(dict(data))]  # it may succeed the next time
            mine.set_exception(error)

    def latest(self, kind: str | None) -> str:
        """The latest format version of a type; asked with nothing but the type, which takes no time."""
        return self({} if kind is None else {"type": kind}).latest
