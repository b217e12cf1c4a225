"""Verdicts remembered by what was judged: a plan is made anew after every answer, and most entries stay the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from typing import Any, TypeAlias

from partner_tui.compliance.protocol import encoded
from partner_tui.compliance.verdict import Verdict
from partner_tui.errors import CheckerFailed

Judging: TypeAlias = Callable[[Sequence[str]], Sequence[Verdict | CheckerFailed]]
"""The spec library's verdicts on resolved data, warnings not needed; see `SpecWorker.judge_all`."""
Asked: TypeAlias = Future[Verdict]
"""A verdict that was asked for; its result raises CheckerFailed where there is none."""


class CachedJudge:
    """A judge that is asked about the same data once, by any number of threads. Keep one for as long as plans are made.

    Args:
        at_once: So many threads can ask at a time.
    """

    def __init__(self, judge: Judging, at_once: int = 1) -> None:
        self.at_once = at_once
        self._judge = judge
        self._known: dict[bytes, Asked] = {}

    def __call__(self, data: Mapping[str, Any]) -> Verdict:
        """The verdict on data.

        Raises:
            CheckerFailed: There is none.
        """
        waiting: list[tuple[str, Asked]] = []
        asked = self._ask(data, waiting)
        self._fill(waiting)
        return asked.result()

    def ahead(self, several: Iterable[Mapping[str, Any]], pool: Executor) -> list[Asked]:
        """The verdict on each of some data, asked for together in one of the pool's threads."""
        waiting: list[tuple[str, Asked]] = []
        asked = [self._ask(data, waiting) for data in several]
        if waiting:
            pool.submit(self._fill, waiting)
        return asked

    def _ask(self, data: Mapping[str, Any], waiting: list[tuple[str, Asked]]) -> Asked:
        """The verdict as it is known or asked for; what is for the caller to ask is added to `waiting`."""
        mine = Asked()
        try:
            line = encoded(data)
        except CheckerFailed as error:
            mine.set_exception(error)
            return mine
        known = self._known.setdefault(_key(line), mine)
        if known is mine:
            waiting.append((line, mine))
        return known

    def _fill(self, waiting: Sequence[tuple[str, Asked]]) -> None:
        if not waiting:
            return
        try:
            said = self._judge([line for line, _ in waiting])
        except BaseException as error:
            for line, asked in waiting:
                self._forget(line, asked, error)
            return
        for (line, asked), verdict in zip(waiting, said, strict=True):
            if isinstance(verdict, CheckerFailed):
                self._forget(line, asked, verdict)
            else:
                asked.set_result(verdict)

    def _forget(self, line: str, asked: Asked, error: BaseException) -> None:
        del self._known[_key(line)]  # it may succeed the next time
        asked.set_exception(error)

    def latest(self, kind: str | None) -> str:
        """The latest format version of a type; asked with nothing but the type, which takes no time."""
        return self({} if kind is None else {"type": kind}).latest


def _key(line: str) -> bytes:
    """Of 20,000 entries the lines themselves, before and after, would be too much to keep."""
    return hashlib.sha256(line.encode("ascii")).digest()
