"""Signals that end the app: what was typed is kept, what runs is stopped, and the terminal is given back as it was."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
PATIENCE_SECONDS = 10.0
"""What a step writes is safe at any moment, so an end that hangs (a terminal that is gone) is not waited for longer."""


def end_on_signals(end: Callable[[int], None]) -> None:
    """Have an end made when the system, or a terminal that closes, asks for it; to be called in the app's loop.

    Args:
        end: Given the exit status, 128 and the signal's number; called in the loop, at most once.
    """
    loop = asyncio.get_running_loop()

    def ask(number: signal.Signals) -> None:
        for other in ENDING:
            loop.remove_signal_handler(other)
            signal.signal(other, signal.SIG_IGN)
        status = 128 + number
        hurry = threading.Timer(PATIENCE_SECONDS, os._exit, (status,))
        hurry.daemon = True
        hurry.start()
        end(status)

    for number in ENDING:
        loop.add_signal_handler(number, ask, number)
