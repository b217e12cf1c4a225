"""What can be done with the entries of the table: upgrade, fix, mend, edit, copy, open. Each act says why it cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from partner_tui.comparison.matching import entry_name
from partner_tui.compliance.rules import rdf_in_source
from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.manifest.entry import Entry
from partner_tui.manifest.resolve import Resolved
from partner_tui.plain import visible
from partner_tui.ui.entries.detail import EntryDetail
from partner_tui.ui.entries.table import EntryTable
from partner_tui.ui.view import View
from partner_tui.workspace.card import Link, find_urls, site_link


class EntryActs(View):
    """A view of entries, one of them chosen. The view itself shows them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "u",
            "upgrade",
            "Upgrade",
            id="entries.upgrade",
            tooltip="Upgrade this entry, or the marked ones",
        ),
        Binding(
            "U",
            "upgrade_all",
            "Upgrade all",
            show=False,
            id="entries.upgrade_all",
            tooltip="Upgrade all outdated or invalid entries",
        ),
        Binding(
            "f",
            "fix",
            "Fix",
            show=False,
            id="entries.fix",
            tooltip="Apply only the fix for the selected finding",
        ),
        Binding(
            "F",
            "fetch_sources",
            "Fetch",
            show=False,
            id="entries.fetch",
            tooltip="Download the remote RDFs (asks first)",
        ),
        Binding(
            "M",
            "mend",
            "Duplicate keys",
            show=False,
            id="entries.duplicate_keys",
            tooltip="Merge or remove duplicate keys",
        ),
        Binding("e", "edit", "Edit", id="entries.edit", tooltip="Edit the entry's lines in your editor"),
        Binding(
            "y", "copy_link", "Copy link", id="entries.copy_link", tooltip="Copy the entry's bioimage.io link"
        ),
        Binding(
            "Y", "copy_id", "Copy id", show=False, id="entries.copy_id", tooltip="Copy the entry's public id"
        ),
        Binding(
            "o", "open", "Open", id="entries.open", tooltip="Open one of the entry's links in the browser"
        ),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._resolved: dict[int, Resolved] = {}

    def why_not(self, action: str) -> str | None:
        if action == "mend" and not self.workspace.document.duplicates:
            return "The manifest has no duplicate keys."
        if action == "upgrade_all" and next(self._upgradable(), None) is None:
            return "No outdated or invalid entries in the list."
        if action == "fetch_sources" and next(self._unresolved(), None) is None:
            return "No unresolved entries in the list."
        if action == "fix" and self._chosen_fix() is None:
            return "Select a finding marked “f fix” first (enter, then Findings)."
        if action.partition("(")[0] in ("edit", "copy_link", "copy_id", "open", "upgrade"):
            entry = self.chosen_entry()
            if entry is None:
                may_add = action == "edit" and not self.workspace.manifest.entries
                return None if may_add else "No entry selected."
            if action in ("copy_link", "copy_id") and not entry.id:
                return "This entry has no id. Press e to edit it."
        return super().why_not(action)

    @property
    def table(self) -> EntryTable:
        return self.query_one("#table", EntryTable)

    @property
    def detail(self) -> EntryDetail:
        return self.query_one("#detail", EntryDetail)

    def chosen_entry(self) -> Entry | None:
        chosen = self.table.chosen
        return None if chosen is None else self.workspace.manifest.entries[chosen]

    # The upgrade

    def _upgradable(self) -> Iterator[int]:
        """The entries that are shown and could be brought to the latest format."""
        return self._shown_with(Status.OUTDATED, Status.INVALID)

    def _unresolved(self) -> Iterator[int]:
        """Entries whose RDF is not read, also those of an invalid entry that names it by `source`."""
        checks = self.workspace.checks
        for index in self.table.order if checks else ():
            check = checks.get(index)
            if check and (check.status is Status.UNRESOLVED or _names_rdf_by_source(check)):
                yield index

    def _shown_with(self, *statuses: Status) -> Iterator[int]:
        checks = self.workspace.checks
        if checks:
            yield from (i for i in self.table.order if i in checks and checks[i].status in statuses)

    def _chosen_fix(self) -> str | None:
        finding = self.detail.chosen_finding
        return finding.fix if finding else None

    def action_upgrade(self) -> None:
        """Upgrade the marked entries, else the selected one; none of those that are of the latest format."""
        entry = self.chosen_entry()
        chosen = sorted(self.table.marked) or ([entry.index] if entry else [])
        checks = self.workspace.checks
        behind = [i for i in chosen if i not in checks or checks[i].status is not Status.LATEST]
        if behind:
            self._open_upgrade(behind)
        elif chosen:
            name = entry_name(self.workspace.manifest.entries[chosen[0]])
            what = f"{visible(name, 60)} is" if len(chosen) == 1 else f"All {len(chosen)} marked entries are"
            self.notify(f"{what} up to date: already in the latest format.", markup=False)

    def action_upgrade_all(self) -> None:
        self._open_upgrade(tuple(self._upgradable()))

    def action_fix(self) -> None:
        entry, fix = self.chosen_entry(), self._chosen_fix()
        if entry is not None and fix is not None:
            self._open_upgrade((entry.index,), (fix,))

    @work(exclusive=True, group="fetch")
    async def action_fetch_sources(self) -> None:
        """Fetch what entries need from elsewhere, of the addresses that the user agrees to; they are checked again then."""
        from partner_tui.ui.entries.fetch_sources import fetch_sources

        entries = frozenset(self.table.marked or self._unresolved())
        with self.app.errors_shown():
            await fetch_sources(self.workspace_screen, self.workspace.manifest, entries)

    @work(exclusive=True, group="mend")
    async def action_mend(self) -> None:
        """Show both values of a key that is written twice, and write what is chosen, until none is left."""
        from partner_tui.ui.broken.repair import RepairScreen
        from partner_tui.workspace.repair_session import diagnose

        workspace = self.workspace
        with self.app.errors_shown():
            while (
                found := await asyncio.to_thread(diagnose, workspace.document.text, workspace.manifest_name)
            ).problem:
                remedy = await self.app.push_screen_wait(RepairScreen(found))
                if remedy is None:
                    return
                contents = {workspace.manifest_name: remedy.text.encode()}
                save = partial(workspace.save, f"repair: {remedy.title}", contents)
                if await self.workspace_screen.act("repairing", save) is None:
                    return

    def _open_upgrade(self, entries: Sequence[int], only: Sequence[str] = ()) -> None:
        from partner_tui.ui.upgrade.screen import UpgradeScreen

        self.app.push_screen(UpgradeScreen(self.workspace_screen, entries, only))

    # Copy, open, edit

    def action_copy_link(self) -> None:
        self._copy(site_link(self._public_id()))

    def action_copy_id(self) -> None:
        self._copy(self._public_id())

    def _public_id(self) -> str:
        entry = self.chosen_entry()
        return entry.public_id(self.workspace.manifest.partner) if entry else ""

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self.notify(visible(text, 200), title="Copied", markup=False)

    def action_open(self) -> None:
        entry = self.chosen_entry()
        if entry is None:
            return
        resolved = self._resolved.get(entry.index)
        links = list(find_urls(resolved.data if resolved else entry.own))
        if public_id := self._public_id():
            links.insert(0, Link("bioimage.io page", site_link(public_id)))
        if links:
            self._open(links)
        else:
            self.notify("This entry has no web links.", severity="warning")

    @work(exclusive=True, group="open")
    async def _open(self, links: Sequence[Link]) -> None:
        from partner_tui.ui.browser import open_in_browser
        from partner_tui.ui.entries.choose_link import ChooseLinkScreen

        url = await self.app.push_screen_wait(ChooseLinkScreen(links))
        if url is not None and not await asyncio.to_thread(open_in_browser, url):
            self.app.copy_to_clipboard(url)
            self.notify(visible(url, 200), title="No browser found; URL copied", markup=False)

    @work(exclusive=True, group="edit")
    async def action_edit(self) -> None:
        """Edit the entry, or a manifest without entries, in the user's editor."""
        entry = self.chosen_entry()
        title = f"entry {entry_name(entry)} edited" if entry else f"{self.workspace.manifest_name} edited"
        step = await self.workspace_screen.edit_manifest(entry.line if entry else 1, title)
        if self.workspace.broken is None:
            self.notify(f"{title}. Press ctrl+z to undo." if step else "No changes made.", markup=False)


def _names_rdf_by_source(check: EntryCheck) -> bool:
    return any(finding.rule == rdf_in_source.NAME for finding in check.findings)
