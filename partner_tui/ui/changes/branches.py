"""The branches of a repository: where each is against the one it follows, to switch to or to delete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.plain import age, visible
from partner_tui.repository.branches.own_branches import ListedBranch
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.ui.widgets.box import Box, Choices

_NAME, _AGE = 34, 14


@dataclass(frozen=True, slots=True)
class BranchAct:
    """What to do with a branch."""

    verb: Literal["switch", "delete"]
    listed: ListedBranch


class BranchesScreen(ChoosingScreen[BranchAct]):
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

    def __init__(self, branches: Sequence[ListedBranch], at: int = 0, said: str = "") -> None:
        super().__init__([BranchAct("switch", listed) for listed in branches])
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
        for index, act in enumerate(self.answers):
            prompt = branch_row(act.listed, rows.scrollable_content_region.width - 2, now)
            rows.replace_option_prompt_at_index(index, prompt)

    def action_delete(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(BranchAct("delete", self.answers[at].listed))


def branch_row(listed: ListedBranch, width: int, now: datetime) -> Content:
    """One row: ``● name   ↑1 ↓0 origin/name   3 days ago``, the words in the middle cut where there is little room."""
    name_width = min(_NAME, width // 2)
    name = visible(listed.branch.label, name_width).ljust(name_width)
    words, style = _standing(listed)
    room = max(0, width - 2 - name_width - 2 - _AGE)
    return Content.assemble(
        ("● " if listed.is_current else "  ", "bold $success"),
        (name, "bold" if listed.is_current else "" if listed.is_own else "$foreground 75%"),
        "  ",
        (visible(words, room).ljust(room), style),
        (age(listed.branch.date, now).rjust(_AGE), "$foreground 60%"),
    )


def _standing(listed: ListedBranch) -> tuple[str, str]:
    """What matters most first: the end is cut where there is little room."""
    quiet = "$foreground 60%"
    if not listed.is_own:
        return "on the remote", quiet
    words = ["merged"] if listed.is_merged else []
    if listed.is_gone:
        return " ".join(["gone", *words, f"({listed.upstream})"]), "$warning"
    if listed.upstream:
        words.append(f"↑{listed.ahead} ↓{listed.behind}")
        if listed.upstream.partition("/")[2] != listed.branch.name:
            words.append(listed.upstream)
    elif not listed.is_merged:
        words.append("not pushed")
    if listed.worktree:
        words.insert(0, f"in {listed.worktree}")
    return " ".join(words), "$warning" if listed.behind else "" if listed.ahead else quiet
