"""App base class that processes key presses in order, before background work: each reaches what has the focus when its turn comes.

Whole garbage collections are background work, too: with a large manifest one stops every thread for a quarter of a second.
"""

from __future__ import annotations

import asyncio
import gc
import math
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress

from textual import events
from textual.dom import DOMNode

from partner_tui.ui.guarded import CrashHandlingApp

Typed = events.Key | events.Paste
"""What comes from the keyboard, and goes to what has the focus."""

QUIET_SECONDS = 0.3
"""A pause between keys that is one."""
SLEEP_SECONDS = 0.002
ANSWER_SECONDS = 0.1
"""How long a key can wait for the frame that answers it; many change nothing that is drawn."""
IDLE_SECONDS = 1.0
"""How long nobody types or moves the mouse before garbage is collected."""
COLLECTIONS = 10
"""Of younger objects, until a whole one is due: what Python itself takes."""
MOST_COLLECTIONS = 100
"""The same where somebody never stops: memory has an end."""
MOST_SECONDS = 1.0
"""How long an end waits for keys that are under way."""
LOST_SECONDS = 0.2
"""How long a key is waited for that went to a widget which is gone."""


class KeyFirstApp(CrashHandlingApp):
    """Hands out keys one at a time, and knows whether somebody types."""

    _last_key = 0.0
    _last_input = 0.0
    _last_frame = 0.0
    _under_way: Typed | None = None

    def __init__(self) -> None:
        super().__init__()
        self._typed_ahead: deque[Typed] = deque()

    # Keys that are typed faster than they are answered

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent):
            self._last_input = time.monotonic()
        if not isinstance(event, Typed) or event.is_forwarded:
            await super().on_event(event)
            return
        self._last_key = time.monotonic()
        if self._under_way is None:
            await self._dispatch(event)
        else:
            self._typed_ahead.append(event)

    async def _dispatch(self, key: Typed) -> None:
        """Give a key to what has the focus; the next one follows when all that it passes on its way up has seen it.

        Textual gives out all keys at once: of ``/moss`` that comes in one piece, as over a slow line, the letters would go
        to the table, which knows other things to do with them.
        """
        self._under_way = key
        passed = list(self.focused.ancestors_with_self) if self.focused else [self.screen]
        await super().on_event(key)
        # The way is gone twice, since what a key does may be to send a message (`Input.Submitted`) the same way.
        self._follow(iter([node for node in passed * 2 if node is not self]), key)
        self.set_timer(LOST_SECONDS, lambda: self._done(key))

    def _follow(self, way: Iterator[DOMNode], key: Typed) -> None:
        """Stand in line behind the key at one node after the other, at last at the app."""
        node = next(way, None)
        if node is None:
            self.call_later(self._done, key)
        else:
            node.call_later(self._follow, way, key)

    def _done(self, key: Typed) -> None:
        if self._under_way is key:
            self._under_way = self._typed_ahead.popleft() if self._typed_ahead else None
            if self._under_way is not None:
                self.call_later(self._dispatch, self._under_way)

    async def typed(self) -> None:
        """Wait until what was typed so far is where it was typed, and its form knows of it; a second at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(MOST_SECONDS):
                arrived = asyncio.Event()
                self.call_later(arrived.set)
                await arrived.wait()
                while self._under_way is not None:
                    await asyncio.sleep(SLEEP_SECONDS)

    # Background work

    @property
    def _until_quiet(self) -> float:
        """Seconds until nobody has typed for a moment; not positive when it is quiet."""
        return self._last_key + QUIET_SECONDS - time.monotonic()

    async def quiet(self, most: float = math.inf) -> None:
        """Wait until nobody has typed for a moment.

        Args:
            most: Seconds after which it goes on all the same.
        """
        end = time.monotonic() + most
        while (left := min(self._until_quiet, end - time.monotonic())) > 0:
            await asyncio.sleep(left)

    def post_display_hook(self) -> None:
        self._last_frame = time.monotonic()

    def yield_to_keys(self) -> None:
        """Called by threads that work long, every millisecond or so.

        Python shares its time evenly among threads that want it, so a key would take twice as long as alone: until a frame
        has answered it, they sleep.
        """
        is_answered = self._last_frame > self._last_key
        waits = not is_answered and time.monotonic() - self._last_key < ANSWER_SECONDS
        time.sleep(SLEEP_SECONDS if waits else 0)

    def collect_when_idle(self) -> None:
        """Have Python leave whole garbage collections to this app, which makes them while nobody does anything."""
        gc.set_threshold(*gc.get_threshold()[:2], MOST_COLLECTIONS)
        self.set_interval(IDLE_SECONDS, self.collect_if_due)

    def collect_if_due(self) -> None:
        is_idle = time.monotonic() - self._last_input >= IDLE_SECONDS
        if is_idle and gc.isenabled() and gc.get_count()[2] >= COLLECTIONS:
            gc.collect()
