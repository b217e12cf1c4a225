"""The page Config: this repository's config beside the partner's object in the central file, and a way from either to the other.

Taking over a central value is one step here; the other way is collected, and becomes a branch of the central repository. Both
sides are read from this machine; the central one is fetched after a question.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from rich.style import Style
from rich.text import Text
from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.hunks import Hunk
from partner_tui.plain import plural, visible
from partner_tui.repository.clones.kept_clone import KeptClone
from partner_tui.repository.git import Watch
from partner_tui.splash.edits import config_edits
from partner_tui.ui.acting import act
from partner_tui.ui.background import Running, writing
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.central.central_source import age_words, choose_central, fetch_central
from partner_tui.ui.central.config_list import CENTRAL, HERE, ConfigList
from partner_tui.ui.central.propose_screen import ProposeScreen
from partner_tui.ui.central.read_page import ReadPage
from partner_tui.ui.review.field_list import SIDE_BY_SIDE, two_columns
from partner_tui.workspace.central.central_branch import CentralBranch
from partner_tui.workspace.central.central_clone import BRANCH, central_clone
from partner_tui.workspace.central.config_sides import ConfigSides, fetch_config, read_config_sides
from partner_tui.workspace.central.proposing import known_fork, propose_config, push_branch

NOT_HERE = "The central repository is not here. Press F to fetch it, or S to name your clone of it."
NEVER_LIVE = "What is merged there is not live yet: bioimage.io reads its own copy"


class ConfigPage(ReadPage):
    """Both sides of the partner's config."""

    TITLE = "Config"
    HELP = """
    Your config beside your object in bioimageio_collection_config.json of bioimage-io/collection, with the day each field got its
    value. t writes the central value into the manifest. space marks fields, and p puts your values of these on a branch of the
    central repository in which their lines alone change, pushed to your fork when you say so; o then opens the page of the pull
    request. A partner who is not there is added. Fields that no partner's object has, such as url_root, are not listed.
    """
    DEFAULT_CSS = """
    ConfigPage #about { height: auto; padding: 0 1; margin: 0 0 1 0; }
    ConfigPage #heads { height: 1; padding: 0 2 0 1; display: none; }
    """
    BINDINGS = [
        bind("t", "take", "Take central", "config.take", "Write the central value into the manifest"),
        bind("p", "propose", "Propose", "config.propose", "Propose the marked fields centrally"),
        hidden("a", "mark_all", "Mark all", "config.all", "Mark every field that is newer here"),
        bind("F", "fetch", "Fetch", "config.fetch", "Fetch the central repository (asks first)"),
        hidden("o", "page", "Open page", "config.page", "Open the page that opens a pull request"),
        hidden("S", "source", "Source", "config.source", "Name your clone of the central one"),
    ]

    _sides: ConfigSides | None = None
    _age = _proposed = _page = ""
    _marked: frozenset[str] = frozenset()

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel") as panel:
            panel.border_title = "Config"
            yield Static("Reading …", id="about", markup=False)
            yield Static(id="heads")
            yield ConfigList(markup=False)

    list = getters.query_one(ConfigList)

    # Reading

    @work(exclusive=True, group="config")
    async def read(self) -> None:
        app, workspace = self.app, self.workspace
        running = Running("reading the central repository")

        def read() -> tuple[ConfigSides | None, str]:
            clone = central_clone(app.settings.central, app.directories)
            sides = read_config_sides(workspace, clone, running.cancelled)
            return sides, age_words(clone, BRANCH) if sides else ""

        found = await self.read_here(running, read)
        if found is not None:
            sides, self._age = found
            self._show(sides, NOT_HERE)

    def show_unread(self, why: str) -> None:
        self._show(None, why)

    def _show(self, sides: ConfigSides | None, instead: str) -> None:
        self._sides = sides
        is_shown = sides is not None and bool(sides.partner_id)
        if sides is not None and not is_shown:
            instead = "Your config has no id, by which the central file names partners. Write it in Splash."
        fields = sides.fields if sides is not None and is_shown else ()
        differ = {one.sides.key for one in fields if not one.sides.is_equal}
        self._marked &= differ
        self.list.show(fields, self._marked)
        self.say(self._about(sides) if sides is not None and is_shown else visible(instead, lines=True))
        self._show_heads()
        self.refresh_bindings()

    def _show_heads(self) -> None:
        """The columns' headings, where there are columns."""
        heads = self.query_one("#heads", Static)
        heads.display = bool(self.list.fields) and self.list.size.width >= SIDE_BY_SIDE
        bold = Style(bold=True)
        heads.update(two_columns(Text(f"    {HERE}", bold), Text(f"    {CENTRAL}", bold)))

    def on_resize(self) -> None:
        self._show_heads()

    def _about(self, sides: ConfigSides) -> Content:
        fields = sides.fields
        differ = [one for one in fields if not one.sides.is_equal]
        counts = [
            (f"  {len(some)} newer {where}", "$warning")
            for side, where in (("here", "here"), ("central", "centrally"))
            if (some := [one for one in differ if one.newer == side])
        ]
        marked = [(f"  ✓ {len(self._marked)} marked", "$accent")] if self._marked else []
        head = f"{len(differ)} of {plural(len(fields), 'field')} differ" if differ else "Both sides are equal"
        if not sides.is_listed:
            head = f"{visible(sides.partner_id, 60)} is not in the central file. Press a, then p to add it"
        undated = "".join(
            f"\nThe dates of {one} are not known: its history is not here (F)." for one in sides.undated
        )
        proposed = f"\n{self._proposed}" if self._proposed else ""
        rest = f"\n{visible(self._age, 200)}. {NEVER_LIVE}.{undated}"
        return Content.assemble(
            (head, "bold"),
            *counts,
            *marked,
            (rest, "$foreground 60%"),
            (visible(proposed, lines=True), "$success"),
        )

    # What can be done

    def disabled_reason(self, action: str) -> str | None:
        chosen = self.list.chosen if self.query(ConfigList) else None
        match action:
            case "take" if chosen is None:
                return "No field selected."
            case "take" if self._sides is not None and not self._sides.is_listed:
                return "The central file has nothing of this partner."
            case "take" if chosen is not None and chosen.sides.is_equal:
                return "Both sides are equal."
            case "page" if not self._page:
                return "No branch was pushed yet, or where a pull request is opened is not known."
            case "propose" if not self._marked:
                return "Mark fields first (space)."
            case "mark_all" if not self._newer_here:
                return "No field is newer here."
        return super().disabled_reason(action)

    @property
    def _newer_here(self) -> set[str]:
        is_new = self._sides is not None and not self._sides.is_listed
        return {one.sides.key for one in self.list.fields if is_new or one.newer == "here"}

    @on(ConfigList.Selected)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(ConfigList.Opened)
    def _mark(self) -> None:
        chosen = self.list.chosen
        if chosen is None or chosen.sides.is_equal:
            self.notify("Both sides are equal." if chosen else "No field selected.", severity="warning")
            return
        self._marked ^= {chosen.sides.key}
        self._show(self._sides, "")

    def action_mark_all(self) -> None:
        self._marked |= self._newer_here
        self._show(self._sides, "")

    @act("take")
    async def action_take(self) -> None:
        """Write the central value of the selected field into the manifest; it is one step."""
        if (chosen := self.list.chosen) is None:
            return
        sides = chosen.sides
        value = None if sides.central is ABSENT else sides.central
        edits = config_edits(self.workspace.document, {sides.key: value})
        if step := await self.workspace_screen.save_edits(f"config: central {sides.key}", edits):
            self.notify(f"{step.title}. Press ctrl+z to undo.", markup=False)

    def action_page(self) -> None:
        self.app.open_url(self._page)

    @work(exclusive=True, group="act")
    async def action_fetch(self) -> None:
        workspace = self.workspace

        def then(clone: KeptClone, commit: str, watch: Watch) -> None:
            fetch_config(workspace, clone, commit, watch)

        repository = workspace.repository
        remote = await asyncio.to_thread(lambda: repository.remote_url) if repository else None
        also = (
            f"Older versions of your manifest that are not here are fetched from {remote}." if remote else ""
        )
        if await fetch_central(self.workspace_screen, BRANCH, then, also=also):
            self.read()

    @work(exclusive=True, group="act")
    async def action_source(self) -> None:
        if await choose_central(self.workspace_screen):
            self.read()

    @act("propose")
    async def action_propose(self) -> None:
        """Show the lines that change, then make the branch, and push it where that was asked for."""
        app, sides, keys = self.app, self._sides, set(self._marked)
        if sides is None:
            return
        with app.errors_shown(asked=True):

            def plan() -> tuple[CentralBranch, Sequence[Hunk], str]:
                branch = propose_config(sides, keys)
                return branch, branch.diff, known_fork(sides.clone)

            planned = await app.background.run(Running("comparing"), plan)
            if (agreed := await app.push_screen_wait(ProposeScreen(*planned))) is not None:
                await self._make(sides.clone, *agreed)

    async def _make(self, clone: KeptClone, branch: CentralBranch, fork: str) -> None:
        app, repository, name = self.app, self.workspace.repository, branch.name
        log = repository.log if repository else None
        making = writing("making the branch")
        await app.background.run(making, branch.make, log)
        where, said = f"Branch {name} in {app.short_path(clone.root)}", "Branch made."
        self._page = ""  # the one before was of another branch
        if fork:
            page = await app.run_git(
                Running("pushing the branch", writes=True),
                lambda watch: push_branch(clone, name, fork, log, **watch),
            )
            where, said = f"{where}, pushed to {fork}", "Branch pushed."
            if page:
                self._page = page
                where, said = f"{where}\n{page}", f"{said} The page that opens a pull request is copied."
                app.copy_to_clipboard(page)
        self._proposed, self._marked = where, frozenset()
        self._show(self._sides, "")
        app.notify(said)
