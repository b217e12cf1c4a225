"""The page Links: who links to whom, which links lead nowhere, and which entries the site does not show for their partner.

Everything is read in the background once the page was looked at, and again when the manifest changes; a fix is one step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from textual import getters, on, work
from textual.content import Content

from partner_tui.central.links import Link, Linking, read_links, removals
from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.editing.edits import Edit
from partner_tui.plain import plural, visible
from partner_tui.splash.share_links import Listed, link_edits, listed, why_no_links
from partner_tui.ui.acting import act
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.central.link_lists import QUIET, LinkedList, LinkLines, LinkRow, lines_of, rows_of
from partner_tui.ui.central.read_page import PanedPage
from partner_tui.ui.widgets.side_list import SideList
from partner_tui.workspace.central.collection import open_copy, read_items
from partner_tui.workspace.central.editing import write_edits


class LinksPage(PanedPage):
    """Links between entries, and to the partner."""

    TITLE = "Links"
    LEFT, RIGHT = "linked", "of-entry"
    LIST, DETAIL = LinkedList, LinkLines
    HELP = """
    Who links to whom: → is how many links an entry has, ← how many lead to it. ✗ A link is wrong when no entry has its id; what it
    most likely means is beside it, with a ? where that is a guess. ▲ The site's filter by partner finds an entry by its link to the
    partner, so without one it is not shown there. ○ Entries of other partners are known as far as
    Listed today was fetched.

    f corrects the links of the selected entry, or of the marked ones; F all that need no choice. a and A add the missing link.
    """
    DEFAULT_CSS = """
    LinksPage {
        #linked { width: 3fr; }
        #of-entry { width: 2fr; }
        &.-narrow #linked { height: 3fr; }
        &.-narrow #of-entry { height: 2fr; }
    }
    """
    BINDINGS = [
        bind("f", "correct", "Fix", "links.fix", "Correct its wrong links, or those of the marked"),
        bind("F", "correct_all", "Fix all", "links.fix_all", "Correct all that need no choice"),
        bind("a", "add", "Add link", "links.add", "Add the link to the partner"),
        bind("A", "add_all", "Add to all", "links.add_all", "Add it to all that lack it"),
        hidden("d", "remove", "Remove", "links.remove", "Remove its wrong links"),
        bind("e", "edit", "Edit", "links.edit", "Edit at the line in your editor"),
    ]

    _linking: Linking | None = None
    _shown: LinkRow | None = None

    linked = getters.query_one(LinkedList)

    lines = getters.query_one(LinkLines)

    @work(exclusive=True, group="links")
    async def read(self) -> None:
        self._linking = None  # its places are those of the manifest before
        found = await self.read_here(Running("reading links"), self._read)
        if found is not None:
            self._linking = found
            self.say(_about(found, why_no_links(self.workspace.manifest.partner)))
            self.linked.show(rows_of(found))
            self.refresh_bindings()

    def _read(self) -> Linking:
        """Read the links, and what the site lists where a copy of that is here. Blocks."""
        workspace, index = self.workspace, None
        with suppress(PartnerTuiError):  # the page Listed today says why
            index = read_items(open_copy(self.app.settings.central, self.app.directories))
        manifest = workspace.manifest
        entries = [listed(workspace.resolved(entry), manifest.partner) for entry in manifest.entries]
        return read_links(manifest, entries, (item.public_id for item in index.items) if index else ())

    # The selected one

    @on(SideList.Selected)
    def _moved(self) -> None:
        row = self.linked.chosen
        if self._linking is not None and row is not self._shown:
            self._shown = row
            self.query_one("#of-entry").border_title = Content(visible(row.id, 60) if row else "")
            self.lines.show(lines_of(row, self._linking, self.workspace.manifest_name) if row else [])
        self.refresh_bindings()

    @on(LinkedList.Marked)
    def _marked(self) -> None:
        count = len(self.linked.marked)
        self.query_one("#linked").border_subtitle = f"{count} marked" if count else ""
        self.refresh_bindings()

    def open_selected(self) -> None:
        """From the list to the links of an entry; from one of these to the entry at its other end."""
        if not self.is_right:
            super().open_selected()
        elif (line := self.lines.chosen) is not None and self.linked.go_to(line.key):
            self.linked.focus()
        elif line is not None:
            self.notify("No entry has this id.", severity="warning")

    # What can be done

    @property
    def _chosen(self) -> list[Link]:
        """The selected link of an entry, or those of the marked entries, or of the selected one."""
        if self.lines.has_focus:
            line = self.lines.chosen
            return [line.link] if line is not None and not line.is_back else []
        return [link for row in self.linked.targets for link in row.links]

    @property
    def _lacking(self) -> list[Listed]:
        return [row.listed for row in self.linked.targets if row.listed is not None and row.wanted]

    def disabled_reason(self, action: str) -> str | None:
        linking = self._linking
        if linking is None:
            return self.why_unread(action)
        match action:
            case "correct" if not any(link.is_fixable for link in self._chosen):
                return "No correction is known here. Press e to edit the line."
            case "correct_all" if not linking.surely_wrong:
                return "No wrong link can be corrected without a choice."
            case "add" | "add_all" if problem := why_no_links(self.workspace.manifest.partner):
                return problem
            case "add" if not self._lacking:
                return "It links to the partner."
            case "add_all" if not linking.unlinked:
                return "Every entry links to the partner."
            case "remove" if not _removable(self._chosen):
                return "No wrong link selected."
            case "edit" if self._line is None:
                return "Nothing of this manifest selected."
        return super().disabled_reason(action)

    @act("fix")
    async def action_correct(self) -> None:
        await self._correct(self._chosen)

    @act("fix")
    async def action_correct_all(self) -> None:
        if self._linking is not None:
            await self._correct(self._linking.surely_wrong)

    async def _correct(self, links: Sequence[Link]) -> None:
        if self._linking is not None:
            some = [link for link in links if link.is_fixable]
            await self._write(f"{plural(len(some), 'link')} corrected", self._linking.corrections(some))

    @act("fix")
    async def action_remove(self) -> None:
        some = _removable(self._chosen)
        await self._write(f"{plural(len(some), 'link')} removed", removals(some))

    @act("fix")
    async def action_add(self) -> None:
        await self._add(self._lacking)

    @act("fix")
    async def action_add_all(self) -> None:
        if self._linking is not None:
            await self._add(self._linking.unlinked)

    async def _add(self, lacking: Sequence[Listed]) -> None:
        manifest = self.workspace.manifest
        title = f"link to {manifest.partner.id} added to {plural(len(lacking), 'entry')}"
        await self._write(title, {manifest.document.name: link_edits(manifest, lacking)})

    async def _write(self, title: str, edits: Mapping[str, Sequence[Edit]]) -> None:
        workspace, self._linking = self.workspace, None
        step = await self.workspace_screen.run_and_refresh(
            "saving", lambda: write_edits(workspace, title, edits)
        )
        if step is not None:
            self.linked.unmark()
            self.notify(f"Saved: {title}. Press ctrl+z to undo.", markup=False)

    @property
    def _line(self) -> int | None:
        """Where to edit: the selected link, or the first wrong one of the entry, or the entry."""
        row, name = self.linked.chosen, self.workspace.manifest_name
        here = [link for link in self._chosen if link.document == name]
        wrong = [link for link in here if link.kind == "wrong"]
        if self.lines.has_focus or wrong:
            return (wrong or here)[0].line if here else None
        return row.listed.resolved.entry.line if row and row.listed and row.listed.resolved else None

    @act("edit")
    async def action_edit(self) -> None:
        row, line = self.linked.chosen, self._line
        if row is None or line is None:
            return
        title = f"{row.id} edited"
        await self.workspace_screen.edit_manifest(line, title)


def _removable(links: Sequence[Link]) -> list[Link]:
    return [link for link in links if link.kind == "wrong" and link.document]


def _about(linking: Linking, problem: str) -> Content:
    """How many links there are, and of what kind."""
    wrong = sum(link.kind == "wrong" for link in linking.links)
    parts: list[tuple[str, str]] = [(plural(len(linking.links), "link"), "bold")]
    if wrong:
        parts.append((f"  ✗ {wrong} wrong", "$error"))
    if linking.unlinked:
        count = plural(len(linking.unlinked), "entry")
        parts.append((f"  ▲ {count} not linked to {visible(linking.keyword, 60)}", "$warning"))
    words = problem or (linking.unlinked and "The site's filter by partner shows linked entries alone.")
    return Content.assemble(*parts, (f"\n{words}" if words else "", QUIET))
