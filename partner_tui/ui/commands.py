"""The palette's entries: ``area: verb object`` for every act, also those that say why not now, and for every entry to go to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input

from partner_tui.comparison.matching import entry_name
from partner_tui.plain import visible
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.keys import MOVES, spoken
from partner_tui.ui.reasons import why_idle

if TYPE_CHECKING:
    from partner_tui.ui.workspace.screen import WorkspaceScreen

NOT_LISTED = MOVES | {"palette"}
"""What moves a cursor is no act to look for; binding ids end with these."""


@dataclass(frozen=True, slots=True)
class Command:
    """One entry of the palette."""

    name: str
    help: str
    run: Callable[[], object]


class Commands(Provider):
    """What can be done on the screen below the palette."""

    async def discover(self) -> Hits:
        for command in self._acts():
            yield DiscoveryHit(Content(command.name), command.run, text=command.name, help=command.help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in (*self._acts(), *self._pages(), *self._entries()):
            if (score := matcher.match(command.name)) > 0:
                yield Hit(
                    score, matcher.highlight(command.name), command.run, text=command.name, help=command.help
                )

    def _acts(self) -> Iterator[Command]:
        yield from commands_of(self.screen)
        from partner_tui.ui.workspace.background_work import WorkspaceWork

        app, screen = self.app, self.screen
        assert isinstance(app, BaseApp)
        if isinstance(screen, WorkspaceWork):
            for name, about, act in (
                ("git: switch branch", "Or delete one (b in Changes)", screen.action_branches),
                (
                    "git: trust this folder",
                    "Allow or forbid commands from this folder's git configuration",
                    screen.action_trust,
                ),
                (
                    "central: write the GitHub workflow",
                    "Checks each push and reviews each pull request (partner-tui ci)",
                    screen.action_workflows,
                ),
            ):
                yield Command(name, about, act)
        other = "light" if app.current_theme.dark else "dark"
        for name, about, action in (
            ("open another repository", "Closes the current repository", "open_another"),
            ("open the demo", "A sample partner with its own remote", "open_demo"),
            (f"switch to the {other} theme", "Also for the next start", "switch_theme"),
            ("choose a theme", "Show all themes", "change_theme"),
            ("edit the settings file", str(app.directories.settings_file), "edit_settings"),
            ("copy the log's path", str(app.directories.log_file), "copy_log_path"),
        ):
            yield Command(f"app: {name}", about, partial(app.run_action, action))

    def _pages(self) -> Iterator[Command]:
        from partner_tui.ui.central.pages import PAGES
        from partner_tui.ui.workspace.screen import WorkspaceScreen

        if isinstance(screen := self.screen, WorkspaceScreen):
            for name, page in PAGES.items():
                show = partial(_show_page, screen, name)
                yield Command(f"central: {page.TITLE}", "A page of the Central view (4)", show)

    def _entries(self) -> Iterator[Command]:
        from partner_tui.ui.workspace.screen import WorkspaceScreen

        screen = self.screen
        if not isinstance(screen, WorkspaceScreen) or screen.workspace.broken is not None:
            return
        for entry in screen.workspace.manifest.entries:
            name = visible(entry_name(entry), 60)
            about = visible(entry.name or "", 80)
            label = f"entry: {name}  {about}" if about and about != name else f"entry: {name}"
            yield Command(
                label, f"{entry.type or 'no type'}, line {entry.line}", partial(_go_to, screen, entry.index)
            )


def commands_of(screen: Screen[object]) -> Iterator[Command]:
    """The acts of a screen, one for each binding with an id; what cannot be done now comes last, and says why."""
    seen: set[str] = set()
    idle = [(why_idle(active), active) for active in screen.active_bindings.values()]
    for why, active in sorted(idle, key=lambda one: (one[0] is not None, not one[1].binding.show)):
        binding, node = active.binding, active.node
        area, _, act = (binding.id or "").partition(".")
        if not (act and binding.description) or act in NOT_LISTED:
            continue
        name = f"{area}: {binding.description[:1].lower()}{binding.description[1:]}"
        if name in seen:
            continue
        seen.add(name)
        words = f"{binding.tooltip}  ({spoken(binding.key)})"
        if why is None or active.enabled:
            about = words if why is None else f"Not now: {why}"
            yield Command(name, about, partial(_run, screen, binding.action, node))
        else:
            yield Command(name, f"Not now: {why}", partial(screen.notify, why, severity="warning"))


async def _go_to(screen: WorkspaceScreen, index: int) -> None:
    """Show an entry in its table; a filter that hides it is cleared."""
    from partner_tui.ui.entries.view import EntriesView

    app = screen.app
    assert isinstance(app, BaseApp)
    with app.errors_shown():
        screen.show_view("entries")
        view = screen.query_one(EntriesView)
        view.table.move_to(index)
        if view.table.chosen != index:
            view.query_one(Input).value = ""
            screen.call_after_refresh(view.table.move_to, index)


async def _show_page(screen: WorkspaceScreen, name: str) -> None:
    """Show a page of the Central view."""
    from partner_tui.ui.central.view import CentralView

    if screen.current_view.id != "central":
        await screen.action_show_view("central")
    screen.query_one(CentralView).tab = name


async def _run(screen: Screen[object], action: str, node: DOMNode) -> None:
    await screen.app.run_action(action, node)
