"""The plan as one list that scrolls: whatever the size of the terminal, the cursor goes through all that is left to do."""

from __future__ import annotations

from collections.abc import Callable, Collection

from textual import events
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.upgrade.rows import CHECK_BOX, Page, Part, Row, renames
from partner_tui.ui.widgets.side_list import SideList, cursor_keys
from partner_tui.upgrade.question import Question
from partner_tui.workspace.upgrade.flow import UpgradeFlow


class PlanList(SideList):
    """Questions, fixes, new files and the result, each part below its name."""

    TITLE = "Plan"
    DEFAULT_CSS = """
    PlanList > .option-list--option-disabled { color: $foreground; }
    """
    BINDINGS = [
        bind("enter", "select", "Open", "plan.open", "Go to the answer, or to the lines that change"),
        hidden("right,l", "spread(True)", "Entries", "plan.spread", "List its entries"),
        hidden("left,h", "spread(False)", "Fold", "plan.fold", "Hide its entries"),
        *cursor_keys("plan", "line"),
    ]

    class Toggled(Message):
        """The check box of the selected row was clicked."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._flow: UpgradeFlow | None = None
        self._rows: list[Row | None] = []
        self._opened: set[str] = set()
        self._seen: set[str] = set()

    @property
    def selected(self) -> Row | None:
        at = self.highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @property
    def question(self) -> Question | None:
        """The selected question."""
        return self.selected.question if self.selected else None

    def show(self, flow: UpgradeFlow) -> None:
        """Show a plan; the cursor stays on its row where there still is one."""
        self._flow = flow
        for group in flow.groups:
            if group.name not in self._seen and renames(group):
                self._opened.add(Row(Part.FIXES, group).key)
            self._seen.add(group.name)
        self._draw()

    def go(self, wanted: Callable[[Row], bool]) -> bool:
        """Put the cursor on the first row that is wanted; whether there is one."""
        for place, row in enumerate(self._rows):
            if row is not None and wanted(row):
                self.highlighted = place
                return True
        return False

    def go_to_part(self, part: Part) -> None:
        """Put the cursor on the first row of a part, or of all where there is none of it."""
        places = [place for place, row in enumerate(self._rows) if row is not None]
        inside = [place for place in places if (row := self._rows[place]) and row.part is part] or places
        if inside:
            with self.prevent(OptionList.OptionHighlighted):
                self.highlighted = inside[-1]  # so that as much of the part is in sight as there is room for
            self.highlighted = inside[0]

    def turn_part(self, by: int) -> None:
        """Put the cursor on the first row of another part, before or behind the one it is in."""
        parts = list(dict.fromkeys(row.part for row in self._rows if row is not None))
        if parts and self.selected is not None:
            self.go_to_part(parts[(parts.index(self.selected.part) + by) % len(parts)])

    def go_to_question(self, keys: Collection[str]) -> bool:
        """Put the cursor on a question with one of these keys, the next from here; whether there is one."""
        asked = self._asked()
        at = next((n for n, row in enumerate(asked) if row.question == self.question), 0)
        ahead = (row for row in (*asked[at:], *asked[:at]) if row.question and row.question.key in keys)
        found = next(ahead, None)
        return found is not None and self.go(lambda row: row is found)

    def turn_question(self, by: int) -> bool:
        """Put the cursor on the next or the previous question; whether there is one."""
        asked = self._asked()
        at = asked.index(self.selected) if self.selected in asked else -max(by, 0)
        return bool(asked) and self.go(lambda row: row is asked[(at + by) % len(asked)])

    def _asked(self) -> list[Row]:
        return [row for row in self._rows if row is not None and row.question and row.entry is None]

    def action_spread(self, open: bool | None = None) -> None:
        """List the entries of the selected row below it, or hide them; the other of the two when None."""
        row = self.selected
        if row is None:
            return
        if row.entry is not None:  # hide the list that it is in
            owner = next(one for one in reversed(self._rows[: self.highlighted]) if one and one.entry is None)
            if not open:
                self._opened.discard(owner.key)
                self._draw()
                self.go(lambda one: one.key == owner.key)
        elif row.entries and (row.key in self._opened) is not open:
            self._opened ^= {row.key}
            self._draw()

    def draw_all_again(self) -> None:
        self.call_after_refresh(self._draw)

    def on_click(self, event: events.Click) -> None:
        """A click on the arrow or the box does what they show; elsewhere it opens the row."""
        place = event.style.meta.get("option")
        row = self._rows[place] if place is not None else None
        x = event.x - 1  # behind the padding
        if row is None or x >= CHECK_BOX.stop or not (row.has_box or (row.entries and x < CHECK_BOX.start)):
            return
        event.prevent_default()
        self.highlighted = place
        if x < CHECK_BOX.start:
            self.action_spread()
        else:
            self.post_message(self.Toggled())

    def _draw(self) -> None:
        flow = self._flow
        if flow is None:
            return
        kept, place = self.selected.key if self.selected else "", self.highlighted or 0
        lines = list(Page(flow, self._opened, self.scrollable_content_region.width - 2).lines())
        self._rows = [row for row, _ in lines]
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options(Option(prompt, disabled=row is None) for row, prompt in lines)
            if not self.go(lambda row: row.key == kept) and not self._go_near(place):
                self.go(lambda row: True)
        self.post_message(self.Selected())

    def _go_near(self, place: int) -> bool:
        near = [row for row in self._rows[: place + 1] if row is not None]
        return bool(near) and self.go(lambda row: row is near[-1])
