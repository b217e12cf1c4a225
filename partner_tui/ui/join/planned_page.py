"""What is written for a new partner: each file, the git commands, the branch of the central repository, and the request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import ContentSwitcher, Static
from textual.widgets.option_list import Option

from partner_tui.comparison.hunks import Hunk
from partner_tui.plain import plural, visible
from partner_tui.ui.entries.source_view import Excerpt, SourceView
from partner_tui.ui.widgets.diff_lines import DiffLines
from partner_tui.ui.widgets.side_list import SideList, cursor_keys
from partner_tui.workspace.central.joining import Joining

REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Planned:
    """A row: what it is, and what is shown of it.

    Attributes:
        shown: The text of a file, or the lines that a branch changes.
    """

    key: str
    sign: str
    label: str
    shown: str | tuple[Hunk, ...]


class PlannedList(SideList):
    """The rows."""

    TITLE = "What is written"
    BINDINGS = [*cursor_keys("planned", "row")]


class PlannedPage(Vertical):
    """A list, and beside it what the selected row is."""

    DEFAULT_CSS = """
    PlannedPage {
        #outcome { height: auto; padding: 0 1; }
        #rows { width: 34; }
        #shown { width: 1fr; }
        SourceView, DiffLines { height: 1fr; }
    }
    """

    _rows: tuple[Planned, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static(id="outcome", markup=False)
        with Horizontal(id="both"):
            with Vertical(id="rows", classes="panel"):
                yield PlannedList(markup=False)
            with ContentSwitcher(id="shown", classes="panel", initial="text"):
                yield SourceView(id="text")
                yield DiffLines(id="lines")

    def show(self, title: str, rows: tuple[Planned, ...], outcome: Content, first: str = "") -> None:
        """Show other rows.

        Args:
            outcome: What will be, or was done.
            first: The key of the row to begin at.
        """
        self._rows = rows
        self.query_one("#rows").border_title = title
        self.query_one("#outcome", Static).update(outcome)
        listed = self.query_one(PlannedList)
        listed.set_options(
            Option(Content.assemble((f"{row.sign} ", "$success"), visible(row.label, 200)), id=row.key)
            for row in rows
        )
        listed.highlighted = next((at for at, row in enumerate(rows) if row.key == first), 0)
        listed.focus()
        self.call_after_refresh(listed.scroll_to_highlight)  # the outcome takes as many lines as it has

    def on_side_list_selected(self) -> None:
        at = self.query_one(PlannedList).highlighted
        if at is None:
            return
        row, switcher = self._rows[at], self.query_one("#shown", ContentSwitcher)
        switcher.border_title = Content(visible(row.label, 60)).markup
        if isinstance(row.shown, str):
            self.query_one(SourceView).show([Excerpt.of("", row.key, 1, row.shown)], {})
            switcher.current = "text"
        else:
            self.query_one(DiffLines).show(row.shown)
            switcher.current = "lines"

    def on_side_list_opened(self) -> None:
        self.query_one(f"#{self.query_one('#shown', ContentSwitcher).current}").focus()


def rows_of(joining: Joining) -> Iterator[Planned]:
    """A row for each thing that is written, or kept. Runs git for the lines of the branch."""
    partner = joining.partner
    for path, text in partner.files.items():
        yield Planned(path, "+", path, text)
    for path in partner.kept:
        yield Planned(path, "=", f"{path} is kept", "There is one already. It is not changed.")
    if joining.commands:
        lines = "".join(f"git {' '.join(words)}\n" for words in joining.commands)
        yield Planned("git", "$", plural(len(joining.commands), "git command"), lines)
    if (branch := joining.branch) is not None and branch.is_needed:
        yield Planned("branch", "+", f"branch {branch.name}", branch.diff)
    elif branch is not None:
        yield Planned(
            "branch", "=", "central repository", f"{branch.root} has {joining.answers.id} as it is here."
        )
    yield Planned(REQUEST, "✉", "request to join", partner.request)
