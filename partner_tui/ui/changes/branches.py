"""The branches of a repository, to switch to or to delete: nothing uncommitted is lost, and a deletion asks first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.errors import PartnerTuiError
from partner_tui.plain import age, visible
from partner_tui.repository.branches.switching import Branch
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind
from partner_tui.ui.changes.questions import Dialogs
from partner_tui.ui.changes.remote_work import is_busy
from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.workspace.changes.branching import branches, delete, switch

if TYPE_CHECKING:
    from partner_tui.ui.app_base import BaseApp
    from partner_tui.ui.view import Frame

_NAME, _AGE = 34, 14


BUSY = "A push or pull is still running. Switch the branch when it is done."
Act: TypeAlias = tuple[Literal["switch", "delete"], Branch]
"""What to do with a branch."""


async def choose_branch(app: BaseApp, screen: Frame) -> None:
    """Show the branches until one is switched to, or none."""
    at, said = 0, ""
    with app.errors_shown(asked=True):
        while True:
            reading = Running("reading branches", stoppable=False)
            listed = await app.background.run(reading, branches, screen.workspace)
            act = await app.push_screen_wait(BranchesScreen(listed, at, said))
            if act is None:
                return
            verb, chosen = act
            if verb == "switch":
                await _switch(app, screen, chosen)
                return
            at, said = listed.index(chosen), await _delete(app, screen, chosen)


async def _switch(app: BaseApp, screen: Frame, listed: Branch) -> None:
    name, workspace = listed.name, screen.workspace
    if listed.is_current:
        app.notify(f"{name} is already checked out.", markup=False)
        return
    if is_busy(app):
        app.notify(BUSY, severity="warning")
        return
    app.keep_drafts()
    running = Running(f"switching to {name}", writes=True)
    try:
        has_manifest = await app.run_git(running, lambda watch: switch(workspace, listed, **watch))
    except BaseException:
        screen.manifest_changed()
        raise
    if not has_manifest:
        # Another file may be the manifest there; where there is none, opening it says what can be done.
        workspace.close()
        app.reopen(screen, str(workspace.folder))
        return
    screen.manifest_changed()
    dirty = workspace.repository is not None and workspace.repository.state.dirty
    kept = " Your uncommitted changes are kept." if dirty else ""
    app.notify(f"Switched to {name}.{kept}", markup=False)


async def _delete(app: BaseApp, screen: Frame, listed: Branch) -> str:
    """Delete a branch; what became of it, in a line."""
    name = listed.label
    try:
        if not await delete(screen.workspace, Dialogs(app, screen), listed):
            return ""
    except PartnerTuiError as error:
        return f"{error.message} {error.hint}"
    screen.repository_changed()
    return f"Deleted {name}. To restore it: git branch {name} {listed.commit[:7]}"


class BranchesScreen(ChoosingScreen[Act]):
    """Dismissed with what to do, None when cancelled.

    Args:
        branches: The current one first.
    """

    CSS = """
    BranchesScreen {
        Box { width: 100; }
        OptionList { max-height: 60vh; margin-top: 0; text-wrap: nowrap; scrollbar-size-vertical: 1; }
        OptionList > .option-list--option { padding: 0 1; }
        .warn { color: $warning; margin-top: 1; }
    }
    """
    HELP = """
    Switching keeps uncommitted edits and drafts, and stops where they are in the way. "gone" means that the branch was deleted at
    the remote. Only a branch of this clone can be deleted here: one that is gone, or whose commits are on another branch.
    """
    BINDINGS = [
        bind("d", "delete", "Delete", "branches.delete", "Delete the selected branch in this clone"),
    ]

    def __init__(self, branches: Sequence[Branch], at: int = 0, said: str = "") -> None:
        super().__init__([("switch", listed) for listed in branches])
        self._said = said
        self._at = min(at, len(branches) - 1)

    def compose(self) -> ComposeResult:
        with Box("Branches"):
            yield OptionList(*(Option("") for _ in self.answers), markup=False)
            said = Static(visible(self._said, 300), classes="warn", markup=False)
            said.display = bool(self._said)
            yield said
            yield Choices(("choose", "Switch", "⏎"), ("delete", "Delete", "d"), ("cancel", "Cancel", "esc"))

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(OptionList).highlighted = self._at

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        rows = self.query_one(OptionList)
        now = datetime.now().astimezone()
        for index, (_, listed) in enumerate(self.answers):
            prompt = branch_row(listed, rows.scrollable_content_region.width - 2, now)
            rows.replace_option_prompt_at_index(index, prompt)

    def action_delete(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(("delete", self.answers[at][1]))


def branch_row(listed: Branch, width: int, now: datetime) -> Content:
    """One row: ``● name   ↑1 ↓0 origin/name   3 days ago``, the words in the middle cut where there is little room."""
    name_width = min(_NAME, width // 2)
    name = visible(listed.label, name_width).ljust(name_width)
    words, style = _standing(listed)
    room = max(0, width - 2 - name_width - 2 - _AGE)
    return Content.assemble(
        ("● " if listed.is_current else "  ", "bold $success"),
        (name, "bold" if listed.is_current else "" if listed.remote is None else "$foreground 75%"),
        "  ",
        (visible(words, room).ljust(room), style),
        (age(listed.date, now).rjust(_AGE), "$foreground 60%"),
    )


def _standing(listed: Branch) -> tuple[str, str]:
    """What matters most first: the end is cut where there is little room."""
    quiet = "$foreground 60%"
    if listed.remote is not None:
        return "on the remote", quiet
    words = ["merged"] if listed.is_merged else []
    if listed.is_gone:
        return " ".join(["gone", *words, f"({listed.upstream})"]), "$warning"
    if listed.upstream:
        words.append(f"↑{listed.ahead} ↓{listed.behind}")
        if listed.upstream.partition("/")[2] != listed.name:
            words.append(listed.upstream)
    elif not listed.is_merged:
        words.append("not pushed")
    if listed.worktree:
        words.insert(0, f"in {listed.worktree}")
    return " ".join(words), "$warning" if listed.behind else "" if listed.ahead else quiet
