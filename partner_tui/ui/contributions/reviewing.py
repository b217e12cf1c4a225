"""Reviews contributions while their list is shown: the selected one first, the others one after the other.

The rule: nothing is reviewed before the view was looked at, what was begun is finished, and escape stops it.
"""

from __future__ import annotations

import asyncio

from textual import work

from partner_tui.errors import Cancelled
from partner_tui.ui.background import Running
from partner_tui.ui.widgets.divided import DividedView
from partner_tui.workspace.contributions.known import KnownContributions
from partner_tui.workspace.contributions.listed import Row

REST_SECONDS = 0.1
"""How long the cursor rests on a contribution before it is reviewed beside."""
PAUSE_SECONDS = 1.0
"""How long the next one waits for somebody who types: a review takes one of the processors."""
A_BATCH = 20
"""How many are reviewed before what is known is written."""


class ReviewingView(DividedView):
    """A view of contributions.

    Attributes:
        was_shown: Whether it was looked at.
        was_stopped: Whether the user stopped the reviews of those that wait.
        problem: Why they could not be listed; "" where they could.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._known: KnownContributions | None = None
        self.was_shown = False
        self.was_stopped = False
        self.problem = ""
        self._is_reading = False
        self._is_outlining = False

    @property
    def known(self) -> KnownContributions:
        if self._known is None:
            self._known = KnownContributions(self.workspace, self.app.settings.github_api)
        return self._known

    @property
    def chosen(self) -> Row | None:
        """The contribution under the cursor."""
        raise NotImplementedError

    def show_reviewed(self, row: Row) -> None:
        """More is known of one."""
        raise NotImplementedError

    async def on_unmount(self) -> None:
        if self._known is not None:
            await asyncio.to_thread(self._known.reviewer.close)

    @work(exclusive=True, group="review-waiting")
    async def review_waiting(self) -> None:
        """Once the view was looked at: review, one after the other, what nobody looked at yet; the list fills meanwhile."""
        if not self.was_shown or self.was_stopped or not (waiting := self.known.waiting):
            return
        running = Running("reviewing contributions")
        try:
            with self.app.background.shown(running):
                for number, row in enumerate(waiting):
                    running.detail = f"{number}/{len(waiting)}"
                    await self.app.quiet(most=PAUSE_SECONDS)
                    await asyncio.to_thread(self.known.sum_up, row, cancelled=running.cancelled)
                    if running.cancelled.is_set():
                        raise Cancelled
                    self.show_reviewed(row)
                    if number % A_BATCH == A_BATCH - 1:
                        await asyncio.to_thread(self.known.keep)
        except Cancelled:  # by escape: a worker that is cancelled raises another one
            self.was_stopped = True
            self.notify("Stopped. Press f5 to review the rest.")
            await asyncio.to_thread(self.known.reviewer.stop)
        finally:
            self.known.keep()  # also when the app ends meanwhile

    @work(exclusive=True, group="rest")
    async def review_chosen(self) -> None:
        """Once the cursor rests on one, review that before the others."""
        await asyncio.sleep(REST_SECONDS)
        if not self._is_reading:
            self._read_chosen()
        elif not self._is_outlining:
            self._outline_chosen()

    @work(group="review-chosen")
    async def _read_chosen(self) -> None:
        """Review the selected one, and then the one that is selected by that time: what was begun is finished."""
        self._is_reading = True
        try:
            while (row := self._not_read) is not None:
                running = Running("reading the contribution")
                await self.app.background.run(running, self.known.work_out, row, cancelled=running.cancelled)
                self.show_reviewed(row)
        except Cancelled:
            # In a worker of its own: a row that is selected while it stops begins another reading.
            self.run_worker(asyncio.to_thread(self.known.reviewer.stop), group="stop-reviewing")
        finally:
            self._is_reading = False

    @work(group="outline-chosen")
    async def _outline_chosen(self) -> None:
        """Read what the selected one changes while another is reviewed, so that its review opens at once; one at a time."""
        self._is_outlining = True
        outlined = None
        try:
            while (row := self._not_read) is not None and row.key != outlined:
                outlined = row.key
                await asyncio.to_thread(self.known.read_outline, row)
                if self.known.problem(row):
                    self.show_reviewed(row)
        finally:
            self._is_outlining = False

    @property
    def _not_read(self) -> Row | None:
        """The selected one, where it is to be read and can be."""
        row = self.chosen if self.was_shown and self.is_attached else None
        known = row is None or self.known.review(row) is not None or self.known.problem(row)
        return None if known else row
