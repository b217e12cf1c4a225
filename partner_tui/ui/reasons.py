"""Why a key does nothing now. No key is silent: what is bound and disabled says why, in the app and in the palette alike."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.binding import ActiveBinding
from textual.screen import Screen

from partner_tui.ui.textual_private import active_binding

NOT_NOW = "Not available right now."


@runtime_checkable
class Explains(Protocol):
    """A view, screen or widget that knows why its acts cannot be done."""

    def disabled_reason(self, action: str) -> str | None:
        """Why an act cannot be done now, in one sentence; None when it can."""


def why_idle(active: ActiveBinding) -> str | None:
    """Why a bound act would do nothing now, for the footer and the palette; None where it would do something.

    It may be enabled all the same: its key then looks again, such as for what another program has done meanwhile.
    """
    said = active.node.disabled_reason(active.binding.action) if isinstance(active.node, Explains) else None
    return said or (None if active.enabled else NOT_NOW)


def why_dead(screen: Screen[object], key: str) -> str | None:
    """Why a key that is bound on a screen does nothing now; None for one that is not bound, or works."""
    active = active_binding(screen, key)
    return None if active is None or active.enabled else why_idle(active)
