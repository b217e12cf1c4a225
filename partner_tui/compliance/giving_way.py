"""How work in a thread gives way to others, such as the one that answers keys.

Apart from the rules, which do such work: they are imported once there is something to check.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias

GiveWay: TypeAlias = Callable[[], None]
"""Called by work in a thread every millisecond or so; it may sleep."""


def let_others_run() -> None:
    """Give the interpreter's lock to a thread that waits for it."""
    time.sleep(0)
