"""Saves the draft of a form at latest a moment after it changed, however long the typing goes on."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from threading import Lock

from textual.timer import Timer
from textual.widget import Widget

from partner_tui.errors import PartnerTuiError
from partner_tui.ui.guarded import CrashHandlingApp

SECONDS = 0.5
"""From the first change that is not kept to the write; a later change does not start it again."""


class DraftKeeper:
    """Writes one form's draft.

    Args:
        write: Keeps what the form holds when it is called, or drops the draft. Blocks; called in a thread, and by `flush`.
    """

    def __init__(self, form: Widget, write: Callable[[], None]) -> None:
        self._form = form
        self._write = write
        self._writing = Lock()
        self._timer: Timer | None = None
        self._is_written = True

    def changed(self) -> None:
        """The form holds something else than before."""
        self._is_written = False
        if self._timer is None:
            self._timer = self._form.set_timer(SECONDS, self._start)

    def flush(self) -> None:
        """Keep at once what is not kept yet: the form, or the app, goes."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if not self._is_written:  # also where the write is due and has not begun: an app that ends cancels it
            with contextlib.suppress(PartnerTuiError):  # nobody is there to be told
                self._write_alone()

    def _start(self) -> None:
        self._timer = None
        self._form.run_worker(self._keep(), group="draft", exit_on_error=False)

    async def _keep(self) -> None:
        app = self._form.app
        assert isinstance(app, CrashHandlingApp)
        with app.errors_shown():
            await asyncio.to_thread(self._write_alone)

    def _write_alone(self) -> None:
        """One write at a time, so that none overtakes one of newer content."""
        with self._writing:
            self._is_written = True
            self._write()
