"""Details of the selected row of a review: fields, card and findings of an entry, or lines of a file; tabs in the border.

What is read from git comes in its own time, so that walking through the list waits for nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from textual import getters, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from partner_tui.comparison.changes import ABSENT
from partner_tui.contributions.checklist.item import Item
from partner_tui.contributions.entry_changes import EntryChange, ValueChange
from partner_tui.contributions.files import FileChange
from partner_tui.contributions.kept import Comment
from partner_tui.manifest.files import FetchedOverlay
from partner_tui.manifest.resolve import Resolved
from partner_tui.plain import visible
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.background import Running
from partner_tui.ui.binding import hidden
from partner_tui.ui.entries.card import EntryCard
from partner_tui.ui.review.about import CHECKING
from partner_tui.ui.review.checklist_pane import ChecklistPane
from partner_tui.ui.review.comment_list import CommentList
from partner_tui.ui.review.field_list import FieldList, path_words
from partner_tui.ui.review.file_diff import FileDiff, line_name
from partner_tui.ui.review.finding_changes import FindingChangesList
from partner_tui.ui.review.pictures_pane import PicturesPane
from partner_tui.ui.review.rows import ReviewRow
from partner_tui.ui.widgets.diff import value_text
from partner_tui.ui.widgets.tabbed import TabbedPanel, border_tabs
from partner_tui.workspace.contributions.reviewed import FileLines, Reviewed
from partner_tui.workspace.contributions.shown_pictures import ShownPicture, cover_pictures, file_pictures

T = TypeVar("T")
SETTLE_SECONDS = 0.05
QUOTED = 200
"""Characters that a comment quotes of what it is about."""
TABS = {
    "fields": "Fields",
    "card": "Card",
    "pictures": "Pictures",
    "findings": "Findings",
    "lines": "Lines",
    "checklist": "Checklist",
    "comments": "Comments",
}


class ReviewDetail(TabbedPanel):
    """The panel beside the list."""

    app = getters.app(BaseApp)
    TITLE = "Details"
    DEFAULT_CSS = """
    ReviewDetail {
        ContentSwitcher { height: 1fr; }
        FieldList, EntryCard, PicturesPane, FindingChangesList, ChecklistPane, CommentList, #lines { height: 1fr; }
        FindingChangesList {
            border: none; background: $background; padding: 0; scrollbar-size-vertical: 1;
            &:focus { border: none; background-tint: $background 0%; }
            & > .option-list--option { padding: 0 1; }
            & > .option-list--option-disabled { color: $foreground; }
        }
        #lines-note { height: auto; max-height: 3; padding: 0 1; color: $foreground 65%; }
    }
    """
    BINDINGS = [
        hidden("right,l", "turn(1)", "Next tab", "review.next_tab", "Go to the next tab"),
        hidden("left,h", "turn(-1)", "Previous tab", "review.previous_tab", "Go to the previous tab"),
    ]

    tab: reactive[str] = reactive("fields", init=False)
    """The tab in front, of those that the selected row has."""

    diff = getters.query_one(FileDiff)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="panel")
        self._row: ReviewRow | None = None
        self._reviewed: Reviewed | None = None
        self._comments: Sequence[Comment] = ()
        self._items: Sequence[Item] = ()
        self._shown_file: tuple[ReviewRow, str] | None = None

    def compose(self) -> ComposeResult:
        with ContentSwitcher(initial="nothing"):
            yield Static("", id="nothing", classes="empty", markup=False)
            yield FieldList(id="fields")
            yield EntryCard(id="card", has_keys=False)
            yield PicturesPane(id="pictures")
            yield FindingChangesList(id="findings")
            with Vertical(id="lines"):
                yield Static(id="lines-note", markup=False)
                yield FileDiff()
            yield ChecklistPane(id="checklist")
            yield CommentList(id="comments")

    def show(
        self,
        row: ReviewRow | None,
        reviewed: Reviewed | None,
        comments: Sequence[Comment],
        items: Sequence[Item],
        nothing: str,
    ) -> None:
        """Show a row; what is read from git follows.

        Args:
            nothing: Said where there is no row.
        """
        self._row, self._reviewed, self._comments, self._items = row, reviewed, comments, items
        self.query_one("#nothing", Static).update(nothing)
        self.fill()

    @property
    def comment(self) -> Comment:
        """One without words yet, about the selected field or line, or all of what is shown."""
        row = self._row
        if row is None or row.part == "Review":
            return Comment("", "", "")
        if self.has_focus_within and self.shown_tab == "fields":
            change = self.query_one(FieldList).selected
            if change is not None:
                value = change.before if change.after is ABSENT else change.after
                return Comment(row.key, path_words(change.path), "", _one_line(value_text(value)))
        if self.has_focus_within and self.shown_tab == "lines" and (line := self.diff.selected_line):
            return Comment(row.key, line_name(line), "", _one_line(line.text))
        return Comment(row.key, "", "")

    def focus_tab(self) -> None:
        """Put the focus into the tab in front."""
        if self._row is not None:
            self._body.focus()

    @property
    def shown_tab(self) -> str:
        """The tab in front; of a row that does not have it, its first one."""
        return self.tab if self.tab in self.tabs else next(iter(self.tabs), "nothing")

    @property
    def tabs(self) -> tuple[str, ...]:
        """The tabs that the selected row has."""
        return self._row.tabs if self._row is not None else ()

    @property
    def _body(self) -> Widget:
        match self.shown_tab:
            case "fields":
                return self.query_one(FieldList).body
            case "comments":
                return self.query_one(CommentList).body
            case "lines":
                return self.diff
            case tab:
                return self.query_one(f"#{tab}")

    def fill(self) -> None:
        self._show_title()
        self.query_one(ContentSwitcher).current = self.shown_tab
        if (row := self._row) is not None:
            self._fill(row)

    def _fill(self, row: ReviewRow) -> None:
        match self.shown_tab, row.subject:
            case "fields", subject:
                self._show_fields(row.changes, {})
                if subject is not None:
                    show = partial(self._show_fields, row.changes)
                    self._read("", lambda reviewed: reviewed.file_notes(row.changes) or None, show)
            case "card", EntryChange() as change:
                self._read("reading the entry", partial(_card, change), self._show_card)
            case "pictures", (EntryChange() | FileChange()) as subject:
                self.query_one(PicturesPane).show_nothing("Reading…")
                self._read("", partial(_pictures, subject), self.query_one(PicturesPane).show)
            case "findings", _:
                self.query_one(FindingChangesList).show(row.findings)
            case "lines", FileChange() as file:
                self._show_file(row, file)
            case "checklist", _:
                self.query_one(ChecklistPane).show_items(self._items)
            case "comments", _:
                self.query_one(CommentList).show(self._comments)

    def _show_file(self, row: ReviewRow, file: FileChange) -> None:
        """The lines of a file; they are there where only what was said of them is another."""
        if self._reviewed and self._shown_file == (row, self._reviewed.base):
            self.workers.cancel_group(self, "read")
            self.diff.mark(self._said())
        else:
            lines = partial(self._show_lines, row, file)
            self._read("reading the lines", lambda reviewed: (reviewed.lines(file), reviewed.base), lines)

    def _show_fields(self, changes: Sequence[ValueChange], sizes: Mapping[int, str]) -> None:
        """The values, and below each the size of its file and what was said of it."""
        said = self._said()
        notes = {}
        for place, change in enumerate(changes):
            parts = [sizes.get(place, ""), *(f"◆ {one}" for one in said.get(path_words(change.path), ()))]
            if note := "\n".join(filter(None, parts)):
                notes[place] = note
        self.query_one(FieldList).show(changes, notes)

    def _said(self) -> Mapping[str, Sequence[str]]:
        """The comments on what is shown, by where in it."""
        said: dict[str, list[str]] = {}
        for one in self._comments:
            if self._row is not None and one.place == self._row.key:
                said.setdefault(one.at, []).append(one.text)
        return said

    # What is read from git

    @work(exclusive=True, group="read")
    async def _read(
        self, title: str, read: Callable[[Reviewed], T | None], show: Callable[[T], object]
    ) -> None:
        """Read what a tab shows, once the cursor rests.

        Args:
            title: Of what may take its time, for the top line; "" for what does not.
        """
        if (reviewed := self._reviewed) is None:
            return
        await asyncio.sleep(SETTLE_SECONDS)
        with self.app.errors_shown():
            if title:
                found = await self.app.background.run(Running(title), read, reviewed)
            else:
                found = await asyncio.to_thread(read, reviewed)
            if self.is_attached and found is not None:
                show(found)

    def _show_card(self, shown: tuple[Resolved, str, FetchedOverlay]) -> None:
        resolved, public_id, files = shown
        self.query_one(EntryCard).show(resolved, None, public_id, files)

    def _show_lines(self, row: ReviewRow, file: FileChange, shown: tuple[FileLines, str]) -> None:
        lines, base = shown
        note = self.query_one("#lines-note", Static)
        note.update(lines.note)
        note.display = bool(lines.note)
        self.diff.show_file(lines.hunks, file.path)
        self.diff.mark(self._said())
        self._shown_file = (row, base)

    def show_pictures_again(self) -> None:
        """A picture that was not there may be."""
        self.query_one(EntryCard).show_pictures_again()
        self.query_one(PicturesPane).show_again()

    def on_entry_card_link_clicked(self, message: EntryCard.LinkClicked) -> None:
        """A contributed link is not opened: its words may say another address."""
        self.app.copy_to_clipboard(message.url)
        self.notify(f"Copied, not opened: {visible(message.url, 200)}", markup=False)

    def on_resize(self) -> None:
        self.query_one(EntryCard).fit(self.content_size.width)

    # The tabs in the border

    def _show_title(self) -> None:
        self.border_title = self.border_subtitle = ""
        if self._row is None:
            return
        self.border_subtitle = Content(visible(self._row.title, 60))
        self.border_title = border_tabs({name: self._label(name) for name in self.tabs}, self.shown_tab)

    def _label(self, tab: str) -> str:
        if tab != "findings" or self._row is None:
            return TABS[tab]
        if (found := self._row.findings) is None:
            return f"{TABS[tab]} {CHECKING}"
        return f"{TABS[tab]} +{len(found.new)} −{len(found.resolved)}"

    # Actions

    def action_turn(self, tabs: int) -> None:
        names = self.tabs
        if len(names) > 1:
            self.tab = names[(names.index(self.shown_tab) + tabs) % len(names)]
        else:
            self.notify("This has one tab.")


def _one_line(text: str) -> str:
    """What a comment quotes."""
    return " ".join(text.split())[:QUOTED]


def _card(change: EntryChange, reviewed: Reviewed) -> tuple[Resolved, str, FetchedOverlay] | None:
    """An entry with its public id and its files."""
    side, resolved = reviewed.side_of(change), reviewed.resolved(change)
    if resolved is None or side.manifest is None:
        return None
    return resolved, resolved.entry.public_id(side.manifest.partner), reviewed.files_of(side)


def _pictures(subject: EntryChange | FileChange, reviewed: Reviewed) -> Sequence[ShownPicture]:
    if isinstance(subject, EntryChange):
        return cover_pictures(reviewed, subject)
    return file_pictures(reviewed, subject)
