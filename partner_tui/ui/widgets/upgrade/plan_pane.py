"""The plan: every fix with the entries it touches, to open, accept or skip, and beside it the lines it changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.plain import visible
from partner_tui.ui.widgets.diff_lines import DiffLines
from partner_tui.upgrade.fix import FixClass
from partner_tui.upgrade.plan import EntryPlan
from partner_tui.workspace.differences import Hunk
from partner_tui.workspace.upgrade_plan import FixGroup

CLASS_WORDS = {
    FixClass.AUTO: "auto",
    FixClass.FILE: "file",
    FixClass.CONFIG: "config",
    FixClass.ASK: "asked",
}
BESIDE_TITLE = 20
"""The cells of a line that are not the fix's title."""


class FixList(OptionList):
    """Fixes, and below an opened one its entries."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "skip", "Skip", id="plan.skip", tooltip="Accept the fix, or leave it out"),
        Binding("enter", "select", "Open", id="plan.open", tooltip="Show the entries that the fix touches"),
        Binding("j", "cursor_down", "Down", show=False, id="plan.down", tooltip="The next line"),
        Binding("k", "cursor_up", "Up", show=False, id="plan.up", tooltip="The line before"),
        Binding("g", "first", "First", show=False, id="plan.first", tooltip="The first line"),
        Binding("G", "last", "Last", show=False, id="plan.last", tooltip="The last line"),
    ]

    def action_skip(self) -> None:
        self.query_ancestor(PlanPane).skip_chosen()


class PlanPane(Horizontal):
    """Left the fixes, right the diff of the chosen fix or entry."""

    DEFAULT_CSS = """
    PlanPane {
        #fixes { width: 2fr; }
        #fix-lines { width: 3fr; }
        FixList, FixList:focus { height: 1fr; border: none; padding: 0 1; background: transparent; text-wrap: nowrap; }
        #why { height: auto; max-height: 3; padding: 0 1; color: $foreground 65%; border-top: solid $border-blurred; }
        &.-narrow { layout: vertical; #fixes, #fix-lines { width: 1fr; height: 1fr; } }
    }
    """

    class FixSkipped(Message):
        """A fix is to be left out, or taken in again."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class Chosen(Message):
        """The cursor came to a fix, or to an entry below it."""

        def __init__(self, fix: str, entry: EntryPlan | None) -> None:
            super().__init__()
            self.fix = fix
            self.entry = entry

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._groups: tuple[FixGroup, ...] = ()
        self._skipped: dict[str, FixGroup] = {}
        self._opened: set[str] = set()
        self._rows: list[tuple[FixGroup, EntryPlan | None]] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="fixes", classes="panel") as panel:
            panel.border_title = "Plan"
            yield FixList()
            yield Static(id="why", markup=False)
        with Vertical(id="fix-lines", classes="panel") as panel:
            panel.border_title = "Diff"
            yield DiffLines()

    def show(self, groups: Sequence[FixGroup], skipped: Collection[str]) -> None:
        """Show the fixes of a plan; those that are left out stay in the list, unticked."""
        for group in (*self._groups, *self._skipped.values()):
            if group.name in skipped:
                self._skipped[group.name] = group
        self._skipped = {name: group for name, group in self._skipped.items() if name in skipped}
        self._groups = tuple(groups)
        self._draw()

    def show_lines(self, title: str, hunks: Sequence[Hunk]) -> None:
        self.query_one("#fix-lines", Vertical).border_title = f"Diff  {visible(title, 60)}"
        self.query_one(DiffLines).show(hunks)

    def skip_chosen(self) -> None:
        if (row := self._row()) is not None:
            self.post_message(self.FixSkipped(row[0].name))

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        if (row := self._row()) is not None:
            group, entry = row
            self.query_one("#why", Static).update(visible(group.why or group.title, 300))
            self.post_message(self.Chosen(group.name, entry))

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        row = self._row()
        if row is not None and row[1] is None:
            self._opened ^= {row[0].name}
            self._draw()

    def _row(self) -> tuple[FixGroup, EntryPlan | None] | None:
        highlighted = self.query_one(FixList).highlighted
        return self._rows[highlighted] if highlighted is not None and highlighted < len(self._rows) else None

    def _draw(self) -> None:
        fixes = self.query_one(FixList)
        at = fixes.highlighted or 0
        self._rows = []
        for group in (*self._groups, *self._skipped.values()):
            self._rows.append((group, None))
            if group.name in self._opened:
                self._rows += [(group, entry) for entry in group.entries]
        fixes.clear_options()
        fixes.add_options([Option(self._prompt(group, entry)) for group, entry in self._rows])
        if self._rows:
            fixes.highlighted = min(at, len(self._rows) - 1)

    def _prompt(self, group: FixGroup, entry: EntryPlan | None) -> Content:
        if entry is not None:
            count = next((one.count for one in entry.fixes if one.name == group.name), 0)
            return Content.assemble(
                "      ", visible(entry.id or f"#{entry.index + 1}", 40), (f"  {count}", "$foreground 50%")
            )
        taken = group.name not in self._skipped
        tick = ("[✓] ", "$accent") if taken else ("[ ] ", "$foreground 50%")
        width = max(12, self.query_one(FixList).size.width - BESIDE_TITLE)
        title = visible(group.title, width).ljust(width)
        arrow = "▾" if group.name in self._opened else "▸"
        entries = f"{len(group.entries):>4}"
        return Content.assemble(
            tick,
            (title, "" if taken else "$foreground 50%"),
            (f" {CLASS_WORDS[group.fix_class]:<7}", "$secondary"),
            (f"{entries} {arrow}", "$foreground 60%"),
        )
