"""What is known of entries by now, and the reading that fills it in.

Reading an RDF costs time, so it follows the cursor and goes on in a thread; it never holds up the cursor.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work
from textual.timer import Timer

from partner_tui.manifest.entry import Entry
from partner_tui.manifest.resolve import Resolved
from partner_tui.ui.entries.acts import EntryActs
from partner_tui.ui.entries.table import EntryTable
from partner_tui.workspace.entry_filter import EntryFacts, facts_of

if TYPE_CHECKING:
    from partner_tui.workspace.workspace import Workspace

REST_SECONDS = 0.1
"""How long the cursor rests on an entry before it is shown beside."""
READING_SECONDS = 0.05
"""How long RDFs are read in one go before what they say is shown."""
A_FEW = 16
"""How many entries without an RDF take about a millisecond."""


class EntryReading(EntryActs):
    """A view of entries that knows what was read of them by now."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._facts: dict[int, EntryFacts] = {}
        self._can: tuple[bool, bool] | None = None
        self._rest: Timer | None = None

    def facts(self, index: int) -> EntryFacts:
        """What is known of an entry by now."""
        known = self._facts.get(index)
        if known is None:
            workspace = self.workspace
            entry = workspace.manifest.entries[index]
            known = facts_of(entry, self._resolved.get(index), workspace.checks.get(index))
            self._facts[index] = known
        return known

    @work(exclusive=True, group="rdfs")
    async def _read_rdfs(self) -> None:
        """Fill in what entries take from their RDFs and the root, a little at a time."""
        workspace, manifest = self.workspace, self.workspace.manifest
        waiting = list(reversed(manifest.entries))
        while waiting and workspace.manifest is manifest:
            read = await asyncio.to_thread(_read_some, workspace, waiting, self.app.give_way)
            if workspace.manifest is not manifest or not self.app.is_running:
                return
            for resolved in read:
                self._resolved[resolved.entry.index] = resolved
                self._facts.pop(resolved.entry.index, None)
            self.table.refresh_entries(resolved.entry.index for resolved in read)
        self.all_read()

    def all_read(self) -> None:
        """Every RDF was read; what depends on all of them can be shown."""

    def on_entry_table_highlighted(self, message: EntryTable.Highlighted) -> None:
        # Counted from when the cursor is seen at its place: the first rows take longer than it rests.
        self.call_after_refresh(self._begin_rest)

    def _begin_rest(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST_SECONDS, self._show_chosen)

    @work(exclusive=True, group="chosen")
    async def _show_chosen(self) -> None:
        """Show the chosen entry beside; its RDF is read first if it is not yet."""
        entry, workspace = self.chosen_entry(), self.workspace
        can = (entry is not None, entry is not None and bool(entry.id))
        if can != self._can:
            self._can = can
            self.refresh_bindings()
        if entry is None:
            self.detail.show_nothing("No entry selected.")
            return
        with self.app.errors_shown():
            resolved = self._resolved.get(entry.index)
            if resolved is None:
                resolved = await asyncio.to_thread(workspace.resolved, entry)
            if self.app.is_running and entry is self.chosen_entry():
                self.detail.show(workspace, resolved, workspace.checks.get(entry.index))


def _read_some(workspace: Workspace, waiting: list[Entry], give_way: Callable[[], None]) -> list[Resolved]:
    """Resolve entries from the end of a list until the time is over."""
    read: list[Resolved] = []
    end = time.monotonic() + READING_SECONDS
    while waiting and time.monotonic() < end:
        read.append(workspace.resolved(waiting.pop()))
        if not len(waiting) % A_FEW:
            give_way()
    return read
