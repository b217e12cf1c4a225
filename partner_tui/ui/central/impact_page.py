"""The page Spec impact: what another release of the spec means for the entries, finding by finding.

The newest release that was downloaded is compared once the page was looked at, and again when the manifest changes; F
downloads the newest one after its address was agreed to.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from textual import getters, on, work
from textual.content import Content
from textual.widgets import Static

from partner_tui.central.impact import Difference, Impact
from partner_tui.comparison.matching import entry_name
from partner_tui.errors import SourceError
from partner_tui.plain import age, plural, visible
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind
from partner_tui.ui.central.item_view import ReadingPane
from partner_tui.ui.central.read_page import PanedPage
from partner_tui.ui.dialogs.confirm import agrees
from partner_tui.ui.dialogs.save_file import SaveFileScreen
from partner_tui.ui.widgets.side_list import GroupedList, cursor_keys
from partner_tui.workspace.central import spec_release
from partner_tui.workspace.headless.impact import impact
from partner_tui.workspace.opening.opening import ManifestLocation

_QUIET = "$foreground 60%"
_STAYS, _GOES, _RESOLVED = ("✗", "$error"), ("▲", "$warning"), ("●", "$success")


class ImpactList(GroupedList[Difference]):
    """The findings, one line each."""

    TITLE = "Spec impact"
    BINDINGS = [
        bind("enter", "select", "Open", "impact.open", "Go to the finding"),
        *cursor_keys("impact", "finding"),
    ]

    def key(self, row: Difference) -> str:
        return str((row.is_new, row.problem))

    def draw(self, row: Difference) -> Content:
        sign, style = _RESOLVED if not row.is_new else _STAYS if row.left else _GOES
        problem = row.problem
        return Content.assemble(
            (f"{sign} ", style),
            f"{visible(problem.place, 80)} {visible(problem.message, 200)}  ",
            (f"{visible(problem.format, 40)}  {plural(len(row.entries), 'entry')}", _QUIET),
        )


class Finding(ReadingPane):
    """The selected one in full."""

    TITLE = "Finding"


class ImpactPage(PanedPage):
    """Findings that differ between two releases, and the selected one in full beside."""

    TITLE = "Spec impact"
    LEFT, RIGHT = "impact-rows", "impact-finding"
    LIST, DETAIL = ImpactList, Finding
    HELP = """
    What another release of bioimageio.spec means for your entries, by its schema: ✗ new, and left after the upgrade; ▲ new, and
    gone after the upgrade; ● resolved by that release. Beside it: the entries, what the upgrade does about it and asks. F downloads
    the newest release, after asking; none of its code is run. partner-tui impact compares any other.
    """
    DEFAULT_CSS = """
    ImpactPage {
        #impact-rows { width: 5fr; }
        #impact-finding { width: 4fr; }
    }
    """
    BINDINGS = [
        bind("enter", "entries", "Show entries", "impact.entries", "Go to its entries in the view Entries"),
        bind("F", "fetch", "Download", "impact.fetch", "Download the newest release, after asking"),
        bind("y", "copy", "Copy", "impact.copy", "Copy the comparison as Markdown"),
        bind("f9,x", "export", "Export", "impact.export", "Write the comparison to a Markdown file"),
    ]
    _impact: Impact | None = None

    list = getters.query_one(ImpactList)

    @work(exclusive=True, group="impact")
    async def read(self) -> None:
        directories, workspace = self.app.directories, self.workspace
        place = ManifestLocation(workspace.folder, workspace.manifest_name, workspace.in_repository)
        running = Running("comparing releases of the spec")

        def compare() -> tuple[Impact, Path]:
            wheel = spec_release.newest_kept(directories.cache)
            if wheel is None:
                raise SourceError("No newer release of the spec is here.", "Press F to download the newest.")
            return impact(place, directories, str(wheel), cancelled=running.cancelled), wheel

        found = await self.read_here(running, compare)
        if found is not None:
            self._show(*found)

    def show_unread(self, why: str) -> None:
        super().show_unread(why)
        self._impact = None
        self.list.show(())
        self.query_one("#impact-finding").display = False

    def _show(self, found: Impact, wheel: Path) -> None:
        self._impact = found
        self.query_one("#impact-finding").display = True
        listed: list[Difference | str] = []
        for title, rows in (("New", found.new), ("Resolved", found.resolved)):
            if rows:
                listed += [f"{title} {len(rows)}", *rows]
        self.list.show(listed)
        downloaded = datetime.fromtimestamp(wheel.stat().st_mtime, UTC)
        self.say(_about(found, age(downloaded, datetime.now(UTC))))

    @on(ImpactList.Selected)
    def _moved(self) -> None:
        from rich.markdown import Markdown

        row, pane = self.list.chosen, self.query_one(Finding)
        pane.query_one(Static).update(Markdown(visible(row.to_markdown(), lines=True)) if row else "")
        pane.scroll_home(animate=False)

    # What can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "entries" and not self.is_right:
            return False
        return super().check_action(action, parameters)

    def disabled_reason(self, action: str) -> str | None:
        if self._impact is None and action in ("copy", "export"):
            return self.why_unread(action)
        return super().disabled_reason(action)

    @work(exclusive=True, group="fetch-spec")
    async def action_fetch(self) -> None:
        app, running = self.app, Running("downloading the spec")
        with app.errors_shown():
            doubt = await asyncio.to_thread(spec_release.consent)
            if await agrees(app, "Download the newest release of the spec?", doubt, yes="Download"):
                cache = app.directories.cache
                await app.background.run(running, spec_release.download, cache, None, running.cancelled)
                self.read()

    def action_entries(self) -> None:
        if (row := self.list.chosen) is not None:
            entries, names = self.workspace.manifest.entries, frozenset(row.entries)
            self.show_entries(one for one in entries if entry_name(one) in names)

    def action_copy(self) -> None:
        if self._impact is not None:
            self.app.copy_to_clipboard(self._impact.to_markdown())
            self.notify("Copied the comparison as Markdown.")

    def action_export(self) -> None:
        if (found := self._impact) is not None:
            name, text = f"spec-{found.other}.md", found.to_markdown()
            self.app.push_screen(SaveFileScreen("Save the comparison as Markdown", name, text))


def _about(found: Impact, when: str) -> Content:
    affected = len({entry for one in found.new for entry in one.entries})
    left_out = "".join(
        f"\nNot compared: {plural(len(names), 'entry')}, {why}." for why, names in found.left_out.items()
    )
    return Content.assemble(
        (f"{found.other} against {found.installed}", "bold"),
        (
            f"  {len(found.new)} new in {plural(affected, 'entry')}",
            _STAYS[1] if found.new else "",
        ),
        (f"  {len(found.resolved)} resolved", _RESOLVED[1] if found.resolved else ""),
        (
            f"\n{plural(found.compared, 'entry')} compared by schema, downloaded {when}.{visible(left_out, 400, lines=True)}",
            _QUIET,
        ),
    )
