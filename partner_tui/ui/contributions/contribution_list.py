"""Contributions in groups, each below its heading, and above all of them the headings of the columns."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.contributions.arrived import Arrival
from partner_tui.ui.binding import bind
from partner_tui.ui.contributions.columns import Layout, lay_out
from partner_tui.ui.contributions.row_lines import QUIET, draw_row
from partner_tui.ui.textual_private import RedrawsRows
from partner_tui.ui.widgets.side_list import HeadedList, cursor_keys
from partner_tui.workspace.contributions.listed import Row


@dataclass(frozen=True, slots=True)
class Group:
    """Contributions of one kind.

    Attributes:
        keys: What can be done with them, for the end of the heading's line.
    """

    heading: str
    rows: Sequence[Row]
    keys: str = ""


class ListHeading(Static):
    """The headings of the columns; a click on one asks to sort by it."""

    DEFAULT_CSS = "ListHeading { height: auto; padding: 0 0 0 1; }"

    class Clicked(Message):
        """On the heading of a column, a key of `listed.ORDERS`."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def on_click(self, event: events.Click) -> None:
        if column := event.style.meta.get("column"):
            self.post_message(self.Clicked(column))


def groups_of(rows: Sequence[Row], *, with_over: bool) -> Iterator[Group]:
    """The groups of some rows, in their order; some may be empty.

    Args:
        with_over: Whether what is merged, closed or seen is shown.
    """
    sent = [row for row in rows if not isinstance(row.one, Arrival)]
    arrived = [row for row in rows if isinstance(row.one, Arrival)]
    waiting = [row for row in sent if row.is_waiting]
    yield Group("To review", [row for row in waiting if row.one.kind != "hand"])
    yield Group("Brought by hand", [row for row in waiting if row.one.kind == "hand"])
    yield Group("Merged here, not pushed", [row for row in sent if row.is_merged_here], "^z undo")
    yield Group("Arrived", [row for row in arrived if not row.is_over], "n seen  N all seen")
    if with_over:
        yield Group("Seen", [row for row in arrived if row.is_over], "n not seen")
        yield Group("Merged or closed", [row for row in sent if row.is_over])


def _key(line: Row | Group) -> Hashable:
    return line.key if isinstance(line, Row) else line.heading


AGE_SECONDS = 60
"""How long the words of an age may stay."""
NOT_MERGEABLE = "It is on the branch already, or closed."


