"""Cache of what is known of the entries by now: what they take from their RDFs, and how they were checked.

Reading an RDF costs time, so it goes on in a thread; it never holds up the cursor.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from partner_tui.manifest.entry import Entry
from partner_tui.manifest.resolve import Resolved
from partner_tui.workspace.entries.filter import EntryFacts, facts_of

if TYPE_CHECKING:
    from partner_tui.workspace.workspace import Workspace

READING_SECONDS = 0.05
"""How long RDFs are read in one go before what they say is shown."""
A_FEW = 16
"""How many entries without an RDF take about a millisecond."""


class KnownEntries:
    """What is known of the entries of a workspace.

    Args:
        workspace: Gives the workspace, which there is once the view is on its screen.
    """

    def __init__(self, workspace: Callable[[], Workspace]) -> None:
        self._workspace = workspace
        self._facts: dict[int, EntryFacts] = {}
        self._resolved: dict[int, Resolved] = {}

    def facts(self, index: int) -> EntryFacts:
        """What is known of an entry by now."""
        known = self._facts.get(index)
        if known is None:
            workspace = self._workspace()
            entry = workspace.manifest.entries[index]
            known = facts_of(entry, self._resolved.get(index), workspace.checks.get(index))
            self._facts[index] = known
        return known

    def resolved(self, index: int) -> Resolved | None:
        """An entry with its RDF, once that was read."""
        return self._resolved.get(index)

    def clear(self) -> None:
        """The manifest was read: nothing is known of its entries."""
        self._facts, self._resolved = {}, {}

    def forget_facts(self, indices: Iterable[int]) -> None:
        """More is known of these entries now."""
        for index in indices:
            self._facts.pop(index, None)

    async def read_all(
        self, yield_to_keys: Callable[[], None], on_read: Callable[[Sequence[int]], None]
    ) -> bool:
        """Read what entries take from their RDFs and the root, a little at a time.

        Args:
            yield_to_keys: Called by the reading thread every millisecond or so.

        Returns:
            Whether all were read; not when another manifest took their place meanwhile.
        """
        workspace = self._workspace()
        manifest = workspace.manifest
        waiting = list(reversed(manifest.entries))
        while waiting:
            read = await asyncio.to_thread(_read_some, workspace, waiting, yield_to_keys)
            if workspace.manifest is not manifest:
                return False
            self._resolved |= {resolved.entry.index: resolved for resolved in read}
            indices = [resolved.entry.index for resolved in read]
            self.forget_facts(indices)
            on_read(indices)
        return True


def _read_some(
    workspace: Workspace, waiting: list[Entry], yield_to_keys: Callable[[], None]
) -> list[Resolved]:
    """Resolve entries from the end of a list until the time is over."""
    read: list[Resolved] = []
    end = time.monotonic() + READING_SECONDS
    while waiting and time.monotonic() < end:
        read.append(workspace.resolved(waiting.pop()))
        if not len(waiting) % A_FEW:
            yield_to_keys()
    return read
