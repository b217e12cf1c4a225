"""Work that takes longer than a key press: in a thread, shown in the top line, to be stopped with escape.

There is one idiom: `await app.background.run("Fetching", function, ...)` inside a worker. The function gets an event that is
set when the user stops it or when the waiting worker goes away; it reports by a thread-safe call.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(eq=False, slots=True)
class Running:
    """One piece of work that is under way.

    Args:
        title: What it does, as the top line shows it: ``fetching``.
        detail: How far it is: ``9/16``.
        stoppable: Whether escape stops it; checks and fetches are, a save is not.
        writes: Whether leaving in its midst would leave something half done.
    """

    title: str
    stoppable: bool = True
    writes: bool = False
    detail: str = ""
    cancelled: Event = field(default_factory=Event)


def writing(title: str) -> Running:
    """The writing of some files, which is over in a moment and nobody stops."""
    return Running(title, stoppable=False, writes=True)


class Background:
    """All work that is under way.

    Args:
        on_change: Called in the app's thread when work starts or ends. How far it is, is polled by who shows it.
    """

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self.running: list[Running] = []

    async def run(self, running: Running, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking function in a thread; when the waiting task is cancelled, the work is told to stop."""
        with self.shown(running):
            return await asyncio.to_thread(function, *args, **kwargs)

    @contextmanager
    def shown(self, running: Running) -> Iterator[None]:
        """Show work of several functions as one, which is stopped as one."""
        self.running.append(running)
        self._on_change()
        try:
            yield
        finally:
            running.cancelled.set()
            self.running.remove(running)
            self._on_change()

    def stop_newest(self) -> Running | None:
        """Tell the newest piece of work that can be stopped to stop; None when there is none."""
        for running in reversed(self.running):
            if running.stoppable and not running.cancelled.is_set():
                running.cancelled.set()
                return running
        return None

    def stop_all(self) -> None:
        for running in self.running:
            running.cancelled.set()
