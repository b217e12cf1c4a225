"""An app whose background work lets keys go first: what makes widgets waits for a pause, what computes sleeps while somebody types."""

from __future__ import annotations

import asyncio
import time

from textual import events

from partner_tui.ui.guarded import GuardedApp

QUIET_SECONDS = 0.3
"""A pause between keys that is one."""
SLEEP_SECONDS = 0.004


class AttentiveApp(GuardedApp):
    """Knows whether somebody types."""

    _last_key = 0.0

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            self._last_key = time.monotonic()
        await super().on_event(event)

    @property
    def _until_quiet(self) -> float:
        """Seconds until nobody has typed for a moment; not positive when it is quiet."""
        return self._last_key + QUIET_SECONDS - time.monotonic()

    async def quiet(self) -> None:
        """Wait until nobody has typed for a moment."""
        while (left := self._until_quiet) > 0:
            await asyncio.sleep(left)

    def give_way(self) -> None:
        """Called by threads that work long, every millisecond or so.

        Python shares its time evenly among threads that want it, so a key would take twice as long as alone.
        """
        time.sleep(SLEEP_SECONDS if self._until_quiet > 0 else 0)
