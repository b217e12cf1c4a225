"""Diff of what saving would write: the exact lines, with their numbers, before they are written."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from partner_tui.comparison.hunks import Hunk, read_diff
from partner_tui.plain import visible
from partner_tui.ui.widgets.diff_lines import DiffLines


class UnsavedDiff(Vertical):
    """A panel with a diff, or with why there is none; not there while there is nothing to save."""

    DEFAULT_CSS = """
    UnsavedDiff {
        height: 7;
        display: none;
        &.-shown { display: block; }
        #problem { padding: 0 1; height: 1fr; }
        DiffLines { height: 1fr; scrollbar-size-horizontal: 0; }
    }
    """

    def __init__(self, file: str) -> None:
        super().__init__(id="saving-writes", classes="panel")
        self._file = visible(file, 60)
        self.border_title = "Unsaved changes"
        self._words = Static(id="problem", markup=False)
        self._lines = DiffLines()

    def compose(self) -> ComposeResult:
        yield self._words
        yield self._lines

    def on_mount(self) -> None:
        self.show("")

    def show(self, diff: str) -> None:
        """Show a unified diff; "" for nothing to save."""
        hunks = read_diff(diff)
        self._show(None, hunks)
        if hunks:
            signs = [line.sign for hunk in hunks for line in hunk]
            self.border_subtitle = Content.assemble(
                f"{self._file}  ",
                (f"+{signs.count('+')}", "$success"),
                " ",
                (f"−{signs.count('-')}", "$error"),
            ).markup

    def show_problem(self, message: str, hint: str) -> None:
        """The edits cannot be written; say why."""
        self._show(
            Content.assemble(
                ("✗ ", "$error"), visible(message, 300), "\n", (visible(hint, 300), "$foreground 60%")
            )
        )

    def _show(self, instead: str | Content | None, hunks: Sequence[Hunk] = ()) -> None:
        self.set_class(instead is not None or bool(hunks), "-shown")
        self._words.display, self._lines.display = instead is not None, instead is None
        self.border_subtitle = ""
        self._words.update(instead or "", layout=False)
        self._lines.show(hunks)
