"""Makes the bindings of keys: each can be rebound by its id, and the help is made from its label and tooltip."""

from __future__ import annotations

from functools import partial

from textual.binding import Binding


def bind(
    keys: str,
    action: str,
    label: str,
    id: str,
    tooltip: str,
    *,
    show: bool = True,
    key_display: str | None = None,
    priority: bool = False,
) -> Binding:
    """Bind keys to an action.

    Args:
        id: What the settings' keymap calls it: where it works, a dot, and what it does.
        show: Whether the footer offers it.
    """
    return Binding(keys, action, label, show, key_display, priority, tooltip, id)


hidden = partial(bind, show=False)
"""Bind keys to an action that only the help and the palette list."""
