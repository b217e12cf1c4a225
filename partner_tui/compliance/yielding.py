"""Lets work in a thread give way to the thread that answers keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias

GiveWay: TypeAlias = Callable[[], None]
"""Called by work in a thread every millisecond or so; it may sleep."""


def let_others_run() -> None:
    """Give the interpreter's lock to a thread that waits for it."""
    time.sleep(0)