class ContributionList(RedrawsRows, HeadedList):
    """Rows under the headings of their groups; a click selects one, another click or enter opens it.

    Attributes:
        wanted: The key of the row to go to once it is listed.
    """

    TITLE = "List of contributions"
    DEFAULT_CSS = """
    ContributionList {
        height: 1fr; border: none; padding: 0; background: transparent; scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        &:focus { border: none; background-tint: transparent; }
        & > .option-list--option { padding: 0 1 0 0; }
        & > .option-list--option-disabled { color: $accent; text-style: bold; }
    }
    """
    BINDINGS = [
        bind("enter", "select", "Review", "contributions.open", "Review the selected one"),
        *cursor_keys("contributions", "one"),
        bind("space", "mark", "Mark", "contributions.mark", "Mark it for m (merge)"),
    ]

    highlighted: reactive[int | None] = reactive(None, repaint=False)
    is_alone: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether there is no room for a contribution beside: a row has two lines."""

    class Marked(Message):
        """Other rows are marked."""

    class LaidOut(Message):
        """There are other columns, or they have other widths."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._listed: list[Row | Group] = []
        self._was_moved = False
        self._drawn_at = 0.0
        self.laid_out: Layout = ()
        self.marked: set[Hashable] = set()
        self.wanted: Hashable | None = None

    @property
    def chosen(self) -> Row | None:
        """The contribution under the cursor."""
        at = self.highlighted
        line = self._listed[at] if at is not None and at < len(self._listed) else None
        return line if isinstance(line, Row) else None

    @property
    def _rows(self) -> list[Row]:
        return [line for line in self._listed if isinstance(line, Row)]

    def show(self, groups: Sequence[Group]) -> None:
        """Show groups; the cursor goes to the row that is wanted, else stays on the one that it was moved to, else near it.

        While nobody moved it, it is on the first.
        """
        kept, place = (self.chosen, self.highlighted or 0) if self._was_moved else (None, 0)
        before, self._listed = self._listed, []
        for group in groups:
            if group.rows:
                self._listed += [group, *group.rows]
        is_other = self._lay_out() or [*map(_key, before)] != [*map(_key, self._listed)]
        is_other |= monotonic() - self._drawn_at > AGE_SECONDS
        places: dict[Hashable, int] = {
            line.key: at for at, line in enumerate(self._listed) if isinstance(line, Row)
        }
        at = places.get(kept.key if kept is not None else None, min(max(place, 1), len(self._listed) - 1))
        if self.wanted in places:
            at, self.wanted, self._was_moved = places[self.wanted], None, True
        scroll = self.scroll_y
        with self.prevent(OptionList.OptionHighlighted):
            if is_other:
                self._drawn_at = monotonic()
                self.set_options(
                    Option(self._drawn(line), disabled=isinstance(line, Group)) for line in self._listed
                )
                self.scroll_to(y=scroll, animate=False)
            else:  # nearly always, after a review: to draw hundreds of rows takes longer than a key
                for place, (old, line) in enumerate(zip(before, self._listed, strict=True)):
                    if old != line:
                        self.redraw_row(place, self._drawn(line))
            self.highlighted = at if self._listed else None

    def show_row(self, row: Row) -> None:
        """More is known of one."""
        for place, line in enumerate(self._listed):
            if isinstance(line, Row) and line.key == row.key:
                self._listed[place] = row
                self.redraw_row(place, self._drawn(row))

    def watch_highlighted(self, before: int | None, highlighted: int | None) -> None:  # type: ignore[override]
        """Only the rows that the cursor leaves and comes to look otherwise."""
        super().watch_highlighted(highlighted)
        for place in (before, highlighted):
            if place is not None:
                self.refresh_row(place)

    def on_option_list_option_highlighted(self) -> None:
        self._was_moved = True

    def on_option_list_option_selected(self) -> None:
        self._was_moved = True

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next."""
        if (chosen := self.chosen) is not None and not chosen.is_mergeable:
            self.notify(NOT_MERGEABLE, severity="warning")
        elif chosen is not None:
            self.marked ^= {chosen.key}
            self.show_row(chosen)
            if self.highlighted is not None and self.highlighted < len(self._listed) - 1:
                self.action_cursor_down()
            self.post_message(self.Marked())

    def unmark(self) -> None:
        """Take every mark away."""
        self.marked.clear()
        for row in self._rows:
            self.show_row(row)
        self.post_message(self.Marked())

    def _drawn(self, line: Row | Group) -> Content:
        """The lines of a row, a cell at the left for the mark; or the heading of a group, a rule and keys."""
        if isinstance(line, Group):
            words = f" {line.heading} {len(line.rows)} "
            keys = f" {line.keys}" if line.keys else ""
            rule = "─" * (self._room + 1 - len(words) - len(keys))
            return Content.assemble(words, (rule, "$foreground 20%"), (keys, QUIET))
        mark = Content.styled("✓", "bold $accent") if line.key in self.marked else Content(" ")
        return mark + Content("\n ").join(draw_row(line, self.laid_out).split("\n"))

    @property
    def _room(self) -> int:
        """Cells of a row without its padding."""
        return max(20, self.scrollable_content_region.width - 2)

    def _lay_out(self) -> bool:
        """Share the width among the columns; whether anything is another than before."""
        before = self.laid_out
        self.laid_out = lay_out(self._rows, self._room, is_alone=self.is_alone)
        if self.laid_out != before:
            self.post_message(self.LaidOut())
        return self.laid_out != before

    def on_resize(self, event: events.Resize) -> None:
        self._draw_anew()

    def watch_is_alone(self) -> None:
        self._draw_anew()

    def _draw_anew(self) -> None:
        if self._lay_out():
            for place, line in enumerate(self._listed):
                self.replace_option_prompt_at_index(place, self._drawn(line))

    def on_click(self, event: events.Click) -> None:
        """A click on another row goes there and no further, as in the table of entries."""
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked != self.highlighted and isinstance(self._listed[clicked], Row):
            event.prevent_default()
            self.highlighted = clicked
