"""The contributions as rows of two lines: what it is, and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from partner_tui.contributions.summary import Summary
from partner_tui.plain import age, visible
from partner_tui.ui.review.about import MERGES, number
from partner_tui.workspace.contributions.listed import Row

QUIET = "$foreground 60%"


class ContributionList(OptionList):
    """Rows under the heading of their group."""

    TITLE = "Contributions"
    DEFAULT_CSS = """
    ContributionList {
        height: 1fr; border: none; padding: 0; background: transparent; scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: transparent; }
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $accent; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Review", id="contributions.open", tooltip="Review the selected one"),
        Binding(
            "j", "cursor_down", "Down", show=False, id="contributions.down", tooltip="Go to the next one"
        ),
        Binding("k", "cursor_up", "Up", show=False, id="contributions.up", tooltip="Go to the previous one"),
        Binding("g", "first", "First", show=False, id="contributions.first", tooltip="Go to the first one"),
        Binding("G", "last", "Last", show=False, id="contributions.last", tooltip="Go to the last one"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._rows: list[Row | str] = []

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        at = self.highlighted
        row = self._rows[at] if at is not None and at < len(self._rows) else None
        return row if isinstance(row, Row) else None

    def show(self, groups: Sequence[tuple[str, Sequence[Row]]]) -> None:
        """Show groups of rows; the cursor stays on the contribution that it was on, else near it."""
        kept, place = self.chosen, self.highlighted or 0
        self._rows = []
        for heading, rows in groups:
            if rows:
                self._rows += [f"{heading} {len(rows)}", *rows]
        at = next(
            (
                index
                for index, row in enumerate(self._rows)
                if isinstance(row, Row)
                and kept
                and (row.one.kind, row.one.name) == (kept.one.kind, kept.one.name)
            ),
            min(max(place, 1), len(self._rows) - 1),
        )
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options(self._option(row) for row in self._rows)
            self.highlighted = at if self._rows else None

    def show_row(self, row: Row) -> None:
        """More is known of one."""
        for place, old in enumerate(self._rows):
            if isinstance(old, Row) and old.one == row.one:
                self._rows[place] = row
                self.replace_option_prompt_at_index(place, self._prompt(row))

    def on_resize(self, event: events.Resize) -> None:
        for place, row in enumerate(self._rows):
            if isinstance(row, Row):
                self.replace_option_prompt_at_index(place, self._prompt(row))

    def _option(self, row: Row | str) -> Option:
        return Option(self._prompt(row)) if isinstance(row, Row) else Option(row, disabled=True)

    def _prompt(self, row: Row) -> Content:
        width = max(20, self.scrollable_content_region.width - 2)
        when = age(row.one.date, datetime.now().astimezone())
        name = visible(number(row.one), 24)
        room = max(8, width - cell_len(name) - 2 - len(when) - 1)
        title = Content(visible(row.one.title, 200)).truncate(room, ellipsis=True)
        gap = " " * max(1, room - cell_len(title.plain) + 1)
        first = Content.assemble((name, "bold $accent"), "  ", title, gap, (when, QUIET))
        second = Content("  ") + Content.styled(" · ", QUIET).join(known_words(row))
        return Content("\n").join([first, second.truncate(width, ellipsis=True)])


def known_words(row: Row) -> list[Content]:
    """What is known of a contribution in a few words, what matters most first."""
    words = [Content.styled(row.verdict, "$accent")] if row.verdict else []
    if row.is_over:
        words.append(Content.styled(str(row.one.state), QUIET))
    elif row.summary is None:
        words.append(Content.styled("not reviewed yet", QUIET))
    else:
        words.append(Content.styled(*MERGES[row.summary.merges]))
    if row.summary is not None:
        words += _of_summary(row.summary)
    words.append(Content.styled(visible(row.one.author, 24), QUIET))
    return words


def _of_summary(summary: Summary) -> list[Content]:
    words = [Content(summary.counts)] if summary.added or summary.changed or summary.removed else []
    if not summary.readable:
        words.append(Content.styled("manifest not readable", "$error"))
    if summary.errors:
        words.append(Content.styled(f"✗ {summary.errors} new", "$error"))
    if summary.warnings:
        words.append(Content.styled(f"▲ {summary.warnings} new", "$warning"))
    if summary.resolved:
        words.append(Content.styled(f"✓ {summary.resolved} resolved", "$success"))
    if summary.touches:
        others = ["CI" if one == "workflow" else one for one in summary.touches]
        words.append(Content(", ".join(others)))
    return words
