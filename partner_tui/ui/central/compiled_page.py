"""The page Compiled: what becomes of each entry by rules of the central CI, and the selected one in full beside.

It is compiled in the background once the page was looked at, and again when the manifest changes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from partner_tui.central.compile import compile_manifest
from partner_tui.central.compiled import ALL_RULES, NEWEST, PERIODS, TODAY, Compiled, Outcome, Rules
from partner_tui.compliance.status import EntryCheck
from partner_tui.errors import GitError
from partner_tui.manifest.resolve import Resolved
from partner_tui.plain import plural
from partner_tui.ui.acting import act
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind
from partner_tui.ui.central.compiled_fix import Fix, find_fix
from partner_tui.ui.central.item_view import as_json
from partner_tui.ui.central.outcome_detail import OutcomeDetail
from partner_tui.ui.central.outcome_list import SIGNS, WORDS, OutcomeList, rows_of
from partner_tui.ui.central.read_page import PanedPage
from partner_tui.ui.entries.acts import copy
from partner_tui.workspace.workspace import Workspace

REST_SECONDS = 0.1


class CompiledPage(PanedPage):
    """Items, dropped entries, and those that cannot be known here."""

    TITLE = "Compiled"
    NARROW = 100  # the item opens over the list
    LEFT, RIGHT = "outcomes", "outcome"
    READS_BEHIND = True  # the tab of the view counts what is dropped
    HELP = """
    Which item each entry becomes by the last rules of the central CI (2022 to 2024), or why it becomes none: ✗ dropped, with the
    rule and the line; ? not known, since its source is in another repository (f downloads it). Nothing pulls manifests today; the
    items that there are were moved to the site's own service in 2025. f fixes the selected one, or goes to its line.
    """
    DEFAULT_CSS = """
    CompiledPage {
        #outcomes { width: 3fr; }
        #outcome { width: 2fr; }
        &.-narrow #outcome, &.-narrow.-open #outcomes { display: none; }
        &.-narrow.-open #outcome { display: block; }
    }
    """
    BINDINGS = [
        bind("f", "fix", "Fix", "compiled.fix", "Fix why it becomes no item, or go to the line"),
        bind("e", "edit", "Edit", "compiled.edit", "Edit at the line in your editor"),
        bind("r", "rules", "Rules", "compiled.rules", "Switch between the rules of 2024 and of 2021"),
        bind("y", "copy", "Copy item", "compiled.copy", "Copy the item as JSON"),
    ]

    _rules: Rules = NEWEST
    _compiled: Compiled | None = None
    _fix: Fix | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="outcomes", classes="panel") as panel:
            panel.border_title = "Compiled"
            yield Static(id="about", markup=False)
            yield OutcomeList()
        yield OutcomeDetail(id="outcome", classes="panel")

    list = getters.query_one(OutcomeList)

    detail = getters.query_one(OutcomeDetail)

    @property
    def chosen(self) -> Outcome | None:
        """The row under the cursor; None while there is none."""
        lists = self.query(OutcomeList)
        return lists.first().chosen if lists else None

    # What the frame tells

    def entries_checked(self, checks: Sequence[EntryCheck]) -> None:
        row = self.chosen
        if row is not None and any(check.index == row.index for check in checks):
            self._show_chosen()

    def focus_main(self) -> None:
        if self.has_class("-narrow") and self.has_class("-open"):
            self.detail.focus_tab()
        else:
            super().focus_main()

    # Compiling

    @work(exclusive=True, group="compile")
    async def read(self) -> None:
        workspace, rules = self.workspace, self._rules
        if self._compiled is None:
            self.say("Compiling …")
        found = await self.read_here(Running("compiling"), partial(_compiled, workspace, rules))
        if found is None:
            return
        self._compiled = found
        self.workspace_screen.show_view_count("central", len(found.of("dropped") + found.of("ignored")))
        self.say(self._about(found))
        self.list.show(rows_of(found))
        self.refresh_bindings()

    def _about(self, compiled: Compiled) -> Content:
        is_ignored = compiled.ignored is not None
        heading = "The manifest is ignored" if is_ignored else plural(len(compiled.outcomes), "entry")
        parts: list[Content | tuple[str, str]] = [(heading, "bold")]
        for state in ("item", "dropped", "unknown"):
            if number := len(compiled.of(state)):
                sign, style = SIGNS[state]
                words = plural(number, "item") if state == "item" else f"{number} {WORDS[state]}"
                parts.append((f"  {sign} {words}", style))
        rules = f"\nRules of {PERIODS[compiled.rules]}. {TODAY}."
        return Content.assemble(*parts, (rules, "$foreground 60%"))

    # The selected one

    @on(OutcomeList.Selected)
    @work(exclusive=True, group="shown")
    async def _show_chosen(self) -> None:
        await asyncio.sleep(REST_SECONDS)
        await self._fill_detail()

    async def _fill_detail(self) -> None:
        """Show the selected one beside; its RDF is read first if it is not yet."""
        row, workspace = self.chosen, self.workspace
        resolved: Resolved | None = None
        if row is not None and row.state == "item":
            resolved = await asyncio.to_thread(_resolved, workspace, row)
        if row is not self.chosen or not self.is_attached:
            return
        self._fix = find_fix(row, workspace) if row is not None else None
        self.detail.show(workspace, row, resolved, self._fix.label if self._fix else "")
        self.refresh_bindings()

    def open_selected(self) -> None:
        self._open_detail()

    @work(exclusive=True, group="open")
    async def _open_detail(self, *, at_line: bool = False) -> None:
        """Go to the selected one, on demand to the line of its cause."""
        await self._fill_detail()
        self.add_class("-open")
        self.call_after_refresh(self.detail.show_lines if at_line else self.detail.focus_tab)

    def on_resize(self) -> None:
        if (self.size.width < self.NARROW) != self.has_class("-narrow"):
            self.set_class(self.is_right, "-open")
        super().on_resize()

    # What can be done

    def disabled_reason(self, action: str) -> str | None:
        row = self.chosen
        match action.partition("(")[0]:
            case "fix" | "edit" | "copy" if row is None:
                return "No entry selected."
            case "fix" if row is not None and row.cause is None:
                return "This entry becomes an item: there is nothing to fix."
            case "copy" if row is not None and row.cause is not None:
                return "This entry becomes no item."
        return super().disabled_reason(action)

    @act("fix")
    async def action_fix(self) -> None:
        """Fix the first cause; where nothing can be done without the user, go to its line."""
        row = self.chosen
        if row is None or row.cause is None:
            return
        fix = find_fix(row, self.workspace)
        if fix is None:
            self._open_detail(at_line=True)
            self.notify(f"{row.cause.hint}. Press e to edit the line.", markup=False)
            return
        with self.app.errors_shown(asked=True):
            await fix.apply(self.workspace_screen)

    @act("edit")
    async def action_edit(self) -> None:
        row = self.chosen
        if row is None:
            return
        line = row.cause.line if row.cause else row.line
        title = f"{row.id or self.workspace.manifest_name} edited"
        await self.workspace_screen.edit_manifest(line, title)

    def action_rules(self) -> None:
        self._rules = ALL_RULES[(ALL_RULES.index(self._rules) + 1) % len(ALL_RULES)]
        self.read()

    def action_copy(self) -> None:
        if (row := self.chosen) is not None:
            copy(self.app, as_json(row.item))

    def action_back(self) -> None:
        self.remove_class("-open")
        super().action_back()


def _compiled(workspace: Workspace, rules: Rules) -> Compiled:
    try:
        branch = workspace.repository.default_branch() if workspace.repository else None
    except GitError:
        branch = None
    return compile_manifest(workspace.document, workspace.files, rules, branch)


def _resolved(workspace: Workspace, outcome: Outcome) -> Resolved | None:
    entries = workspace.manifest.entries
    if outcome.index >= len(entries) or entries[outcome.index].path != outcome.path:
        return None  # another manifest took its place meanwhile
    return workspace.resolved(entries[outcome.index])
